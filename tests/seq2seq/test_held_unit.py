"""A translation with a unit held is priced as the model prices it with that unit held."""

from functools import cache

import pytest
import torch

import explorer
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.recurrence.intervention import Intervention
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.held_unit import HeldUnit, holding
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import BOS, EOS, PAD, Vocabulary

TEXT = "he does not see the dog ."
FRENCH = ["il", "ne", "voit", "pas", "le", "chien", "."]


@cache
def translator(cell: str) -> Translator:
    torch.manual_seed(3)
    reserved = (PAD, BOS, EOS, "<name>", "<number>")
    source = Vocabulary.from_tokens(TEXT.split(), reserved=reserved)
    target = Vocabulary.from_tokens(FRENCH, reserved=reserved)
    sizes = Seq2SeqArchitecture(cell, len(target), 8, 2, embedding_size=6, source_size=len(source))
    model = Seq2Seq(sizes).eval().requires_grad_(False)
    with torch.no_grad():
        for weights in model.parameters():
            weights.mul_(4)  # so that a unit decides something
    return Translator(model, source, target)


@pytest.mark.parametrize("part", ["encoder", "decoder"])
@pytest.mark.parametrize(
    ("cell", "quantity"), [("gru", "hidden"), ("gru", "update"), ("lstm", "memory")]
)
@pytest.mark.parametrize("width", [1, 4])
def test_what_a_held_unit_makes_of_a_translation_is_the_models_own(part, cell, quantity, width):
    plain = translator(cell)
    held = HeldUnit(part, layer=1, quantity=quantity, unit=3, value=0.8)
    (now,) = holding(plain, held).translate([TEXT], width=width)
    change = Intervention(quantity, value=0.8, layer=1, units=3)
    with explorer.intervening(plain.model, change, module=getattr(plain.model, part)):
        again = forced(plain, TEXT, now.tokens, copied=now.copied, finished=now.finished)
    assert now.log_prob == pytest.approx(again.log_prob, abs=1e-4)
    as_is = forced(plain, TEXT, now.tokens, copied=now.copied, finished=now.finished)
    assert abs(as_is.log_prob - again.log_prob) > 1e-3
