"""What the trees' component is sent."""

import json
from itertools import product

import numpy as np
import pytest

from explorer.decoding.adapters.table import BOOK, END, Table
from explorer.decoding.decode import decode
from explorer.decoding.subsample import subsample
from explorer.decoding.tree import FATES, REASONS
from explorer.locale import english
from explorer.saving.tree_page import tree_page
from explorer.saving.tree_payload import Panel, columns, labels, payload, seen

HOSTILE = "</script><img/src=x/onerror=alert(1)>"


def panel(table: Table = BOOK, strategy: str = "beam", most: int = 600) -> Panel:
    tree = decode(table, (), strategy, width=2, max_length=4, alpha=0.0)
    return Panel("Beam <b>", "A C B", "4 calls", tree, subsample(tree, most))


@pytest.mark.parametrize("strategy", ["greedy", "beam", "exhaustive", "exact"])
@pytest.mark.parametrize("most", [12, 600])
def test_the_columns_are_those_of_the_drawn_nodes(strategy, most):
    drawn = panel(strategy=strategy, most=most)
    tree, sent = drawn.tree, columns(drawn.tree, np.asarray(drawn.numbers))
    assert sent["parent"][0] == -1
    assert sent["numbers"][sent["best"]] == tree.best
    for place, number in enumerate(sent["numbers"]):
        node = tree[number]
        if number:
            assert sent["numbers"][sent["parent"][place]] == node.parent
            assert sent["words"][sent["token"][place]] == tree.word(node.token)
        assert FATES[sent["fate"][place]] == node.fate
        assert REASONS[sent["reason"][place]] == node.reason
        assert sent["total"][place] == pytest.approx(node.total, abs=1e-5)
        assert sent["ended"][place] == node.ended


def test_json_has_no_nan_and_says_how_many_are_drawn():
    small = panel(most=8)
    sent = payload([small, panel()], english)
    json.dumps(sent, allow_nan=False)
    some, every = (p["drawn"] for p in sent["panels"])
    assert some == f"{len(small.numbers)} of {len(small.tree)} prefixes are drawn"
    assert every == ""


@pytest.mark.parametrize(
    ("token", "sign"),
    [(" ", "␣"), (" the", "␣the"), ("a\nb", "a⏎b"), ("", "∅"), ("<eos>", "<eos>")],
)
def test_blanks_are_seen(token, sign):
    assert seen(token) == sign


def test_something_is_said_of_every_fate():
    said = labels(english)
    for fate, reason in product(FATES, REASONS):
        assert said.get(f"{fate} {reason}") or said[f"is {fate}"]
    assert "{below}" in said["pruned rank"]
    assert "{below}" in said["pruned bound"]


def test_a_token_cannot_leave_the_data_of_a_standalone_page():
    table = Table((HOSTILE, END), ((0.7, 0.3),))
    page = tree_page([panel(table)], title=HOSTILE, lang="en", _=english)
    assert "<img" not in page
    assert page.count("</script>") == 2
    data = page.split('id="data">')[1].split("</script>")[0]
    assert HOSTILE in json.loads(data)["panels"][0]["tree"]["words"]
