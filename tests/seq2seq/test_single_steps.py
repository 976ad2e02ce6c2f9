"""A decoder laid out for single steps gives the numbers of PyTorch's own layers."""

from itertools import product

import numpy as np
import pytest
import torch
from torch.nn.functional import linear

from explorer.models.architecture import Cell, Seq2SeqArchitecture
from explorer.models.seq2seq import DecoderState, Seq2Seq, Source
from explorer.recurrence.products import prepared
from explorer.seq2seq.single_steps import Stepper

KINDS = [*product(["rnn", "gru", "lstm"], [1, 2, 3])]
TOLERANCE = {torch.float32: 2e-6, torch.float64: 1e-13}


def a_model(cell: Cell, layers: int, dtype: torch.dtype = torch.float32) -> Seq2Seq:
    torch.manual_seed(layers)
    sizes = Seq2SeqArchitecture(cell, 11, 7, layers, source_size=9, embedding_size=5)
    return Seq2Seq(sizes).to(dtype).eval()


def encoded(model: Seq2Seq) -> DecoderState:
    ids = torch.randint(9, (4, 6))
    return model.encode(Source(ids, torch.tensor([6, 2, 1, 4])))


def parts(state: DecoderState) -> tuple[np.ndarray, ...]:
    given = state.state
    return tuple(part.numpy() for part in ((given,) if isinstance(given, torch.Tensor) else given))


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(("cell", "layers"), KINDS)
@torch.inference_mode()
def test_steps_are_those_of_the_model(cell: Cell, layers: int, dtype: torch.dtype):
    model = a_model(cell, layers, dtype)
    theirs = encoded(model)
    stepper, ours = Stepper.of(model), parts(theirs)
    constant = stepper.context(theirs.context.numpy())
    close = {"rtol": 0, "atol": TOLERANCE[dtype]}
    for _ in range(5):
        ids = torch.randint(11, (4,))
        expected, theirs = model(ids[:, None], theirs)
        logits, ours = stepper.step(ids.numpy(), constant, ours)
        np.testing.assert_allclose(logits, expected[:, 0], **close)
        np.testing.assert_allclose(ours, parts(theirs), **close)


@torch.inference_mode()
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_step_changes_nothing_that_it_was_given(cell: Cell):
    model = a_model(cell, 2)
    state, ids = encoded(model), np.array([1, 2, 3, 4])
    stepper = Stepper.of(model)
    constant = stepper.context(state.context.numpy())
    first, _ = stepper.step(ids, constant, parts(state))
    again, _ = stepper.step(ids, constant, parts(state))
    np.testing.assert_array_equal(first, again)


@pytest.mark.parametrize("rows", [1, 3, 70, 300])
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_one_matrix_serves_any_number_of_rows(rows: int, dtype: torch.dtype):
    torch.manual_seed(rows)
    weight, bias = torch.randn(300, 200, dtype=dtype), torch.randn(300, dtype=dtype)
    x = torch.randn(rows, 200, dtype=dtype)
    expected = linear(x.double(), weight.double(), bias.double())
    found = prepared(weight.numpy(), bias.numpy())(x.numpy())
    np.testing.assert_allclose(found, expected, rtol=0, atol=30 * TOLERANCE[dtype])
