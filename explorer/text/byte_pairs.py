"""Byte-pair pieces: frequent pairs of neighbours merged until the vocabulary is large enough.

Sennrich, Haddow and Birch (2016), as sentencepiece has it.
"""

from collections.abc import Sequence
from io import BytesIO

_QUIET = 2
_RESERVED = 2  # the unknown, and the sign of a word's beginning


def cut_into_pieces(sentences: Sequence[str], *, size: int) -> list[list[str]]:
    """Each sentence as byte-pair pieces that were learned from all of them.

    Args:
        sentences: Without control characters, and at least one that is not blank.
        size: Pieces that the vocabulary may have; never fewer than the characters of the text,
            which are always pieces. A short text runs out of pairs before it has so many.
    """
    import sentencepiece

    model = BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="bpe",
        vocab_size=max(size, len(set().union(*sentences)) + _RESERVED),
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        unk_id=0,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        num_threads=1,
        max_sentence_length=1 << 16,
        minloglevel=_QUIET,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    cut: list[list[str]] = processor.encode(list(sentences), out_type=str)
    return cut
