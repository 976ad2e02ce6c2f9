"""The command that serves the app: ``gatescope run``, ``make run`` and ``make class``."""

import os
import sys

import click

from explorer.cli.numbers import Whole
from explorer.errors import ExplorerError
from explorer.locale import environment_language, translator


@click.command()
@click.option("--class", "to_class", is_flag=True, help="Open it to the network, for a class.")
@click.option("--port", type=Whole(1, 65535), default=8501, show_default=True)
def serve(to_class: bool, port: int) -> None:
    """Serve the app to this machine alone, or to a class, and print its address.

    "run" and "serve" are the same command.
    """
    from explorer.web.serving import launch

    _ = translator(environment_language(os.environ))
    try:
        launch.serve(port=port, to_class=to_class, _=_)
    except ExplorerError as error:
        click.echo(_(error.template).format(**error.values), err=True)
        sys.exit(2)
