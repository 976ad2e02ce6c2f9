"""The commands that read a text with a model and keep what its gates did."""

from pathlib import Path

import click


@click.command()
@click.argument("model")
@click.argument("text")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, as .csv, .parquet or .nc.",
)
def trace(model: str, text: str, out: Path) -> None:
    """Write every gate of MODEL at every token of TEXT to a file.

    MODEL is the name of a model that comes with the program, or the path of a model's folder, such
    as ./mine.
    """
    from explorer.models import catalogue
    from explorer.models.language_model import LanguageModel
    from explorer.recurrence.export import write
    from explorer.recurrence.reading import read

    network, card = catalogue.load_as(LanguageModel, model)
    vocabulary = card.words
    reading = read(network, vocabulary, text)
    if strangers := vocabulary.unknown(reading.tokens):
        click.echo(f"Read as unknown: {' '.join(map(repr, strangers))}", err=True)
    write(reading.trace, out)
    click.echo(str(out))


@click.command()
def opening() -> None:
    """Compute the examples of the pages Start and Yours anew, after their models were."""
    from explorer.models.catalogue import PRETRAINED, load_as
    from explorer.models.language_model import LanguageModel
    from explorer.recordings.example import example_recording
    from explorer.recurrence.export import write
    from explorer.recurrence.precomputed_example import MODEL, TEXTS, PrecomputedExample
    from explorer.recurrence.reading import read

    model, card = load_as(LanguageModel, MODEL)
    readings = [read(model, card.words, text) for text in TEXTS]
    path = PRETRAINED / "opening.json"
    PrecomputedExample.of(readings, model=MODEL, sha256=card.sha256).write(path)
    click.echo(str(path))
    write(example_recording(), path.with_name("recording.nc"))
    click.echo(str(path.with_name("recording.nc")))
