import contextlib
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.numbers import (
    LONGEST,
    decimal,
    percent,
    power_of_ten,
    raised,
    read_decimal,
    read_ratio,
    read_whole,
    short,
)

PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def test_small_shares_keep_the_digits_that_tell_them_from_none():
    shares = (0.0, 1e-9, 0.0003, 0.004, 0.025, 0.74, 1.0)
    assert [percent(s) for s in shares] == ["0%", "<0.01%", "0.03%", "0.4%", "2.5%", "74%", "100%"]


@given(st.floats(0, 1, exclude_min=True), st.integers(0, 2))
def test_no_share_is_called_none(share, digits):
    assert float(percent(share, digits).strip("<>%")) > 0


def test_large_shares_keep_the_digits_that_tell_them_from_all():
    shares = (0.953, 0.996, 0.9995, 0.99996, 1.0)
    assert [percent(s) for s in shares] == ["95%", "99.6%", "99.95%", ">99.99%", "100%"]
    assert [percent(s, 2) for s in (0, 0.5, 0.9995, 1)] == ["0%", "50.00%", "99.95%", "100%"]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2))
def test_no_share_is_called_all(share, digits):
    assert float(percent(share, digits).strip("<>%")) < 100 or 100 * share == 100


@given(st.floats(0, 1), st.integers(0, 2))
def test_a_share_is_near_what_is_written(share, digits):
    assert float(percent(share, digits).strip("<>%")) == pytest.approx(100 * share, abs=0.5)


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


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_a_whole_number_is_read_as_it_is_written(value):
    assert read_whole(str(value)) == read_whole(f" {value}\n") == value
    assert read_decimal(str(value)) == read_ratio(str(value)) == float(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_python_writes_it(value):
    assert read_decimal(repr(value)) == read_ratio(repr(value)) == value
    assert math.copysign(1, read_decimal(repr(value))) == math.copysign(1, value)


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_a_fraction_is_the_nearest_number(above, below):
    assert read_ratio(f"{above}/{below}") == above / below


def test_numbers_are_read_as_a_chinese_keyboard_and_the_pages_write_them():
    assert read_whole("１２") == 12
    assert read_decimal("−０．５") == -0.5
    assert read_ratio("１／４") == 0.25
    assert read_decimal(decimal(-0.375, 3)) == -0.375


@given(st.text(max_size=2 * LONGEST))
def test_what_is_read_is_a_finite_number_or_refused(text):
    for read in (read_whole, read_decimal, read_ratio):
        with contextlib.suppress(ValueError):
            assert math.isfinite(read(text))


@pytest.mark.parametrize("read", [read_whole, read_decimal, read_ratio])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "nan",
        "inf",
        "1_000",
        "0x10",
        "1 2",
        "1\0",
        "١٢",
        "²",
        "1e9999",
        "9e999",
        "1" * 99,
        "1//2",
    ],
)
def test_what_is_no_number_of_a_reader_is_refused(read, text):
    with pytest.raises(ValueError, match="number"):
        read(text)


@pytest.mark.parametrize("text", ["1/0", "1/3/2", "1/1e-320", "1e300/1e-300", "1/", "/2", "1/nan"])
def test_what_is_no_fraction_is_refused(text):
    with pytest.raises(ValueError, match="number"):
        read_ratio(text)
