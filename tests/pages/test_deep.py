"""The page on depth: its states are traced ones, and its laboratory trains what it says."""

from statistics import fmean

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

import explorer
from explorer.experiments import catalogue
from explorer.recurrence.reading import read
from explorer.text.limits import LEARNABLE
from explorer.text.sentences import english_text
from explorer.text.vocabulary import Vocabulary
from explorer.training.laboratory import prepare, race
from explorer.training.lessons import text_lesson
from explorer.training.setting import Setting
from explorer.web.pages.deep.laboratory_controls import EXAMPLES
from explorer.web.pages.deep.layer_grid import node_values
from explorer.web.shared.focus import Focus

from .conftest import PATIENCE_S, opened

SMALL = {"lang": "en", "show": "training", "units1": "4", "units2": "5", "layers2": "1"}
SHORT = {**SMALL, "updates": "12"}


def over(app: AppTest) -> AppTest:
    """The page once its runs are over."""
    job = app.session_state["jobs"].last("race")
    job.wait(PATIENCE_S)
    assert job.ended
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_the_numbers_on_the_states_are_traced_ones():
    model, card = explorer.load("deep-lstm-timemachine")
    reading = read(model, Vocabulary(card.vocabulary), "a lamp")
    hidden = reading.trace["hidden"].values[:, 0, 0]  # (L, T, H)
    one = Focus("hidden", "unit", layer=0, unit=7, step=0)
    mean = Focus("hidden", "mean", layer=0, unit=7, step=0)
    np.testing.assert_array_equal(node_values(reading, one, "value"), hidden[..., 7])
    np.testing.assert_array_equal(node_values(reading, mean, "value"), hidden.mean(-1))
    norms = node_values(reading, one, "norm")
    np.testing.assert_allclose(norms, np.sqrt((hidden**2).sum(-1)), rtol=1e-5)
    change = node_values(reading, one, "change")
    np.testing.assert_allclose(change[:, 0], 1, rtol=1e-5)  # from a state of zeros
    moved = np.sqrt(((hidden[1, 3] - hidden[1, 2]) ** 2).sum())
    assert change[1, 3] == pytest.approx(moved / norms[1, 3], rel=1e-4)


def test_a_page_without_a_model_says_so_and_its_laboratory_still_works(own_models):
    import shutil

    shutil.rmtree(own_models / "deep-lstm-timemachine")
    app = opened("deep", lang="en")
    assert "no ` DEEP LSTM `" in app.error[0].value
    assert not opened("deep", **SHORT).error


def test_the_laboratory_begins_at_once_and_says_the_loss_of_the_same_run_elsewhere():
    app = over(opened("deep", **SHORT))
    setting = Setting("lstm", 1, 4, "sgd", 2.0, 1.0, "torch")
    run = prepare(setting, text_lesson(english_text(), updates=12).task)
    race([run])
    loss = fmean(update.loss for update in run.updates)
    assert f"Loss **{loss:.4g}** nats (mean of the last updates) after 12 updates." in said(app)
    assert "learning rate 2, clipping norm 1" in said(app)
    charts = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    assert len(charts) == 2


def test_a_run_is_stopped_and_kept_and_what_changed_since_is_said():
    app = opened("deep", **SMALL, updates="3000")
    app.run()
    stop = next(button for button in app.button if button.label.startswith("Stop"))
    stop.click().run()
    over(app)
    assert any("Stopped after" in caption.value for caption in app.caption)
    assert "Held out" in said(app)
    app.number_input(key="deep.seed").set_value(3).run()
    assert "settings have changed" in app.info[0].value
    assert app.query_params["seed"] == "3"


def test_a_run_that_nobody_looked_at_begins_anew():
    app = opened("deep", **SMALL, updates="3000")
    left = app.session_state["jobs"].last("race")
    left.abandon()
    left.wait(PATIENCE_S)
    app.run()
    assert app.session_state["jobs"].last("race") is not left
    assert not any("Stopped after" in caption.value for caption in app.caption)


@pytest.mark.parametrize(("lang", "word"), [("en", "diverged at update"), ("zh", "发散")])
def test_a_run_that_diverges_is_named_and_the_other_is_there(lang, word):
    wild = {"rate2": "1e38", "clip2": "0"}
    app = over(opened("deep", **{**SHORT, **wild, "lang": lang}))
    assert word in app.warning[0].value
    assert "12" in said(app)
    assert not app.error


def test_a_rate_far_too_high_is_said_to_diverge_and_its_network_can_be_opened():
    from explorer.text.entropy_baselines import levels
    from explorer.training.corpus import Corpus

    wild = {"rate2": "32", "clip2": "0", "units2": "32", "layers2": "1", "updates": "100"}
    app = over(opened("deep", **{**SHORT, **wild, "network": "2"}))
    corpus = Corpus(english_text())
    nothing = levels(corpus.training.tolist(), len(corpus.vocabulary)).uniform
    assert f"above {nothing:.3g} nats" in app.warning[0].value
    assert any("After 100 updates" in caption.value for caption in app.caption)
    parts = [part.key for part in app.get("bidi_component")]
    assert {"deep.strip", "deep.cell", "deep.equation"} <= set(parts)


@pytest.mark.parametrize(("lang", "word"), [("en", "takes at least"), ("zh", "至少")])
def test_a_text_too_short_to_learn_from_gets_a_sentence(lang, word):
    app = opened("deep", **{**SHORT, "lang": lang, "learn": "text", "lesson": "too short"})
    assert word in app.error[0].value
    assert str(LEARNABLE) in app.error[0].value
    assert app.text_area[0].value == "too short"


@pytest.mark.parametrize(
    ("name", "value"),
    [("rate1", "0"), ("rate1", "nan"), ("clip2", "-1"), ("layers1", "9"), ("start1", "zeros")],
)
def test_a_setting_that_cannot_be_gets_a_sentence(name, value):
    app = opened("deep", **{**SHORT, name: value})
    assert "cannot show" in app.warning[0].value
    assert not app.error


def test_every_example_is_in_the_address_and_begins():
    app = over(opened("deep", **SHORT))
    for number, example in enumerate(EXAMPLES):
        app.button(key=f"deep.race{number}").click().run()
        for parameter, value in example.values.items():
            assert app.session_state[f"deep.{parameter.name}"] == value
        assert not app.error
        assert not any("settings have changed" in info.value for info in app.info)
        stop = [button for button in app.button if button.label.startswith("Stop")]
        if stop:
            stop[0].click().run()
        over(app)


@pytest.mark.parametrize("name", ["layer-memory", "convergence"])
def test_a_claim_has_its_verdict_and_its_figure(name):
    app = opened("deep", lang="en", show="claims", claim=name)
    assert str(catalogue.shipped(name).judgement) in said(app)
    assert any(
        app.get(kind) for kind in ("vega_lite_chart", "arrow_vega_lite_chart", "plotly_chart")
    )


def test_chance_is_left_alone():
    before = torch.get_rng_state()
    over(opened("deep", **SHORT))
    assert torch.equal(torch.get_rng_state(), before)
