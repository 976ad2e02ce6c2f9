from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from explorer.recurrence.parity import parity
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.trace import trace
from tests.recurrence import reference
from tests.recurrence.built import BUILDERS, TOLERANCE, H, I, build

pytestmark = pytest.mark.usefixtures("layouts")
LENGTHS = {"packed": [6, 4, 4, 1], "packed unsorted": [2, 6, 1, 4], "packed alone": [6]}
FORMS = ("unbatched", "one", "batch", *LENGTHS)


def make_inputs(module, form, dtype):
    """Inputs in a form, and the shape of an initial state to go with them."""
    L_D = module.num_layers * (1 + module.bidirectional)
    if form == "unbatched":
        return torch.randn(6, I, dtype=dtype), (L_D, H)
    B = {"one": 1, "batch": 4}.get(form) or len(LENGTHS[form])
    shape = (B, 6, I) if module.batch_first else (6, B, I)
    inputs = torch.randn(shape, dtype=dtype)
    if form.startswith("packed"):
        inputs = pack_padded_sequence(
            inputs, LENGTHS[form], module.batch_first, enforce_sorted=form == "packed"
        )
    return inputs, (L_D, B, H)


def make_state(module, shape, dtype):
    if module.mode == "LSTM":
        return torch.randn(shape, dtype=dtype), torch.randn(shape, dtype=dtype)
    return torch.randn(shape, dtype=dtype)


def as_batch_first(module, output):
    """The module's output as (B, T, D H), NaN where a sequence has ended."""
    if isinstance(output, nn.utils.rnn.PackedSequence):
        return pad_packed_sequence(output, batch_first=True, padding_value=np.nan)[0].numpy()
    if output.dim() == 2:
        return output[None].numpy()
    return (output if module.batch_first else output.transpose(0, 1)).numpy()


def last_values(traced, name):
    """What each direction of each layer ends with, (L D, B, H), as torch returns it."""
    values, lengths = traced[name].values, traced["length"].values  # (L, D, B, T, H), (B,)
    ends = {"forward": lengths - 1, "backward": np.zeros_like(lengths)}
    rows, ways = np.arange(len(lengths)), traced["direction"].values
    parts = [values[:, place, rows, ends[way]] for place, way in enumerate(ways)]
    return np.stack(parts, axis=1).reshape(-1, *parts[0].shape[1:])


@torch.inference_mode()
def assert_same_as_fused(module, inputs, state, dtype):
    output, final = module(inputs, state)
    traced = trace(module, inputs, state)
    expected = as_batch_first(module, output)
    hidden = traced["hidden"].values[-1].transpose(1, 2, 0, 3).reshape(expected.shape)
    atol = TOLERANCE[dtype]
    np.testing.assert_allclose(hidden, expected, rtol=0, atol=atol)
    finals = final if module.mode == "LSTM" else (final,)
    for name, value in zip(("hidden", "memory"), finals, strict=False):
        ours = last_values(traced, name).reshape(value.shape)
        np.testing.assert_allclose(ours, value.numpy(), rtol=0, atol=atol)


def settings_for(form):
    """Eight of the 32 settings in which every two occur together; over four forms, all 32."""
    for deep, both, bias in product((False, True), repeat=3):
        yield deep, both, bias, deep ^ both ^ bool(form & 1), deep ^ bias ^ bool(form & 2)


@pytest.mark.parametrize("dtype", TOLERANCE, ids=str)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", BUILDERS)
def test_hidden_and_memory_are_those_of_the_fused_module(kind, form, dtype):
    for deep, both, bias, batch_first, with_state in settings_for(FORMS.index(form)):
        module = build(
            kind,
            num_layers=1 + deep,
            bidirectional=both,
            bias=bias,
            batch_first=batch_first,
            dtype=dtype,
        )
        inputs, shape = make_inputs(module, form, dtype)
        state = make_state(module, shape, dtype) if with_state else None
        assert_same_as_fused(module, inputs, state, dtype)


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("batch", [1, 3, 600])  # of 600, torch does what NumPy does of few
@pytest.mark.parametrize("kind", BUILDERS)
def test_every_quantity_follows_the_equations(kind, batch, direction):
    module = build(kind, bidirectional=True, dtype=torch.float64)
    inputs = torch.randn(6, batch, I, dtype=torch.float64)
    state = make_state(module, (2, batch, H), torch.float64)
    traced = trace(module, inputs, state).sel(layer=0, direction=direction)
    way, suffix = (0, "l0") if direction == "forward" else (1, "l0_reverse")
    names = ("weight_ih_", "weight_hh_", "bias_ih_", "bias_hh_")
    p = {f"{name}l0": getattr(module, name + suffix).detach().numpy() for name in names}
    states = [part[way].numpy() for part in (state if kind == "lstm" else (state,))]
    order = 1 if direction == "forward" else -1
    for b in {*range(3), batch - 1} & {*range(batch)}:
        X, start = inputs[:, b].numpy()[::order], [part[b] for part in states]
        if kind in ("tanh", "relu"):
            activation = np.tanh if kind == "tanh" else lambda x: np.maximum(x, 0)
            expected = reference.rnn(p, X, *start, activation)
        else:
            expected = getattr(reference, kind)(p, X, *start)
        assert set(expected[0]) == set(traced.data_vars)
        for name in traced.data_vars:
            wanted = np.stack([row[name] for row in expected])[::order]
            np.testing.assert_allclose(traced[name].isel(batch=b), wanted, rtol=0, atol=1e-13)


