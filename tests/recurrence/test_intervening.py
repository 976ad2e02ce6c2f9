"""Interventions inside a model that knows nothing of them."""

from threading import Thread

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace
from tests.recurrence.test_record import INPUTS, LENGTHS, Translator, count_hooks

pytestmark = pytest.mark.usefixtures("layouts")

KINDS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
ATOL = {torch.float32: 1e-6, torch.float64: 1e-13}
HALF = Intervention("hidden", scale=0.5)


@pytest.fixture
def model():
    torch.manual_seed(0)
    return Translator().eval()


def everything(model):
    """All that is kept on the modules of a model."""
    return [
        (name, {key: dict(kept) if isinstance(kept, dict) else kept for key, kept in kept.items()})
        for name, kept in ((name, vars(module)) for name, module in model.named_modules())
    ]


def tensors(returned):
    """Output and final states as plain tensors."""
    output, state = returned
    if isinstance(output, nn.utils.rnn.PackedSequence):
        output = pad_packed_sequence(output, padding_value=0.0)[0]
    return [output, *(state if isinstance(state, tuple) else (state,))]


def inputs_in(form, module, dtype):
    torch.manual_seed(1)
    inputs = torch.randn(5, 3, 4, dtype=dtype)
    if form == "unbatched":
        return inputs[:, 0]
    if form == "packed":
        return pack_padded_sequence(inputs, [2, 5, 3], enforce_sorted=False)
    return inputs.transpose(0, 1).contiguous() if module.batch_first else inputs


@pytest.mark.parametrize("form", ["batch", "batch first", "unbatched", "packed"])
@pytest.mark.parametrize("kind", KINDS)
def test_outputs_have_the_modules_own_form_and_the_traced_values(kind, form):
    for dtype, atol in ATOL.items():
        torch.manual_seed(2)
        module = KINDS[kind](
            4, 6, 2, bidirectional=True, batch_first=form == "batch first", dtype=dtype
        )
        inputs = inputs_in(form, module, dtype)
        # An edit of the very least size shows the whole form, with the module's own as reference.
        nudge = Intervention("hidden", function=lambda values, place: values * (1 + 2e-7))
        with torch.no_grad():
            own = module(inputs)
            with intervening(module, nudge):
                ours = module(inputs)
            with intervening(module, HALF):
                changed = module(inputs)
        assert type(ours[0]) is type(own[0])
        for mine, its in zip(tensors(ours), tensors(own), strict=True):
            assert mine.shape == its.shape
            assert mine.dtype == its.dtype
            assert not torch.equal(mine, its)
            torch.testing.assert_close(mine, its, rtol=0, atol=max(atol, 3e-6))
        assert_traced(changed, trace(module, inputs, interventions=[HALF]), form)


def assert_traced(returned, traced, form):
    hidden = np.nan_to_num(traced["hidden"].values[-1]).transpose(2, 1, 0, 3)  # (T, B, D, H)
    output = tensors(returned)[0]
    if form == "unbatched":
        output = output[:, None]
    if form == "batch first":
        output = output.transpose(0, 1)
    np.testing.assert_array_equal(output.numpy(), hidden.reshape(output.shape))
    for name, state in zip(("hidden", "memory"), tensors(returned)[1:], strict=False):
        lengths = traced["length"].values
        last = [
            traced[name].values[layer, way, np.arange(len(lengths)), (lengths - 1) * (1 - way)]
            for layer in range(2)
            for way in range(2)
        ]
        np.testing.assert_array_equal(state.numpy(), np.stack(last).reshape(state.shape))


def test_the_models_own_outputs_follow(model):
    with torch.no_grad(), intervening(model, HALF):
        changed = model(INPUTS, LENGTHS)
    packed = pack_padded_sequence(INPUTS, LENGTHS, enforce_sorted=False)
    with torch.no_grad():
        encoder = trace(model.encoder["rnn"], packed, interventions=[HALF])
        hidden = encoder["hidden"]  # (L, D, B, T, H)
        encoded = torch.tensor(np.nan_to_num(hidden.values[-1])).permute(1, 2, 0, 3).flatten(2)
        start = torch.tensor(hidden.values[-1, 1, :, 0])[None]
        state = (start, torch.zeros_like(start))
        expected = []
        for step in range(2):
            inputs = encoded[:, step : step + 1]
            decoder = trace(model.decoder, inputs, state, interventions=[HALF])
            state = tuple(
                torch.tensor(decoder[name].values[0, 0, :, 0])[None]
                for name in ("hidden", "memory")
            )
            expected.append(model.head(state[0][0])[:, None])
    torch.testing.assert_close(changed, torch.cat(expected, dim=1), rtol=0, atol=1e-6)


def test_a_function_may_write_into_what_it_is_given(model):
    def halve(values, place):
        values *= 0.5
        return values

    with torch.no_grad():
        with intervening(model, HALF):
            expected = model(INPUTS, LENGTHS)
        with intervening(model, Intervention("hidden", function=halve)):
            assert torch.equal(model(INPUTS, LENGTHS), expected)


