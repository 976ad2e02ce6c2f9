"""Traces with interventions, against the equations with the same edits and against each other."""

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.recurrence.intervention import Intervention
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.trace import trace
from tests.recurrence import edited

pytestmark = pytest.mark.usefixtures("layouts")

I, H, T = 5, 7, 6  # noqa: E741
BUILDERS = {
    "tanh": nn.RNN,
    "relu": lambda *sizes, **options: nn.RNN(*sizes, nonlinearity="relu", **options),
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}
NAMES = {kind: QUANTITIES.get(kind, QUANTITIES["rnn"]) for kind in BUILDERS}
EVERY = [(kind, name) for kind, names in NAMES.items() for name in names]


def build(kind, *, dtype=torch.float64, **options):
    torch.manual_seed(3)
    return BUILDERS[kind](I, H, dtype=dtype, **options).eval()


def read(*shape, dtype=torch.float64):
    return torch.randn(*shape, dtype=dtype, generator=torch.Generator().manual_seed(4))


def square(values, place):
    return values**2


def changes(values):
    return {"value": 0.3 + 0 * values, "scale": 0.4 * values, "function": values**2}


@pytest.mark.parametrize("change", ["value", "scale", "function"])
@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_an_edited_quantity_goes_into_the_equations(kind, name, change):
    module = build(kind, num_layers=2, bidirectional=True)
    inputs = read(T, 3, I)
    places = {"layer": 0, "direction": "backward", "units": [1, 4], "steps": range(2, 4)}
    how = {"value": 0.3, "scale": 0.4, "function": square}[change]
    traced = trace(module, inputs, interventions=[Intervention(name, **{change: how}, **places)])

    def edit(layer, way, step, quantity, values):
        new = values.copy()
        if (layer, way, quantity) == (0, 1, name) and step in (2, 3):
            new[[1, 4]] = changes(values)[change][[1, 4]]
        return new

    assert_follows(traced, module, inputs, edit)


@pytest.mark.parametrize("kind", BUILDERS)
def test_everything_is_edited_where_no_place_is_given(kind):
    module = build(kind, num_layers=2, bidirectional=True)
    inputs = read(T, 3, I)
    given = [Intervention(name, scale=0.5) for name in NAMES[kind]]
    traced = trace(module, inputs, interventions=given)
    assert_follows(traced, module, inputs, lambda *place: 0.5 * place[-1])


def assert_follows(traced, module, inputs, edit):
    for b in range(inputs.shape[1]):
        expected = edited.stack(module, inputs[:, b].numpy(), edit)
        for (layer, way), quantities in expected.items():
            for name, values in quantities.items():
                ours = traced[name].values[layer, way, b]
                np.testing.assert_allclose(ours, values, rtol=0, atol=1e-13)


def test_interventions_act_in_their_order():
    module, inputs = build("gru"), read(T, 1, I)
    halve, fix = Intervention("update", scale=0.5), Intervention("update", value=0.8)
    assert (trace(module, inputs, interventions=[fix, halve])["update"] == 0.4).all()
    assert (trace(module, inputs, interventions=[halve, fix])["update"] == 0.8).all()


@pytest.mark.parametrize("name", QUANTITIES["lstm"])
def test_layout_does_not_matter(name):
    given = [Intervention(name, scale=0.5, steps=[0, 2], units=range(3))]
    module = build("lstm", num_layers=2, bidirectional=True)
    other = build("lstm", num_layers=2, bidirectional=True, batch_first=True)
    inputs = read(T, 3, I)
    expected = trace(module, inputs, interventions=given)
    xr.testing.assert_equal(trace(other, inputs.transpose(0, 1), interventions=given), expected)
    alone = trace(module, inputs[:, 1], interventions=given)
    np.testing.assert_allclose(alone[name][:, :, 0], expected[name][:, :, 1], rtol=0, atol=1e-13)


@pytest.mark.parametrize("kind", BUILDERS)
def test_each_packed_sequence_is_edited_as_if_it_were_alone(kind):
    module, inputs, lengths = (
        build(kind, num_layers=2, bidirectional=True),
        read(T, 3, I),
        [3, 6, 1],
    )
    packed = pack_padded_sequence(inputs, lengths, enforce_sorted=False)
    given = Intervention("hidden", value=0.25, steps=[0, 2], units=3)
    traced = trace(module, packed, interventions=[given])
    for b, length in enumerate(lengths):
        steps = [step for step in (0, 2) if step < length]
        mine = Intervention("hidden", value=0.25, steps=steps, units=3)
        alone = trace(module, inputs[:length, b], interventions=[mine])
        for name in NAMES[kind]:
            ours = traced[name].values[:, :, b, :length]
            np.testing.assert_allclose(ours, alone[name].values[:, :, 0], rtol=0, atol=1e-13)


