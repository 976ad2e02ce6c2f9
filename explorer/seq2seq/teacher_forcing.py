"""Teacher forcing beside free running, on one sentence.

Under teacher forcing the decoder reads the reference's tokens, as in training, and guesses each
next one; running free it reads its own guesses, as in use. Up to the first guess that is not the
reference's token the two are the same. Source: *Dive into Deep Learning*, section 9.7.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.seq2seq.forced_decoding import Alternative, Forced, forced
from explorer.seq2seq.prefix_constrained import first_difference
from explorer.seq2seq.translator import Translation, Translator


@dataclass(frozen=True)
class TeacherForcing:
    """What the decoder writes when it reads a reference, and when it reads itself.

    Args:
        teacher: The reference as it was forced: each step's log p is the reference token's.
        guesses: The likeliest token at each of these steps, the last one where the reference ends.
        free: The greedy translation as it was forced: the same numbers that the search had.
        translation: The greedy translation itself.
        parts: The first wrong guess, which is where the greedy translation leaves the reference;
            None if they are the same.
    """

    teacher: Forced
    guesses: tuple[Alternative, ...]
    free: Forced
    translation: Translation
    parts: int | None


def teacher_forcing(
    translator: Translator, source_text: str, tokens: Sequence[str], *, alternatives: int = 5
) -> TeacherForcing:
    """The reference's tokens forced, and greedy search beside it.

    Args:
        translator: The model with its words.
        source_text: A sentence.
        tokens: The reference's tokens, as from `target_tokens`.
        alternatives: How many likely tokens are kept at each step, at least 1.

    Raises:
        ExplorerError: The source has no words, or one of the two has too many.
    """
    teacher = forced(translator, source_text, tokens, alternatives=max(1, alternatives))
    (greedy,) = translator.translate([source_text], width=1)
    free = forced(
        translator,
        source_text,
        greedy.tokens,
        alternatives=alternatives,
        copied=greedy.copied,
        finished=greedy.finished,
    )
    return TeacherForcing(
        teacher=teacher,
        guesses=tuple(step.alternatives[0] for step in teacher.steps),
        free=free,
        translation=greedy,
        parts=first_difference(
            [step.number for step in teacher.steps], [step.number for step in free.steps]
        ),
    )
