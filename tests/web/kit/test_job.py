"""Work in a thread: it waits its turn, and is stopped by whoever asks and by nobody looking."""

import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator

import pytest

from explorer.web.kit import job as module
from explorer.web.kit.job import AWAY_S, HIDDEN_S, Job, Queue, Stop, cores
from explorer.web.kit.session_jobs import MOST_KEPT, SessionJobs

PATIENCE_S = 20.0


def count(numbers: list[int], stop: Stop) -> None:
    while not stop():
        numbers.append(len(numbers))
        time.sleep(0.001)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert true()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The test's own: a busy machine would make the true one run ahead."""
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def queue() -> Iterator[Queue]:
    """One place, and nothing that goes on after the test."""
    one = Queue(1)
    yield one
    one.end_all(PATIENCE_S)


def added(queue: Queue, owner: object = None) -> Job[list[int]]:
    job = Job[list[int]]([], count, owner=owner)
    queue.add(job)
    return job


def test_work_that_is_stopped_keeps_what_it_did(queue: Queue) -> None:
    job = added(queue)
    until(job.look)
    assert not job.ended
    job.stop()
    job.wait(PATIENCE_S)
    assert job.ended
    assert job.stopped
    assert not job.abandoned
    done = job.outcome()
    assert done == list(range(len(done)))


@pytest.mark.parametrize("away", [False, True])
def test_work_that_nobody_looks_at_stops(queue: Queue, clock: list[float], away: bool) -> None:
    patience = AWAY_S if away else HIDDEN_S
    job = added(queue)
    for _ in range(10):  # as long as somebody looks it goes on
        clock[0] += 0.9 * patience
        job.look().clear()
        if away:
            job.look_away()
        until(lambda: job.result)
    assert not job.ended
    clock[0] += 1.1 * patience
    job.wait(PATIENCE_S)
    assert job.ended
    assert job.abandoned


def test_an_error_of_the_work_is_kept_and_nothing_that_the_work_held(queue: Queue) -> None:
    held = []

    class Large:
        pass

    def fail(_: object, stop: Stop) -> None:
        large = Large()
        held.append(weakref.ref(large))
        raise ValueError("no")

    job = Job[None](None, fail)
    queue.add(job)
    job.wait(PATIENCE_S)
    assert not job.stopped
    with pytest.raises(ValueError, match="no"):
        job.outcome()
    assert held[0]() is None


def test_one_more_than_may_run_waits_its_turn_and_is_told_how_many_come_before(
    queue: Queue,
) -> None:
    first, *others = [added(queue, owner=number) for number in range(4)]
    until(first.look)
    assert [job.state for job in others] == ["waiting"] * 3
    assert [queue.before(job) for job in others] == [0, 1, 2]
    assert not any(job.result for job in others)
    first.stop()
    until(others[0].look)
    assert [queue.before(job) for job in others[1:]] == [0, 1]


def test_sessions_take_turns(queue: Queue) -> None:
    running = added(queue, owner="before")
    many = [added(queue, owner="one with twenty") for _ in range(20)]
    few = [added(queue, owner=name) for name in ("another", "a third")]
    assert [queue.before(job) for job in few] == [1, 2]
    assert [queue.before(job) for job in many] == [0, *range(3, 22)]
    running.stop()
    until(many[0].look)
    assert [queue.before(job) for job in few] == [0, 1]  # the first has its place already


def test_what_nobody_waits_for_takes_no_turn(queue: Queue, clock: list[float]) -> None:
    first, left, last = [added(queue, owner=number) for number in range(3)]
    until(first.look)
    clock[0] += 0.9 * HIDDEN_S
    first.look()
    last.look()
    clock[0] += 0.2 * HIDDEN_S
    assert queue.before(last) == 0
    assert left.ended
    assert left.abandoned
    assert not left.result
    first.stop()
    until(last.look)


def test_as_many_run_as_there_are_places() -> None:
    at_work, most, together = [0], [0], threading.Lock()

    def work(_: object, stop: Stop) -> None:
        with together:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        time.sleep(0.01)
        with together:
            at_work[0] -= 1

    two = Queue(2)
    jobs = [Job[None](None, work, owner=number) for number in range(12)]
    for job in jobs:
        two.add(job)
    for job in jobs:
        job.wait(PATIENCE_S)
    assert all(job.ended for job in jobs)
    assert most[0] == 2
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities on Linux alone")
def test_work_gives_way_to_pages(queue: Queue) -> None:
    found: list[int] = []

    def work(found: list[int], stop: Stop) -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, 0)
    job = Job(found, work)
    queue.add(job)
    job.wait(PATIENCE_S)
    assert found[0] > before
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_a_session_has_one_job_of_a_name_and_keeps_what_few_found(queue: Queue) -> None:
    jobs = SessionJobs(queue)

    def once(numbers: list[int], stop: Stop) -> None:
        numbers.append(1)

    def ask(key: int) -> Job[list[int]]:
        return jobs.ask("counting", key, list, once)

    for key in range(MOST_KEPT + 3):
        ask(key).wait(PATIENCE_S)
    kept = [ask(key) for key in range(3, MOST_KEPT + 3)]
    assert all(ask(key) is job for key, job in enumerate(kept, start=3))
    assert jobs.known("counting", 0) is None
    assert jobs.last("counting") is kept[-1]
    assert jobs.last("another") is None
    going = jobs.begin("going on", 1, [], count)
    assert not going.ended
    following = jobs.ask("going on", 2, list, count)
    assert going.abandoned
    assert not following.abandoned


def test_what_was_abandoned_or_failed_is_tried_again(queue: Queue) -> None:
    jobs, tries = SessionJobs(queue), []

    def fail(_: object, stop: Stop) -> None:
        tries.append(1)
        raise ValueError("no")

    for _ in range(2):
        job = jobs.ask("failing", 1, list, fail)
        job.wait(PATIENCE_S)
        with pytest.raises(ValueError, match="no"):
            job.outcome()
    assert len(tries) == 2
    first = jobs.ask("counting", 1, list, count)
    jobs.ask("counting", 2, list, count)
    assert jobs.ask("counting", 1, list, count) is not first


@pytest.mark.parametrize("waiting", [False, True])
def test_what_nobody_looked_at_is_not_the_last(
    queue: Queue, clock: list[float], waiting: bool
) -> None:
    jobs = SessionJobs(queue)
    if waiting:
        running = added(queue)
        until(running.look)
    left = jobs.begin("counting", 1, [], count)
    assert jobs.last("counting") is left
    assert (left.state == "waiting") == waiting
    jobs.look_away()
    clock[0] += 1.1 * AWAY_S
    until(lambda: not queue.before(left) and left.ended)
    assert jobs.last("counting") is None
    stopped = jobs.begin("counting", 1, [], count)
    stopped.stop()
    until(lambda: not queue.before(stopped) and stopped.ended)
    assert jobs.last("counting") is stopped  # somebody's wish, so its result is kept


def test_a_closed_session_lets_all_go(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AWAY_S", 0.05)
    monkeypatch.setattr("explorer.web.kit.session_jobs.FORGET_S", 0.1)
    jobs = SessionJobs(queue)

    class Large(list[int]):
        pass

    done = jobs.begin("done", 1, Large([1]), lambda large, stop: None)
    going = jobs.begin("going", 1, Large(), count)
    held = [weakref.ref(done.result), weakref.ref(going.result)]
    jobs.leave()
    going.wait(PATIENCE_S)
    until(lambda: all(ref() is None for ref in held))
    assert jobs.last("done") is None
