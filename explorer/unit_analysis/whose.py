"""Whatever a user calls a model, as a reader with the labels that fit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import xarray as xr

from explorer.cloze.filler import Filler
from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.models.infill import Infill
from explorer.models.language_model import LanguageModel
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import Translator
from explorer.text import recall
from explorer.text.words import is_chinese
from explorer.unit_analysis.character_labels import CHARACTER_LABELS
from explorer.unit_analysis.chinese_labels import CHINESE_LABELS
from explorer.unit_analysis.infill_labels import INFILL_LABELS
from explorer.unit_analysis.infill_reader import Direction, InfillReader
from explorer.unit_analysis.labels import Labels
from explorer.unit_analysis.language_reader import LanguageReader
from explorer.unit_analysis.module_reader import ModuleReader, TraceReader
from explorer.unit_analysis.reader import Reader
from explorer.unit_analysis.recall_labels import RECALL_LABELS
from explorer.unit_analysis.translation_labels import SOURCE_LABELS, TARGET_LABELS
from explorer.unit_analysis.translation_reader import TranslationReader

if TYPE_CHECKING:
    from explorer.models.checkpoint import Pretrained

Model: TypeAlias = (
    "str | Path | Pretrained[Any] | Translator | Reader | xr.Dataset | Sequence[xr.Dataset]"
)


@dataclass(frozen=True)
class Subject:
    """A model that is asked what its units do.

    Attributes:
        reader: Reads with it.
        labels: What its units may follow.
        pairs: Whether its texts are sentence pairs.
        texts: What it reads if no text is given: the traces that are there.
        length: Of a passage, in characters or pairs, if it is not the usual one.
    """

    reader: Reader
    labels: Labels
    pairs: bool = False
    texts: tuple[str, ...] = ()
    length: int | None = None


def reader_of(model: Any, part: str = "decoder") -> Subject:
    """The reader of a model, by its name or as it is.

    Raises:
        ExplorerError: There is no such model, or no such part, or it is of another kind.
    """
    if isinstance(model, str | Path):
        model = catalogue.load(model)
    if isinstance(model, xr.Dataset):
        model = (model,)
    if isinstance(model, Sequence) and all(isinstance(one, xr.Dataset) for one in model):
        traces = TraceReader(tuple(model))
        return Subject(traces, CHARACTER_LABELS, pairs=True, texts=traces.texts(), length=1)
    if isinstance(model, tuple) and len(model) == 2 and isinstance(model[1], Card):
        model = _of_ours(*model)
    if isinstance(model, Translator):
        return _translator(model, part)
    if isinstance(model, Filler):
        return _filler(model, part)
    if isinstance(model, LanguageReader | ModuleReader):
        return Subject(model, _labels_of(model))
    if hasattr(model, "read") and hasattr(model, "costs"):
        return Subject(model, {})
    raise ExplorerError(
        "Units are looked for in a shipped model or the folder of one, in a ModuleReader of any "
        "other, or in traces; not in a {kind}.",
        kind=type(model).__name__,
    )


def _labels_of(model: LanguageReader | ModuleReader) -> Labels:
    if not isinstance(model, LanguageReader):
        return CHARACTER_LABELS
    if model.vocabulary == recall.VOCABULARY:
        return RECALL_LABELS
    if not model.vocabulary.by_character:
        return {}
    return CHINESE_LABELS if is_chinese(model.vocabulary) else CHARACTER_LABELS


def _of_ours(model: Any, card: Card) -> Any:
    if isinstance(model, LanguageModel):
        return LanguageReader(model, card.words)
    if isinstance(model, Infill):
        return Filler.of(model, card)
    return Translator.of(model, card) if isinstance(model, Seq2Seq) else model


def _filler(model: Filler, part: str) -> Subject:
    """Of one that reads both ways the direction that is asked for, the forward one unless told."""
    reads = model.model.architecture.reads
    direction: Direction = "backward" if reads == "backward" else "forward"
    if reads == "both" and part == "backward":
        direction = "backward"
    return Subject(InfillReader(model, direction), INFILL_LABELS, pairs=True)


def _translator(model: Translator, part: str) -> Subject:
    if part == "encoder":
        return Subject(TranslationReader(model, "encoder"), SOURCE_LABELS, pairs=True)
    if part == "decoder":
        return Subject(
            TranslationReader(model, "decoder"), TARGET_LABELS[model.language], pairs=True
        )
    raise ExplorerError(
        "The part of a translation model is the encoder or the decoder, not {part}.", part=part
    )
