"""Pages to keep: what is in them, and that texts stay texts."""

import json
import re
from html.parser import HTMLParser

import altair as alt
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.saving.figures import altair_page, altair_svg, plotly_page
from explorer.saving.page import standalone_page

HOSTILE = "</script><script>alert(1)</script><svg/onload='/*</title>*/alert(1)//'>\"&<!--"


class Elements(HTMLParser):
    """The elements of a page and what scripts of data hold, as a browser cuts them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.data = ""
        self._inert = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inert = dict(attrs).get("id") == "data"

    def handle_data(self, data: str) -> None:
        self.data += data if self._inert else ""

    def handle_endtag(self, tag: str) -> None:
        self._inert = False


def page(text: str) -> str:
    return standalone_page(title=text, lang=text, script="1;", data=json.dumps({"text": text}))


@given(st.text(max_size=40) | st.just(HOSTILE))
def test_whatever_a_text_is_the_page_has_the_same_elements_and_gives_it_back(text: str) -> None:
    found, plain = Elements(page(text)), Elements(page("plain"))
    assert found.tags == plain.tags
    assert json.loads(found.data) == {"text": text}


def hostile_chart() -> alt.Chart:
    table = pd.DataFrame({"token": [HOSTILE, "b"], "p": [0.5, 0.2]})
    return alt.Chart(table, title=HOSTILE).mark_bar().encode(x="token:N", y="p:Q", color="token:N")


def hostile_figure() -> go.Figure:
    figure = go.Figure(go.Heatmap(z=[[1, 2]], x=["a", HOSTILE], y=["c"]))
    return figure.update_layout(title=HOSTILE)


@pytest.mark.parametrize("kind", ["altair", "plotly"])
def test_a_chart_of_hostile_texts_adds_no_element_to_its_page(kind: str) -> None:
    if kind == "altair":
        kept = altair_page(hostile_chart(), title=HOSTILE, lang="en")
    else:
        kept = plotly_page(hostile_figure(), config={}, title=HOSTILE, lang="en")
    expected = ["html", "head", "meta", "meta", "meta", "title", "style", "body", "div"]
    assert Elements(kept).tags == [*expected, "script", "script", "script"]
    assert "unsafe-eval" not in kept.split("</head>")[0]


def test_a_picture_of_hostile_texts_has_no_script_and_no_link() -> None:
    picture = altair_svg(hostile_chart())
    assert not re.search(r"<script|<a[ >]|<foreignObject|\son\w+=[\"']", picture)
    assert "&lt;/script&gt;" in picture
