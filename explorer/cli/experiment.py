"""The command that puts the chapter's claims to the test."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.stored.whole import write_whole

if TYPE_CHECKING:
    from explorer.experiments.experiment import Experiment, Result, Table


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the JSON to this file.")
def experiment(name: str, as_json: bool, out: Path | None) -> None:
    """Put a claim of the chapter to the test, and print the numbers and the verdict.

    NAME is an experiment, or “list” for all of them with their claims.
    """
    from explorer.experiments import catalogue

    if name == "list":
        for line in _listed():
            click.echo(line)
        return
    result = _measured(catalogue.experiment(name))
    if out is not None:
        write_whole(out, result.to_json() + "\n")
    click.echo(result.to_json() if as_json else "\n".join(_said(result)))


def _listed() -> Iterator[str]:
    from explorer.experiments import catalogue

    for each in map(catalogue.experiment, catalogue.names()):
        yield f"{each.section}  {each.name}: {each.claim}"


def _measured(chosen: "Experiment") -> "Result":
    from tqdm import tqdm

    from explorer.experiments import catalogue

    with tqdm(total=100, unit="%", leave=False, bar_format="{l_bar}{bar}| {elapsed}") as bar:

        def show(share: float) -> None:
            bar.update(round(100 * share) - bar.n)

        return catalogue.run(chosen, watch=show)


def _said(result: "Result") -> Iterator[str]:
    """The claim, the verdict, and every table."""
    yield f"{result.section}  {result.claim}"
    yield f"{result.judgement.verdict}: {result.judgement}"
    for name, table in result.numbers.items():
        yield f"\n{name}"
        yield from _rows(table)
    yield f"\n{result.seconds:.1f} seconds"


def _rows(table: "Table") -> Iterator[str]:
    cells = [[name, *map(_cell, column)] for name, column in table.items()]
    widths = [max(map(len, column)) for column in cells]
    for row in zip(*cells, strict=True):
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


def _cell(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
