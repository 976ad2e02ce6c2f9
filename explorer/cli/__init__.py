"""The commands of ``gatescope``, which is ``python -m explorer``. Each imports what it needs."""

import sys

import click

from explorer.cli.cards import models
from explorer.cli.check import check
from explorer.cli.corpus import corpus
from explorer.cli.diagnose import diagnose
from explorer.cli.distil import distil
from explorer.cli.experiment import experiment
from explorer.cli.gates import opening, trace
from explorer.cli.questions import questions
from explorer.cli.reading import reading
from explorer.cli.record import record
from explorer.cli.search import search
from explorer.cli.serve import serve
from explorer.cli.training import train
from explorer.cli.translation import evaluate, translate
from explorer.cli.units import units
from explorer.cli.widths import widths
from explorer.errors import ExplorerError


class Sentence(click.Group):
    """A group whose commands say an `ExplorerError` as one sentence and exit with 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ExplorerError as error:
            click.echo(str(error), err=True)
            sys.exit(2)


@click.group(cls=Sentence)
def main() -> None:
    """See into recurrent networks: serve the app, list and train models, translate, search."""


for command in (
    serve,
    models,
    trace,
    record,
    translate,
    search,
    widths,
    evaluate,
    diagnose,
    experiment,
    train,
    check,
    reading,
    distil,
    corpus,
    opening,
    units,
    questions,
):
    main.add_command(command)
main.add_command(serve, "run")
