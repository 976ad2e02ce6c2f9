"""The corpus page: what it says is what counting says, its address is its state, and any text gets
figures or a sentence.
"""

import re
from collections import Counter

import pytest

from explorer.corpus.parallel import TOKENISERS
from explorer.corpus.reading import LONGEST, MOST_BYTES
from explorer.corpus.shipped import FILE, Shipped
from explorer.models.catalogue import PRETRAINED
from explorer.text.numbers import percent
from explorer.text.sentences import sentences as own_sentences

from .conftest import opened, sentences

PARAMETERS = {
    "source": "text",
    "text": "The cat sleeps.\tLe chat dort.\nThe cat eats.\tLe chat mange.",
    "source_rules": "en",
    "target_rules": "fr",
    "pieces": "200",
    "axes": "linear",
    "minimum": "3",
    "num_steps": "5",
    "size": "2",
    "seed": "7",
    "as": "numbers",
}
MESSY = "\n".join(
    [
        "Hello \U0001f44b\U0001f3fd!\tשלום עולם!",
        "no tab in this line",
        "\u202eevil\x07 text\tمرحبا",
        "<b>bold</b> [link](http://evil.example) $x^2$\t**stars** `code`",
        "only this\t",
        "three\tcolumns\there",
        f"{'long ' * LONGEST}\tlong",
    ]
)


#: Charts of each view, and matrices.
FIGURES = {
    "minibatch": (0, 2),
    "growth": (2, 0),
    "unknown": (1, 0),
    "lengths": (1, 0),
    "padding": (1, 0),
    "claims": (1, 0),
}


def figures(app):
    """The charts on the page, and the matrices."""
    charts = len(app.get("vega_lite_chart")) or len(app.get("arrow_vega_lite_chart"))
    return charts, len([part for part in app.get("bidi_component") if ".matrix." in part.key])


def shown_in_every_view(app):
    """Each view of the page in turn, all that it is made of on it."""
    for view, made_of in FIGURES.items():
        app.button_group(key="corpus.show").set_value(view).run()
        assert not app.exception
        assert figures(app) == made_of, view
        yield view


def said(app, pattern):
    """What a pattern finds in all that the page says."""
    return re.search(pattern, "\n".join(sentences(app)))


@pytest.mark.parametrize(("side", "name"), [("english", "English"), ("french", "French")])
@pytest.mark.parametrize("minimum", [1, 2, 7])
def test_the_unknown_share_on_the_page_is_the_counted_one(side, name, minimum):
    app = opened("corpus", lang="en", show="unknown", minimum=str(minimum))
    cut = TOKENISERS["en" if side == "english" else "fr"]
    words = [w for s in own_sentences() for w in cut(getattr(s, side).lower())]
    counts = Counter(words)
    share = sum(counts[w] < minimum for w in words) / len(words)
    kept = sum(count >= minimum for count in counts.values())
    assert said(
        app, rf"\*\*{name}\*\*: {percent(share, 1)} of all tokens .* keeps {kept} of {len(counts)} "
    )


def test_the_whole_corpus_is_shown_from_its_figures():
    app = opened("corpus", lang="en", source="whole")
    shipped = Shipped.read(PRETRAINED / FILE)
    assert said(app, rf"Pairs: \*\*{shipped.summary.pairs:,}\*\*")
    assert said(app, shipped.origin.licence)
    assert said(app, re.escape(shipped.origin.attribution))
    assert shipped.origin.command in [code.value for code in app.code]
    assert said(app, "stands for a word")
    assert [*shown_in_every_view(app)] == [*FIGURES]


def test_an_address_opens_the_same_view():
    app = opened("corpus", lang="en", **PARAMETERS)
    assert not app.error
    assert not app.warning
    assert app.query_params == {"lang": "en", **PARAMETERS}
    assert figures(app) == FIGURES["minibatch"]
    assert app.text_area[0].value == PARAMETERS["text"]
    assert app.slider(key="corpus.minimum").value == 3
    assert said(app, r"Pairs: \*\*2\*\*")


