import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.numbers import decimal, percent, power_of_ten, raised, short

PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def test_small_shares_keep_the_digits_that_tell_them_from_none():
    shares = (0.0, 1e-9, 0.0003, 0.004, 0.025, 0.74, 1.0)
    assert [percent(s) for s in shares] == ["0%", "<0.01%", "0.03%", "0.4%", "2.5%", "74%", "100%"]


@given(st.floats(0, 1, exclude_min=True))
def test_no_share_is_called_none(share):
    assert float(percent(share).strip("<%")) > 0


def test_a_minus_is_no_hyphen():
    assert decimal(-0.375, 2) == "−0.38"
    assert decimal(-0.001, 2) == "0.00"
    assert short(-3.2e-6) == "−3.2 × 10⁻⁶"


def test_small_and_large_numbers_are_powers_of_ten():
    shown = [short(x) for x in (0, 12.4, 0.0034, 6.6e-7, 1e-16, 2.5e12)]
    assert shown == ["0", "12", "0.0034", "6.6 × 10⁻⁷", "10⁻¹⁶", "2.5 × 10¹²"]
    assert short(3.2e-6, 1) == "3 × 10⁻⁶"
    assert [power_of_ten(x) for x in (122, -3, 5.25)] == ["10¹²²", "10⁻³", "10⁵·²⁵"]


def test_an_exponent_stands_raised_at_its_base():
    assert [raised(x) for x in (0.75, 0, -2)] == ["⁰·⁷⁵", "⁰", "⁻²"]


@given(st.floats(-1e300, 1e300))
def test_a_short_number_is_near_the_number(value):
    factor, _times, power = short(value, 3).replace("−", "-").rpartition(" × ")
    base, *exponent = re.split("(?<=10)(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", power)
    read = float(base) ** int(exponent[0].translate(PLAIN)) if exponent else float(base)
    assert float(factor or 1) * read == pytest.approx(value, rel=0.006)
