"""The project's own sentences, translated by the shipped models and measured beside the references.

No model has read them. As many have a rare word as of the sentences that were held out from the
models.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from explorer.experiments.experiment import Watch
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import Translation, Translator
from explorer.text.sentences import Sentence, sentences, with_rare_words

MODELS = ("en-fr-gru", "en-fr-lstm")
#: Of sentences by their words and marks: the fewest and the most.
GROUPS = ((2, 4), (5, 6), (7, 9), (10, 20))


def translators() -> Mapping[str, Translator]:
    """Both shipped models with their words."""
    return MappingProxyType({name: Translator.of(*load_as(Seq2Seq, name)) for name in MODELS})


def measured() -> tuple[Sentence, ...]:
    """What is translated: common words, then those with a rare one."""
    return (*sentences(), *with_rare_words())


def translated(translator: Translator, watch: Watch = lambda share: None) -> Sequence[Translation]:
    """Every sentence's translation by beam search with width 5."""
    texts = [sentence.english for sentence in measured()]
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        watch(done / len(texts))

    return translator.translate(texts, watch=tell)


def label(group: tuple[int, int]) -> str:
    """How a group is called."""
    return f"{group[0]}–{group[1]}"


def group(words: int) -> str:
    """The group that a sentence of so many words and marks is in."""
    return next(label(of) for of in GROUPS if words <= of[1] or of == GROUPS[-1])
