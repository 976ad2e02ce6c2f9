"""The unit that differs most between two texts or recordings."""

from types import SimpleNamespace

import numpy as np
import xarray as xr

from explorer.web.shared.two_panels import most_different

DIMS = ("layer", "direction", "batch", "step", "unit")


def traced(values):
    return SimpleNamespace(trace=xr.Dataset({"hidden": (DIMS, values[None, None, None])}))


def test_it_is_the_one_farthest_apart_over_the_steps_that_both_have():
    one, two = np.zeros((4, 3)), np.zeros((6, 5))
    two[:, 1] = 0.5
    two[0, 2] = 1.5  # farther, but at one step of four
    two[4:, 0] = 9.0  # where the first has no step
    two[:, 4] = 9.0  # a unit that the first has not
    assert most_different((traced(one), traced(two)), 0, "hidden") == 1
    assert most_different((traced(two), traced(one)), 0, "hidden") == 1
