import pytest

from explorer.experiments.tables import columns, number, rows, spread_columns


def test_columns_and_rows_are_each_others_inverse():
    table = {"lag": [1, 2], "task": ["recall", "skip"]}
    assert columns(rows(table)) == table


def test_a_spread_is_over_the_rows_that_are_otherwise_the_same():
    measured = [
        {"lag": lag, "share": value} for lag, value in [(5, 1.0), (9, 0.5), (5, 3.0), (5, 2.0)]
    ]
    assert spread_columns(measured, value="share") == {
        "lag": [5, 9],
        "mean": [2.0, 0.5],
        "sd": [1.0, 0.0],
        "count": [3, 1],
    }


def test_a_number_is_found_or_missed():
    table = {"lag": [1, 2], "share": [0.5, None]}
    assert number(table, "share", lambda row: row["lag"] == 1) == 0.5
    for nowhere in (lambda row: row["lag"] == 3, lambda row: True, lambda row: row["lag"] == 2):
        with pytest.raises(ValueError, match=r".+"):
            number(table, "share", nowhere)
