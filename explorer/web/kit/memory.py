"""Memory that is free, given back to the system."""

import ctypes
import sys
from functools import cache


def trim() -> None:
    """Give back what is free; glibc keeps it otherwise, for every thread that there was."""
    release = _malloc_trim()
    if release is not None:
        release(0)


@cache
def _malloc_trim() -> "ctypes._NamedFuncPointer | None":
    """glibc's; None where another library allocates."""
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
