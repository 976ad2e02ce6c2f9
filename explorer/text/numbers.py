"""Numbers as a page writes them."""


def percent(share: float) -> str:
    """A share in per cent, with as many digits as tell it from none: 74%, 2.5%, 0.03%, <0.01%.

    Args:
        share: From 0 to 1.
    """
    of_hundred = 100 * share
    if 0 < of_hundred < 0.01:
        return "<0.01%"
    digits = 0 if of_hundred >= 10 or of_hundred == 0 else 1 if of_hundred >= 0.1 else 2
    return f"{of_hundred:.{digits}f}%"


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
