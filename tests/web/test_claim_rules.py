"""What a page says of an experiment's rule: the limits that the judgement goes by."""

import inspect
import re

import pytest

from explorer.experiments import catalogue, cost, radius
from explorer.experiments.any_length import ENDED
from explorer.experiments.bleu_order import AGREED, ALIKE
from explorer.experiments.bleu_order import K as PAIRS
from explorer.experiments.convergence import CLIP
from explorer.experiments.cost import EXPECTED, NEAR
from explorer.experiments.forward_backward import NEAR as CLOSE
from explorer.experiments.gradients import JUDGED as LAG
from explorer.experiments.ideal_gates import FREE
from explorer.experiments.ideal_gates import NEAR as IDEAL
from explorer.experiments.long_dependencies import LAG as ASKED
from explorer.experiments.next_word import FAR as WORSE
from explorer.experiments.one_gate import LEARNED, LOST, MARGIN
from explorer.experiments.output_path import USED
from explorer.experiments.padding_batches import JUDGED as SIZE
from explorer.experiments.rare_words import FAR, LITTLE
from explorer.experiments.verdicts import CONFIDENCE
from explorer.locale import LANGUAGES, translator
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import percent
from explorer.web.shared.claims import cost as cost_figure
from explorer.web.shared.claims import gradients, trained
from explorer.web.shared.claims.figures import SHOWN
from explorer.web.shared.claims.shown import filled

WIDTH = inspect.signature(Translator.translate).parameters["width"].default
LIMITS = {
    "one-gate": (percent(LEARNED), percent(LOST), f"at most {100 * MARGIN:g} percentage point"),
    "ideal-gates": (f"within {IDEAL:g}", f"{FREE:g} nats"),
    "output-path": (f"more than {USED:g} nats",),
    "gradients": (f"{LAG} steps",),
    "cost": (
        f"factor of {NEAR:g}",
        *(f"{value:.3g}" for e in EXPECTED.values() for value in (e / NEAR, e * NEAR)),
    ),
    "convergence": (f"clipping at {CLIP:g}", f"p < {1 - CONFIDENCE:.2g}"),
    "forward-backward": (f"within {CLOSE:g} nats", f"more than {2 * CLOSE:g}"),
    "next-word": (f"more than {WORSE:g} times", f"above {WORSE:g}"),
    "rare-words": (f"{FAR} times", f"{LITTLE:.0%}"),
    "padding-batches": (f"minibatch of {SIZE}",),
    "any-length": (percent(ENDED), f"width {WIDTH}"),
    "one-shape": (f"width {WIDTH}",),
    "length-penalty": (f"width {WIDTH}",),
    "bleu-order": (f"above {ALIKE:g}", f"above {AGREED:g}", f"k={PAIRS}"),
    "beam-trade-off": (f"p < {1 - CONFIDENCE:.2g}",),
}


def said(name: str, language: str = "en") -> str:
    """Method and rule of a claim as its page says them."""
    values, _ = catalogue.shipped(name).judgement.values, translator(language)
    return "\n".join(filled(_(text), values) for text in (SHOWN[name].method, SHOWN[name].rule))


@pytest.mark.parametrize(("name", "limits"), LIMITS.items())
def test_a_rule_names_the_limits_of_the_judgement(name, limits) -> None:
    for limit in limits:
        assert re.search(rf"(?<![\d.]){re.escape(limit)}(?!\d|\.\d)", said(name)), limit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", catalogue.names())
def test_every_language_names_the_same_numbers(name, language) -> None:
    def numbers(text: str) -> set[str]:
        return {*re.findall(r"\d+(?:[.,]\d+)*", text)}

    result, _ = catalogue.shipped(name), translator(language)
    assert numbers(said(name, language)) == numbers(said(name))
    assert numbers(_(result.judgement.sentence)) == numbers(result.judgement.sentence)
    assert numbers(_(result.claim)) == numbers(result.claim)


def test_a_count_that_the_judgement_has_is_not_written_down_beside_it() -> None:
    """Seeds, parts, models, updates: what another measurement might change."""
    words = "two|three|four|five|six|seven|eight|nine|ten|twelve|several"
    counted = "seeds?|models|GRUs|parts|texts|sentences|updates|rounds|blocks|sets|questions"
    for name, shown in SHOWN.items():
        text = shown.method + shown.rule
        assert not re.findall(rf"\b(?:\d[\d,]*|{words}) (?:{counted})\b", text), name


@pytest.mark.parametrize("name", catalogue.names())
def test_every_experiment_says_when_it_holds_and_what_makes_it_fail(name) -> None:
    rule = SHOWN[name].rule
    assert re.match(r"It holds if\b", rule)
    assert re.search(r"fail|not hold|hold in part at most|had not learned|has not learned", rule)


def test_what_stands_beside_a_figure_is_what_was_measured() -> None:
    assert trained.LAG == ASKED
    assert gradients.UNITS == radius.UNITS
    assert (cost_figure.BATCH, cost_figure.STEPS) == (cost.BATCH, cost.STEPS)


def test_only_what_has_a_value_is_filled_in() -> None:
    text = r"$\mathcal{Y}$ over {seeds} seeds, $L^{{alpha}}$, {unknown}"
    values = {"seeds": "5", "alpha": "0.75"}
    assert filled(text, values) == r"$\mathcal{Y}$ over 5 seeds, $L^{0.75}$, {unknown}"
