"""Units on the gate pages: what is said of one is what was measured, and one click leads on."""

import base64
import re
import time
from urllib.parse import parse_qs

import numpy as np
import pytest

import explorer
from explorer.recurrence.intervention import Intervention
from explorer.text.numbers import decimal
from explorer.unit_analysis import shipped
from explorer.unit_analysis.character_labels import CHARACTER_LABELS
from explorer.unit_analysis.chinese_labels import CHINESE_LABELS
from explorer.unit_analysis.recall_labels import RECALL_LABELS
from explorer.web.shared.unit_words import what
from explorer.web.shared.units.measured import measured
from explorer.web.shared.units.unit_view import neighbours

from .conftest import given, opened
from .test_gates import traced

TEXT = "A lamp, and a mirror.\nA door."


def rows(app, name):
    """What a component of rows was given."""
    sent = given(app, name)
    if "hears" in sent:
        sent = given(app, "gru.strip.chosen")[sent["hears"]]
    text = {"tokens": sent.get("tokens")}
    return [text | row | {"values": unpacked(row)} for row in sent["rows"]]


def unpacked(row):
    shares = np.frombuffer(base64.b64decode(row["values"]), "<i2") / 32767
    return shares * row["reach"]


def test_the_first_view_shows_named_lasting_and_moved_units_with_their_traced_values():
    app = opened("gru", lang="en", text=TEXT, step="9")
    assert not app.error
    trace = traced("gru-timemachine", TEXT)
    named, lasting, moved = (
        rows(app, f"gru.units.{name}") for name in ("named", "lasting", "moved")
    )
    assert 8 <= len(named) + len(lasting) + len(moved) <= 16
    assert named[0]["unit"] == 141
    assert "column" in named[0]["note"]
    for row in (*named, *lasting, *moved):
        values = trace["hidden"][0, 0, 0, :, row["unit"]].values
        assert row["values"] == pytest.approx(values, abs=1e-3)
    change = abs(trace["hidden"][0, 0, 0].diff("step").values[8])
    assert [row["unit"] for row in moved] == (-change).argsort()[:4].tolist()


def test_a_units_view_says_what_was_measured_and_leads_to_holding_it():
    app = opened("gru", lang="en", text=TEXT, show="unit", unit="141")
    one = next(n for n in shipped.named("gru-timemachine") if n.label == "column")
    said = app.markdown[1].value
    for value in (one.score, one.baseline, one.effect, one.effect_low, one.effect_high):
        assert decimal(value, 2) in said
    assert "a new line" in said
    app.button(key="gru.unit.hold").click().run()
    assert not app.error
    assert app.query_params["show"] == "what-if"
    mean = float(measured("gru-timemachine").of(0, 141, "hidden")["mean"])
    assert Intervention.parse(app.query_params["change"]) == Intervention(
        "hidden", round(mean, 2), units=141
    )


def test_a_unit_that_follows_nothing_is_said_to():
    app = opened("gru", lang="en", text=TEXT, show="unit", unit="3")
    assert "follows none of the labels tested" in app.markdown[1].value


def test_contexts_frame_the_extreme_character_with_its_measured_value():
    app = opened("gru", lang="en", text=TEXT, show="unit", unit="141")
    one = measured("gru-timemachine").of(0, 141, "hidden")
    for end in ("highest", "lowest"):
        for row, value in zip(rows(app, f"gru.unit.{end}"), one[end].values, strict=True):
            assert row["values"][row["marked"][0]] == pytest.approx(float(value), abs=2e-3)


def test_a_neighbour_opens_and_is_another_unit():
    known = measured("gru-timemachine")
    nearest = neighbours(known, 0, 141, "hidden")
    assert (0, 141) not in nearest
    app = opened("gru", lang="en", text=TEXT, show="unit", unit="141")
    app.button(key=f"gru.unit.neighbour.0.{nearest[0][1]}").click().run()
    assert app.query_params["unit"] == str(nearest[0][1])


def test_a_model_that_was_not_measured_still_shows_its_units():
    app = opened("lstm", lang="en", model="deep-lstm-timemachine", text=TEXT)
    assert not app.error
    assert rows(app, "lstm.units.lasting")


def test_every_label_is_told_in_words():
    assert all(what(label) for label in (*CHARACTER_LABELS, *CHINESE_LABELS, *RECALL_LABELS))


def test_a_selected_stretch_finds_its_like_in_the_story_and_names_the_units():
    app = opened("gru", lang="en", text=TEXT, show="match", selected="2-5")
    app = ended(app)
    assert not app.error
    found = rows(app, "gru.match.rows")
    above = app.slider(key="gru.above").value
    story = shipped.context_texts("gru-timemachine")
    like = explorer.match("gru-timemachine", story, like=(TEXT, (2, 6)), above=above, count=12)
    assert ["".join(one.tokens) for one in like.places] == [
        "".join(row["tokens"][slice(*row["marked"])]).replace("␣", " ").replace("⏎", "\n")
        for row in found
    ]
    unit = like.units[0].unit
    app.button(key=f"gru.match.unit.0.{unit}").click().run()
    assert app.query_params["show"] == "unit"
    assert app.query_params["unit"] == str(unit)


@pytest.mark.parametrize("selected", ["2-5", "0-20", "11-11"])
def test_the_threshold_begins_where_few_values_are_higher_and_says_so(selected):
    app = opened("gru", lang="en", text=TEXT, show="match", selected=selected)
    above = app.slider(key="gru.above").value
    values = traced("gru-timemachine", TEXT)["hidden"].values
    assert above >= 0
    (said,) = (one.value for one in app.caption if "of all values" in one.value)
    assert said.startswith(f"{np.mean(values < above):.0%}")


