"""The search page: what it says is what the searches find, and what it refuses stands alone."""

import dataclasses

import numpy as np
import pytest
import torch

import explorer
from explorer.decoding.adapters.table import BOOK
from explorer.decoding.budget import Budget
from explorer.search.text_search import text_search
from explorer.web.pages.search import result as case
from explorer.web.pages.search.controls import EXAMPLES, Asked
from explorer.web.pages.search.decoder_state import trace_of
from explorer.web.pages.search.rules import Rules
from explorer.web.pages.search.searchable_models import subjects
from explorer.web.shared import models
from tests.pages.conftest import number, opened, tables
from tests.pages.searches import bill, complete, said

RULES = Rules(4, 0.75, 6, "first k", 5, ())
MISSED = {"of": "en-fr-gru", "text": "They enjoyed the old man's stories.",
          "searches": "beam,exact", "alpha": "0.0", "stop": "first k"}  # fmt: skip


def test_the_books_table_gives_the_books_figures():
    found = bill(opened("search", lang="en", show="bill"))
    assert found.loc["Greedy", "best"] == "A B C"
    assert np.exp(found.loc["Greedy", "log p"]) == pytest.approx(0.048, rel=1e-3)
    assert found.loc["Exhaustive", "best"] == "A C B"
    assert np.exp(found.loc["Exhaustive", "log p"]) == pytest.approx(0.054, rel=1e-3)


def test_without_normalisation_the_empty_sequence_wins_and_is_said_in_words():
    found = bill(opened("search", lang="en", show="bill", alpha="0.0"))
    assert found.loc["Exhaustive", "best"] == "(empty: it ends at once)"
    assert np.exp(found.loc["Exhaustive", "log p"]) == pytest.approx(0.1, rel=1e-3)


def test_the_page_shows_what_the_searches_find():
    found = bill(complete(opened("search", lang="en", show="bill", seconds="60", **MISSED), 2))
    model, card = explorer.load("en-fr-gru")
    asked = text_search(model, card, MISSED["text"])
    for name, strategy in (("Beam", "beam"), ("Exact", "exact")):
        tree = explorer.decode(
            asked.scorer,
            asked.source,
            strategy,
            alpha=0.0,
            max_length=asked.max_length,
            budget=Budget(seconds=60),
        )
        assert found.loc[name, "best"] == asked.written(tree.n_best[0])
        assert found.loc[name, "log p"] == pytest.approx(tree.n_best[0].log_prob, abs=1e-3)
    assert found.loc["Exact", "log p"] > found.loc["Beam", "log p"] + 0.1  # what it is there for


def test_the_chosen_prefix_shows_the_probabilities_after_it():
    app = opened("search", lang="en", node="greedy.1")  # A, the first that greedy looks at
    (table,) = tables(app)
    shown = dict(zip(table["token"], map(number, table["log p"]), strict=True))
    row = BOOK.row([BOOK.tokens.index("A")])
    expected = {t: np.log(p) for t, p in zip(BOOK.tokens, row, strict=True) if p > 0}
    assert shown == pytest.approx(expected, abs=6e-4)


def test_a_refused_search_leaves_the_others_standing():
    app = opened("search", lang="en", of="en-fr-gru", searches="beam,exhaustive", show="bill")
    assert "sequences to score" in app.error[0].value
    assert list(bill(app).index) == ["Beam"]


@pytest.mark.parametrize(("rules", "offered"), [({}, False), ({"longest": "3"}, True)])
def test_exhaustive_search_is_offered_where_it_can_run(rules, offered):
    app = opened("search", lang="en", of="gru-timemachine", searches="greedy", **rules)
    group = next(each for each in app.get("button_group") if each.key == "search.searches")
    assert ("Exhaustive" in str(group.proto.options)) == offered


def test_a_few_tokens_make_exhaustive_search_possible():
    app = opened(
        "search",
        lang="en",
        of="en-fr-gru",
        text="She is laughing.",
        searches="beam,exhaustive,exact",
        only="elle rit est .",
        longest="6",
        show="bill",
    )
    assert not app.error
    found = bill(complete(app, 3))
    assert found.loc["Exhaustive", "score"] == pytest.approx(found.loc["Exact", "score"], abs=1e-4)
    assert found.loc["Exhaustive", "score"] >= found.loc["Beam", "score"] - 1e-4


