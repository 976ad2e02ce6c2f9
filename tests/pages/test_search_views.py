"""The search page's views of what was found: another α, other widths; and its diagnosis."""

from urllib.parse import parse_qs

import pytest

import explorer
from explorer.decoding.adapters.table import BOOK
from explorer.models import catalogue
from explorer.search.stored_widths import FILE, StoredWidths
from tests.pages.conftest import done, number, opened, sentences, tables


def test_a_link_to_the_verdict_opens_the_diagnosis_of_the_same_translation():
    asked = {"of": "en-fr-gru", "text": "We didn't see any bears.", "width": "3", "alpha": "0.5"}
    app = opened("search", lang="en", show="verdict", reference="Aucun ours.", **asked)
    assert app.title[0].value == "Sequence to sequence"
    assert app.text_input[0].value == asked["text"]
    assert app.text_area[0].value == "Aucun ours."
    assert [field.value for field in app.number_input[:2]] == [3, 0.5]
    assert app.query_params["show"] in ("diagnosis", ["diagnosis"])


def test_the_search_page_leads_to_the_diagnosis():
    app = opened("search", lang="en", of="en-fr-lstm", text="I wait.", searches="greedy", width="7")
    (link,) = [link.proto for link in app.get("page_link") if "Diagnose" in link.proto.label]
    wanted = {"model": ["en-fr-lstm"], "text": ["I wait."], "beam": ["7"], "show": ["diagnosis"]}
    assert wanted.items() <= parse_qs(link.query_string).items()
    table = opened("search", lang="en", show="verdict")  # a table has no diagnosis
    assert table.title[0].value == "Beam search"


def test_another_alpha_ranks_the_same_hypotheses_without_a_search():
    before = opened("search", lang="en", searches="exhaustive", show="rank", rank="0.75")
    after = opened("search", lang="en", searches="exhaustive", show="rank", rank="0.0")
    assert tables(after)[0]["text"][0] == "(empty: it ends at once)"
    assert tables(before)[0]["text"][0] == "A C B"
    before.slider[0].set_value(0.0).run()
    assert tables(before)[0].equals(tables(after)[0])
    assert before.query_params["rank"] in ("0.0", ["0.0"])
    tree = explorer.decode(BOOK, (), "exhaustive", max_length=4, alpha=0.0, width=10)
    found = tables(before)[0]
    assert [number(score) for score in found["score"]] == pytest.approx(
        [h.score for h in tree.n_best], abs=1e-3
    )


def test_every_width_is_tried_and_the_best_is_proved():
    app = done(opened("search", lang="en", show="widths"))
    found = tables(app)[0].set_index("beam width")
    assert list(found.index)[:3] == ["1", "2", "3"]
    assert found.loc["1", "best"] == "A B C"
    assert found.loc["exact", "best"] == "A C B"
    assert any("proved that nothing is better" in text for text in sentences(app))


def test_the_figures_over_a_test_set_are_those_that_were_measured():
    app = done(
        opened("search", lang="en", show="widths", of="en-fr-gru", text="I wait.", seconds="1")
    )
    kept = StoredWidths.read(catalogue.PRETRAINED / "en-fr-gru" / FILE)
    shown = tables(app)[1]
    assert [float(bleu) for bleu in shown["BLEU"]] == pytest.approx(
        [row.bleu for row in kept.widths.rows], abs=6e-3
    )
    assert any(kept.command in text for text in sentences(app))
