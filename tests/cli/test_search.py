"""``search`` as a whole command, with models that come with the program."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import explorer
from explorer.cli import main

MODEL = "gru-timemachine"
ROOT = Path(__file__).parents[2]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["search", MODEL, *(str(word) for word in words)])


def test_the_best_are_listed_with_their_scores_and_the_bill() -> None:
    done = run("the tim", "--strategy", "exact", "--budget", "1min", "--width", "3")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["score", "log", "p", "length", "text"]
    scores = [float(line.split()[0]) for line in lines[1:] if line.lstrip().startswith("-")]
    assert scores == sorted(scores, reverse=True)
    assert "proved optimal" in lines
    assert "decoder calls" in lines[-1]
    assert "the tim" in done.stdout


@pytest.mark.parametrize("strategy", ["greedy", "beam", "exact"])
def test_the_json_says_what_was_found_and_the_file_holds_the_tree(
    strategy: str, tmp_path: Path
) -> None:
    file = tmp_path / "tree.json"
    done = run("the tim", "--strategy", strategy, "--json", "--tree", file, "--max-length", "6")
    assert done.exit_code == 0, done.stderr
    found, tree = json.loads(done.stdout), json.loads(file.read_text(encoding="utf-8"))
    expected = "strategy tokens text log_prob score length proved_optimal gap decoder_calls"
    assert {*expected.split(), "continuations_scored", "seconds", "n_best"} <= set(found)
    assert found["strategy"] == tree["strategy"] == strategy
    assert found["text"] == "the tim" + "".join(found["tokens"])
    assert found["n_best"][0]["score"] == found["score"]
    assert found["score"] == pytest.approx(found["log_prob"] / found["length"] ** 0.75)
    assert tree["bill"]["continuations_scored"] == found["continuations_scored"]
    assert tree["nodes"]["score"][tree["best"]] == pytest.approx(found["score"])
    rules = {"strategy": strategy, "alpha": 0.75, "max_length": 6, "tokens": None}
    rules["stopping"] = "first k" if strategy == "beam" else None
    for one in (found, tree):
        assert (one["version"], one["gatescope"]) == (2, explorer.__version__)
        assert (one["model"], one["source"]) == (MODEL, "the tim")
        assert rules.items() <= one["rules"].items()
        assert one["unfinished"] is None


def test_every_field_of_both_is_described(tmp_path: Path) -> None:
    file = tmp_path / "tree.json"
    done = run("the tim", "--json", "--tree", file)
    described = (ROOT / "docs" / "search-tree.md").read_text(encoding="utf-8")
    tree = json.loads(file.read_text(encoding="utf-8"))
    for one in (json.loads(done.stdout), tree, tree["rules"], tree["nodes"]):
        assert not [name for name in one if f"`{name}`" not in described]


def test_the_rules_are_those_that_were_given() -> None:
    words = ("--strategy", "exact", "--tokens", "e r", "--budget", "20", "--width", "3")
    given = json.loads(run("the tim", "--json", *words).stdout)["rules"]
    assert (given["tokens"], given["width"], given["budget_prefixes"]) == (["e", "r"], 3, 20)
    assert (given["budget_seconds"], given["stopping"]) == (None, None)


def test_some_tokens_can_be_searched_exhaustively() -> None:
    words = ("the tim", "--tokens", "e r s", "--max-length", "4", "--json")
    whole, proof = (run(*words, "--strategy", strategy) for strategy in ("exhaustive", "exact"))
    assert whole.exit_code == proof.exit_code == 0, whole.stderr
    assert json.loads(whole.stdout)["text"] == json.loads(proof.stdout)["text"]
    assert json.loads(proof.stdout)["proved_optimal"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("the", "--width", "0"), "not 0"),
        (("the", "--width", "10000"), "not 10000"),
        (("the", "--alpha", "-1"), "not -1"),
        (("the", "--max-length", "0"), "not 0"),
        (("the", "--budget", "soon"), "“soon”"),
        (("the", "--strategy", "exhaustive"), "10^36"),
        (("the", "--tokens", "e ß"), "“ß”"),
        (("",), "no word"),
        (("x" * 500,), "500 tokens"),
        (("the", "--tree", "/no/such/folder/tree.json"), "tree.json"),
    ],
)
def test_a_mistake_is_one_sentence(words: tuple[str, ...], part: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_search_cut_short_says_up_to_which_length_it_proved() -> None:
    words = ("the tim", "--strategy", "exact", "--alpha", "1", "--budget", "20")
    lines = run(*words).stdout.splitlines()
    (said,) = (line for line in lines if line.startswith("best so far"))
    assert re.search(r"; proved the best of up to \d+ tokens$", said)
