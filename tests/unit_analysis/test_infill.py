"""Models that fill in words, read in either direction, as the model itself reads."""

from functools import cache

import numpy as np
import pytest
import torch

from explorer.cloze.filler import Filler
from explorer.models.architecture import InfillArchitecture
from explorer.models.infill import Infill
from explorer.text.vocabulary import BOS, EOS, PAD, Vocabulary
from explorer.unit_analysis.infill_labels import INFILL_LABELS
from explorer.unit_analysis.infill_reader import InfillReader
from explorer.unit_analysis.reader import Held
from explorer.unit_analysis.series import Place

TEXTS = ["I do not know.\tJe ne sais pas.", "We saw him.", "Are they here?"]
WORDS = ["i", "do", "n't", "not", "know", "we", "saw", "him", "are", "they", "here", ".", "?"]
SIDES = [("both", "forward"), ("both", "backward"), ("forward", "forward")]
SIDES += [("backward", "backward")]


@cache
def filler(reads: str) -> Filler:
    torch.manual_seed(1)
    words = Vocabulary.from_tokens(WORDS, reserved=(PAD, BOS, EOS))
    sizes = InfillArchitecture("lstm", len(words), 6, embedding_size=5, reads=reads)
    return Filler(Infill(sizes).eval().requires_grad_(False), words)


@pytest.mark.parametrize(("reads", "direction"), SIDES)
def test_a_sentence_is_read_in_the_order_of_its_direction(reads, direction):
    read = InfillReader(filler(reads), direction).read(TEXTS)
    turned = -1 if direction == "backward" else 1
    for text, one in zip(TEXTS, read, strict=True):
        tokens = one.tokens[::turned][1:-1]
        whole = filler(reads).trace(tokens)
        expected = whole["hidden"].sel(direction=direction).values[0, 0, ::turned]
        assert tokens[-1] == text.partition("\t")[0][-1]
        assert one.trace["direction"].values.tolist() == [direction]
        np.testing.assert_allclose(one.trace["hidden"].values[0, 0, 0], expected, atol=1e-6)


@pytest.mark.parametrize(("reads", "direction"), SIDES)
def test_what_a_word_costs_is_what_the_model_says_of_the_blank(reads, direction):
    model = filler(reads)
    reader = InfillReader(model, direction)
    held = Held(Place(0, direction, "memory", 2), 0.9)
    costs = reader.costs(TEXTS, [held])
    log_probs = model.log_probs([cost.tokens for cost in costs])
    for cost, logs in zip(costs, log_probs, strict=True):
        ids = torch.tensor(model.vocabulary.encode(cost.tokens))
        expected = -logs.gather(1, ids[:, None])[:, 0] / np.log(2)
        np.testing.assert_allclose(cost.bits[0], expected, atol=1e-5)
        assert np.abs(cost.bits[1] - cost.bits[0]).max() > 1e-5


def test_labels_say_what_was_read_and_what_is_left():
    tokens = (BOS, "We", "do", "not", "go", ".", EOS)

    def shown(name, given=tokens):
        values = INFILL_LABELS[name](given)
        return "".join("-" if np.isnan(value) else f"{value:.0f}" for value in values)

    assert shown("words read") == "0123456"
    assert shown("negation read") == "0001111"
    assert shown("negation left") == "1110000"
    assert shown("plural subject") == "-111111"
    assert shown("plural subject", tokens[::-1]) == "-----11"
    assert shown("past") == "--00000"
