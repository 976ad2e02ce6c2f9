"""The figures of the experiments on bidirectional networks (9.4), drawn from what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.experiments.experiment import Numbers
from explorer.experiments.tables import one_row, rows, spread
from explorer.figures.measured import Dot, Look, Scale, spread_dots, spread_lines
from explorer.figures.palette import NEUTRAL
from explorer.locale import N_
from explorer.web.kit.i18n import _
from explorer.web.shared.claims.drawing import spread_dot, spread_line

if TYPE_CHECKING:
    import altair as alt

_FORWARD, _BACKWARD, _JOINED = "#0072B2", "#D55E00", NEUTRAL
_READERS = {
    "both": (N_("bidirectional network"), "#009E73", "circle"),
    "forward": (N_("forward network"), _FORWARD, "square"),
    "exact filtering": (N_("exact filtering"), _JOINED, "diamond"),
}
_POSTERIORS = {"smoothing": N_("vs. smoothing"), "filtering": N_("vs. filtering")}
_MODELS = {
    "bilstm-infill": (N_("reads both sides"), "#009E73", "circle"),
    "forward-infill": (N_("reads what comes before"), _FORWARD, "square"),
}
WAYS = {
    "with all that it reads": N_("with all the context it reads"),
    "as the next word": N_("as the next word"),
    "as the next word, a full stop behind": N_("as the next word, then a full stop"),
}
_LAYERS = {
    "one, same size": N_("one direction, same number of units"),
    "one, same parameters": N_("one direction, same number of parameters"),
}


def both_directions(numbers: Numbers) -> alt.LayerChart:
    """How far each half moves, by how far it is from the word that was changed."""
    lines = [
        spread_line(
            Look(name, colour, dash=dash),
            rows(numbers[f"the {end} word changed"], half=half),
            "words away",
        )
        for end, half, name, colour, dash in (
            ("last", "backward", _("last word changed: backward half"), _BACKWARD, (1, 0)),
            ("last", "forward", _("last word changed: forward half"), _FORWARD, (1, 0)),
            ("first", "backward", _("first word changed: backward half"), _BACKWARD, (4, 3)),
            ("first", "forward", _("first word changed: forward half"), _FORWARD, (4, 3)),
        )
    ]
    return spread_lines(
        lines,
        x=Scale(_("distance in words (6 = six or more)"), format="d", ends=[1, 6]),
        y=Scale(_("relative change of the state")),
    )


def forward_backward(numbers: Numbers) -> alt.LayerChart:
    """How far the networks are from smoothing and from filtering."""
    dots = [
        spread_dot(_(title), _look(reader), spread(row))
        for row in rows(numbers["KL, nats a place"])
        if (title := _POSTERIORS.get(str(row["exact posterior"])))
        and (reader := _READERS.get(str(row["network"])))
    ]
    return spread_dots(dots, x="", y=Scale(_("KL divergence (nats per position)")))


def next_word(numbers: Numbers) -> alt.LayerChart:
    """What a word costs each model with all that it reads, and as the next word."""
    dots = [
        spread_dot(_(WAYS[str(row["way"])]), _look(_MODELS[str(row["model"])]), spread(row))
        for row in rows(numbers["perplexity"])
    ]
    return spread_dots(dots, x="", y=Scale(_("nats per word")))


def two_directions_cost(numbers: Numbers) -> alt.LayerChart:
    """Time and memory of an update in both directions, relative to each layer in one direction."""
    kept = {str(row["layer"]): float(row["kept, MB"] or 0) for row in rows(numbers["cost"])}
    time, memory = Look(_("time"), _FORWARD), Look(_("memory"), _BACKWARD, "square")
    dots = []
    for layer, name in _LAYERS.items():
        dots += [
            spread_dot(_(name), time, spread(one_row(numbers["cost"], layer=layer))),
            Dot(_(name), memory, kept["both directions"] / kept[layer]),
        ]
    return spread_dots(dots, x=_("compared with"), y=Scale(_("both directions, times as much")))


def _look(of: tuple[str, str, str]) -> Look:
    name, colour, shape = of
    return Look(_(name), colour, shape)
