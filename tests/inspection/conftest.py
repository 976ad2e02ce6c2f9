import pytest
import torch

from explorer.models.architecture import Cell, Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.text.copying import NAME, NUMBER
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary
from explorer.translation.translator import Translator

RESERVED = (UNKNOWN, PAD, BOS, EOS, NAME, NUMBER)
ENGLISH = Vocabulary((*RESERVED, "the", "dog", "sleeps", "I", "see", "Tom", ".", "?"))
FRENCH = Vocabulary((*RESERVED, "le", "l'", "chien", "dort", "je", "vois", "Tom", ".", "?"))
H, E = 6, 5


def a_translator(cell: Cell, *, layers: int = 2, seed: int = 1, scale: float = 2.5) -> Translator:
    """Random weights in float64, far enough from zero that searches have something to choose."""
    torch.manual_seed(seed)
    sizes = Seq2SeqArchitecture(
        cell, len(FRENCH), H, layers, source_size=len(ENGLISH), embedding_size=E
    )
    model = Seq2Seq(sizes).double().eval().requires_grad_(False)
    for weights in model.parameters():
        weights.mul_(scale)
    # now and then a search should come to its end
    model.head_bias[FRENCH.number(EOS)] += 1.5
    return Translator(model, ENGLISH, FRENCH)


@pytest.fixture(params=[("gru", 1), ("lstm", 2)], ids=["gru", "deep lstm"])
def translator(request: pytest.FixtureRequest) -> Translator:
    cell, layers = request.param
    return a_translator(cell, layers=layers)
