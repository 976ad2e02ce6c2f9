"""What gates do to gradients: verdicts each way, and measurements that can be checked."""

import numpy as np
import pytest
import torch

from explorer.experiments import catalogue, gradients
from explorer.experiments.long_texts import of_recall, of_sentences
from explorer.experiments.radius import rescale, sweep
from explorer.experiments.tables import columns
from explorer.models.catalogue import load
from explorer.models.recurrent import CELLS
from explorer.text import recall

FAR = {"rnn": -20.0, "gru": -1.0, "lstm": 1.0}
NEAR = {"rnn": -0.5, "gru": -3.0, "lstm": -4.0}


def numbers(trained, others):
    """Made-up norms: of all trained models, and of everything that is not trained."""
    models = [
        {
            "task": task,
            "cell": cell,
            "start": start,
            "part": part,
            "lag": lag,
            "mean": mean,
            "sd": 0.1,
            "count": 6,
        }
        for task in gradients.TEXTS
        for start in gradients.STARTS
        for cell, power in (trained[task] if start == "trained" else others).items()
        for part, lag, mean in (("gates", gradients.JUDGED, 99.0), *states(power))
    ]
    return {"models": columns(models)}


def states(power):
    """Rows of the whole state: what is judged, and another lag, which is not."""
    return (("state", gradients.JUDGED, power), ("state", 400, 99.0))


def judged(recall_norms, text_norms, others):
    return gradients.judge(numbers({"recall": recall_norms, "timemachine": text_norms}, others))


@pytest.mark.parametrize(
    ("norms", "verdict"),
    [
        ((FAR, FAR, FAR), "holds"),
        ((FAR, FAR, NEAR), "holds in part"),
        ((FAR, NEAR, FAR), "holds in part"),
        ((NEAR, NEAR, FAR), "holds in part"),
        ((NEAR, NEAR, NEAR), "does not hold here"),
    ],
)
def test_the_verdict_is_of_how_near_the_norms_are_to_one(norms, verdict):
    assert judged(*norms).verdict == verdict


def test_an_exploding_plain_network_counts_as_a_vanishing_one():
    assert judged(FAR, FAR, {**FAR, "rnn": 18.0}).verdict == "holds"


def test_the_sentence_says_the_factors():
    said = str(judged(FAR, {"rnn": -5.75, "gru": 0.0, "lstm": -0.24}, NEAR))
    assert "10⁻²⁰ (plain RNN), 0.1 (GRU) and 10 (LSTM)" in said
    assert "10⁻⁶, 1 and 0.58" in said
    assert "in 4 of 4 comparisons of trained networks and in 0 of 8" in said


def test_a_difference_within_what_texts_differ_by_is_none():
    near = numbers(dict.fromkeys(gradients.TEXTS, FAR), FAR)
    noisy = {"models": {**near["models"], "sd": [100.0] * len(near["models"]["sd"])}}
    assert gradients.judge(noisy).verdict == "does not hold here"


def test_every_radius_is_what_it_is_said_to_be():
    for build in CELLS.values():
        torch.manual_seed(0)
        rnn = build(3, 12)
        rescale(rnn, 1.3)
        for matrix in rnn.weight_hh_l0.detach().numpy().reshape(-1, 12, 12):
            assert np.abs(np.linalg.eigvals(matrix)).max() == pytest.approx(1.3, rel=1e-5)


def test_a_gradient_that_is_measured_is_the_one_that_autograd_finds(monkeypatch):
    """Of a trained model, by the largest singular value of the Jacobian that autograd finds."""
    lag = 25
    monkeypatch.setattr(gradients, "LAGS", (lag,))
    monkeypatch.setattr(gradients, "COUNT", 1)
    row, gates = gradients._followed("recall", "gru", "trained")
    model, _ = load("gru-recall")
    model = model.double()
    ids = torch.tensor([recall.VOCABULARY.encode(tuple(of_recall(0, lag)))])
    inputs = model.inputs(ids)

    def last(state):
        return model.rnn(inputs, state[None, None])[1][0, 0]

    jacobian = torch.autograd.functional.jacobian(last, torch.zeros(24, dtype=torch.float64))
    expected = torch.linalg.svdvals(jacobian)[0]
    assert (row["part"], gates["part"]) == ("state", "gates")
    assert row["norm"] == pytest.approx(float(expected), rel=1e-9)


def test_a_sweep_is_of_every_network_and_tells_of_each(monkeypatch):
    monkeypatch.setattr("explorer.experiments.radius.RADII", (0.5, 2.0))
    monkeypatch.setattr("explorer.experiments.radius.SEEDS", 2)
    ticks = []
    found = list(sweep(("rnn",), (1, 30), tick=lambda: ticks.append(1)))
    assert len(ticks) == 4
    norms = {(row["radius"], row["lag"]): row["norm"] for row in found}
    assert norms[0.5, 30] < norms[2.0, 30]
    assert norms[0.5, 30] < 1e-6


def test_long_texts_have_their_length_and_are_the_same_every_time():
    for number in range(6):
        text = of_recall(number, 60)
        assert len(text) == 60
        assert text.endswith("?")
        assert text == of_recall(number, 60)
        assert len(of_sentences(number, 300)) == 300
    assert of_sentences(0, 50) != of_sentences(1, 50)


def test_factors_are_short():
    assert [gradients.factor(x) for x in (0, -0.24, 1.6, -17.4, 23)] == [
        "1",
        "0.58",
        "40",
        "10⁻¹⁷",
        "10²³",
    ]


def test_fresh_weights_are_those_that_training_begins_with():
    model, _ = load("lstm-timemachine")
    begun = gradients.fresh(model, "timemachine", "begun", 3)
    drawn = gradients.fresh(model, "timemachine", "torch", 3)
    H = model.architecture.hidden_size
    assert (begun.rnn.bias_ih_l0[H : 2 * H] == 1).all()
    for matrix in begun.rnn.weight_hh_l0.split(H):
        assert torch.allclose(matrix @ matrix.T, torch.eye(H), atol=1e-4)
    assert drawn.rnn.weight_hh_l0.abs().max() <= H**-0.5


def test_the_shipped_lines_hold_every_lag_of_every_network():
    models = catalogue.shipped("gradients").numbers["models"]
    parts = {"rnn": 1, "gru": 2, "lstm": 4}
    expected = len(gradients.TEXTS) * len(gradients.STARTS) * sum(parts.values())
    assert len(models["lag"]) == expected * len(gradients.LAGS)
