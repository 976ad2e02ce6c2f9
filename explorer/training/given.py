"""What the training of a translation is given besides its corpus: examples, and a first encoder."""

from explorer.errors import ExplorerError
from explorer.models.checkpoint import Pretrained
from explorer.models.seq2seq import Seq2Seq
from explorer.text import pairs
from explorer.text.vocabulary import Vocabulary
from explorer.training.recipe import PairsRecipe


def taught_pairs(text: str, parts: pairs.Split) -> tuple[pairs.Pair, ...]:
    """What larger models wrote, as TSV.

    Raises:
        ExplorerError: It holds a sentence that is held out.
    """
    taught = pairs.parse(text)
    held_out = {pairs.normalised(pair.source) for pair in (*parts.validation, *parts.test)}
    for pair in taught:
        if pairs.normalised(pair.source) in held_out:
            raise ExplorerError(
                "The sentence “{sentence}” is held out and cannot be used for training: make the "
                "file again with the same corpus.",
                sentence=pair.source,
            )
    return taught


def source_words(reading: PairsRecipe, start: Pretrained[Seq2Seq] | None) -> Vocabulary | None:
    """The words that the encoder reads which a recipe starts from; none where it starts afresh.

    Raises:
        ExplorerError: The recipe starts from a model, and none is given.
    """
    if reading.encoder_of is None:
        return None
    if start is None:
        raise ExplorerError(
            "This recipe starts from the encoder of a model of the recipe “{recipe}”, which does "
            "not come with the program: give its folder with --start.",
            recipe=reading.encoder_of,
        )
    return Vocabulary(start.card.source_vocabulary)
