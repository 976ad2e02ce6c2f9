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
