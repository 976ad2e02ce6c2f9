"""What other programs' searches left in files, as the trees that they kept.

The files are small ones, written after the formats' documentation; their numbers are worked out by
hand beside them.
"""

import json
import math
from contextlib import suppress

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli import main
from explorer.decoding.adapters.foreign import files
from explorer.decoding.adapters.table import BOOK
from explorer.decoding.decode import decode
from explorer.decoding.export import to_json
from explorer.decoding.tree import NODE
from explorer.errors import ExplorerError
from tests.decoding.scorers import Random

#: Two sentences; the score is the path's over L, and L counts the end.
MARIAN = """\
0 ||| le chat dort ||| F0= -1.6 ||| -0.4
0 ||| le chien dort ||| F0= -3.2 ||| -0.8
0 ||| le ||| F0= -2.4 ||| -1.2
1 ||| oui ||| F0= -0.5 ||| -0.25
"""
MARIAN_WORDS = """\
0 ||| le chat ||| WordScores= -0.10000 -0.20000 -0.30000 ||| F0= -0.6 ||| -0.346410
0 ||| le chien ||| 0-0 1-1 ||| WordScores= -0.10000 -0.50000 -0.60000 ||| F0= -1.2 ||| -0.692820
"""
MOSES = """\
0 ||| the house ||| LM0= -10.5 TM0= -1 -2 -3 WordPenalty0= -2 ||| -4.25
0 ||| a house ||| LM0= -11 TM0= -1 -2 -4 WordPenalty0= -2 ||| -5.5 ||| 0-0 1-1
"""
#: Base 2: −2 and −1 are log₂ of 1/4 and 1/2. Sums −4 and −6 over three tokens.
FAIRSEQ = """\
S-3\tthe cat
T-3\tle chat
H-3\t-1.3333333\tle chat
D-3\t-1.3333333\tLe chat
P-3\t-1.0000 -1.0000 -2.0000
H-3\t-2.0\tle chien
P-3\t-1.0000 -3.0000 -2.0000
S-0\tyes
H-0\t-0.5\toui
2026-01-01 | INFO | fairseq_cli.generate | NOTE: hypothesis and token scores are output in base 2
"""
CTRANSLATE2 = {
    "hypotheses": [["le", "chat"], ["le"]],
    "scores": [-0.2, -0.7],
    "attention": [],
    "logits": [],
}
#: Three steps of a beam of two; the second row ends at step 2, and goes on with padding.
SOCKEYE = {
    "id": 1,
    "number_steps": 3,
    "predicted_ids": [[5, 6], [7, 3], [3, 0]],
    "predicted_tokens": [["le", "un"], ["chat", "</s>"], ["</s>", "<pad>"]],
    "parent_ids": [[0, 0], [0, 0], [0, 1]],
    "scores": [[0.5, 1.0], [0.75, 1.5], [1.0, 1.5]],
    "normalized_scores": [[0.5, 1.0], [0.75, 1.5], [0.5, 1.5]],
}


def opened(content, **options):
    text = content if isinstance(content, str) else json.dumps(content)
    return files.parse(text.encode(), **options)


def listed(found):
    tree = found.tree
    return [" ".join(map(tree.word, one.tokens)) for one in tree.n_best]


def test_marians_list_is_a_tree_of_shared_beginnings():
    found = opened(MARIAN)
    assert (found.format, found.count) == ("marian", 2)
    assert found.unknown == ("pruned", "token scores", "cost")
    assert listed(found) == ["le chat dort", "le chien dort", "le"]
    tree = found.tree
    assert tree.alpha == 1
    assert [one.log_prob for one in tree.n_best] == pytest.approx([-1.6, -3.2, -2.4])
    assert [one.score for one in tree.n_best] == pytest.approx([-0.4, -0.8, -1.2])
    assert len(tree) == 1 + 5 + 3
    (le,) = tree.children(0)
    assert (tree.word(le.token), le.fate) == ("le", "kept")
    assert math.isnan(le.total)
    assert not tree.proved_optimal
    assert tree.gap == math.inf
    assert listed(opened(MARIAN, sentence=2)) == ["oui"]