@pytest.mark.parametrize("scale", [1, 40])
def test_identities_hold_even_where_weights_make_the_network_chaotic(scale):
    torch.manual_seed(0)
    inputs = torch.randn(60, 2, I)
    lstm, gru = nn.LSTM(I, H), nn.GRU(I, H)
    with torch.no_grad():
        for parameter in (*lstm.parameters(), *gru.parameters()):
            parameter.mul_(scale)
    l, g = trace(lstm, inputs), trace(gru, inputs)  # noqa: E741
    np.testing.assert_allclose(l.hidden, l.output * np.tanh(l.memory), atol=1e-6)
    memory_before = l.memory.shift(step=1, fill_value=0)
    kept = l.forget * memory_before + l.input * l.candidate
    np.testing.assert_allclose(l.memory, kept, rtol=1e-5, atol=1e-6)
    hidden_before = g.hidden.shift(step=1, fill_value=0)
    mixed = g["update"] * hidden_before + (1 - g["update"]) * g.candidate
    np.testing.assert_allclose(g.hidden, mixed, atol=1e-6)


@pytest.mark.parametrize("kind", BUILDERS)
def test_weights_are_read_at_every_trace(kind):
    module, inputs = build(kind), torch.randn(6, 2, I)
    before = trace(module, inputs).hidden
    module.weight_hh_l0.data *= 0.5
    module.bias_hh_l0.detach().numpy()[...] += 0.5
    assert float(abs(trace(module, inputs).hidden - before).max()) > 1e-3
    found = parity(module, inputs)
    assert found.trace <= found.limit


def test_labels_are_all_there():
    module = build("lstm", num_layers=2, bidirectional=True)
    traced = trace(module, torch.randn(3, 1, I), tokens="时光机")
    assert tuple(traced.dims) == ("layer", "direction", "batch", "step", "unit")
    assert all(values.dims == tuple(traced.dims) for values in traced.data_vars.values())
    assert tuple(traced.data_vars) == QUANTITIES["lstm"]
    assert traced.attrs["cell"] == "lstm"
    assert list(traced.direction.values) == ["forward", "backward"]
    assert list(traced.token.sel(batch=0).values) == ["时", "光", "机"]
    for name, size in {"layer": 2, "batch": 1, "step": 3, "unit": H}.items():
        assert list(traced[name].values) == list(range(size))


@pytest.mark.parametrize("tokens", [["ab", "c"], [["ab", "c"]], ("ab", "c")])
def test_tokens_of_a_single_sequence_may_be_nested(tokens):
    traced = trace(build("gru"), torch.randn(2, 1, I), tokens=tokens)
    assert traced.token.values.tolist() == [["ab", "c"]]


def test_packed_sequences_keep_their_lengths_and_places():
    packed = pack_padded_sequence(torch.randn(4, 3, I), [2, 4, 1], enforce_sorted=False)
    traced = trace(build("gru", bidirectional=True), packed, tokens=["ab", "cdef", "g"])
    assert traced.length.values.tolist() == [2, 4, 1]
    assert traced.token.values.tolist() == [[*list("ab"), "", ""], list("cdef"), ["g", "", "", ""]]
    missing = traced.hidden.isnull()
    expected = (traced.step >= traced.length).broadcast_like(missing)
    xr.testing.assert_equal(missing.drop_vars("token"), expected.transpose(*missing.dims))


