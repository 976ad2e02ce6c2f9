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


@pytest.fixture(params=[("rnn", 1), ("gru", 2), ("lstm", 3)], ids=lambda sizes: sizes[0])
def translator(request: pytest.FixtureRequest) -> Translator:
    """Random weights, far enough from zero that searches have something to choose."""
    cell: Cell
    cell, layers = request.param
    torch.manual_seed(1)
    sizes = Seq2SeqArchitecture(
        cell, len(FRENCH), 6, layers, source_size=len(ENGLISH), embedding_size=5
    )
    model = Seq2Seq(sizes).eval().requires_grad_(False)
    for weights in model.parameters():
        weights.mul_(2.5)
    return Translator(model, ENGLISH, FRENCH)
