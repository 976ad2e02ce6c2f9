"""What the search command prints: the best of a tree, what it is worth, and what it cost."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.decoding.hypothesis import Hypothesis
    from explorer.decoding.tree import SearchTree

UNFINISHED = {
    "length": "truncated at the maximum length",
    "dead end": "a dead end: no token may follow",
    "stopped": "stopped before any hypothesis finished",
}

Written = Callable[["Hypothesis"], str]


def found_json(tree: "SearchTree", written: Written) -> dict[str, Any]:
    """What `--json` prints of a tree."""
    from explorer.decoding.export import hypothesis_json, number

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
    lines = [f"{'score':>9} {'log p':>9} {'length':>6}  text"]
    for found in tree.n_best:
        length = len(found.tokens) + found.finished
        cut = "" if found.finished else f"  ({UNFINISHED[tree.unfinished or 'stopped']})"
        lines.append(
            f"{found.score:>9.4f} {found.log_prob:>9.4f} {length:>6}  {written(found)}{cut}"
        )
    bill = tree.bill
    lines.append(_verdict(tree))
    lines.append(
        f"{bill.decoder_calls:,} decoder calls, {bill.prefixes_read:,} prefixes read, "
        f"{bill.continuations_scored:,} continuations scored, {bill.seconds:.3f} seconds"
    )
    return "\n".join(lines)


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
