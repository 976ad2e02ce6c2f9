"""The command that serves the app: ``gatescope run``, ``make run`` and ``make class``."""

import os
import sys
from pathlib import Path

import click

from explorer.cli.numbers import Whole
from explorer.errors import ExplorerError
from explorer.locale import environment_language, translator
from explorer.models.own_folder import VARIABLE


@click.command()
@click.option("--class", "to_class", is_flag=True, help="Open it to the network, for a class.")
@click.option("--port", type=Whole(1, 65535), default=8501, show_default=True)
@click.option(
    "--models",
    type=click.Path(path_type=Path),
    help="A folder with models of your own, each a folder in it, which the pages offer, too.",
)
@click.option(
    "--tour",
    type=click.Path(path_type=Path),
    help="A file with a tour of your own, which the start page offers, too.",
)
def serve(to_class: bool, port: int, models: Path | None, tour: Path | None) -> None:
    """Serve the app to this machine alone, or to a class, and print its address.

    "run" and "serve" are the same command.
    """
    from explorer.web.serving import launch
    from explorer.web.tours import own

    _ = translator(environment_language(os.environ))
    if models is not None:
        os.environ[VARIABLE] = str(models.resolve())
    if tour is not None:
        os.environ[own.VARIABLE] = str(tour.resolve())
    try:
        if taken := own.own_tour():
            said = _("A tour of your own: {title}. Stops: {count}")
            click.echo(said.format(title=taken.title, count=len(taken.stops)))
        launch.serve(port=port, to_class=to_class, _=_)
    except ExplorerError as error:
        click.echo(_(error.template).format(**error.values), err=True)
        sys.exit(2)