@pytest.mark.parametrize(
    ("name", "value"),
    [("width", "0"), ("width", "10000"), ("alpha", "-1"), ("longest", "-3"), ("searches", "magic")],
)
def test_a_value_that_no_search_can_have_is_named_and_the_page_stands(name, value):
    app = opened("search", lang="en", show="bill", **{name: value})
    assert f"` {name} `=` {value} `" in app.warning[0].value
    assert len(bill(app)) == 3


def test_an_unknown_token_is_named():
    app = opened("search", lang="en", of="en-fr-gru", only="elle xyzzy")
    assert "xyzzy" in app.error[0].value


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_sets_all_that_it_is_about(number):
    app = opened("search", lang="en", of="gru-timemachine", text="and then sudde", show="bill")
    app.button(key=f"search.example{number}").click().run()
    assert not app.error
    assert not app.exception
    example = EXAMPLES[number]
    assert app.selectbox(key="search.of").value == example.subject
    for parameter, value in example.settings.items():
        assert app.session_state[f"search.{parameter.name}"] == value


@pytest.mark.parametrize("subject", ["en-fr-gru", "en-fr-lstm", "gru-timemachine"])
def test_a_prefix_shows_the_state_that_its_probabilities_come_from(subject):
    """The model's own head on the hidden state that is shown gives what the search saw."""
    asked = Asked(subject, subjects()[subject], "the cat sees Zorblax", ("beam",), RULES)
    made = case.question(asked)
    tree = explorer.decode(made.scorer, made.source, "beam", width=4, max_length=6)
    for node in (0, 3, int(tree.finished[0]) if len(tree.finished) else len(tree) - 1):
        at = case.Case(asked, made, {"beam": tree}, ("beam", node))
        hidden = torch.tensor(trace_of(at)["hidden"].values[-1, 0, 0, -1:])  # (1, H)
        tokens = [t for t in at.prefix if t != made.scorer.end]
        path = dataclasses.replace(at, chosen=("beam", node_of(tree, tokens)))
        seen = torch.from_numpy(case.next_log_probs(path)).float()
        given = head(subject, hidden)[0]
        may = seen.isfinite()
        assert (given - seen)[may].abs().max() < 1e-4


def node_of(tree, tokens):
    node = 0
    for token in tokens:
        node = next(n.number for n in tree.children(node) if n.token == token)
    return node


@torch.inference_mode()
def head(subject, hidden):
    if subjects()[subject] == "translation":
        model = models.translator(subject).model
        written = model.projection(hidden)
        return (written @ model.target_embedding.weight.T + model.head_bias).log_softmax(-1)
    return models.pretrained(subject)[0].scores(hidden).log_softmax(-1)


def test_the_page_says_why_a_prefix_was_pruned_and_shows_its_gates():
    tree = explorer.decode(BOOK, (), "greedy", max_length=4)
    (pruned, *_) = [node for node in tree if node.fate == "pruned"]
    app = opened("search", lang="en", node=f"greedy.{pruned.number}")
    assert any(f"It was {pruned.below:.3f} nats below the cut" in text for text in said(app))


@pytest.mark.parametrize(("model", "gates"), [("lstm-timemachine", 3), ("rnn-timemachine", 0)])
def test_a_prefix_shows_the_gates_that_a_cell_has(model, gates):
    app = opened("search", lang="en", of=model, node="beam.3", part="inside")
    assert len([c for c in app.caption if "nearly closed" in c.value]) == gates
    assert any("Each square is one unit" in c.value for c in app.caption)


def field(app, token, step, after=""):
    label = f"probability of {token} at step {step}{after}"
    (found,) = [one for one in app.number_input if one.label == label]
    return found


