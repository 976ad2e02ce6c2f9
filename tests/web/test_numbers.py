from hypothesis import given
from hypothesis import strategies as st

from explorer.web.numbers import percent


def test_small_shares_keep_the_digits_that_tell_them_from_none():
    shares = (0.0, 1e-9, 0.0003, 0.004, 0.025, 0.74, 1.0)
    assert [percent(s) for s in shares] == ["0%", "<0.01%", "0.03%", "0.4%", "2.5%", "74%", "100%"]


@given(st.floats(0, 1, exclude_min=True))
def test_no_share_is_called_none(share):
    assert float(percent(share).strip("<%")) > 0
