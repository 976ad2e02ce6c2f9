"""The search page: what it says is what the searches find, and what it refuses stands alone."""

import numpy as np
import pytest

import explorer
from explorer.decoding.budget import Budget
from explorer.decoding.table import BOOK
from explorer.search.text import question
from explorer.web.search.ask import EXAMPLES
from tests.pages.conftest import opened

MISSED = {"of": "en-fr-gru", "text": "She is laughing.", "searches": "beam,exact", "alpha": "0.0"}


def bill(app):
    """The table of the bill, by the search's name."""
    (table,) = app.dataframe
    return table.value.set_index("search")


def test_the_books_table_gives_the_books_figures():
    found = bill(opened("search", lang="en", show="bill"))
    assert found.loc["Greedy", "best"] == "A B C"
    assert np.exp(found.loc["Greedy", "log p"]) == pytest.approx(0.048)
    assert found.loc["Exhaustive", "best"] == "A C B"
    assert np.exp(found.loc["Exhaustive", "log p"]) == pytest.approx(0.054)


def test_without_normalisation_the_empty_sequence_wins_and_is_said_in_words():
    found = bill(opened("search", lang="en", show="bill", alpha="0.0"))
    assert found.loc["Exhaustive", "best"] == "(empty: it ends at once)"
    assert np.exp(found.loc["Exhaustive", "log p"]) == pytest.approx(0.1)


def test_the_page_shows_what_the_searches_find():
    found = bill(opened("search", lang="en", show="bill", **MISSED))
    model, card = explorer.load("en-fr-gru")
    asked = question(model, card, MISSED["text"])
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
    (table,) = app.dataframe
    shown = dict(zip(table.value["token"], table.value["log p"], strict=True))
    row = BOOK.row([BOOK.tokens.index("A")])
    expected = {t: np.log(p) for t, p in zip(BOOK.tokens, row, strict=True) if p > 0}
    assert shown == pytest.approx(expected, abs=6e-4)


def test_a_refused_search_leaves_the_others_standing():
    app = opened("search", lang="en", of="en-fr-gru", searches="beam,exhaustive", show="bill")
    assert "sequences to score" in app.error[0].value
    assert list(bill(app).index) == ["Beam"]


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
    found = bill(app)
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
    for name, value in example.settings.items():
        assert app.session_state[f"search.{name}"] == value


def field(app, token, step, after=""):
    label = f"probability of {token} at step {step}{after}"
    (found,) = [one for one in app.number_input if one.label == label]
    return found


def said(app):
    return [element.value for element in app.markdown]


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
    again = opened("search", lang="en", show="bill", table="".join(app.query_params["table"]))
    assert field(again, "<eos>", 3, " after A C").value == 0.3
    assert bill(again).loc["Exhaustive", "best"] == "A B C"
    again.button[[one.label for one in again.button].index("Back to the book's")].click().run()
    assert bill(again).loc["Exhaustive", "best"] == "A C B"
    assert "table" not in again.query_params


@pytest.mark.parametrize("text", ["1", "nan_0_0_1", ".5_.2_.2_.1~x", "2_0_0_-1~", "~".join([""] * 6)])
def test_an_address_with_no_table_is_named_and_the_books_stands(text):
    app = opened("search", lang="en", show="bill", table=text)
    assert "table" in app.warning[0].value
    assert bill(app).loc["Exhaustive", "best"] == "A C B"
