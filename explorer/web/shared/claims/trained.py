"""The figures of the experiments that train small networks over seeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from explorer.experiments.experiment import Numbers, Spread
from explorer.experiments.tables import column, rows
from explorer.figures.measured import Dot, Look, Scale, spread_dots, spread_lines
from explorer.figures.palette import CELL_COLOURS
from explorer.locale import N_
from explorer.web.kit.i18n import _
from explorer.web.shared.claims.drawing import spread_dot, spread_line

if TYPE_CHECKING:
    import altair as alt

LAG = 100  # at which the curves were measured
_GREEN = "#009E73"
_CELLS = {"rnn": N_("plain RNN"), "gru": "GRU", "lstm": "LSTM"}
_DASHES = {"recall": (N_("recall"), (1, 0)), "skip": (N_("skip"), (5, 3))}
_PADDING = {
    "masked": N_("padding masked"),
    "counted": N_("padding counted as targets"),
    "read": N_("padding read by the encoder"),
}
_LAYERS = {
    "one": N_("one layer"),
    "wide": N_("two layers, same width"),
    "same": N_("two layers, same parameters"),
}
_FED = {"reference": N_("teacher forcing"), "own": N_("own output")}
_CONTEXTS = {"constant": N_("constant context"), "drifting": N_("drifting context")}


def long_dependencies(numbers: Numbers) -> alt.LayerChart:
    """Accuracy at the judged lag as training goes on, by kind and task."""
    lines = []
    for cell, name in _CELLS.items():
        for task, (title, dash) in _DASHES.items():
            label = _("{what}, {how}").format(what=_(name), how=_(title))
            look = Look(label, CELL_COLOURS[cell], dash=dash)
            found = rows(numbers["curves"], cell=cell, task=task)
            lines.append(spread_line(look, found, "updates"))
    share = Scale(_("right answers at lag {lag}").format(lag=LAG), format=".0%")
    return spread_lines(lines, x=Scale(_("updates"), format="d"), y=share)


def masked_loss(numbers: Numbers) -> alt.LayerChart:
    """What a held-out token costs after training with the mask and with both leaks."""
    return _by_variant(numbers, "nats", _PADDING, Scale(_("loss (nats per token)")))


def two_layers(numbers: Numbers) -> alt.LayerChart:
    """What a held-out token costs with one layer and with two."""
    return _by_variant(numbers, "nats", _LAYERS, Scale(_("loss (nats per token)")))


def teacher_forcing(numbers: Numbers) -> alt.LayerChart:
    """The share of right translations, by what the decoder read in training."""
    return _by_variant(numbers, "right", _FED, _right())


def drifting_context(numbers: Numbers) -> alt.LayerChart:
    """The share of right translations with a constant context and a drifting one."""
    dots = [_dot(_(title), column(rows(numbers["seeds"]), way)) for way, title in _CONTEXTS.items()]
    return spread_dots(dots, x="", y=_right())


def padding_batches(numbers: Numbers) -> alt.LayerChart:
    """How many times as fast a padded minibatch is, by its size."""
    dots = [
        _dot(
            str(size),
            column(rows(numbers["rounds"], size=size), "times as fast"),
            _("mean over rounds"),
        )
        for size in dict.fromkeys(numbers["rounds"]["size"])
    ]
    return spread_dots(
        dots, x=_("sentences in a minibatch"), y=Scale(_("times as fast as one by one"), ".0f")
    )


def _by_variant(numbers: Numbers, name: str, names: Mapping[str, str], y: Scale) -> alt.LayerChart:
    dots = [
        _dot(_(title), column(rows(numbers["seeds"], variant=variant), name))
        for variant, title in names.items()
    ]
    return spread_dots(dots, x="", y=y)


def _right() -> Scale:
    return Scale(_("right translations"), format=".0%")


def _dot(category: str, values: list[float], name: str = "") -> Dot:
    look = Look(name or _("mean over seeds"), _GREEN)
    return spread_dot(category, look, Spread.of(values))