def test_a_function_sees_the_chosen_units_of_the_sequences_at_the_step():
    module, inputs = build("gru"), read(T, 3, I)
    packed = pack_padded_sequence(inputs, [3, 6, 1], enforce_sorted=False)
    seen = []

    def look(values, place):
        seen.append(values.copy())
        values[:] = 7  # its own copy: writing into it changes nothing
        return seen[-1]

    given = Intervention("update", function=look, units=[4, 2])
    traced = trace(module, packed, interventions=[given])
    xr.testing.assert_equal(traced, trace(module, packed))
    assert [values.shape for values in seen] == [(3, 2), (2, 2), (2, 2), (1, 2), (1, 2), (1, 2)]
    np.testing.assert_array_equal(seen[1], traced["update"].values[0, 0, [1, 0], 1][:, [4, 2]])


def test_a_function_is_told_where_it_stands():
    module, inputs = build("lstm", num_layers=2, bidirectional=True), read(T, 3, I)
    packed = pack_padded_sequence(inputs, [3, 6, 1], enforce_sorted=False)
    plain, seen = trace(module, packed), set()

    def look(values, place):
        at = plain[place.quantity].sel(layer=place.layer, direction=place.direction)
        np.testing.assert_array_equal(values, at.values[place.batch, place.step][:, place.units])
        seen.add(place)
        return values

    given = [Intervention(name, function=look, units=[4, 2]) for name in QUANTITIES["lstm"]]
    given += [Intervention("memory", function=look, batch=[2, 0], steps=range(1, 4))]
    trace(module, packed, interventions=given)
    places = {(place.layer, place.direction, place.step) for place in seen}
    assert len(places) == 2 * 2 * T
    assert {place.quantity for place in seen} == set(QUANTITIES["lstm"])
    assert {(place.batch, place.units) for place in seen if place.step == 2} == {
        ((1, 0), (4, 2)),
        ((0,), tuple(range(H))),
    }
    assert not any(place.batch == () for place in seen)


