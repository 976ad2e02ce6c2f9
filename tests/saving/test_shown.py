"""``explorer.show``: what a notebook is given is true, whole, and inert."""

import base64
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

import explorer
from explorer.cells import SLSTM, MinGRU
from explorer.decoding.adapters.foreign import files
from explorer.decoding.adapters.table import BOOK, END, Table
from explorer.errors import ExplorerError
from explorer.locale import english
from explorer.saving.trace_payload import MOST_STEPS, UNITS, drawn, trace_payload
from tests.saving.test_page import HOSTILE, Elements

SVG = "{http://www.w3.org/2000/svg}"


def traced(kind: str = "GRU", tokens: list[str] | None = None, *, steps: int = 6, **size: int):
    torch.manual_seed(0)
    module = getattr(nn, kind)(2, size.get("units", 5), size.get("layers", 1))
    return explorer.trace(module, torch.randn(steps, 1, 2), tokens=tokens)


def tree(word: str = "A", strategy: str = "beam"):
    table = Table((word, "b", END), ((0.5, 0.3, 0.2), (0.1, 0.2, 0.7)))
    return explorer.decode(table, (), strategy, width=2, max_length=3)


def unpacked(sent: str, reach: float, shape: tuple[int, ...]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(sent), "<i2").reshape(shape) / 32767 * reach


