"""Fair timing on a shared machine: calls take turns."""

from collections.abc import Callable, Mapping
from random import Random
from time import perf_counter


def taken_in_turns(
    calls: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    clock: Callable[[], float] = perf_counter,
) -> Mapping[str, list[float]]:
    """The seconds that each call took in every round.

    The calls take turns, so that a neighbour's load falls on all of them alike, and in a shuffled
    order, so that none always finds the caches as the same other left them. One round more warms
    up and is not counted.

    Args:
        calls: By name.
        rounds: How many are counted.
        clock: Gives seconds.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    shuffle = Random(0).shuffle
    for number in range(rounds + 1):
        shuffle(order)
        for name in order:
            start = clock()
            calls[name]()
            if number > 0:
                times[name].append(clock() - start)
    return times
