"""The command ``python -m explorer.exercises NAME``."""

import click

from explorer.exercises.programs import PROGRAMS

BY_NAME = {program.name: program for program in PROGRAMS}


@click.command(help="Run a short program that answers exercises of the book.")
@click.argument("name", type=click.Choice(list(BY_NAME)))
def main(name: str) -> None:
    """Print what the program finds, a line for each number."""
    import torch  # which takes a second, and is not needed to say which programs there are

    torch.set_num_threads(1)  # on a busy machine two are many times slower than one
    click.echo(BY_NAME[name].numbers)
    for what, number in BY_NAME[name].rows():
        said = number if isinstance(number, str) else f"{number:.4g}"
        click.echo(f"  {what}: {said}")
