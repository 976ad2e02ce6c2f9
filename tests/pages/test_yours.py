"""A reader's own recording on its page: every number as it was traced, and what was open stays."""

from functools import cache

import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn

import explorer
from explorer.recurrence.export import to_bytes
from explorer.web.pages.yours.views import VIEWS

from .conftest import opened, sentences
from .test_units import given, unpacked

MODEL = nn.ModuleDict({"enc": nn.GRU(3, 6, num_layers=2, bidirectional=True), "dec": nn.LSTM(4, 5)})


@pytest.fixture(scope="module")
def recording():
    torch.manual_seed(0)
    with explorer.record(MODEL) as found, torch.no_grad():
        MODEL["enc"](torch.randn(9, 2, 3))
        MODEL["dec"](torch.randn(7, 1, 4))
        MODEL["dec"](torch.randn(8, 1, 4))
    return found


@cache
def varied() -> bytes:
    """A file in which there is a choice of everything."""
    with explorer.record(MODEL) as found, torch.no_grad():
        MODEL["enc"](torch.randn(9, 2, 3))
        MODEL["dec"](torch.randn(450, 2, 4))
        MODEL["dec"](torch.randn(8, 2, 4))
    return to_bytes(found, ".nc")


def upload(app, content, name="mine.nc", *, field=0):
    return app.file_uploader[field].upload(name, content, "application/x-netcdf").run()


def test_the_page_opens_with_an_example_and_says_how_to_get_ones_own():
    app = opened("yours", lang="en")
    said = " ".join([*sentences(app), *(html.proto.body for html in app.get("html"))])
    for part in ("explorer.record(model)", "gatescope record", "gatescope run --models"):
        assert part in said
    assert "this example is shown" in said
    sent = given(app, "yours.strip")
    assert "".join(sent["tokens"]).startswith("!Adahbf")


def test_a_recording_is_shown_as_it_was_traced(recording):
    app = opened("yours", lang="en")
    upload(app, to_bytes(recording, ".nc"))
    assert not app.error
    trace = recording["enc"][0]
    app.selectbox[0].set_value("enc").run()
    app.number_input(key="yours.sequence").set_value(1).run()
    rows = given(app, "yours.units.lasting")["rows"]
    for row in rows:
        values = trace["hidden"].values[0, 0, 1, :, row["unit"]]
        np.testing.assert_allclose(unpacked(row), values, atol=1e-3)
    assert given(app, "yours.strip")["tokens"] == [*map(str, range(9))]


def test_a_refused_file_leaves_what_was_open_with_the_reason(recording):
    app = opened("yours", lang="en")
    upload(app, to_bytes(recording, ".nc"))
    assert app.selectbox[0].options[0].startswith("enc")
    upload(app, b"\x89HDF\r\n\x1a\n<b>no</b>", "<b>.nc")
    assert not app.exception
    (error,) = app.error
    assert error.value == "This file cannot be read: it is damaged. What was open stays open."
    assert app.selectbox[0].options[0].startswith("enc")


@pytest.mark.parametrize("view", VIEWS)
def test_a_cell_of_ones_own_and_one_without_gates_are_shown_too(view):
    values = np.random.default_rng(0).random((1, 1, 1, 6, 3))
    dims = ("layer", "direction", "batch", "step", "unit")
    own = xr.Dataset(
        dict.fromkeys(("z", "candidate"), (dims, values)),
        attrs={"cell": "mine"},
    )
    app = opened("yours", lang="en", show=view)
    for content in (to_bytes(own, ".nc"), to_bytes(plain(), ".nc")):
        upload(app, content)
        assert not app.exception
        said = [error.value for error in app.error]
        assert bool(said) == (view == "saturation"), said  # which needs gates, and says so


def plain():
    return explorer.trace(nn.RNN(3, 4), torch.randn(5, 1, 3))


def test_two_recordings_are_held_against_each_other(recording):
    app = opened("yours", lang="en", show="two")
    upload(app, to_bytes(recording, ".nc"))
    app.selectbox[0].set_value("dec").run()
    sent = given(app, "yours.two")
    calls = recording["dec"]
    unit = int(app.number_input(key="yours.unit").value)
    for packed, trace in zip(sent["panels"][0]["values"], calls, strict=True):
        row = {"values": packed, "reach": sent["panels"][0]["reach"]}
        values = trace["forget"].values[0, 0, 0, :, unit]
        np.testing.assert_allclose(unpacked(row), values, atol=1e-3)
    upload(app, to_bytes(plain(), ".nc"), field=1)
    assert "The second file has no module named" in app.error[0].value
    assert not app.exception


def test_a_long_sequence_is_shown_in_parts():
    trace = explorer.trace(nn.GRU(2, 3), torch.randn(1000, 1, 2))
    app = opened("yours", lang="en")
    upload(app, to_bytes(trace, ".nc"))
    assert any("Steps 0 to 399 of 1,000 are shown." in said for said in sentences(app))
    app.number_input(key="yours.from").set_value(600).run()
    assert given(app, "yours.strip")["tokens"][0] == "600"
    assert app.query_params["from"] == "600"


def test_a_file_that_leaves_its_field_stays_open_until_it_is_closed(recording):
    app = opened("yours", lang="en")
    upload(app, to_bytes(recording, ".nc"), "<b>mine.nc")
    app.file_uploader[0].set_value(None).run()
    assert app.selectbox[0].options[0].startswith("enc")
    (close,) = (button for button in app.button if button.label.startswith("Close"))
    assert close.label == "Close ` <b>mine.nc `"
    close.click().run()
    assert "this example is shown" in " ".join(sentences(app))
