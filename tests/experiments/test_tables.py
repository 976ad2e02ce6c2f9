import pytest

from explorer.experiments.tables import column, columns, one_row, rows, spread_columns


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


def test_rows_are_found_by_their_values_and_one_is_found_or_missed():
    table = {"lag": [1, 2, 2], "share": [0.5, None, 0.25]}
    assert column(rows(table, lag=2), "share") == [0, 0.25]
    assert one_row(table, lag=2, share=0.25) == {"lag": 2, "share": 0.25}
    for nowhere in ({"lag": 3}, {}, {"lag": 2}, {"other": 1}):
        with pytest.raises(ValueError, match=r".+"):
            one_row(table, **nowhere)