def test_a_stretch_finds_its_like_in_a_text_of_the_readers_own():
    own = "Nobody saw a lamp. He took a lamp away."
    app = opened(
        "gru", lang="en", text=TEXT, show="match", selected="2-5", corpus=own, **{"in": "own"}
    )
    app = ended(app)
    assert not app.error
    assert rows(app, "gru.match.rows")


def test_nothing_selected_is_said_and_a_stretch_beyond_the_text_is_none():
    for parameters in ({}, {"selected": "900-905"}):
        app = opened("gru", lang="en", text=TEXT, show="match", **parameters)
        assert "Shift" in app.info[0].value
    app.button(key="gru.match.word").click().run()
    first, last = map(int, app.query_params["selected"].split("-"))
    assert TEXT[first : last + 1] == max(re.findall("[a-zA-Z]+", TEXT), key=len)
    assert not app.info


@pytest.mark.parametrize("value", ["5-2", "x", "1", "-1-3", "1-99999999999999999999"])
def test_a_stretch_that_is_none_gets_a_sentence(value):
    app = opened("gru", lang="en", text=TEXT, show="match", selected=value)
    assert not app.error
    assert app.warning or app.info


def ended(app):
    """The page once its job is done."""
    for _attempt in range(120):
        app.run()
        if any(part.key == "gru.match.rows" for part in app.get("bidi_component")):
            return app
        time.sleep(0.25)
    raise AssertionError("the job never ended")


def test_the_first_view_has_a_unit_of_every_label_before_a_second_of_any():
    app = opened("lstm", lang="en", text=TEXT)
    labels = {one.unit: one.label for one in reversed(shipped.named("lstm-timemachine"))}
    shown = [labels[row["unit"]] for row in rows(app, "lstm.units.named")]
    new = [label not in shown[:place] for place, label in enumerate(shown)]
    assert new == sorted(new, reverse=True)
    assert sum(new) == min(len(shown), len(set(labels.values())))


DEEP = "deep-lstm-timemachine"


def test_the_deep_page_shows_named_units_of_every_layer_and_opens_one():
    app = opened("deep", lang="en", text=TEXT, show="chosen")
    assert not app.error
    trace, named = traced(DEEP, TEXT), shipped.named(DEEP)
    for layer in range(trace.sizes["layer"]):
        shown = rows(app, f"deep.units.layer{layer}")
        assert shown
        for row in shown:
            assert row["layer"] == layer
            ours = [one for one in named if (one.layer, one.unit) == (layer, row["unit"])]
            values = trace[ours[0].quantity][layer, 0, 0, :, row["unit"]].values
            shown_values = np.clip(values, -row["reach"], row["reach"])
            assert row["values"] == pytest.approx(shown_values, abs=2e-3)
    app = opened("deep", lang="en", text=TEXT, show="unit")  # it begins with one that has a name
    assert (1, rows(app, "deep.unit.row")[0]["unit"]) in {(one.layer, one.unit) for one in named}
    app = opened("deep", lang="en", text=TEXT, show="unit", layer="0", unit="48")
    assert not app.error
    assert "pronoun" in app.markdown[1].value
    assert rows(app, "deep.unit.row")[0]["title"] == "Layer 0, unit 48"
    (link,) = app.get("page_link")
    asked = parse_qs(link.proto.query_string)
    assert (asked["model"], asked["show"], asked["unit"]) == ([DEEP], ["what-if"], ["48"])
    assert Intervention.parse(asked["change"][0]).layer == 0


def test_diagram_and_equation_are_given_one_set_of_numbers_that_give_the_traced_state():
    app = opened("gru", lang="en", text=TEXT, step="9")
    (cell,) = given(app, "gru.cell.content").values()
    trace = traced("gru-timemachine", TEXT).isel(layer=0, direction=0, batch=0, unit=141)
    for name in ("reset", "update", "candidate", "hidden"):
        assert cell["values"][name] == pytest.approx(trace[name].values, abs=1e-4)
    (of_input, of_state), reset = cell["bias"]["candidate"], trace["reset"].values
    state = np.array(cell["state"]["candidate"]) + of_state
    total = np.array(cell["input"]["candidate"]) + of_input + reset * state
    assert np.tanh(total) == pytest.approx(trace["candidate"].values, abs=1e-3)
    assert cell["cell"] == "gru"
    assert "column" in cell["note"]
    assert {term["value"] for line in cell["lines"] for term in line} - {""} <= {*cell["said"]}


@pytest.mark.parametrize(("older", "now"), [("equation", "units"), ("download", "model")])
def test_links_to_views_that_are_part_of_others_open_these(older, now):
    app = opened("gru", lang="en", text=TEXT, show=older)
    assert not app.warning
    assert app.session_state["gru.show"] == now


def test_a_unit_is_held_over_the_story_at_its_own_mean():
    app = opened("gru", lang="en", text=TEXT, show="unit", unit="77")
    app.button(key="gru.unit.story").click().run()
    assert app.query_params["held"] == "story"
    said = cost_on_the_story(app)
    one = next(n for n in shipped.named("gru-timemachine") if n.unit == 77)
    bits = float(said.split("costs **")[1].split(" ")[0])
    assert one.effect_low <= bits <= one.effect_high
    assert "within" in said


def cost_on_the_story(app):
    for _attempt in range(240):
        for markdown in app.markdown:
            if "bits more" in markdown.value and "project’s texts" in markdown.value:
                return markdown.value
        time.sleep(0.25)
        app.run()
    raise AssertionError("the job never ended")
