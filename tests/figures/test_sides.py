import math

import numpy as np
import pytest

from explorer.figures.sides import sides_map

CELLS = {
    "0": {"1": (0.25, 4), "7 or more": (0.5, 2)},
    "1": {"0": (0.75, 8)},
    "7 or more": {"1": (1.0, 1)},
}


def drawn(*, percent, top):
    names = {"name": "m", "left": "left", "right": "right", "count": "blanks"}
    return sides_map(CELLS, top=top, percent=percent, **names).data[0]


def test_left_goes_down_right_goes_across_and_what_was_not_measured_is_empty():
    heat = drawn(percent=True, top=1.0)
    assert (list(heat.y), list(heat.x)) == (["0", "1", "7+"], ["0", "1", "7+"])
    nan = math.nan
    np.testing.assert_array_equal(heat.z, [[nan, 0.25, 0.5], [0.75, nan, nan], [nan, 1.0, nan]])
    assert heat.customdata[0].tolist() == [0, 4, 2]
    assert list(heat.text[0]) == ["", "25%", "50%"]


def test_what_is_no_share_is_coloured_by_its_logarithm_and_written_as_it_is():
    heat = drawn(percent=False, top=math.e)
    assert list(heat.text[2]) == ["", "1", ""]
    assert heat.z[0][1] == pytest.approx(math.log(0.25))
    assert heat.zmax == 1.0
