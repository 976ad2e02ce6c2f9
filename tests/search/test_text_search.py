"""A text searched with a model: as the translator searches it, and with the pieces in order."""

import pytest
import torch

from explorer.decoding.decode import decode
from explorer.decoding.traced_beam import beam
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.search import text_search as module
from explorer.seq2seq.translator import Translator
from explorer.text.copying import NAME, NUMBER
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

RESERVED = (UNKNOWN, PAD, BOS, EOS, NAME, NUMBER)
ENGLISH = Vocabulary((*RESERVED, "the", "dog", "sleeps", "I", "see", "Tom", ".", "?"))
FRENCH = Vocabulary((*RESERVED, "le", "l'", "chien", "dort", "je", "vois", "Tom", ".", "?"))


@pytest.fixture(params=["gru", "lstm"])
def translator(request: pytest.FixtureRequest) -> Translator:
    torch.manual_seed(1)
    sizes = Seq2SeqArchitecture(
        request.param, len(FRENCH), 6, 2, source_size=len(ENGLISH), embedding_size=5
    )
    model = Seq2Seq(sizes).eval().requires_grad_(False)
    for weights in model.parameters():
        weights.mul_(2.5)
    return Translator(model, ENGLISH, FRENCH)


@pytest.mark.parametrize("text", ["The dog sleeps.", "I see Zorblax.", "Tom?"])
@pytest.mark.parametrize("width", [1, 2, 5])
def test_a_recorded_beam_is_the_translators_own(
    translator: Translator, text: str, width: int
) -> None:
    asked = module.translation_search(translator, text)
    tree = beam(asked.scorer, asked.source, width=width, max_length=asked.max_length, alpha=0.75)
    (translation,) = translator.translate([text], width=width, alpha=0.75)
    best = tree.n_best[0]
    assert asked.written(best) == translation.text
    assert best.log_prob == pytest.approx(translation.log_prob)
    assert best.score == pytest.approx(translation.score)
    assert best.finished == translation.finished


@pytest.mark.parametrize("alpha", [0.0, 0.75])
def test_exact_search_of_a_translation_is_exhaustive(translator: Translator, alpha: float) -> None:
    asked = module.translation_search(translator, "I see Tom.")
    options = {"max_length": 3, "alpha": alpha}
    whole = decode(asked.scorer, asked.source, "exhaustive", **options)
    proof = decode(asked.scorer, asked.source, "exact", width=1, **options)
    assert proof.proved_optimal
    assert proof.n_best[0].tokens == whole.n_best[0].tokens
    assert proof.n_best[0].score == pytest.approx(whole.n_best[0].score, abs=1e-5)
    assert {proof.word(t) for t in proof.n_best[0].tokens} <= set(FRENCH.tokens)