def test_the_table_is_edited_until_greedy_wins():
    app = opened("search", lang="en", show="bill")
    assert any(
        "Greedy search misses" in text and "0.048" in text and "0.054" in text for text in said(app)
    )
    field(app, "B", 3, " after A C").set_value(0.4).run()
    assert "step ` 3 (A C …) ` sum to ` 0.8 `" in app.error[0].value
    assert bill(app).loc["Exhaustive", "best"] == "A C B"  # the table before is still searched
    field(app, "<eos>", 3, " after A C").set_value(0.3).run()
    assert not app.error
    assert bill(app).loc["Exhaustive", "best"] == "A B C"
    assert any("Greedy search wins" in text and "0.048" in text for text in said(app))
    again = opened("search", lang="en", show="bill", table=app.query_params["table"])
    assert field(again, "<eos>", 3, " after A C").value == 0.3
    assert bill(again).loc["Exhaustive", "best"] == "A B C"
    again.button[
        [one.label for one in again.button].index("Restore the book's probabilities")
    ].click().run()
    assert bill(again).loc["Exhaustive", "best"] == "A C B"
    assert "table" not in again.query_params


@pytest.mark.parametrize(
    "text", ["1", "nan_0_0_1", ".5_.2_.2_.1~x", "2_0_0_-1~", "~".join([""] * 6)]
)
def test_an_address_with_no_table_is_named_and_the_books_stands(text):
    app = opened("search", lang="en", show="bill", table=text)
    assert "table" in app.warning[0].value
    assert bill(app).loc["Exhaustive", "best"] == "A C B"


def test_samples_stand_beside_what_the_searches_found():
    app = opened("search", lang="en", show="chance", draws="50", seed="3")
    (table,) = tables(app)
    drawn = table.set_index("sequence")
    assert drawn["times drawn"].sum() == 50
    assert drawn.loc["A C B", "found by"] == "Beam, Exhaustive"
    assert drawn.loc["A B C", "found by"] == "Greedy"
    assert list(drawn["score"]) == sorted(drawn["score"], reverse=True)
    assert np.exp(drawn.loc["A C B", "log p"]) == pytest.approx(0.054, abs=1e-4)
    app.number_input(key="search.topk").set_value(1).run()
    (table,) = tables(app)  # drawn from the likeliest alone: greedy search's
    assert table.set_index("sequence").loc["A B C", "times drawn"] == 50
    assert app.query_params["topk"] == "1"


@pytest.mark.parametrize(
    ("name", "value"), [("temperature", "0"), ("topk", "0"), ("topp", "1.5"), ("draws", "0")]
)
def test_a_chance_that_is_none_is_named(name, value):
    app = opened("search", lang="en", show="chance", **{name: value})
    assert f"` {name} `=` {value} `" in app.warning[0].value
    assert len(tables(app)) == 1


def test_where_the_stopping_rules_differ_the_other_answer_stands_in_one_line():
    asked = {"lang": "en", "of": "en-fr-gru", "searches": "beam", "text": "She'll recover."}
    model, card = explorer.load("en-fr-gru")
    made = text_search(model, card, asked["text"])
    rules = {"width": 5, "alpha": 0.75, "max_length": made.max_length}
    found = {
        stop: explorer.decode(made.scorer, made.source, "beam", **rules, stopping=stop).n_best[0]
        for stop in ("first k", "nothing can win")
    }
    assert found["first k"].score < found["nothing can win"].score - 0.1
    for own, other, part in (
        ({}, "first k", "Stopping once k hypotheses are finished"),
        ({"stop": "first k"}, "nothing can win", "Stopping only when nothing can win"),
    ):
        app = opened("search", show="bill", **asked, **own)
        (said,) = (c.value for c in app.caption if part in c.value)
        assert made.written(found[other]) in said.replace("\\", "")
        assert f"{found[other].score:.3f}"[1:] in said
        mine = found["nothing can win" if not own else "first k"]
        assert bill(app).loc["Beam", "best"] == made.written(mine)
    same = opened("search", show="bill", **{**asked, "text": "I wait."})
    assert not any("Stopped" in caption.value for caption in same.caption)


def test_an_output_that_was_cut_says_so():
    cut = {"lang": "en", "of": "en-fr-gru", "text": "She is late.", "longest": "4"}
    app = opened("search", searches="greedy,beam", show="bill", **cut)
    assert bill(app).loc["Beam", "best"].endswith(" …")
