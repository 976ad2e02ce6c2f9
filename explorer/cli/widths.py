"""The command that measures what a wider beam is worth, and how soon exact search proves."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.numbers import Decimal, Whole
from explorer.cli.training import test_pairs, whole_pairs
from explorer.errors import ExplorerError
from explorer.text.numbers import percent

if TYPE_CHECKING:
    from explorer.search.width_figures import Proofs, Row, WidthFigures
    from explorer.text.pairs import Pair


@click.command()
@click.argument("model")
@whole_pairs
@click.option(
    "--sentences",
    type=Whole(1, 100_000),
    default=200,
    show_default=True,
    help="Number of test sentences.",
)
@click.option(
    "--seconds",
    type=Decimal(1e-3, 86_400),
    default=2.0,
    show_default=True,
    help="Budget of exact search for each sentence.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the figures here, as JSON.")
def widths(model: str, pairs: Path, sentences: int, seconds: float, out: Path | None) -> None:
    """Search test sentences with beams of many widths and exactly, and print what each is worth.

    The sentences are the first of 3 to 12 words among those that were held out for the test when
    MODEL was trained. A beam stops once as many hypotheses are finished as it is wide. One torch
    thread. None of their text is kept. MODEL is the name of a model that comes with the program, or
    the path of a model's folder, such as ./mine.
    """
    import torch
    from tqdm import tqdm

    from explorer.models import catalogue
    from explorer.models.seq2seq import Seq2Seq
    from explorer.search.stored_widths import StoredWidths
    from explorer.search.width_figures import width_figures
    from explorer.seq2seq.translator import Translator

    torch.set_num_threads(1)
    network, card = catalogue.load_as(Seq2Seq, model)
    translator = Translator.of(network, card)
    some = _held_out(card.name, pairs, sentences)
    with tqdm(total=len(some), unit="sentence") as bar:
        found = width_figures(translator, some, seconds=seconds, watch=bar.update)
    if out is not None:
        command = _command(card.name, pairs, sentences, seconds)
        StoredWidths(card.name, command, torch.__version__, found).write(out)
    click.echo("\n".join(_said(found)))


def _held_out(model: str, file: Path, count: int) -> "tuple[Pair, ...]":
    """The first of the test sentences that are measured, of the split that the model has met.

    Raises:
        ExplorerError: There are fewer, or no recipe says how the pairs were split.
    """
    from explorer.search.width_figures import LONGEST, SHORTEST, eligible

    some = eligible(test_pairs(model, file), count)
    if len(some) < count:
        raise ExplorerError(
            "Only {found} test sentences have {shortest} to {longest} words; {count} were "
            "requested.",
            found=len(some),
            shortest=SHORTEST,
            longest=LONGEST,
            count=count,
        )
    return some


def _command(model: str, pairs: Path, sentences: int, seconds: float) -> str:
    words = f"python -m explorer widths {model} --pairs {pairs.name} --sentences {sentences}"
    return f"{words} --seconds {seconds:g} --out pretrained/{model}/widths.json"


def _said(found: "WidthFigures") -> Iterator[str]:
    """A line a search, then how far exact search came."""
    yield f"{found.sentences} sentences; {found.signature}"
    yield (
        f"{'α':>5} {'width':>6} {'BLEU':>6} {'log p':>8} {'score':>8} {'errors':>7} {'empty':>6} "
        f"{'cut':>6} {'length':>7} {'calls':>7} {'continuations':>14} {'seconds':>8}"
    )
    yield from map(_row, found.rows)
    yield from map(_proofs, found.proofs)


def _row(row: "Row") -> str:
    return (
        f"{row.alpha:>5g} {row.width or 'exact':>6} {row.bleu:>6.2f} {row.log_prob:>8.3f} "
        f"{row.score:>8.4f} {percent(row.errors, 1):>7} {percent(row.empty, 1):>6} "
        f"{percent(row.cut, 1):>6} "
        f"{row.length_ratio:>7.3f} {row.calls:>7.1f} {row.continuations:>14,.0f} "
        f"{row.seconds:>8.3f}"
    )


def _proofs(proofs: "Proofs") -> str:
    return (
        f"exact, α = {proofs.alpha:g}: proved {percent(proofs.proved, 1)}; "
        f"median {proofs.seconds[0]:.3f} s, 90th percentile {proofs.seconds[1]:.3f} s; "
        f"prefixes {proofs.prefixes[0]:,.0f} and {proofs.prefixes[1]:,.0f}"
    )
