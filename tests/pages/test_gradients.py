"""What of the experiments on gradients and cost can be varied, and what then is drawn."""

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from explorer.experiments import catalogue
from explorer.experiments.tables import rows
from explorer.locale import LANGUAGES

from .conftest import opened, sentences, tables


def charts(app):
    """The specification of every chart with its values, from top to bottom."""
    found = []
    for chart in app.get("vega_lite_chart"):
        (data,) = chart.proto.datasets
        table = convert_arrow_bytes_to_pandas_df(data.data.data)
        found.append(
            dict(zip(zip(table["series"], table["x"], strict=True), table["mean"], strict=True))
        )
    return found


def mean(table, **where):
    (found,) = (
        row["mean"]
        for row in rows(catalogue.shipped("gradients").numbers[table])
        if where.items() <= row.items()
    )
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_gradients_are_drawn_three_ways(lang):
    app = opened("lstm", lang=lang, show="claims", claim="gradients")
    trained, parts, radius = charts(app)
    assert len({series for series, _ in trained}) == 6
    assert len({series for series, _ in parts}) == 5
    assert len({series for series, _ in radius}) == 3


def test_what_is_chosen_is_drawn():
    view = {"weights": "begun", "task": "recall", "cell": "gru", "radius": "2.0"}
    app = opened("gru", lang="en", show="claims", claim="gradients", **view)
    _, parts, radius = charts(app)
    asked = {"task": "recall", "start": "begun", "lag": 100}
    for name, cell, part in (
        ("plain RNN", "rnn", "state"),
        ("GRU: whole state", "gru", "state"),
        ("∏ update gates", "gru", "gates"),
    ):
        expected = mean("models", cell=cell, part=part, **asked)
        assert parts[name, 100] == pytest.approx(expected, abs=1e-3)
    for name, cell in (("plain RNN", "rnn"), ("GRU", "gru"), ("LSTM", "lstm")):
        expected = mean("radius", cell=cell, radius=2.0, lag=400)
        assert radius[name, 400] == pytest.approx(expected, abs=1e-3)


def test_the_slider_moves_the_radius_and_the_address():
    app = opened("lstm", lang="en", show="claims", claim="gradients")
    before = charts(app)[2]
    app.select_slider(key="lstm.radius").set_value(3.0).run()
    assert app.query_params["radius"] == "3.0"
    after = charts(app)[2]
    assert after["plain RNN", 400] > 0 > before["GRU", 400]


def test_costs_stand_in_a_table_as_they_were_measured():
    app = opened("lstm", lang="en", show="claims", claim="cost")
    table = tables(app)[0]
    sizes = rows(catalogue.shipped("cost").numbers["size"])
    assert table["parameters"].tolist() == [row["parameters"] for row in sizes]
    assert table["kept by PyTorch (bytes)"].tolist() == [round(row["kept bytes"]) for row in sizes]
    assert "python -m explorer experiment cost" in "\n".join(sentences(app))