def test_what_a_reader_changes_is_in_the_address_and_on_the_page():
    app = opened("corpus", lang="en")
    app.slider(key="corpus.minimum").set_value(4).run()
    app.slider(key="corpus.num_steps").set_value(6).run()
    app.select_slider(key="corpus.size").set_value(64).run()
    app.button_group(key="corpus.as").set_value("numbers").run()
    assert said(app, "The first 32 of 64 rows")
    changed = {"minimum": "4", "num_steps": "6", "size": "64", "as": "numbers"}
    assert app.query_params == {"lang": "en", **changed}
    for view, sentence in (
        ("lengths", "With 6 steps"),
        ("padding", "At batch size 64"),
        ("unknown", "keeps 1"),
    ):
        app.button_group(key="corpus.show").set_value(view).run()
        assert said(app, sentence)
        assert app.query_params == {"lang": "en", "show": view, **changed}


@pytest.mark.parametrize(
    ("link", "view"),
    [
        ({}, "minibatch"),
        ({"source": "whole", "num_steps": "5"}, "minibatch"),
        ({"minimum": "3", "as": "numbers"}, "minibatch"),
        ({"minimum": "3"}, "unknown"),
        ({"axes": "linear"}, "growth"),
        ({"pieces": "200"}, "growth"),
        ({"claim": "rare-words"}, "claims"),
    ],
)
def test_a_link_from_before_there_were_views_opens_the_one_that_it_speaks_of(link, view):
    assert figures(opened("corpus", lang="en", **link)) == FIGURES[view]


def test_a_link_opens_the_view_that_it_was_copied_from():
    app = opened("corpus", lang="en", axes="linear")
    app.button_group(key="corpus.show").set_value("minibatch").run()
    again = opened("corpus", **app.query_params)
    assert figures(again) == FIGURES["minibatch"]
    assert again.query_params == app.query_params


def test_state_survives_a_change_of_language():
    app = opened("corpus", lang="en", **PARAMETERS)
    app.sidebar.button_group[0].set_value("zh").run()
    assert app.query_params == {"lang": "zh", **PARAMETERS}
    assert said(app, r"句对：\*\*2\*\*")


def test_a_messy_text_is_read_as_far_as_it_goes_and_its_lines_are_named():
    app = opened("corpus", lang="en", source="text")
    app.text_area[0].set_value(MESSY).run()
    assert not app.error
    assert said(app, r"Pairs: \*\*4\*\*")
    warning = app.warning[0].value
    assert "no tab: line 2." in warning
    assert "empty: line 5." in warning
    assert "longer than 2,000 characters: line 7." in warning
    assert "the first two were read: line 6." in warning
    assert "read as spaces: line 3." in warning
    assert figures(app) == FIGURES["minibatch"]
    assert not said(app, "evil")


def test_many_bad_lines_are_counted():
    app = opened("corpus", lang="en", source="text")
    app.text_area[0].set_value("a\tb\n" + "bad\n" * 20).run()
    assert "lines 2, 3, 4, 5, 6 and 15 more" in app.warning[0].value


@pytest.mark.parametrize("text", ["a\tb", "😀\t😀", "我\t你", "\u200d ||| \u0301", "..\t?!"])
def test_the_smallest_texts_have_figures(text):
    app = opened("corpus", lang="en", source="text")
    app.text_area[0].set_value(text).run()
    assert not app.error
    assert [*shown_in_every_view(app)] == [*FIGURES]


def test_how_many_words_are_new_is_said_of_texts_that_are_long_enough():
    rules = {"source_rules": "en", "target_rules": "fr"}
    app = opened("corpus", lang="en", source="text", show="growth", **rules)
    app.text_area[0].set_value("a\tb").run()
    assert said(app, "too short to show how fast")
    app.text_area[0].set_value("\n".join(f"w{n}\tv" for n in range(200))).run()
    assert said(app, r"in random order, 100% of the words .* and 0% ")


