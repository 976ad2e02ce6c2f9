"""What was and what became of it: every value in the chart, and which is which."""

import numpy as np
import pytest

from explorer.figures.before_after import Pair, before_after_bars, before_after_lines
from explorer.figures.step_mark import STEP

PAIR = Pair("as it is", "with the changes", "#D55E00")


def test_lines_hold_both_series_and_mark_the_step():
    chart = before_after_lines(
        np.array([np.nan, 2.0, 1.0]),
        np.array([np.nan, 2.5, 4.0]),
        pair=PAIR,
        tokens="a b",
        step=2,
        title="Surprise",
        domain=(0, 1),
    )
    spec = chart.to_dict()
    tables = list(spec["datasets"].values())
    rows = {(row["line"], row["step"]): row for row in max(tables, key=len)}
    assert {place: row["value"] for place, row in rows.items()} == {
        ("as it is", 1): 2.0,
        ("as it is", 2): 1.0,
        ("with the changes", 1): 2.5,
        ("with the changes", 2): 4.0,
    }
    assert rows["as it is", 1]["token"] == "␣"
    assert spec["params"] == [{"name": STEP, "value": 2}]
    encoding = spec["layer"][0]["encoding"]
    assert encoding["y"]["scale"]["domain"] == [0, 1]
    assert encoding["color"]["scale"]["range"] == [PAIR.colour] * 2
    assert encoding["opacity"]["scale"]["range"][0] < encoding["opacity"]["scale"]["range"][1]


def test_bars_hold_both_shares_of_every_token_in_their_order():
    shares = {" ": (0.75, 0.25), "e": (0.125, 0.5)}
    spec = before_after_bars(shares, pair=PAIR, title="Guesses").to_dict()
    (rows,) = spec["datasets"].values()
    found = [(row["token"], row["when"], row["share"]) for row in rows]
    assert found == [
        ("␣", "as it is", 0.75),
        ("␣", "with the changes", 0.25),
        ("e", "as it is", pytest.approx(0.125, abs=1e-4)),
        ("e", "with the changes", 0.5),
    ]
    assert spec["encoding"]["y"]["sort"] == ["␣", "e"]
