"""Every page, found by its file, in every language and every view."""

import re

import pytest

from explorer.locale import LANGUAGES
from explorer.models import catalogue
from explorer.recurrence.quantities import QUANTITIES
from explorer.web.pages.gates.parameters import SHOW
from explorer.web.shared.chapter import BY_PAGE, OTHERS

from .conftest import PAGES, opened, sentences, tables
from .views import VIEWS_OF

#: What is said alike in every language: names of models, formats and programs, numbers, signs.
_ALIKE = re.compile(
    r"` [^`]* `|“[^”]*”|"  # text that a model wrote
    r"(python -m explorer [^\n]*\n?)+|gatescope [^\n]*|with explorer\.record(.|\n)*|"
    r"(\d+ \|\|\| [^\n]*\n?)+|"  # an n-best list
    r"[\d\W]*|RNN|GRU|LSTM|SVG|PNG|CSV|PyTorch|Gatescope|English|中文|[a-z-]*(timemachine|recall).*"
)


def test_every_section_with_a_page_has_its_file():
    assert {*OTHERS, *BY_PAGE} == set(PAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_and_says_something(page, lang):
    app = opened(page, lang=lang)
    assert not app.error
    assert not app.warning
    assert app.title[0].value
    assert len(sentences(app)) > 5


@pytest.mark.parametrize("page", ["start", "gru", "search"])
def test_a_presented_page_says_so_in_its_address_until_it_is_left(page):
    app = opened(page, lang="zh", present="1")
    assert not app.error
    assert app.query_params["present"] == "1"
    assert "presentation" in [part.key for part in app.get("bidi_component")]
    app.session_state["chosen present"] = "0"
    app.run()
    assert "present" not in app.query_params
    assert "presentation" not in [part.key for part in app.get("bidi_component")]


@pytest.mark.parametrize("page", PAGES)
def test_a_chinese_page_is_chinese_throughout(page):
    for view in VIEWS_OF.get(page, [None]):
        app = opened(page, lang="zh", **({"show": view} if view else {}))
        left = [s for s in sentences(app) if not re.search("[\u4e00-\u9fff]", s)]
        assert [s for s in left if not _ALIKE.fullmatch(s)] == []


@pytest.mark.parametrize("view", SHOW.options)
@pytest.mark.parametrize(
    ("page", "model"),
    [
        (page, name)
        for page in ("gru", "lstm")
        for name in catalogue.names()
        if catalogue.card(name).architecture.cell == page and catalogue.card(name).task != "infill"
    ],
)
def test_every_view_of_every_model_shows_what_it_is_for(page, model, view):
    app = opened(page, lang="en", model=model, show=view)
    assert not app.error
    shown = {kind: len(app.get(kind)) for kind in ("plotly_chart", "download_button")}
    charts = len(app.get("vega_lite_chart")) or len(app.get("arrow_vega_lite_chart"))
    quantities = len(QUANTITIES[page])
    assert shown["plotly_chart"] == (quantities if view == "heatmaps" else 0)
    assert (shown["download_button"] == 3) == (view == "model")
    cells = [
        part for part in app.get("bidi_component") if part.key.endswith((".cell", ".equation"))
    ]
    assert len(cells) == {"units": 2, "what-if": 1}.get(view, 0)
    lines = 2 if page == "lstm" else 1
    counts = {"lines": lines, "saturation": 1, "what-if": 2, "claims": 2}
    assert charts == counts.get(view, 0)
    assert len(tables(app)) == (view in ("model", "unit"))
