"""A file opened on the search page: its tree, and what it does not say."""

import math

import pytest

from explorer.web.kit.markup import plain
from tests.decoding.adapters.test_foreign import FAIRSEQ, MARIAN
from tests.pages.conftest import opened, sentences, tables


def test_a_foreign_list_is_shown_with_what_it_does_not_say_and_a_bad_one_leaves_the_page():
    app = opened("search", lang="en", show="open")
    (example,) = tables(app)
    assert example["text"].tolist()[0] == "A C B"
    assert any("this example is shown" in said for said in sentences(app))
    app.file_uploader[0].upload("nbest.txt", MARIAN.encode(), "text/plain").run()
    (table,) = tables(app)
    assert table["text"].tolist() == ["le chat dort", "le chien dort", "le"]
    assert table["log p"].tolist() == pytest.approx([-1.6, -3.2, -2.4])
    said = " ".join(sentences(app))
    assert "An n-best list of Marian." in said
    assert "which prefixes were pruned" in said
    assert "log-probability of each token" in said
    app.file_uploader[0].upload("<b>.txt", b"0 ||| <b>x</b> ||| F0= -1", "text/plain").run()
    assert not app.exception
    (error,) = app.error
    assert "holds no search that can be opened" in error.value


def test_a_sentence_of_a_file_is_chosen_and_its_words_are_no_markup():
    app = opened("search", lang="en", show="open", sentence="2")
    hostile = FAIRSEQ.replace("the cat", "<b>the</b> [cat](http://x)")
    app.file_uploader[0].upload("out.txt", hostile.encode(), "text/plain").run()
    (table,) = tables(app)
    assert table["text"].tolist() == ["le chat", "le chien"]
    assert table["log p"].tolist() == pytest.approx([-4 * math.log(2), -6 * math.log(2)], abs=1e-3)
    (line,) = [one.value for one in app.markdown if "The source" in one.value]
    assert plain("<b>the</b> [cat](http://x)") in line
    assert app.query_params["sentence"] == "2"