def test_halves_are_computed_in_float32():
    module = build("gru").to(torch.bfloat16)
    inputs = torch.randn(4, 2, I, dtype=torch.bfloat16)
    traced = trace(module, inputs)
    xr.testing.assert_identical(traced, trace(module.float(), inputs.float()))
    assert traced.hidden.dtype == np.float32


def test_the_module_is_left_as_it_was():
    module = build("lstm", num_layers=2).train()
    attributes = dict(vars(module))
    before = {name: value.clone() for name, value in module.state_dict().items()}
    inputs = torch.randn(4, 2, I, requires_grad=True)
    state = (torch.randn(2, 2, H), torch.randn(2, 2, H))
    kept = [part.clone() for part in state]
    trace(module, inputs, state)
    assert vars(module) == attributes
    assert all(torch.equal(value, before[name]) for name, value in module.state_dict().items())
    assert all(torch.equal(part, copy) for part, copy in zip(state, kept, strict=True))
    assert inputs.grad is None
    assert all(parameter.grad is None for parameter in module.parameters())


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_may_share_a_module(threads):
    ours = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        module = build("lstm", num_layers=2, bidirectional=True)
        batches = [torch.randn(12, 1 + n % 3, I) for n in range(12)]
        alone = [trace(module, inputs) for inputs in batches]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda inputs: trace(module, inputs), batches))
    finally:
        torch.set_num_threads(ours)
    for one, other in zip(alone, together, strict=True):
        xr.testing.assert_identical(one, other)


@settings(max_examples=25, deadline=None)
@given(kind=st.sampled_from(list(BUILDERS)), cut=st.integers(1, 8), batch=st.integers(1, 3))
def test_a_trace_of_a_prefix_is_the_prefix_of_the_trace(kind, cut, batch):
    module, inputs = build(kind, num_layers=2, dtype=torch.float64), torch.randn(8, batch, I)
    whole, prefix = trace(module, inputs), trace(module, inputs[:cut])
    cut_whole = whole.isel(step=slice(cut)).assign_coords(length=prefix.length)
    xr.testing.assert_allclose(prefix, cut_whole, rtol=0, atol=1e-13)


@settings(max_examples=25, deadline=None)
@given(kind=st.sampled_from(list(BUILDERS)), order=st.permutations(range(4)))
def test_reordering_the_batch_reorders_the_trace(kind, order):
    module = build(kind, bidirectional=True, num_layers=2, dtype=torch.float64)
    inputs, lengths = torch.randn(6, 4, I), torch.tensor([3, 6, 1, 3])
    order = list(order)

    def packed(places):
        return pack_padded_sequence(inputs[:, places], lengths[places], enforce_sorted=False)

    one, other = trace(module, packed([0, 1, 2, 3])), trace(module, packed(order))
    expected = one.isel(batch=order).assign_coords(batch=range(4))
    xr.testing.assert_allclose(other, expected, rtol=0, atol=1e-13)


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(list(BUILDERS)),
    lengths=st.lists(st.integers(1, 6), min_size=1, max_size=4),
)
def test_each_packed_sequence_is_traced_as_if_it_were_alone(kind, lengths):
    module = build(kind, bidirectional=True, num_layers=2, dtype=torch.float64)
    inputs = torch.randn(max(lengths), len(lengths), I)
    traced = trace(module, pack_padded_sequence(inputs, lengths, enforce_sorted=False))
    for place, length in enumerate(lengths):
        alone = trace(module, inputs[:length, place])
        part = traced.isel(batch=[place], step=slice(length)).assign_coords(batch=[0])
        xr.testing.assert_allclose(part, alone, rtol=0, atol=1e-13)


def test_traces_of_one_shape_can_be_changed_apart():
    module, inputs = build("gru"), torch.randn(3, 2, I)
    one, other = trace(module, inputs), trace(module, inputs)
    one["step"].attrs["units"] = one.coords["unit"].attrs["units"] = "changed"
    one["hidden"].attrs["long_name"] = one.attrs["cell"] = "changed"
    one["hidden"][:] = one["length"][:] = 0
    one["layer"] = [7]
    xr.testing.assert_identical(trace(module, inputs), other)
    assert one["step"].attrs == {"units": "changed"}
    assert other["step"].attrs == {}


def test_traces_of_one_shape_keep_their_own_lengths():
    module, inputs = build("gru"), torch.randn(6, 4, I)
    for lengths in (LENGTHS["packed"], LENGTHS["packed unsorted"]):
        packed = pack_padded_sequence(inputs, lengths, enforce_sorted=False)
        traced = trace(module, packed)
        trace(module, inputs)
        assert traced.length.values.tolist() == lengths
