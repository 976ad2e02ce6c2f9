import numpy as np
import pytest
import torch

from explorer.models.architecture import Cell
from explorer.recurrence.export import table, to_bytes
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.summary import half_life
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.gate_timeline import timeline
from explorer.seq2seq.model_input import read_source, read_target
from explorer.text.vocabulary import BOS, EOS
from tests.seq2seq.conftest import FRENCH, H, a_translator

TEXT, TOKENS = "Zorblax sees the dog.", ["Zorblax", "vois", "l'", "chat", "."]


@pytest.mark.parametrize("cell", ["gru", "lstm"])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("precision", [torch.float32, torch.float64])
def test_it_is_what_the_fused_layers_compute(
    cell: Cell, layers: int, precision: torch.dtype
) -> None:
    translator = a_translator(cell, layers=layers, scale=1.0)
    model = translator.model.to(precision)
    seen = timeline(translator, TEXT, TOKENS)
    sentence = read_source(translator, TEXT)
    target = read_target(translator, sentence, TOKENS)
    S, T = len(sentence.numbers), len(TOKENS) + 1
    assert dict(seen.sizes) == {
        "layer": layers,
        "direction": 1,
        "batch": 1,
        "step": S + T,
        "unit": H,
    }
    state, context = None, None
    near = {"rtol": 0, "atol": 1e-6}
    # one token after the other, so that the state of every layer is seen at every step
    for step, number in enumerate([*sentence.numbers, FRENCH.number(BOS), *target.numbers]):
        ids = torch.tensor([[number]])
        if step < S:
            _, state = model.encoder(model.source_embedding(ids), state)
        else:
            hidden = state if cell == "gru" else state[0]
            context = hidden[-1] if context is None else context
            inputs = torch.cat([model.target_embedding(ids), context[:, None]], -1)
            _, state = model.decoder(inputs, state)
        parts = (
            {"hidden": state}
            if cell == "gru"
            else dict(zip(("hidden", "memory"), state, strict=True))
        )
        for name, value in parts.items():
            ours = seen[name].isel(direction=0, batch=0, step=step).values  # (L, H)
            np.testing.assert_allclose(ours, value[:, 0].numpy(), **near)


def test_its_last_layer_gives_the_forced_probabilities() -> None:
    translator = a_translator("lstm", layers=2)
    model, seen = translator.model, timeline(translator, TEXT, TOKENS)
    decoder = seen["hidden"].isel(layer=-1, direction=0, batch=0)
    decoder = decoder.sel(step=seen["part"] == "decoder").values  # (T + 1, H)
    logits = model.projection(torch.from_numpy(decoder)) @ model.target_embedding.weight.T
    log_probs = (logits + model.head_bias).log_softmax(-1)
    steps = forced(translator, TEXT, TOKENS).steps
    expected = [row[step.number].item() for row, step in zip(log_probs, steps, strict=True)]
    assert [step.log_prob for step in steps] == pytest.approx(expected)


def test_its_labels_say_what_was_read() -> None:
    seen = timeline(a_translator("gru"), TEXT, TOKENS)
    assert set(seen.data_vars) == set(QUANTITIES["gru"])
    assert seen["token"].values[0].tolist() == [
        *("Zorblax", "sees", "the", "dog", ".", EOS), *(BOS, *TOKENS)
    ]  # fmt: skip
    assert seen["read"].values[0].tolist() == [
        *("<name>", "<unk>", "the", "dog", ".", EOS),
        *(BOS, "<name>", "vois", "l'", "<unk>", "."),
    ]
    assert seen["part"].values.tolist() == ["encoder"] * 6 + ["decoder"] * 6
    assert seen["step"].values.tolist() == list(range(12))
    assert seen["length"].item() == 12
    assert seen.attrs["cell"] == "gru"
    assert "update" in seen["update"].attrs["long_name"]


def test_it_is_summed_up_and_written_like_any_trace() -> None:
    seen = timeline(a_translator("gru"), TEXT, TOKENS)
    assert half_life(seen).shape == (2, 1, H)
    frame = table(seen)
    assert len(frame) == 2 * 12 * H
    assert frame.columns[:5].tolist() == ["layer", "direction", "part", "step", "token"]
    assert (frame["part"] == "decoder").equals(frame["step"] >= 6)
    assert to_bytes(seen, ".nc")
    assert b"Zorblax" in to_bytes(seen, ".csv")
