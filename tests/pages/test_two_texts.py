"""Two texts side by side: the same units of both, as traced, on one scale."""

import numpy as np
import pytest

from explorer.figures.palette import GATES
from explorer.web.shared.example_texts import SECOND

from .conftest import opened
from .test_gates import traced
from .test_units import given, unpacked

ONE, TWO = "A lamp, and a mirror.", "A lamp\nand a mirror that was old."


@pytest.mark.parametrize(
    ("page", "model", "gate", "state"),
    [
        ("gru", "gru-timemachine", "update", "hidden"),
        ("lstm", "lstm-timemachine", "forget", "memory"),
    ],
)
def test_both_texts_are_shown_as_traced_on_one_scale(page, model, gate, state):
    app = opened(
        page,
        lang="en",
        show="texts",
        text=ONE,
        second=TWO,
        colour=gate,
        unit="141",
        **{"with": "3,54"},
    )
    assert not app.error
    sent = given(app, f"{page}.texts")
    assert ["".join(tokens).replace("␣", " ").replace("⏎", "\n") for tokens in sent["tokens"]] == [
        ONE,
        TWO,
    ]
    traces = [traced(model, text) for text in (ONE, TWO)]
    shown = [(gate, 141), (state, 141), (state, 3), (state, 54)]
    for panel, (quantity, unit) in zip(sent["panels"], shown, strict=True):
        assert panel["signed"] == (quantity not in GATES)
        for values, trace in zip(panel["values"], traces, strict=True):
            expected = trace[quantity].values[0, 0, 0, :, unit]
            assert np.abs(expected).max() <= panel["reach"] * 1.0001
            drawn = unpacked({"values": values, "reach": panel["reach"]})
            assert drawn == pytest.approx(expected, abs=panel["reach"] / 30_000)


@pytest.mark.parametrize(("second", "said"), [("", "at least one"), ("x" * 401, "400")])
def test_a_second_text_that_is_refused_gets_a_sentence_and_the_view_stays(second, said):
    app = opened("gru", lang="en", show="texts", text=ONE, colour="update")
    app.text_area(key="gru.second").set_value(second).run()
    (error,) = app.error
    assert said in error.value
    assert len(given(app, "gru.texts")["panels"]) == 2


def test_an_example_is_put_beside_the_text_and_into_the_address():
    app = opened("gru", lang="en", show="texts", model="gru-recall", text="!Ab?")
    app.button(key="gru.second.example1").click().run()
    assert app.query_params["second"] == SECOND["recall"][1].text
    assert given(app, "gru.texts")["tokens"][1] == [*SECOND["recall"][1].text]