@pytest.mark.parametrize("way", ["value", "scale"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_each_value_goes_where_it_broadcasts_to(layouts, way, data):
    """Any shape over any places of a packed batch, against numbers put there one by one."""
    module, lengths = build("gru", bidirectional=True), [3, 6, 1, 6]
    packed = pack_padded_sequence(read(T, 4, I), lengths, enforce_sorted=False)
    chosen = {
        name: data.draw(
            st.none() | st.lists(st.integers(0, size - 1), min_size=1, unique=True), label=name
        )
        for name, size in {"batch": 4, "steps": T, "units": H}.items()
    }
    whole = [
        range(size) if numbers is None else numbers
        for numbers, size in zip(chosen.values(), (4, T, H), strict=True)
    ]
    full = tuple(map(len, whole))
    sizes = zip(full, (4, T, H), strict=True)
    shape = tuple(data.draw(st.sampled_from([1, *size])) for size in sizes)
    while shape and shape[0] == 1 and data.draw(st.booleans()):
        shape = shape[1:]
    amount = np.random.default_rng(0).random(shape)
    plain = trace(module, packed)["candidate"].values
    made = Intervention("update", value=0.5)
    both = [made, Intervention("update", **{way: amount}, **chosen)]
    found = trace(module, packed, interventions=both)["update"].values[0]  # (D, B, T, H)
    expected = np.full(found.shape, 0.5)
    given = amount.reshape((1,) * (3 - amount.ndim) + shape)
    for axis, (numbers, size) in enumerate(zip(whole, full, strict=True)):
        if given.shape[axis] not in (1, size):
            given = given.take(numbers, axis)
    expected[np.ix_(range(2), *whole)] = given * (0.5 if way == "scale" else 1)
    expected[np.isnan(plain[0])] = np.nan
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_what_another_trace_holds_can_be_put_in_its_place():
    """The padding of that trace is NaN, and stands where nothing is changed."""
    module, inputs = build("lstm"), read(T, 3, I)
    packed = pack_padded_sequence(inputs, [3, 6, 1], enforce_sorted=False)
    other = pack_padded_sequence(read(T, 3, I) + 1, [3, 6, 1], enforce_sorted=False)
    patched = [
        Intervention(name, trace(module, other)[name][0, 0]) for name in ("memory", "hidden")
    ]
    found, expected = trace(module, packed, interventions=patched), trace(module, other)
    for name in ("memory", "hidden"):
        np.testing.assert_array_equal(found[name], expected[name])


@pytest.mark.parametrize("batch", [1, 3])
def test_a_gru_with_reset_at_one_and_update_at_zero_is_a_plain_rnn(batch):
    module = build("gru", num_layers=2, bidirectional=True)
    plain = nn.RNN(I, H, num_layers=2, bidirectional=True, dtype=torch.float64)
    for (_, target), (_, source) in zip(
        plain.named_parameters(), module.named_parameters(), strict=True
    ):
        target.data.copy_(source[2 * H :])
    inputs = read(T, batch, I)
    clamped = trace(
        module,
        inputs,
        interventions=[Intervention("reset", value=1.0), Intervention("update", value=0.0)],
    )
    expected, _ = plain(inputs)
    ours = clamped["hidden"].values[-1].transpose(2, 1, 0, 3).reshape(expected.shape)
    np.testing.assert_allclose(ours, expected.detach().numpy(), rtol=0, atol=1e-13)


def test_update_at_one_copies_the_state():
    module, inputs, start = build("gru"), read(T, 2, I), read(1, 2, H)
    given = [Intervention("update", value=1.0, steps=range(1, 5))]
    hidden = trace(module, inputs, start, interventions=given)["hidden"].values[0, 0]  # (B, T, H)
    for step in range(1, 5):
        np.testing.assert_allclose(hidden[:, step], hidden[:, 0], rtol=0, atol=1e-15)
    assert not np.allclose(hidden[:, 5], hidden[:, 0])


def test_forget_at_one_and_input_at_zero_keep_the_memory_exactly():
    module, inputs, state = build("lstm"), read(T, 2, I), (read(1, 2, H), read(1, 2, H))
    given = [Intervention("forget", value=1.0), Intervention("input", value=0.0)]
    memory = trace(module, inputs, state, interventions=given)["memory"].values[0, 0]  # (B, T, H)
    np.testing.assert_array_equal(memory, np.repeat(state[1][0].numpy()[:, None], T, axis=1))


@pytest.mark.parametrize("kind", BUILDERS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_changes_no_value_changes_nothing_bit_for_bit(kind, data):
    options = {
        "num_layers": data.draw(st.integers(1, 2)),
        "bidirectional": data.draw(st.booleans()),
        "dtype": data.draw(st.sampled_from([torch.float32, torch.float64])),
    }
    module = build(kind, **options)
    inputs = read(T, data.draw(st.integers(1, 3)), I, dtype=options["dtype"])
    plain = trace(module, inputs)
    chosen = data.draw(st.lists(no_ops(kind, plain), min_size=1, max_size=4))
    traced = trace(module, inputs, interventions=chosen)
    for name in NAMES[kind]:
        assert traced[name].values.tobytes() == plain[name].values.tobytes()


@st.composite
def no_ops(draw, kind, plain):
    """An intervention of any sort that leaves a quantity as it is, anywhere."""
    name = draw(st.sampled_from(NAMES[kind]))
    sizes = {axis: plain.sizes[axis] for axis in ("layer", "unit", "step")}
    if plain.sizes["batch"] == 1 and draw(st.booleans()):
        layer, unit, step = (draw(st.integers(0, size - 1)) for size in sizes.values())
        way = draw(st.sampled_from(plain["direction"].values.tolist()))
        at = plain[name].sel(layer=layer, direction=way, unit=unit, step=step)
        return Intervention(name, at.item(), layer=layer, direction=way, units=unit, steps=step)
    places = [
        draw(st.none() | st.lists(st.integers(0, size - 1), max_size=3)) for size in sizes.values()
    ]
    change = draw(st.sampled_from([{"scale": 1.0}, {"function": lambda values, place: values}]))
    return Intervention(
        name, **change, **dict(zip(("layer", "units", "steps"), places, strict=True))
    )


def test_a_trace_says_what_was_changed_and_a_plain_one_says_nothing():
    module, inputs = build("gru"), read(T, 1, I)
    given = [
        Intervention("update", value=1.0, units=3),
        Intervention("hidden", function=square, steps=range(2)),
        Intervention("hidden", [[0.5], [0.25]], steps=[0, 3], batch=0),
    ]
    said = trace(module, inputs, interventions=given).attrs["interventions"]
    assert said == (
        "update = 1.0, units 3; hidden by square, steps range(0, 2); "
        "hidden = numbers of shape (2, 1), steps (0, 3), batch 0"
    )
    assert "interventions" not in trace(module, inputs, interventions=[]).attrs
