import pytest
import torch

from explorer.models.architecture import Cell, Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import Translator
from explorer.text.copying import NAME, NUMBER
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

RESERVED = (UNKNOWN, PAD, BOS, EOS, NAME, NUMBER)
ENGLISH = Vocabulary((*RESERVED, "the", "dog", "sleeps", "I", "see", "Tom", ".", "?"))
FRENCH = Vocabulary((*RESERVED, "le", "l'", "chien", "dort", "je", "vois", "Tom", ".", "?"))
H, E = 6, 5


def random_translator(cell: Cell, *, layers: int, seed: int, scale: float) -> Translator:
    """Random weights, far enough from zero that searches have something to choose."""
    torch.manual_seed(seed)
    sizes = Seq2SeqArchitecture(
        cell, len(FRENCH), H, layers, source_size=len(ENGLISH), embedding_size=E
    )
    model = Seq2Seq(sizes).eval().requires_grad_(False)
    for weights in model.parameters():
        weights.mul_(scale)
    return Translator(model, ENGLISH, FRENCH)


def a_translator(cell: Cell, *, layers: int = 2, seed: int = 1, scale: float = 2.5) -> Translator:
    """A random translator in float64, whose searches now and then come to their end."""
    translator = random_translator(cell, layers=layers, seed=seed, scale=scale)
    model = translator.model.double()
    model.head_bias[FRENCH.number(EOS)] += 1.5
    return translator


@pytest.fixture(params=[("gru", 1), ("lstm", 2)], ids=["gru", "deep lstm"])
def translator(request: pytest.FixtureRequest) -> Translator:
    cell, layers = request.param
    return a_translator(cell, layers=layers)
