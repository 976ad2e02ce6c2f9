"""A hidden Markov model, exactly by forward–backward, and networks that learned it from samples."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st

from explorer.experiments import catalogue
from explorer.figures.named import named_lines
from explorer.locale import N_
from explorer.markov.forward_backward import Posterior
from explorer.markov.learning import Lesson, Plan, distances, said
from explorer.markov.model import HiddenMarkovModel
from explorer.text.numbers import decimal
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import choose, select
from explorer.web.pages.bidirectional.hmm_controls import Chosen, choose_model
from explorer.web.pages.bidirectional.hmm_job import learned
from explorer.web.pages.bidirectional.parameters import DRAWN, GUESS
from explorer.web.shared.claims.verdict import show_verdict

PLAN = Plan()
_PAIRS: Mapping[tuple[str, str], str] = {
    ("both", "smoothing"): N_("bidirectional network vs. smoothing"),
    ("forward", "filtering"): N_("forward network vs. filtering"),
    ("forward", "smoothing"): N_("forward network vs. smoothing"),
    ("exact filtering", "smoothing"): N_(
        "exact filtering vs. smoothing: no forward network can be closer"
    ),
    ("backward", "from the right"): N_("backward network vs. the posterior from the right"),
    ("both", "interpolation"): N_("bidirectional network vs. the interpolation of a symbol"),
    ("forward", "interpolation"): N_("forward network vs. the interpolation of a symbol"),
}


def show_markov(frame: Frame) -> None:
    """The reader's model, its posteriors, the networks, and the measured claim."""
    st.markdown(
        _(
            "A hidden Markov model moves between hidden states and emits a symbol at each "
            "step. **Filtering** infers the state from the symbols so far, **smoothing** "
            "from all of them, with a forward and a backward pass, just as a bidirectional "
            "network reads."
        )
    )
    with readable_errors():
        chosen = choose_model(frame)
        exact = Posterior(chosen.model, np.array([chosen.symbols]))
        lesson = learned(frame, chosen.model, PLAN)
        _show_posteriors(frame, chosen, exact, lesson)
        if lesson is not None:
            _show_distances(chosen.model, lesson)
    st.header(_("Measured on the bird in the hedge"))
    show_verdict(catalogue.shipped("forward-backward"))
    show_table(_table(_shipped()))


def _show_posteriors(frame: Frame, chosen: Chosen, exact: Posterior, lesson: Lesson | None) -> None:
    """One state's or symbol's probability over the steps, exact and by the networks."""
    which = choose(frame, _("Infer"), GUESS)
    names = chosen.model.states if which == "states" else chosen.model.symbols
    titles = dict(enumerate(names))
    number = select(frame, _("Probability of"), DRAWN[which], titles, width=220)
    series = _exact(exact, which)
    if lesson is not None:
        series |= _of_networks(lesson, exact.symbols, which)
    chart = named_lines(
        {name: values[:, number] for name, values in series.items()},
        places=[chosen.model.symbols[n] for n in chosen.symbols],
        x=_("observed symbol"),
        y=_("probability"),
        highest=1.0,
    )
    show_altair(frame, chart, "posterior")
    st.caption(
        _("The log-likelihood of the sequence is {nats} nats.").format(
            nats=decimal(exact.log_likelihood[0], 2)
        )
    )


def _exact(exact: Posterior, which: str) -> dict[str, np.ndarray]:
    if which == "states":
        return {
            _("smoothing, exact"): exact.smoothing[0],
            _("filtering, exact"): exact.filtering[0],
        }
    return {
        _("given all others, exact"): exact.interpolation[0],
        _("given those before, exact"): exact.prediction[0],
    }


def _of_networks(lesson: Lesson, symbols: np.ndarray, which: str) -> dict[str, np.ndarray]:
    at = 0 if which == "states" else 1
    return {
        _("bidirectional network"): said(lesson.readers["both"], symbols)[at][0],
        _("forward network"): said(lesson.readers["forward"], symbols)[at][0],
    }


def _show_distances(model: HiddenMarkovModel, lesson: Lesson) -> None:
    found = distances(model, lesson, plan=PLAN)
    named = {
        (pair[0], pair[1]): decimal(nats, 4)
        for name, nats in found.items()
        if (pair := name.split(", "))
    }
    st.markdown(
        _(
            "How far the networks are from the exact posterior after {updates} updates, over "
            "{sequences} new sequences:"
        ).format(updates=lesson.updates, sequences=PLAN.examined)
    )
    show_table(_table(named))


def _shipped() -> dict[tuple[str, str], str]:
    """The distances over the seeds, mean and standard deviation."""
    table = catalogue.shipped("forward-backward").numbers["KL, nats a place"]
    columns = (table[name] for name in ("network", "exact posterior", "mean", "sd", "count"))
    return {
        (str(network), str(posterior)): f"{mean:.4f} ± {_spread(sd)} (n\u00a0=\u00a0{count})"
        for network, posterior, mean, sd, count in zip(*columns, strict=True)
    }


def _spread(sd: float) -> str:
    """To four digits; what they do not show is no spread of zero."""
    return f"{sd:.4f}" if sd >= 0.00005 else "<0.0001"


def _table(found: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Comparison"): [_(name) for name in _PAIRS.values()],
            _("KL divergence (nats per position)"): [found[pair] for pair in _PAIRS],
        }
    )