def test_marians_word_scores_are_those_of_the_tokens():
    found = opened(MARIAN_WORDS)
    assert found.unknown == ("pruned", "cost")
    assert found.tree.alpha == pytest.approx(0.5)
    best = found.tree.path(found.tree.best)
    assert [node.log_prob for node in best] == pytest.approx([-0.1, -0.2, -0.3])
    assert found.tree.n_best[1].log_prob == pytest.approx(-1.2)


def test_words_of_several_tokens_are_said_to_be_so():
    found = opened("0 ||| chat ||| WordScores= -0.1 -0.2 -0.3 ||| F0= -0.6 ||| -0.2\n")
    assert "words" in found.unknown
    assert found.tree.n_best[0].log_prob == pytest.approx(-0.6)


def test_an_ensembles_scores_are_no_totals():
    found = opened(
        "0 ||| chat ||| F0= -1 F1= -2 ||| -1.5\n0 ||| chien ||| F0= -1 F1= -4 ||| -2.5\n"
    )
    assert found.format == "marian"
    assert listed(found) == ["chat", "chien"]


def test_moses_scores_are_no_log_probabilities():
    found = opened(MOSES)
    assert found.format == "moses"
    assert "probabilities" in found.unknown
    assert [one.score for one in found.tree.n_best] == [-4.25, -5.5]
    assert listed(found) == ["the house", "a house"]


def test_fairseqs_logarithms_are_to_base_2():
    found = opened(FAIRSEQ, sentence=2)
    assert (found.format, found.count, found.source) == ("fairseq", 2, "the cat")
    assert found.unknown == ("pruned", "cost")
    assert found.tree.alpha == 1
    assert listed(found) == ["le chat", "le chien"]
    p = [math.exp(node.log_prob) for node in found.tree.path(found.tree.best)]
    assert p == pytest.approx([0.5, 0.5, 0.25])
    assert math.exp(found.tree.n_best[1].log_prob) == pytest.approx(2**-6)
    without = opened(FAIRSEQ, sentence=1)
    assert set(without.unknown) == {"pruned", "token scores", "exponent", "cost"}
    assert without.tree.n_best[0].log_prob == pytest.approx(-0.5 * math.log(2) * 2)
    assert opened(FAIRSEQ, sentence=1, alpha=0.0).tree.n_best[0].log_prob == pytest.approx(
        -0.5 * math.log(2)
    )


def test_ctranslate2s_scores_are_means():
    found = opened(CTRANSLATE2)
    assert set(found.unknown) == {"pruned", "token scores", "exponent", "cost"}
    assert [one.log_prob for one in found.tree.n_best] == pytest.approx([-0.6, -1.4])
    several = opened([CTRANSLATE2, {"hypotheses": [["oui"]], "scores": []}], sentence=2)
    assert (several.count, listed(several)) == (2, ["oui"])
    assert "scores" in several.unknown


def test_sockeyes_history_is_the_whole_beam():
    found = opened(json.dumps(SOCKEYE) + "\n" + json.dumps(SOCKEYE) + "\n")
    assert (found.format, found.count) == ("sockeye", 2)
    tree = found.tree
    assert listed(found) == ["le chat", "le"]
    best = tree.path(tree.best)
    assert [node.log_prob for node in best] == pytest.approx([-0.5, -0.25, -0.25])
    assert [node.call for node in best] == [1, 2, 3]
    assert sorted(node.fate for node in tree) == [
        "best",
        "finished",
        "kept",
        "kept",
        "kept",
        "open",
    ]


@settings(max_examples=12, deadline=None)
@given(
    source=st.integers(0, 999),
    strategy=st.sampled_from(["greedy", "beam", "exhaustive", "exact"]),
    longest=st.integers(1, 4),
)
def test_a_saved_tree_opens_as_it_was(source, strategy, longest):
    tree = decode(Random(4), source, strategy, max_length=longest)
    again = opened(to_json(tree)).tree
    assert to_json(again) == to_json(tree)
    for name in NODE.names:
        np.testing.assert_array_equal(again.nodes[name], tree.nodes[name])


