"""How often something may be done: a bucket of tokens that fills again."""

from collections.abc import Callable


class Allowance:
    """So many at once, and so many a second in the long run.

    Args:
        at_once: Tokens of the full bucket.
        per_second: Tokens that come back in a second.
        clock: Seconds, from anywhere.
    """

    def __init__(self, *, at_once: int, per_second: float, clock: Callable[[], float]) -> None:
        self._most, self._rate, self._clock = at_once, per_second, clock
        self._left, self._at = float(at_once), clock()

    @property
    def left(self) -> float:
        """Tokens that are there now."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    def take(self) -> bool:
        """Takes a token; whether there was one."""
        if self.left < 1:
            return False
        self._left -= 1
        return True
