"""The command that counts a corpus."""

from pathlib import Path

import click

from explorer.cli.numbers import Whole

_NAME = "English–French sentence pairs"


@click.command()
@click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    required=True,
    help="Sentence pairs, English TAB French, UTF-8, or that as .xz.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("pretrained/corpus.json"),
    show_default=True,
    help="Where to write.",
)
@click.option(
    "--pieces",
    type=Whole(100, 100_000),
    default=8000,
    show_default=True,
    help="Byte-pair pieces that each side may have.",
)
def corpus(pairs: Path, out: Path, pieces: int) -> None:
    """Count the English–French corpus that the models learn from; its text is not kept."""
    from tqdm import tqdm

    from explorer.corpus.parallel import parallel
    from explorer.corpus.reading import parse
    from explorer.corpus.shipped import Origin, Shipped
    from explorer.corpus.summary import summarise
    from explorer.text.files import read_text
    from explorer.training.described import ENGLISH_FRENCH
    from explorer.training.own_corpus import described

    text = read_text(pairs)
    read = parse(text, most=None)
    with tqdm(total=2, unit="side", desc="corpus") as bar:
        summary = summarise(parallel(read, "en", "fr"), pieces=pieces, watch=bar.update)
    command = f"python -m explorer corpus --pairs {pairs.name} --out {out} --pieces {pieces}"
    data = described(ENGLISH_FRENCH, text, pairs.name)
    name = _NAME if data == ENGLISH_FRENCH else data.name
    origin = Origin(name, data.source, data.licence, data.attribution, command)
    Shipped(origin, summary).write(out)
    click.echo(f"{summary.pairs:,} pairs")
