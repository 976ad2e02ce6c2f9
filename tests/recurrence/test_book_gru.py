"""The GRU that resets the hidden state before the product: its module, and its trace."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

from explorer.figures.equation import in_convention
from explorer.models.architecture import Architecture, Seq2SeqArchitecture
from explorer.models.book_gru import BookGRU
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import parity
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace
from explorer.recurrence.unit_activations import unit_activations
from tests.recurrence import reference

pytestmark = pytest.mark.usefixtures("layouts")

I, H, T = 5, 7, 6  # noqa: E741


def build(layers=1, **options):
    torch.manual_seed(3)
    module = BookGRU(I, H, layers, **options)
    return module.double().eval()


def read(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(8))


@pytest.mark.parametrize("B", [1, 3, 20])
def test_module_and_trace_are_what_a_loop_in_numpy_computes(B):
    module, X, start = build(), read(T, B, I), read(1, B, H)
    output, last = module(X, start)
    traced = trace(module, X, start)
    weights = {name: value.detach().numpy() for name, value in module.named_parameters()}
    for b in range(B):
        rows = reference.book_gru(weights, X[:, b].numpy(), start[0, b].numpy())
        for name in ("reset", "update", "candidate", "hidden"):
            expected = np.stack([row[name] for row in rows])
            np.testing.assert_allclose(traced[name].values[0, 0, b], expected, atol=1e-13)
        np.testing.assert_allclose(output[:, b].detach().numpy(), expected, atol=1e-13)
        np.testing.assert_allclose(last[0, b].detach().numpy(), expected[-1], atol=1e-13)


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bias", [True, False])
def test_it_is_torchs_where_the_reset_gate_is_open(layers, bias):
    module = build(layers, bias=bias, batch_first=True)
    torchs = nn.GRU(I, H, layers, bias=bias, batch_first=True).double()
    torchs.load_state_dict(module.state_dict())
    X = read(3, T, I)
    apart = (module(X)[0] - torchs(X)[0]).abs().max()
    assert apart > 1e-3
    opened = Intervention("reset", value=1.0)
    with intervening(module, opened), torch.no_grad():
        ours = module(X)[0]
    with intervening(torchs, opened), torch.no_grad():
        theirs = torchs(X)[0]
    np.testing.assert_allclose(ours, theirs, atol=1e-13)


def test_inputs_of_every_form_give_the_same_states():
    module, sequences = build(2), [read(n, I) for n in (3, 6, 4)]
    packed = pack_sequence(sequences, enforce_sorted=False)
    output, last = module(packed)
    padded, lengths = pad_packed_sequence(output)
    traced = trace(module, packed)["hidden"].values[1, 0]  # (B, T, H)
    for b, sequence in enumerate(sequences):
        alone, state = module(sequence)
        torch.testing.assert_close(padded[: lengths[b], b], alone)
        torch.testing.assert_close(last[:, b], state)
        np.testing.assert_allclose(traced[b, : lengths[b]], alone.detach().numpy(), atol=1e-13)
        first, kept = module(sequence[:2])
        again, _ = module(sequence[2:], kept)
        torch.testing.assert_close(torch.cat([first, again]), alone)


def test_its_gradients_are_those_of_finite_differences():
    module, X, start = BookGRU(2, 3, 2).double(), read(3, 1, 2), read(2, 1, 3)
    given = [value.detach().clone().requires_grad_() for value in module.parameters()]

    def run(*weights):
        names = dict(zip(dict(module.named_parameters()), weights, strict=True))
        return torch.func.functional_call(module, names, (X, start))[0]

    assert torch.autograd.gradcheck(run, given, eps=1e-6, atol=1e-6)


def test_it_is_recorded_changed_and_compared_as_torchs_own():
    module, X = build(2).float(), read(T, 3, I).float()
    found = parity(module, X)
    assert found.trace <= found.limit
    with record(module) as recording:
        module(X)
    (recorded,) = recording[""]
    np.testing.assert_array_equal(recorded["hidden"], trace(module, X)["hidden"])
    shut = Intervention("reset", value=0.0, layer=0, units=2)
    with intervening(module, shut), torch.no_grad():
        changed, _ = module(X)
    expected = trace(module, X, interventions=shut)["hidden"].values[1, 0].swapaxes(0, 1)
    np.testing.assert_allclose(changed, expected, atol=1e-6)


def test_the_books_equation_and_its_terms_give_the_traced_state():
    module, X = build(2, batch_first=True), read(1, T, I)
    traced = trace(module, X)
    assert traced.attrs["convention"].startswith("the book")
    unit = unit_activations(module, traced, X, layer=1, unit=3)
    book, pytorch = (in_convention(unit, of).values["hidden"] for of in ("book", "pytorch"))
    np.testing.assert_allclose(book, unit.values["hidden"], atol=1e-12)
    assert np.abs(pytorch - unit.values["hidden"]).max() > 1e-4


def test_only_a_language_model_has_it():
    assert Architecture("gru-book", 9, 4).cell == "gru-book"
    with pytest.raises(ValueError, match="language model"):
        Seq2SeqArchitecture("gru-book", 9, 4, embedding_size=3, source_size=9)