@pytest.mark.parametrize("name", ["encoder.rnn", "decoder"])
def test_only_the_named_module_is_changed(model, name):
    with torch.no_grad(), record(model) as plain:
        model(INPUTS, LENGTHS)
    with torch.no_grad(), record(model) as recording, intervening(model, HALF, module=name):
        model(INPUTS, LENGTHS)
    for other in recording:
        for call in recording[other]:
            assert ("interventions" in call.attrs) == (other == name)
    same = recording["encoder.rnn"][0].equals(plain["encoder.rnn"][0])
    assert same == (name == "decoder")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            Intervention,
            st.sampled_from(["candidate", "hidden"]),
            scale=st.just(1.0),
            units=st.none() | st.integers(0, 5),
            steps=st.none() | st.just(0),
        )
        | st.just(Intervention("hidden", function=lambda values, place: values)),
        max_size=3,
    )
)
def test_what_changes_no_value_changes_nothing_bit_for_bit(interventions):
    torch.manual_seed(0)
    model = Translator().eval()
    alone = model(INPUTS, LENGTHS)
    alone.sum().backward()
    gradients = [parameter.grad.clone() for parameter in model.parameters()]
    model.zero_grad()
    with intervening(model, *interventions):
        intervened = model(INPUTS, LENGTHS)
    intervened.sum().backward()
    assert torch.equal(alone, intervened)
    for parameter, gradient in zip(model.parameters(), gradients, strict=True):
        assert torch.equal(parameter.grad, gradient)


def test_nothing_is_left_behind(model):
    before, alone = everything(model), model(INPUTS, LENGTHS)
    with intervening(model, HALF):
        assert everything(model) == before
        assert not torch.equal(model(INPUTS, LENGTHS), alone)
    assert everything(model) == before
    assert torch.equal(model(INPUTS, LENGTHS), alone)


def test_nothing_is_left_behind_after_an_exception(model):
    before, alone = everything(model), model(INPUTS, LENGTHS)
    with pytest.raises(RuntimeError, match="own mistake"), intervening(model, HALF):
        model(INPUTS, LENGTHS, fail=True)
    with (
        pytest.raises(ExplorerError, match="no step 9"),
        intervening(model, Intervention("hidden", 0.5, steps=9)),
    ):
        model(INPUTS, LENGTHS)
    assert everything(model) == before
    assert torch.equal(model(INPUTS, LENGTHS), alone)


def test_without_interventions_there_is_no_hook(model):
    with intervening(model):
        assert count_hooks(model) == 0


@pytest.mark.parametrize("recording_first", [True, False])
def test_a_recording_shows_what_was_computed(model, recording_first):
    packed = pack_padded_sequence(INPUTS, LENGTHS, enforce_sorted=False)
    expected = trace(model.encoder["rnn"], packed, interventions=[HALF])
    if recording_first:
        with record(model) as recording, intervening(model, HALF):
            model(INPUTS, LENGTHS)
    else:
        with intervening(model, HALF), record(model) as recording:
            model(INPUTS, LENGTHS)
    xr.testing.assert_identical(recording["encoder.rnn"][0], expected)
    second = recording["decoder"][1]
    halved = 0.5 * second["output"] * np.tanh(second["memory"])
    np.testing.assert_allclose(second["hidden"], halved, rtol=0, atol=1e-7)


def test_nested_interventions_add_up_and_the_inner_comes_last():
    module, inputs = nn.GRU(4, 6), torch.randn(5, 1, 4)
    fix, halve = Intervention("update", 0.8), Intervention("update", scale=0.5)
    with torch.no_grad(), intervening(module, fix):
        with intervening(module, halve), record(module) as recording:
            both, _ = module(inputs)
        outer, _ = module(inputs)
    xr.testing.assert_identical(recording[""][0], trace(module, inputs, interventions=[fix, halve]))
    assert both.flatten().tolist() == recording[""][0]["hidden"].values.flatten().tolist()
    expected = trace(module, inputs, interventions=[fix])["hidden"].values
    assert outer.flatten().tolist() == expected.flatten().tolist()
    assert count_hooks(module) == 0


def test_another_threads_passes_are_its_own(model):
    alone, seen = model(INPUTS, LENGTHS), []
    with intervening(model, HALF):
        other = Thread(target=lambda: seen.append(model(INPUTS, LENGTHS)))
        other.start()
        other.join()
    assert torch.equal(seen[0], alone)


def test_a_lost_gradient_is_not_silent(model):
    with intervening(model, HALF):
        changed = model(INPUTS, LENGTHS)
    with pytest.raises(ExplorerError, match="No gradient passes"):
        changed.sum().backward()


@pytest.mark.parametrize(
    ("given", "options", "sentence"),
    [
        ([HALF], {"module": "head"}, "named 'head'; it has 'encoder.rnn', 'decoder'"),
        ([HALF], {"module": ["decoder", "?"]}, "named '?"),
        ([Intervention("update", 0.5)], {}, "This LSTM has no quantity 'update'"),
        ([HALF, Intervention("hidden", 0.5, units=6)], {}, "no unit 6"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(model, given, options, sentence):
    with pytest.raises(ExplorerError, match=sentence), intervening(model, *given, **options):
        pytest.fail("it was opened")
    assert count_hooks(model) == 0


def test_a_model_without_recurrent_modules_is_refused():
    with (
        pytest.raises(ExplorerError, match=r"Linear contains no nn\.RNN"),
        intervening(nn.Linear(2, 2), HALF),
    ):
        pytest.fail("it was opened")


def test_what_is_left_out_is_left_as_it_is():
    model = nn.ModuleDict({"wanted": nn.GRU(4, 4), "other": nn.GRU(4, 4, 2, dropout=0.1)})
    with pytest.raises(ExplorerError, match=r"module=.*skip="), intervening(model, HALF):
        pytest.fail("it was opened")
    with intervening(model, HALF, module="wanted") as skipped:
        assert not skipped
    with intervening(model, HALF, skip="untraceable") as skipped:
        assert list(skipped) == ["other"]
        assert model["other"](INPUTS)[0].requires_grad
