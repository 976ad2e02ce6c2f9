"""What the search command prints: the best of a tree, what it is worth, and what it cost."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.decoding.adapters.foreign.replay import Replay, Unknown
    from explorer.decoding.hypothesis import Hypothesis
    from explorer.decoding.tree import SearchTree

UNFINISHED = {
    "length": "truncated at the maximum length",
    "dead end": "a dead end: no token may follow",
    "stopped": "stopped before any hypothesis finished",
}

NOT_SAID: "Mapping[Unknown, str]" = {
    "pruned": "not in the file: what the search pruned",
    "token scores": "not in the file: the log-probability of each token",
    "scores": "not in the file: any score",
    "exponent": "not in the file: how scores were divided by the length; α is an assumption",
    "probabilities": "not in the file: log-probabilities; its scores are of weighted features",
    "words": "not in the file: the tokens of its words",
    "cost": "not in the file: what the search cost",
}

Written = Callable[["Hypothesis"], str]


def found_json(tree: "SearchTree", written: Written) -> dict[str, Any]:
    """What `--json` prints of a tree."""
    from explorer.decoding.export import hypothesis_json
    from explorer.decoding.plain_values import number

    listed = [{"text": written(found), **hypothesis_json(tree, found)} for found in tree.n_best]
    best = listed[0]
    return {
        "strategy": tree.strategy,
        **{name: best[name] for name in ("tokens", "text", "log_prob", "score", "length")},
        "finished": best["finished"],
        "unfinished": tree.unfinished,
        "proved_optimal": tree.proved_optimal,
        "gap": number(tree.gap),
        "stopped": tree.stopped,
        "decoder_calls": tree.bill.decoder_calls,
        "prefixes_read": tree.bill.prefixes_read,
        "continuations_scored": tree.bill.continuations_scored,
        "seconds": tree.bill.seconds,
        "n_best": listed,
    }


def listing(tree: "SearchTree", written: Written) -> str:
    """The n-best a line each, what they are worth, and the bill."""
    return "\n".join([_n_best(tree, written), _verdict(tree), _bill(tree)])


def replayed(found: "Replay") -> str:
    """A search that a file holds: its n-best, and what the file does not say."""
    tree = found.tree
    lines = [_n_best(tree, lambda one: " ".join(map(tree.word, one.tokens)))]
    if found.format == "gatescope":
        lines += [_verdict(tree), _bill(tree)]
    lines.append(f"{len(tree):,} prefixes, α = {tree.alpha:g}; read as {found.format}")
    return "\n".join([*lines, *(NOT_SAID[one] for one in found.unknown)])


def _n_best(tree: "SearchTree", written: Written) -> str:
    lines = [f"{'score':>9} {'log p':>9} {'length':>6}  text"]
    for found in tree.n_best:
        length = len(found.tokens) + found.finished
        cut = "" if found.finished else f"  ({UNFINISHED[tree.unfinished or 'stopped']})"
        lines.append(
            f"{found.score:>9.4f} {found.log_prob:>9.4f} {length:>6}  {written(found)}{cut}"
        )
    return "\n".join(lines)


def _bill(tree: "SearchTree") -> str:
    bill = tree.bill
    return (
        f"{bill.decoder_calls:,} decoder calls, {bill.prefixes_read:,} prefixes read, "
        f"{bill.continuations_scored:,} continuations scored, {bill.seconds:.3f} seconds"
    )


def _verdict(tree: "SearchTree") -> str:
    if tree.proved_optimal:
        return "proved optimal"
    if tree.gap == float("inf"):
        return "no hypothesis finished"
    said = f"best so far, within {tree.gap:.4g} of the best possible score"
    if tree.stopped == "memory":
        said = f"stopped at its memory limit; {said}"
    length = tree.proved_length if tree.strategy == "exact" else 0
    return f"{said}; proved the best of up to {length} tokens" if length else said
