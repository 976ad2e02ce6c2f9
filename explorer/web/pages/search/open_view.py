"""A search that a file holds: a saved tree, or what another program left. Brings in torch."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from explorer.decoding.adapters.foreign import files
from explorer.decoding.adapters.foreign.replay import Format, Replay, Unknown
from explorer.decoding.adapters.table import BOOK
from explorer.decoding.decode import decode
from explorer.decoding.export import to_json
from explorer.decoding.plain_values import number as known
from explorer.decoding.subsample import subsample
from explorer.decoding.tree import SearchTree
from explorer.errors import ExplorerError
from explorer.locale import N_, paragraph
from explorer.saving.tree_page import tree_page
from explorer.saving.tree_payload import Panel
from explorer.saving.tree_words import kept
from explorer.text.numbers import decimal
from explorer.web.components.tree import trees
from explorer.web.kit.errors import sentence
from explorer.web.kit.file_field import choose_file
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.kit.markup import plain
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import number
from explorer.web.pages.search.parameters import SENTENCE
from explorer.web.pages.search.save_trees import save_as
from explorer.web.pages.search.tree_panels import MOST as MOST_DRAWN

_MEGABYTES = 5
_ROWS = 50

_FORMATS: Mapping[Format, str] = MappingProxyType(
    {
        "gatescope": N_("A search tree that was saved here."),
        "moses": N_("An n-best list of Moses."),
        "marian": N_("An n-best list of Marian."),
        "fairseq": N_("The output of fairseq-generate; its logarithms to base 2 are nats here."),
        "ctranslate2": N_("Results of CTranslate2."),
        "sockeye": N_("A beam history of Sockeye 1."),
    }
)
_NOT_SAID: Mapping[Unknown, str] = MappingProxyType(
    {
        "pruned": N_("which prefixes were pruned, so the tree shows only what was kept"),
        "token scores": N_("the log-probability of each token; only whole hypotheses have one"),
        "scores": N_("any score; the hypotheses stand in the file's order"),
        "exponent": N_("how scores were divided by the length; the α shown is the usual one"),
        "probabilities": N_("log-probabilities; “log p” here is the program's own score"),
        "words": N_("which tokens the words consist of; they are ranked by log p alone"),
        "cost": N_("what the search cost; the steps play one after another"),
    }
)


def show_opened(frame: Frame) -> None:
    """The file, its tree, its best hypotheses, and what it does not say."""
    st.markdown(
        _(
            "Open a search that was saved on this page, or what another program's search left: "
            "an n-best list of Moses or Marian, the output of fairseq-generate, results of "
            "CTranslate2 as JSON, or a beam history of Sockeye 1."
        )
    )
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        file = choose_file(
            _("A file, up to {most} MB; nothing in it is run"),
            key=frame.address.key("opened"),
            most=_MEGABYTES,
        )
    with right:
        place = number(frame, _("Sentence in the file"), SENTENCE)
    if file is None:
        st.caption(
            _(
                "Until you choose a file, this example is shown: what Marian would write of a beam "
                "search on the book's table."
            )
        )
        st.code(_example(), language=None)
    _show(frame, _example().encode() if file is None else file.getvalue(), place)


def _show(frame: Frame, content: bytes, place: int) -> None:
    try:
        found = _parsed(content, place)
    except ExplorerError as error:
        st.error(sentence(error), icon=":material/error:")
        return
    panel = _panel(found)
    trees([panel], key=frame.address.key("opened tree"))
    _say(found)
    show_table(_table(found.tree), digits={"log p": 3, _("score"): 3})
    with st.popover(_("Save the trees"), icon=":material/download:"):
        html = _("A page that plays without a server (HTML)")
        save_as(frame, html, "opened.html", lambda: _page(panel))
        save_as(frame, _("Every prefix (JSON)"), "opened.json", lambda: _json(found))


@st.cache_resource(max_entries=8, show_spinner=False)
def _parsed(content: bytes, place: int) -> Replay:
    if len(content) > _MEGABYTES << 20:
        raise ExplorerError(
            "The file has {size} bytes; the limit is {most}.",
            size=len(content),
            most=_MEGABYTES << 20,
        )
    return files.parse(content, sentence=place)


@st.cache_data(show_spinner=False)
def _example() -> str:
    """What Marian would write of the beam search on the book's table, with word scores."""
    tree = decode(BOOK, None, "beam", width=3, max_length=4)
    lines = []
    for end in tree.ranked(tree.alpha)[:3]:
        path = tree.path(end)
        words = " ".join(tree.word(node.token) for node in path[:-1])
        scores = " ".join(f"{node.log_prob:.5f}" for node in path)
        total, score = f"{path[-1].total:.5f}", f"{path[-1].score:.5f}"
        lines.append(f"0 ||| {words} ||| WordScores= {scores} ||| F0= {total} ||| {score}")
    return "\n".join(lines)


def _panel(found: Replay) -> Panel:
    tree = found.tree
    name = _("Opened search")
    return Panel(name, _text(tree, tree.best), kept(tree, _), tree, subsample(tree, MOST_DRAWN))


def _text(tree: SearchTree, node: int) -> str:
    return " ".join(map(tree.word, tree.tokens(node))) or _("(empty: it ends at once)")


def _say(found: Replay) -> None:
    """Which file it is, and what is not known of the search."""
    count = _("It has searches for {count} sentences.").format(count=f"{found.count:,}")
    source = _("The source: {text}").format(text=plain(found.source)) if found.source else ""
    parts = [_(_FORMATS[found.format]), count if found.count > 1 else "", source]
    st.markdown(paragraph(*filter(None, parts)))
    if found.unknown:
        st.markdown(_("The file does not say:"))
        st.markdown("\n".join(f"- {_(_NOT_SAID[one])}" for one in found.unknown))


def _table(tree: SearchTree) -> pd.DataFrame:
    ends = tree.ranked(tree.alpha)[:_ROWS] or (tree.best,)
    rows = [tree[end] for end in ends]
    return pd.DataFrame(
        {
            _("text"): [_text(tree, end) for end in ends],
            _("score"): [_number(node.score) for node in rows],
            "log p": [_number(node.total) for node in rows],
            _("tokens"): [node.step for node in rows],
        }
    )


def _number(value: float) -> str:
    return "–" if known(value) is None else decimal(value, 3)


def _page(panel: Panel) -> str:
    return tree_page([panel], title=panel.name, lang=language(), _=_)


def _json(found: Replay) -> str:
    return json.dumps(to_json(found.tree) | {"source": found.source or None}, ensure_ascii=False)