@pytest.mark.parametrize("content", [MARIAN, MARIAN_WORDS, MOSES, FAIRSEQ, CTRANSLATE2, SOCKEYE])
def test_a_replayed_tree_can_be_saved_and_opened(content, tmp_path):
    file, saved = tmp_path / "file", tmp_path / "tree.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    done = CliRunner().invoke(main, ["search", "--replay", str(file), "--tree", str(saved)])
    assert done.exit_code == 0, done.stderr
    assert "not in the file" in done.stdout
    first, second = files.read(file).tree, files.read(saved).tree
    assert to_json(second) == to_json(first)
    assert "proved" not in done.stdout
    again = CliRunner().invoke(main, ["search", "--replay", str(saved), "--json"])
    assert json.loads(again.stdout)["format"] == "gatescope"


SAVED = to_json(decode(BOOK, None, "beam", width=2, max_length=3))


def column(name, values):
    return {**SAVED, "nodes": {**SAVED["nodes"], name: values}}


def put(name, place, value):
    values = list(SAVED["nodes"][name])
    values[place] = value
    return column(name, values)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "hello",
        "{",
        "[]",
        "{}",
        "[" * 100_000,
        '{"nodes": 1, "strategy": "beam"}',
        {**SAVED, "best": 99},
        {**SAVED, "best": -1},
        {**SAVED, "width": 10**9},
        {**SAVED, "alpha": float("1e300")},
        {**SAVED, "strategy": "dijkstra"},
        {**SAVED, "words": {"x": "y"}},
        {**SAVED, "words": {"9" * 99: "y"}},
        put("parent", 2, 2),
        put("parent", 0, 0),
        put("parent", 1, -7),
        put("token", 1, 2**40),
        put("step", 1, 2),
        put("log_prob", 1, 1.0),
        put("total", 1, -50.0),
        put("fate", 1, "lost"),
        put("decided", 1, 10**9),
        put("call", 1, 2.5),
        put("rank", 1, -1),
        column("token", []),
        column("extra", []),
        "0 ||| a ||| b",
        "0 ||| a ||| F0= x ||| -1",
        "0 ||| a ||| F0= -1 ||| " + "9" * 10_000,
        "0 ||| a ||| F0= 1 ||| 1",
        "0 ||| a ||| F0= nan ||| nan",
        "0 ||| " + "a " * 2000 + "||| F0= -1 ||| -1",
        "0 ||| a ||| F0= -1 ||| -1\n" * 2000,
        "H-0\t-1",
        "H-0\tx\ta",
        "H-0\t-1\ta\nP-0\tx",
        {**CTRANSLATE2, "scores": [-0.2]},
        {**CTRANSLATE2, "hypotheses": [["a", 1]]},
        {**CTRANSLATE2, "hypotheses": []},
        {**SOCKEYE, "parent_ids": [[0, 0], [0, 0], [0, 9]]},
        {**SOCKEYE, "scores": [[0.5, 1.0], [0.75, 1.5]]},
        {**SOCKEYE, "scores": [[0.5, 1.0], [0.1, 1.5], [1.0, 1.5]]},
        {**SOCKEYE, "predicted_ids": []},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(content):
    with pytest.raises(ExplorerError) as caught:
        opened(content)
    assert len(str(caught.value)) < 600


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([MARIAN, MARIAN_WORDS, MOSES, FAIRSEQ]).map(str.encode)
    | st.sampled_from([json.dumps(value).encode() for value in (SAVED, CTRANSLATE2, SOCKEYE)]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_a_mutated_file_is_opened_or_refused(content, changes):
    mutated = bytearray(content)
    for place, value in changes:
        mutated[place % len(mutated)] = value
    with suppress(ExplorerError):
        to_json(files.parse(bytes(mutated)).tree)


def test_a_file_that_is_none_or_too_large_is_refused(tmp_path):
    with pytest.raises(ExplorerError, match="No such file"):
        files.read(tmp_path / "none")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(files.MOST + 1)
    with pytest.raises(ExplorerError, match="the limit is"):
        files.read(large)
    with pytest.raises(ExplorerError, match="there is no number 7"):
        opened(MARIAN, sentence=7)
