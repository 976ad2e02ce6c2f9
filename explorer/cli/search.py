"""The command that searches, and shows what the search found and cost."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.numbers import Decimal, Whole
from explorer.decoding.ranking import LONGEST, WIDEST
from explorer.stored.whole import write_whole

if TYPE_CHECKING:
    from explorer.decoding.tree import SearchTree
    from explorer.search.text_search import TextSearch


_UNFINISHED = {
    "length": "truncated at the maximum length",
    "dead end": "a dead end: no token may follow",
    "stopped": "stopped before any hypothesis finished",
}


@click.command()
@click.argument("model")
@click.argument("text")
@click.option(
    "--strategy",
    type=click.Choice(["greedy", "beam", "exhaustive", "exact"]),
    default="beam",
    show_default=True,
)
@click.option(
    "--width",
    type=Whole(1, WIDEST),
    default=5,
    show_default=True,
    help="Of the beam; of the other searches, how many hypotheses are shown.",
)
@click.option(
    "--alpha",
    type=Decimal(0, 10),
    default=0.75,
    show_default=True,
    help="Exponent of the length that log-probabilities are divided by.",
)
@click.option(
    "--max-length",
    type=Whole(1, LONGEST),
    help="Maximum number of tokens, including the end [as many as a translation may have].",
)
@click.option(
    "--budget",
    help="When exact or exhaustive search stops without a proof: 5s, 500ms, 2min, 500MB of memory, "
    "or 20000 for prefixes; several with commas between them.",
)
@click.option(
    "--tokens",
    help="Allow only these tokens, separated by spaces; makes exhaustive search possible.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--tree", "file", type=click.Path(path_type=Path), help="Write the whole tree here, as JSON."
)
def search(
    model: str,
    text: str,
    strategy: Any,
    width: int,
    alpha: float,
    max_length: int | None,
    budget: str | None,
    tokens: str | None,
    as_json: bool,
    file: Path | None,
) -> None:
    """Search for what MODEL makes of TEXT, and print the best with their scores and the bill.

    A translation model translates TEXT; a language model ends its last word. MODEL is the name of a
    model that comes with the program, or the path of a model's folder, such as ./mine. A beam stops
    once as many hypotheses are finished as it is wide.
    """
    from explorer.decoding.budget import Budget
    from explorer.decoding.decode import decode
    from explorer.decoding.export import Origin, about, to_json
    from explorer.search.text_search import with_only

    limit = Budget.parse(budget) if budget is not None else Budget()
    asked = _question(model, text)
    if tokens is not None:
        asked = with_only(asked, tokens.split())
    origin = Origin(model, text, tokens=tokens and tokens.split(), budget=limit)
    tree = decode(
        asked.scorer,
        asked.source,
        strategy,
        width=width,
        alpha=alpha,
        max_length=asked.max_length if max_length is None else max_length,
        budget=limit,
    )
    if file is not None:
        write_whole(file, json.dumps(to_json(tree, origin), ensure_ascii=False) + "\n")
    if as_json:
        found = about(tree, origin) | _found(tree, asked)
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(_said(tree, asked))


def _question(model: str, text: str) -> "TextSearch":
    from explorer.models import catalogue
    from explorer.search.text_search import text_search

    network, card = catalogue.load(model)
    return text_search(network, card, text)


def _found(tree: "SearchTree", asked: "TextSearch") -> dict[str, Any]:
    """What `--json` prints."""
    from explorer.decoding.export import hypothesis_json, number

    listed = [
        {"text": asked.written(found), **hypothesis_json(tree, found)} for found in tree.n_best
    ]
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


def _said(tree: "SearchTree", asked: "TextSearch") -> str:
    """The n-best a line each, what they are worth, and the bill."""
    lines = [f"{'score':>9} {'log p':>9} {'length':>6}  text"]
    for found in tree.n_best:
        length = len(found.tokens) + found.finished
        cut = "" if found.finished else f"  ({_UNFINISHED[tree.unfinished or 'stopped']})"
        lines.append(
            f"{found.score:>9.4f} {found.log_prob:>9.4f} {length:>6}  {asked.written(found)}{cut}"
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