@pytest.mark.parametrize(
    ("lang", "text", "sentence"),
    [
        ("en", "", "no sentence pairs yet"),
        ("zh", "", "还没有句对"),
        ("en", "One language only.\nNothing else.", "No line contains a tab"),
        ("en", 'id,en,fr\n1,"Go, now","Va"', "tab-separated text"),
        ("zh", "id;en;fr\n1;Go;Va", "制表符"),
        ("en", "\tVa\nGo\t", "line 1"),
    ],
)
def test_a_text_without_pairs_gets_a_sentence(lang, text, sentence):
    app = opened("corpus", lang=lang, source="text")
    app.text_area[0].set_value(text).run()
    assert sentence in app.error[0].value
    assert figures(app) == FIGURES["minibatch"]
    app.text_area[0].set_value("Go ||| Va").run()
    assert not app.error


def upload(app, name, content):
    return app.file_uploader[0].upload(name, content, "text/plain").run()


def test_a_file_is_read_instead_of_the_text():
    app = opened("corpus", lang="en", source="text", source_rules="en", target_rules="fr")
    upload(app, "pairs.tsv", "Don't go.\tN'y va pas.\r\nGo.\tVa.\r\n".encode("utf-16"))
    assert not app.error
    assert said(app, r"Pairs: \*\*2\*\*")
    assert said(app, "Source: 6 words and punctuation marks, 4 of them distinct")


def test_a_file_makes_up_for_a_field_that_is_empty_and_not_the_other_way_round():
    app = opened("corpus", lang="en", source="text", text="")
    assert "no sentence pairs yet" in app.error[0].value
    upload(app, "pairs.tsv", b"Go.\tVa.\n")
    assert not app.error
    assert said(app, r"Pairs: \*\*1\*\*")
    app.text_area[0].set_value("Go.\tVa.\nStop.\tStop.").run()
    upload(app, "pairs.tsv", b"one language only\n")
    assert "No line contains a tab" in app.error[0].value
    assert figures(app) == FIGURES["minibatch"]


def test_a_file_of_just_the_greatest_size_is_read():
    app = opened("corpus", lang="en", source="text")
    content = b"Go.\tVa.\n".ljust(MOST_BYTES, b"\n")
    upload(app, "pairs.tsv", content)
    assert not app.error
    assert said(app, r"Pairs: \*\*1\*\*")


@pytest.mark.parametrize(
    ("lang", "content", "sentence"),
    [
        ("en", b"a\tb\nc\t\xe9\n", "Byte 7 of the file (line 2) is not valid ` UTF-8 `"),
        ("zh", b"a\tb\nc\t\xe9\n", "第 2 行"),
        ("en", b"\x89PNG\r\n\x1a\n\x00", "Byte 1 of the file (line 1)"),
        ("en", b"a\tb\n" * (MOST_BYTES // 4 + 1), "at most 5 MB"),
        ("zh", b"a\tb\n" * (MOST_BYTES // 4 + 1), "最多读取"),
        ("en", b"", "no sentence pairs yet"),
    ],
)
def test_a_bad_file_gets_a_sentence(lang, content, sentence):
    app = opened("corpus", lang=lang, source="text")
    upload(app, "pairs.tsv", content)
    assert sentence in app.error[0].value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minimum", "0"),
        ("num_steps", "1000"),
        ("size", "7"),
        ("seed", "x"),
        ("pieces", "-1"),
        ("source", "<script>"),
        ("axes", "cubic"),
        ("as", "words"),
    ],
)
def test_a_bad_address_gets_a_sentence_and_the_page(name, value):
    app = opened("corpus", lang="en", **{name: value})
    assert "cannot show" in app.warning[0].value
    assert len(app.warning) == 1
    assert not app.error
    assert figures(app) == FIGURES["minibatch"]
    assert name not in app.query_params


def test_damaged_figures_are_named_with_their_cure_and_the_rest_goes_on(own_models):
    (own_models / FILE).write_text("{", encoding="utf-8")
    app = opened("corpus", lang="en", source="whole")
    assert "git checkout -- pretrained/corpus.json" in app.error[0].value
    app.button_group(key="corpus.source").set_value("own").run()
    assert not app.error