def words_of(html: str) -> str:
    class Words(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += data

    parser = Words()
    parser.feed(html)
    return parser.said


@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
def test_the_browser_is_sent_the_values_of_the_trace(kind):
    trace = traced(kind)
    (panel,) = trace_payload([drawn(trace, english)], english)["panels"]
    assert panel["units"] == [0, 1, 2, 3, 4]
    assert panel["tokens"] == list("012345")
    for sent, (_name, values) in zip(panel["quantities"], trace.data_vars.items(), strict=True):
        found = unpacked(sent["values"], sent["reach"], (5, 6))
        np.testing.assert_allclose(found, values.values[0, 0, 0].T, atol=sent["reach"] / 60_000)


def test_two_traces_are_shown_as_their_difference_and_beside_each_other():
    one, other = traced(), traced()
    other["update"] = other["update"] / 2
    (panel,) = trace_payload([drawn(one, english, beside=other)], english)["panels"]
    by_name = dict(zip(one.data_vars, panel["quantities"], strict=True))
    half = -one["update"].values[0, 0, 0].T / 2
    np.testing.assert_allclose(unpacked(by_name["update"]["values"], 1.0, (5, 6)), half, atol=1e-4)
    assert not unpacked(by_name["reset"]["values"], 1.0, (5, 6)).any()
    first, second = (unpacked(sent, 1.0, (5, 6)) for sent in by_name["update"]["beside"])
    np.testing.assert_allclose(first, 2 * second, atol=1e-3)


def test_of_a_large_trace_the_first_steps_and_what_varies_is_shown_and_said():
    trace = traced(steps=MOST_STEPS + 3, units=UNITS + 4, layers=2)
    trace["update"][..., 7] = trace["update"][..., 7].round()  # the most that a gate can vary
    panel = drawn(trace, english)
    assert len(panel.tokens) == MOST_STEPS
    assert len(panel.units) == UNITS
    assert 7 in panel.units
    assert f"first {MOST_STEPS} of {MOST_STEPS + 3} steps" in panel.place
    assert f"{UNITS} of {UNITS + 4} units" in panel.place
    assert "layer 0" in panel.place
    assert drawn(trace, english, units=[9, 2]).units == [2, 9]


def test_a_part_of_a_trace_is_shown_as_the_part_that_it_is():
    trace = traced(layers=2)
    one = drawn(trace.sel(layer=1, unit=3), english)
    assert one.units == [3]
    np.testing.assert_allclose(one.quantities[0].values[0], trace["reset"].values[1, 0, 0, :, 3])


def test_a_recording_shows_each_of_its_modules():
    model = nn.ModuleDict({"a": nn.GRU(2, 3), "b": nn.LSTM(2, 4)})
    with explorer.record(model) as recording:
        assert recording._repr_mimebundle_() == {"text/plain": repr(recording)}
        with pytest.raises(ExplorerError, match="Nothing was recorded"):
            explorer.show(recording)
        for module in model.values():
            module(torch.randn(4, 1, 2))
            module(torch.randn(4, 1, 2))
    shown = explorer.show(recording, language="en")
    sent = json.loads(Elements(shown.page).data)
    assert [panel["title"] for panel in sent["panels"]] == ["a", "b"]
    assert [len(panel["tokens"]) for panel in sent["panels"]] == [8, 8]  # of both calls
    assert recording._repr_mimebundle_().keys() == {"text/plain", "text/html", "image/svg+xml"}


@settings(max_examples=25)
@given(st.text(max_size=20) | st.just(HOSTILE), st.sampled_from(["trace", "two", "tree"]))
def test_whatever_a_token_is_it_stays_text(text, kind):
    # A table of its own has neither blank tokens nor two that are the same.
    assume(kind != "tree" or (text.strip() and text not in ("b", END)))

    def made(word):
        if kind == "tree":
            return explorer.show(tree(word), title=word, language="en")
        trace = traced(tokens=[word, "b"], steps=2)
        beside = (trace,) if kind == "two" else ()
        return explorer.show(trace, *beside, title=word, language="en")

    found, plain = made(text), made("plain")
    assert Elements(found.page).tags == Elements(plain.page).tags
    picture = ElementTree.fromstring(found.still)
    allowed = {"svg", "title", "rect", "text", "g", "path", "polyline"}
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= allowed
    assert Elements(found.words).tags == Elements(plain.words).tags
    assert set(Elements(found.words).tags) <= {"b", "em", "code", "ul", "li"}
    html = found._repr_mimebundle_()["text/html"]
    assert Elements(html).tags == [*["blockquote"], *Elements(found.words).tags, "script"]


def test_the_frame_holds_the_page_that_is_saved_and_may_do_nothing_but_run_it(tmp_path):
    trace = traced(tokens=[HOSTILE, *"bcdef"])
    shown = explorer.show(trace)
    html = shown._repr_mimebundle_()["text/html"]
    (page,) = re.findall(r'data-page="([A-Za-z0-9+/=]+)"', html)
    assert base64.b64decode(page).decode() == shown.page
    assert 'sandbox = "allow-scripts"' in html
    explorer.save_page(trace, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == shown.page
    assert "unsafe" not in shown.page.split("</head>")[0].split("<style>")[0]
    assert HOSTILE in words_of(shown.words)


def test_trees_show_what_they_found_and_the_reader_chooses_the_language():
    found = explorer.show(tree(), tree(strategy="exact"), language="zh")
    assert "束宽 2" in found.words
    assert "束宽 2" in found.still
    assert len(json.loads(Elements(found.page).data)["panels"]) == 2
    assert tree()._repr_mimebundle_().keys() == {"text/plain", "text/html", "image/svg+xml"}
    assert "A C B" in explorer.show(explorer.decode(BOOK, None, "beam", max_length=4)).words


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (lambda: ("a text",), "Only a trace, a recording or a search tree"),
        (lambda: (traced(), tree()), "Only a trace, a recording or a search tree"),
        (lambda: (tree(), traced()), "Only a trace, a recording or a search tree"),
        (lambda: (traced().isel(step=[]),), "nothing to draw"),
        (lambda: (traced().mean("step"),), "nothing to draw"),
        (lambda: (traced(), traced(steps=4)), "cannot be compared"),
    ],
)
def test_what_cannot_be_shown_is_said(given, sentence):
    with pytest.raises(ExplorerError, match=sentence):
        explorer.show(*given())


@pytest.mark.parametrize("units", [[5], [-1], [], range(65)])
def test_units_that_are_not_there_are_refused(units):
    with pytest.raises(ExplorerError, match="Name from 1 to 64 units of this trace"):
        explorer.show(traced(), units=units)


def test_cells_that_were_described_are_shown_with_their_own_quantities():
    for cell in (MinGRU, SLSTM):
        trace = explorer.trace(cell(2, 5), torch.randn(6, 1, 2))
        shown = explorer.show(trace, language="en")
        assert all(name in shown.page for name in trace.data_vars)


def test_a_search_of_another_program_is_shown_without_a_bill_that_nobody_knows(tmp_path):
    (tmp_path / "list").write_text("0 ||| a b ||| F0= -1 ||| -1.2\n0 ||| a c ||| F0= -2 ||| -2\n")
    found = files.read(tmp_path / "list")
    shown = explorer.show(found, language="en")
    assert shown == explorer.show(found.tree, language="en")
    assert "a b" in shown.words
    assert "2 hypotheses" in shown.words
    assert "decoder calls" not in shown.words
    assert "decoder calls" in explorer.show(tree(), language="en").words
