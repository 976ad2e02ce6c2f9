"""What a page says of an experiment's rule: the limits that the judgement goes by."""

import re

import pytest

from explorer.experiments import catalogue
from explorer.experiments.any_length import ENDED
from explorer.experiments.beam_trade_off import JUDGED as WIDTH
from explorer.experiments.beam_trade_off import WIDTHS
from explorer.experiments.bleu_order import AGREED, ALIKE
from explorer.experiments.convergence import CLIP
from explorer.experiments.cost import EXPECTED, NEAR
from explorer.experiments.forward_backward import NEAR as CLOSE
from explorer.experiments.gradients import JUDGED as LAG
from explorer.experiments.ideal_gates import FREE
from explorer.experiments.ideal_gates import NEAR as IDEAL
from explorer.experiments.initialisation import CLIP as CLIPPED
from explorer.experiments.initialisation import RATE, SMALL
from explorer.experiments.one_gate import LEARNED, LOST
from explorer.experiments.output_path import USED
from explorer.experiments.padding_batches import JUDGED as SIZE
from explorer.experiments.rare_words import FAR, LITTLE
from explorer.experiments.verdicts import CONFIDENCE
from explorer.text.numbers import percent
from explorer.web.shared.claims.figures import SHOWN

LIMITS = {
    "one-gate": (percent(LEARNED), percent(LOST)),
    "ideal-gates": (f"within {IDEAL:g}", f"{FREE:g} nats"),
    "output-path": (f"more than {USED:g} nats",),
    "gradients": (f"{LAG} steps",),
    "cost": (
        f"factor of {NEAR:g}",
        *(f"{value:.3g}" for e in EXPECTED.values() for value in (e / NEAR, e * NEAR)),
    ),
    "convergence": (f"clipping at {CLIP:g}", f"p < {1 - CONFIDENCE:.2g}"),
    "forward-backward": (f"within {CLOSE:g} nats", f"more than {2 * CLOSE:g}"),
    "rare-words": (f"{FAR} times", f"{LITTLE:.0%}"),
    "padding-batches": (f"minibatch of {SIZE}",),
    "any-length": (percent(ENDED),),
    "bleu-order": (f"above {ALIKE:g}", f"above {AGREED:g}"),
    "beam-trade-off": (f"beam of {WIDTH}", f"beam of {WIDTHS[-1]}", f"p < {1 - CONFIDENCE:.2g}"),
}


@pytest.mark.parametrize(("name", "limits"), LIMITS.items())
def test_a_rule_names_the_limits_of_the_judgement(name, limits) -> None:
    for limit in limits:
        assert re.search(rf"(?<![\d.]){re.escape(limit)}(?!\d|\.\d)", SHOWN[name].rule), limit


@pytest.mark.parametrize("name", catalogue.names())
def test_every_experiment_says_when_it_holds_and_what_makes_it_fail(name) -> None:
    rule = SHOWN[name].rule
    assert re.match(r"It holds if\b", rule)
    assert re.search(r"fail|not hold|hold in part at most|had not learned|has not learned", rule)


def test_the_method_names_the_settings_and_the_smallest_start() -> None:
    method = SHOWN["initialisation"].method
    assert f"{SMALL:g}^2" in method
    assert f"{RATE:g} with clipping at {CLIPPED:g}" in method
