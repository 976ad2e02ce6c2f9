"""Every page, found by its file, in every language and every view."""

import re

import pytest

from explorer.locale import LANGUAGES
from explorer.web.chapter import BY_PAGE
from explorer.web.gates.controls import VIEWS

from .conftest import PAGES, opened, sentences

#: What is said alike in every language: names of models, formats and programs, numbers, signs.
_ALIKE = re.compile(
    r"[\d\W]*|SVG|PNG|CSV|PyTorch|Gatescope|English|中文|[a-z-]*(timemachine|recall).*"
)


def test_every_section_with_a_page_has_its_file():
    assert {"start", *BY_PAGE} == set(PAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_and_says_something(page, lang):
    app = opened(page, lang=lang)
    assert not app.error
    assert not app.warning
    assert app.title[0].value
    assert len(sentences(app)) > 5


@pytest.mark.parametrize("page", PAGES)
def test_a_chinese_page_is_chinese_throughout(page):
    for view in VIEWS if page != "start" else [None]:
        app = opened(page, lang="zh", **({"show": view} if view else {}))
        left = [s for s in sentences(app) if not re.search("[\u4e00-\u9fff]", s)]
        assert [s for s in left if not _ALIKE.fullmatch(s)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", ["gru", "lstm"])
def test_every_view_of_a_gate_page_opens(page, view, lang):
    app = opened(page, lang=lang, show=view)
    assert not app.error
    assert app.query_params["lang"] == lang
