"""What a recipe says: how data is read, and what is trained on it. Only values, no work."""

from dataclasses import dataclass

from explorer.models.architecture import Cell, Reads
from explorer.models.card import Data
from explorer.text.pairs import Together
from explorer.text.words import Language
from explorer.training.plan import Plan
from explorer.training.setting import Start


@dataclass(frozen=True)
class StreamsRecipe:
    """A text read as ``streams`` parallel streams, ``window`` steps an update."""

    streams: int = 32
    window: int = 64


@dataclass(frozen=True)
class WindowsRecipe:
    """A text read as ``windows`` random windows of ``window`` steps an update."""

    windows: int = 1024
    window: int = 32
    epoch_steps: int = 10


@dataclass(frozen=True)
class PassagesRecipe:
    """A text of thousands of characters read as streams, passages of it held out.

    Characters are read through embeddings; of the recurrent weights the share ``weight_dropout`` is
    left out in every update; ``mixed`` precision halves the time where the processor has it.
    """

    embedding_size: int
    weight_dropout: float = 0.0
    streams: int = 32
    window: int = 64
    mixed: bool = True


@dataclass(frozen=True)
class RecallRecipe:
    """The recall language, ``sequences`` texts an update, lags growing over ``growth`` updates."""

    sequences: int = 128
    epoch_steps: int = 500
    growth: int = 6000
    examined: int = 2000


@dataclass(frozen=True)
class PairsRecipe:
    """Sentence pairs in batches of up to ``tokens`` places, words seen ``minimum`` times known.

    ``held_out`` sentences are for the test and as many for validation; ``together`` is as in
    `explorer.text.pairs.split`. Of every target ``smoothing`` is spread evenly over the vocabulary;
    of the words that are read, the share ``forgotten`` is unknown while training. The translations
    are in ``language``. ``encoder_of`` names the recipe of a model whose source words, their
    embeddings and lower encoder layers are where training starts: it has to be given. Words seen
    less than ``whole`` times are known in pieces, names and numbers from ``minimum`` on; None:
    there are no pieces. ``mixed`` precision halves the time where the processor has it.
    """

    embedding_size: int
    tokens: int = 2000
    minimum: int = 3
    held_out: int = 2000
    together: Together = "component"
    smoothing: float = 0.1
    forgotten: float = 0.0
    mixed: bool = True
    language: Language = "fr"
    encoder_of: str | None = None
    whole: int | None = None


@dataclass(frozen=True)
class BlanksRecipe:
    """English sentences, read ``reads``, in batches of up to ``tokens`` places.

    Words seen ``minimum`` times are known; ``held_out``, ``together`` and ``mixed`` are as in
    `PairsRecipe`.
    """

    reads: Reads
    embedding_size: int = 96
    tokens: int = 1000
    minimum: int = 5
    held_out: int = 2000
    together: Together = "sentence"
    mixed: bool = True


@dataclass(frozen=True)
class Recipe:
    """All that decides a model, but for the corpus and the seed.

    Args:
        cell: The kind of recurrent cell.
        hidden_size: Units a layer.
        reading: How the data is read.
        plan: How the weights are moved.
        data: Where the data comes from, for the card.
        chosen: How size and weights were chosen, for the card.
        layers: Recurrent layers.
        dropout: Share of units left out while training.
        start: Where the weights start: PyTorch's own, or one of `explorer.training.initialise`. A
            model with embeddings has a start of its own.
    """

    cell: Cell
    hidden_size: int
    reading: (
        StreamsRecipe | WindowsRecipe | PassagesRecipe | RecallRecipe | PairsRecipe | BlanksRecipe
    )
    plan: Plan
    data: Data
    chosen: str
    layers: int = 1
    dropout: float = 0.0
    start: Start = "torch"
