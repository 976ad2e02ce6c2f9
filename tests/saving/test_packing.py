"""Values as bytes: a third of the size, each within half a step of what it was."""

import base64

import numpy as np
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from explorer.saving.packing import packed

FINITE = some.floats(-50, 50, width=32)


@given(arrays(np.float32, (3, 5), elements=FINITE), some.floats(0.5, 60))
def test_every_value_is_within_half_a_step_or_at_the_end_of_the_scale(values, reach):
    sent = np.frombuffer(base64.b64decode(packed(values, reach)), "<i2").reshape(3, 5)
    shown = sent / 32767 * reach
    expected = np.clip(values, -reach, reach)
    assert np.abs(shown - expected).max() <= reach / 65534 * 1.1
