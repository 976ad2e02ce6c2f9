"""The search page's views of what was found: the verdict, another α, and other widths."""

import pytest

import explorer
from explorer.decoding.adapters.table import BOOK
from explorer.models import catalogue
from explorer.search.stored_widths import FILE, StoredWidths
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.translator import Translator
from tests.pages.conftest import number, opened, sentences, tables

MISSED = {"of": "en-fr-gru", "text": "They enjoyed the old man's stories.",
          "searches": "beam,exact", "alpha": "0.0", "stop": "first k"}  # fmt: skip
BEARS = {"of": "en-fr-gru", "text": "We didn't see any bears.", "show": "verdict"}


def done(app):
    """The page once all its searches are done, however busy the machine is."""
    while app.get("progress") or any("Stop and keep" in button.label for button in app.button):
        app.run()
    assert not app.exception
    return app


def test_the_verdict_says_whose_error_it_is_in_numbers():
    app = opened("search", lang="en", searches="beam,exact", **{**BEARS, "alpha": "0.0"})
    assert app.text_area[0].value == "Nous n'avons vu aucun ours."  # our own
    table = tables(app)[0].set_index(" ")
    own, reference = (
        number(table.loc[name, "log p"]) for name in ("the beam's output", "the reference")
    )
    assert own > reference
    model, card = explorer.load("en-fr-gru")
    compared = forced(
        Translator.of(model, card),
        BEARS["text"],
        ("nous", "n'", "avons", "vu", "aucun", "ours", "."),
    )
    assert reference == pytest.approx(compared.log_prob, abs=2e-3)
    (said,) = (info.value for info in app.info if "A model error." in info.value)
    assert f"{own - reference:.2f} nats" in said or f"{own - reference - 0.01:.2f} nats" in said
    fell = next(text for text in sentences(app) if "fell out of the beam" in text)
    steps = tables(app)[1]
    lost = steps[steps["in the beam"] == ""].iloc[0]
    assert f"at step {lost['step']}, with ` {lost['token']} `" in fell
    assert f"rank {lost['rank']}" in fell
    assert number(lost["log p so far (nats)"]) < number(lost["cutoff"])


def test_a_reference_that_exact_search_beats_the_beam_with_is_a_search_error():
    app = opened(
        "search",
        lang="en",
        **{**MISSED, "show": "verdict", "reference": "Ils ont apprécié les vieux histoires."},
    )
    (said,) = (w.value for w in app.warning)
    assert "A search error." in said
    assert "It is the reference itself." in said
    assert not app.info


def test_the_verdict_follows_what_is_found_later():
    asked = {**MISSED, "show": "verdict", "reference": "Ils ont aimé."}
    before = opened("search", lang="en", **{**asked, "searches": "beam"})
    assert any("No search error found" in text for text in sentences(before))
    after = done(opened("search", lang="en", **asked))
    assert any("A search error." in warning.value for warning in after.warning)


def test_a_reference_that_the_model_cannot_write_is_named():
    app = opened("search", lang="en", **{**BEARS, "reference": "Nous xyzzЖrons."})
    assert any("xyzzЖrons" in text and "No search can find it" in text for text in sentences(app))


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
