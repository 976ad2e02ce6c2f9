"""The commands that translate text and measure translations."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.numbers import Decimal, Whole
from explorer.decoding.ranking import WIDEST
from explorer.errors import ExplorerError

if TYPE_CHECKING:
    from explorer.seq2seq.translator import Translator

_width = click.option(
    "--beam",
    "width",
    type=Whole(1, WIDEST),
    default=5,
    show_default=True,
    help="Beam width; the beam stops once that many hypotheses are finished; 1 is greedy search.",
)
_alpha = click.option(
    "--alpha",
    type=Decimal(0, 10),
    default=0.75,
    show_default=True,
    help="Exponent of the length that log-probabilities are divided by.",
)


_beside = click.option(
    "--with",
    "beside",
    multiple=True,
    metavar="MODEL",
    help="Average with the probabilities of this model; may be given several times.",
)


@click.command()
@click.argument("model")
@_beside
@_width
@_alpha
def translate(model: str, beside: tuple[str, ...], width: int, alpha: float) -> None:
    """Translate the lines of standard input, English, with MODEL, line by line.

    MODEL is the name of a model that comes with the program, or the path of a model's folder,
    such as ./mine.
    """
    texts = _lines_of(sys.stdin.buffer.read())
    _check_lengths(texts)
    translator = translator_of(model, beside)
    with progress_bar(len(texts)) as watch:
        done = translator.translate(texts, width=width, alpha=alpha, watch=watch)
    click.echo("".join(f"{translation.text}\n" for translation in done).encode(), nl=False)


@click.command()
@click.argument("model")
@click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    required=True,
    help="Sentences with their translations: English TAB translation [TAB another …], or as .xz.",
)
@_beside
@_width
@_alpha
def evaluate(model: str, pairs: Path, beside: tuple[str, ...], width: int, alpha: float) -> None:
    """Translate the English sentences of a file with MODEL and print BLEU and chrF.

    MODEL is the name of a model that comes with the program, or the path of a model's folder,
    such as ./mine.
    """
    from explorer.seq2seq.test_scores import corpus_scores
    from explorer.text.files import read_text
    from explorer.text.pairs import parse

    known = parse(read_text(pairs))
    translator = translator_of(model, beside)
    with progress_bar(len(known)) as watch:
        scores = corpus_scores(translator, known, width=width, alpha=alpha, watch=watch)
    click.echo(f"BLEU {scores.bleu:.2f}")
    click.echo(f"chrF {scores.chrf:.2f}")
    click.echo(f"signature {scores.signature}")


def _lines_of(content: bytes) -> list[str]:
    """The lines of a UTF-8 text; only a newline ends one, so that as many come out."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExplorerError("Line {line} of the input is not UTF-8 text.", line=line) from None
    return text.removesuffix("\n").split("\n") if text else []


def _check_lengths(texts: Sequence[str]) -> None:
    """Refuses a line that no model reads, before any is translated."""
    from explorer.text.limits import LONGEST

    for number, text in enumerate(texts, 1):
        if len(text) > LONGEST:
            raise ExplorerError(
                "Line {line} of the input has {length} characters; the limit is {most}.",
                line=number,
                length=len(text),
                most=LONGEST,
            )


def translator_of(model: str, beside: Sequence[str] = ()) -> "Translator":
    """The translator of a model's name or folder, averaged with those of others."""
    from explorer.models import catalogue
    from explorer.models.seq2seq import Seq2Seq
    from explorer.seq2seq.translator import Translator

    first, *others = (Translator.of(*catalogue.load_as(Seq2Seq, name)) for name in (model, *beside))
    for other in others:
        first = first.together(other)
    return first


@contextmanager
def progress_bar(sentences: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr; what it gives takes the number of sentences just done."""
    from tqdm import tqdm

    with tqdm(total=sentences, unit="sentence") as bar:

        def watch(count: int) -> None:
            bar.update(count)

        yield watch
