"""Which programs there are, and how one is run or shown. Imports none of them, nor torch."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files

from explorer.locale import N_


@dataclass(frozen=True)
class Program:
    """A program of this folder.

    Attributes:
        name: Of its module.
        title: What it does; a message that the catalogues translate.
        numbers: What its numbers say; a message, too.
    """

    name: str
    title: str
    numbers: str

    def source(self) -> str:
        """Its text."""
        return files(__package__).joinpath(f"{self.name}.py").read_text(encoding="utf-8")

    def rows(self) -> Iterator[tuple[str, float | str]]:
        """Run it: what each number is, as a message, and the number (or several, as a line)."""
        rows: Iterator[tuple[str, float | str]] = import_module(
            f"{__package__}.{self.name}"
        ).answer()
        return rows

    @property
    def command(self) -> str:
        """What runs it in a shell."""
        return f"python -m {__package__} {self.name}"


TIME_SERIES = Program(
    "time_series",
    N_("An LSTM that predicts a time series"),
    N_("Mean squared error on the last 400 of 1,000 steps, which nothing was fitted to:"),
)
TWO_LAYERS = Program(
    "two_layers",
    N_("Two layers written out, beside PyTorch’s"),
    N_("The same weights on the same random inputs:"),
)
BOTH_DIRECTIONS = Program(
    "both_directions",
    N_("Bidirectional networks of one and two layers, and directions of different sizes"),
    N_("Share of positions that were told rightly whether their symbol stands on both sides:"),
)
NUMBER_WORDS = Program(
    "number_words",
    N_("An encoder–decoder that reads “seven hundred two” and writes 0702"),
    N_("Share of 1,000 numbers not seen in training whose four digits are all right:"),
)
OUTPUT_LAYERS = Program(
    "output_layers",
    N_("Three output layers on the words of a story"),
    N_("Perplexity on the last tenth of the story, and the weights that only this layer has:"),
)

SETTINGS = Program(
    "settings",
    N_("Eight settings, trained one after another on a story"),
    N_(
        "Perplexity per character on the last tenth of the story, processor time of the training, "
        "and how each model goes on after “the time”:"
    ),
)
MIXED_SOURCES = Program(
    "mixed_sources",
    N_("One model for two sources of text, beside one for each"),
    N_("Bits per character on the last fifth of each source:"),
)

PROGRAMS = (
    SETTINGS,
    TIME_SERIES,
    TWO_LAYERS,
    MIXED_SOURCES,
    BOTH_DIRECTIONS,
    NUMBER_WORDS,
    OUTPUT_LAYERS,
)
