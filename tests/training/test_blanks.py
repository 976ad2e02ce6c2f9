"""Sentences with a blank at every word: batches, loss and figures."""

import math
from dataclasses import replace

import pytest
import torch
from torch.nn.functional import cross_entropy

from explorer.models import checkpoint
from explorer.models.infill import Infill
from explorer.models.seq2seq import Source
from explorer.text.words import tokenise
from explorer.training.blanks import Filled, grouped, is_word, perplexity, summary
from explorer.training.make import begun, build, make
from explorer.training.recipe import BlanksRecipe
from explorer.training.recipes import RECIPES

NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
PLACES = ("here", "there", "at home", "in the big garden")
PAIRS = "".join(f"You see {n} dogs {p}.\tv{n}{p}\n" for n in NUMBERS for p in PLACES)


def recipe_of(reads="both", **reading):
    recipe = RECIPES["bilstm-infill"]
    reading = BlanksRecipe(reads, **{"embedding_size": 4, "tokens": 60, "held_out": 5, **reading})
    plan = replace(recipe.plan, epochs=2)
    return replace(recipe, hidden_size=5, reading=reading, plan=plan)


def test_the_loss_is_the_mean_cross_entropy_of_every_token_of_the_batch():
    recipe = recipe_of()
    task = build(recipe, text=PAIRS, seed=0)
    model = begun(recipe, text=PAIRS, seed=0).model.eval()
    assert isinstance(model, Infill)
    batch = task.batch(1)
    loss, _state = task.loss(model, batch, None)
    counted = batch.weights > 0
    assert int(counted.sum()) == int((batch.source.lengths - 2).sum())
    expected = cross_entropy(model(batch.source)[counted], batch.targets[counted])
    torch.testing.assert_close(loss, expected)


def test_an_epoch_has_every_training_sentence_once_and_no_other():
    task = build(recipe_of(), text=PAIRS, seed=0)
    read = [
        " ".join(task.vocabulary.decode(row[1 : length - 1]))
        for step in range(task.epoch_steps)
        for batch in [task.batch(step)]
        for row, length in zip(
            batch.source.ids.tolist(), batch.source.lengths.tolist(), strict=True
        )
    ]
    assert len(read) == len(task.split.training)
    held_out = {pair.source for pair in (*task.split.test, *task.split.validation)}
    assert not held_out & {pair.source for pair in task.split.training}


def test_what_is_said_of_a_blank_is_the_models():
    recipe = recipe_of()
    task = build(recipe, text=PAIRS, seed=0)
    model = begun(recipe, text=PAIRS, seed=0).model.eval()
    (pair,) = task.split.test[:1]
    found = list(task.filled(model, [pair]))
    tokens = tokenise(pair.source.replace("You", "you"), "en")
    ids = torch.tensor([task.vocabulary.encode(("<bos>", *tokens, "<eos>"))])
    with torch.no_grad():
        logs = model(Source(ids, torch.tensor([ids.shape[1]])))[0].log_softmax(-1)  # (n, V)
    known = [place for place, token in enumerate(tokens) if token in task.vocabulary]
    assert [blank.left for blank, _token in found] == known
    for blank, token in found:
        assert token == tokens[blank.left]
        assert blank.right == len(tokens) - 1 - blank.left
        log_p = logs[blank.left, task.vocabulary.number(token)]
        assert blank.nats == pytest.approx(-float(log_p), abs=1e-5)
        assert blank.rank == int((logs[blank.left] > log_p).sum())


def test_figures_count_and_group_what_was_filled():
    filled = [Filled(0, 3, 0, 0.0), Filled(1, 2, 4, math.log(4)), Filled(9, 0, 7, math.log(4))]
    assert summary(filled) == {
        "count": 3,
        "top-1": pytest.approx(1 / 3, abs=1e-4),
        "top-5": pytest.approx(2 / 3, abs=1e-4),
        "perplexity": pytest.approx(16 ** (1 / 3), abs=1e-3),
    }
    assert {name: len(of) for name, of in grouped(filled, "left").items()} == {
        "0": 1,
        "1": 1,
        "7 or more": 1,
    }
    assert math.isnan(perplexity([]))
    assert [token for token in ("dog", "?!", "n't", "3", "...") if is_word(token)] == [
        "dog",
        "n't",
        "3",
    ]


@pytest.mark.parametrize("reads", ["both", "forward", "backward"])
def test_a_model_is_made_with_its_card(tmp_path, reads):
    card = make("x", recipe_of(reads), text=PAIRS, folder=tmp_path, command="train x")
    model, read = checkpoint.read(tmp_path)
    assert read == card
    assert (card.task, card.architecture.reads) == ("infill", reads)
    assert isinstance(model, Infill)
    assert 0 <= card.figures["words"]["top-1"] <= card.figures["words"]["top-5"] <= 1
    counts = [
        cell["count"]
        for name, row in card.figures.items()
        if name.endswith("on the left")
        for cell in row.values()
    ]
    assert sum(counts) == card.figures["words"]["count"]
