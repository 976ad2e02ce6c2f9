"""Numbers as a page writes them, and as a reader, a link or a command line does.

Every number that comes as text is read here: its length and its exponent are bounded before
anything computes with it, since Python builds an integer of any size that a text asks for, and
holds all other threads meanwhile.
"""

import math
import re

LONGEST = 32
"""Characters of a number; Python writes no float with more than 24."""

SENT = 6
"""Decimals of a number that is sent to be written with two or three: one that was rounded to little
more would be written otherwise than where it comes from."""

_TYPED = str.maketrans("０１２３４５６７８９．／＋－−", "0123456789./+--")
"""What a Chinese keyboard writes, and the minus sign of the pages."""
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def read_whole(text: str) -> int:
    """The whole number that a text writes, of at most 18 digits.

    Raises:
        ValueError: It writes none.
    """
    return int(_matched(text, _WHOLE))


def read_decimal(text: str) -> float:
    """The number that a text writes, such as ``-0.5``, ``.25`` or ``1e-6``.

    Raises:
        ValueError: It writes none, or one that is not finite.
    """
    value = float(_matched(text, _DECIMAL))
    if not math.isfinite(value):
        raise ValueError("no finite number")
    return value


def read_ratio(text: str) -> float:
    """The number that a text writes, which may be a fraction of two: ``1/3``.

    Raises:
        ValueError: It writes none, or one that is not finite.
    """
    if len(text) > 2 * LONGEST + 1:
        raise ValueError("too long for a number")
    above, *below = map(read_decimal, text.translate(_TYPED).split("/", 1))
    if not below:
        return above
    if not below[0] or not math.isfinite(above / below[0]):
        raise ValueError("no finite number")
    return above / below[0]


def _matched(text: str, pattern: re.Pattern[str]) -> str:
    """The text as Python writes it, the blanks around it taken away."""
    if len(text) > LONGEST:
        raise ValueError("too long for a number")
    typed = text.strip().translate(_TYPED)
    if not pattern.fullmatch(typed):
        raise ValueError("no number")
    return typed


def percent(share: float, digits: int = 0) -> str:
    """A share in per cent, told from none and from all: 74%, 0.03%, <0.01%, 99.95%, >99.99%.

    So 0% and 100% are nothing but that.

    Args:
        share: From 0 to 1.
        digits: The least behind the point; there are more where these do not tell enough.
    """
    of_hundred = 100 * share
    if of_hundred in (0, 100):
        return f"{of_hundred:.0f}%"
    if 0 < of_hundred < 0.01:
        return "<0.01%"
    if 99.99 < of_hundred < 100:
        return ">99.99%"
    small = 0 if abs(of_hundred) >= 10 else 1 if abs(of_hundred) >= 0.1 else 2
    written = [f"{of_hundred:.{n}f}%" for n in range(max(digits, small), 3)]
    return next((text for text in written if float(text[:-1]) != 100), written[-1])


def decimal(value: float, digits: int) -> str:
    """A number with so many digits behind its point, and a minus sign that is no hyphen."""
    rounded = round(value, digits) + 0.0  # which has no sign where it is zero
    return f"{rounded:.{digits}f}".replace("-", "−")


def short(value: float, digits: int = 2) -> str:
    """A number with so many digits in all, as a power of ten where it is very small or large.

    12, 0.0034, 6.6 × 10⁻⁷.
    """
    factor, _e, exponent = f"{value:.{digits}g}".replace("-", "−").partition("e")
    if not exponent:
        return factor
    power = power_of_ten(int(exponent.replace("−", "-")))
    return power if factor == "1" else f"{factor} × {power}"


def power_of_ten(exponent: float) -> str:
    """10 to the ``exponent``: 10⁻¹⁷, 10⁵·³."""
    return f"10{raised(exponent)}"


def raised(exponent: float) -> str:
    """An exponent as it stands at its base: ⁻¹⁷, ⁰·⁷⁵."""
    return f"{exponent:g}".translate(_RAISED)


_RAISED = str.maketrans("-.0123456789", "⁻·⁰¹²³⁴⁵⁶⁷⁸⁹")
