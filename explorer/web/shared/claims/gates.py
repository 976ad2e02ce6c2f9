"""The figures of the experiments on gates (9.1, 9.2), drawn from what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from explorer.experiments.experiment import Numbers, Spread
from explorer.experiments.tables import Row, column, rows, spread
from explorer.figures.measured import (
    POWERS,
    Dot,
    Line,
    Look,
    Scale,
    spread_dots,
    spread_lines,
    unit_dots,
)
from explorer.figures.palette import COLOURS, NEUTRAL
from explorer.locale import N_
from explorer.web.kit.i18n import _
from explorer.web.shared.claims.drawing import spread_dot

if TYPE_CHECKING:
    import altair as alt

_WEIGHTS = {"random": NEUTRAL, "gru-recall": "#009E73", "gru-timemachine": "#946CDA"}
_SITUATIONS = {"recall": N_("recall"), "skip": N_("skip"), "forget": N_("forget")}
_LAG = 100
_FREE = "gru-timemachine"


def reset_update_lags(numbers: Numbers) -> alt.Chart:
    """A dot a unit: half-life, how far back it depends, mean reset gate."""
    units = numbers["units"]
    table = pd.DataFrame(
        {
            "unit": units["unit"],
            "x": units["half life"],
            "y": units["mean lag"],
            "shade": units["reset"],
        }
    )
    return unit_dots(
        table,
        x=Scale(_("memory half-life (characters)"), logarithmic=True),
        y=Scale(_("mean lag of what the unit depends on (characters)")),
        shade=Scale(_("mean reset gate"), format=".1f"),
        colour=COLOURS["reset"],
        unit=_("unit"),
    )


def plain_rnn(numbers: Numbers) -> alt.LayerChart:
    """How far the states are apart over the steps, with the gates held and as they are."""
    table = numbers["sequences"]
    named = {"random": _("random weights")}
    lines = [
        _line(
            rows(table, gates="held", weights=weights, precision=precision),
            Look(
                _("{what}, {how}").format(what=named.get(weights, weights), how=precision),
                colour,
                dash=dash,
            ),
        )
        for weights, colour in _WEIGHTS.items()
        for precision, dash in {"float32": (1, 0), "float64": (4, 3)}.items()
    ]
    free = rows(table, gates="free", weights=_FREE, precision="float64")
    name = _("{model}, gates unchanged").format(model=_FREE)
    lines.append(_line(free, Look(name, COLOURS["update"])))
    return spread_lines(
        lines,
        x=Scale(_("steps"), logarithmic=True),
        y=Scale(_("largest difference of the states"), format=POWERS, logarithmic=True),
    )


def one_gate(numbers: Numbers) -> alt.LayerChart:
    """Accuracy in the three tasks, by the gates that are left, held still and trained so."""
    alone = {"reset": _("reset gate alone"), "update": _("update gate alone")}
    how = {
        "trained": (_("in training too"), "circle"),
        "held": (_("after training with both"), "triangle-down"),
    }
    looks = {("trained", "both"): Look(_("both gates"), COLOURS["hidden"])} | {
        (table, gate): Look(_("{what}, {how}").format(what=name, how=said), COLOURS[gate], shape)
        for table, (said, shape) in how.items()
        for gate, name in alone.items()
    }
    dots = [
        spread_dot(_(title), look, spread(row))
        for situation, title in _SITUATIONS.items()
        for (table, gates), look in looks.items()
        for row in rows(numbers[table], gates=gates, situation=situation, lag=_LAG)
    ]
    share = Scale(_("accuracy at lag {lag}").format(lag=_LAG), ".0%", ends=(0, 1))
    return spread_dots(dots, x=_("task"), y=share)


def ideal_gates(numbers: Numbers) -> alt.LayerChart:
    """Mean gates by place in the units that carry the key, beside the ideal."""
    places = {
        "announcement": _("exclamation mark"),
        "key": _("the key"),
        "between": _("on the way"),
        "question": _("the question"),
    }
    gates = {"reset": _("reset gate"), "update": _("update gate")}
    measured = {gate: Look(name, COLOURS[gate]) for gate, name in gates.items()}
    ideal = {
        gate: Look(_("{gate}, ideal").format(gate=name), COLOURS[gate], "diamond")
        for gate, name in gates.items()
    }
    dots: list[Dot] = []
    for gate in gates:
        dots += [
            spread_dot(title, measured[gate], _over_models(numbers, gate, place))
            for place, title in places.items()
        ]
        dots += [
            Dot(places[str(row["place"])], ideal[gate], float(row["value"] or 0))
            for row in rows(numbers["ideal"], **{"gate of": gate})
        ]
    return spread_dots(dots, x="", y=Scale(_("mean gate"), ".1f", ends=(0, 1)))


def output_path(numbers: Numbers) -> alt.LayerChart:
    """What the cuts cost in the recall task and in a text, at once and later."""
    looks = {
        "output gate shut": Look(_("output gate closed"), COLOURS["output"], "square"),
        "memory emptied": Look(
            _("memory cell cleared, hidden state held"), COLOURS["memory"], "circle"
        ),
        "both emptied": Look(_("both cleared"), COLOURS["hidden"], "triangle-down"),
    }
    answers = {
        "half way": _("recall, cut halfway"),
        "at the question": _("recall, cut at the question"),
    }
    after = {
        0: _("text, at once"),
        1: _("text, 1 character later"),
        10: _("text, 10 characters later"),
    }
    dots = [
        spread_dot(_broken(answers[str(row["where"])]), looks[str(row["cut"])], spread(row))
        for row in rows(numbers["answer"])
    ]
    dots += [
        spread_dot(_broken(title), looks[str(row["cut"])], spread(row))
        for later, title in after.items()
        for row in rows(numbers["after"], later=later)
    ]
    return spread_dots(dots, x="", y=Scale(_("increase in loss (nats)"), ".0f"))


def held_memory(numbers: Numbers) -> alt.LayerChart:
    """Right answers by lag, with the memory held on the way and as it is."""
    looks = {
        "held": Look(_("memory held"), COLOURS["memory"], "square"),
        "free": Look(_("gates unchanged"), COLOURS["hidden"]),
    }
    dots = [
        spread_dot(f"{lag:,}", look, Spread.of(column(rows(numbers["sets"], lag=lag), how)))
        for lag in dict.fromkeys(numbers["sets"]["lag"])
        for how, look in looks.items()
    ]
    return spread_dots(dots, x=_("lag"), y=Scale(_("right answers"), ".0%"))


def _line(found: list[Row], look: Look) -> Line:
    return Line(look, column(found, "steps"), column(found, "greatest"))


def _over_models(numbers: Numbers, gate: str, place: str) -> Spread:
    """Mean and spread over the models of a gate in the units that carry the key."""
    where = {"units": "carrying", "gate of": gate, "place": place}
    return Spread.of(column(rows(numbers["gates"], **where), "mean"))


def _broken(label: str) -> str:
    """A label that is broken where it has a comma."""
    return label.replace(", ", "\n").replace("，", "\n")
