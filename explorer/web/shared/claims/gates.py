"""The figures of the experiments on gates (9.1, 9.2), drawn from what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from explorer.experiments.experiment import Numbers, Spread
from explorer.experiments.tables import Row, rows
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
    held = [row for row in rows(numbers["sequences"]) if row["gates"] == "held"]
    named = {"random": _("random weights")}
    lines = [
        _line(
            [row for row in held if (row["weights"], row["precision"]) == (weights, precision)],
            Look(
                _("{what}, {how}").format(what=named.get(weights, weights), how=precision),
                colour,
                dash=dash,
            ),
        )
        for weights, colour in _WEIGHTS.items()
        for precision, dash in {"float32": (1, 0), "float64": (4, 3)}.items()
    ]
    free = [
        row
        for row in rows(numbers["sequences"])
        if (row["gates"], row["weights"], row["precision"]) == ("free", _FREE, "float64")
    ]
    name = _("{model}, gates unchanged").format(model=_FREE)
    lines.append(_line(free, Look(name, COLOURS["update"])))
    return spread_lines(
        lines,
        x=Scale(_("steps"), logarithmic=True),
        y=Scale(_("largest difference of the states"), format=POWERS, logarithmic=True),
    )


def one_gate(numbers: Numbers) -> alt.LayerChart:
    """Accuracy in the three tasks, by the gates that are left, held still and trained so."""
    left = {
        "both": _("both gates"),
        "reset": _("reset alone"),
        "update": _("update alone"),
    }
    colours = {"both": COLOURS["hidden"], "reset": COLOURS["reset"], "update": COLOURS["update"]}
    how = {
        "trained": (_("trained with this gate alone"), "circle"),
        "held": (_("trained with both"), "triangle-down"),
    }
    looks = {
        (table, gates): Look(
            _("{what}, {how}").format(what=left[gates], how=said), colours[gates], shape
        )
        for table, (said, shape) in how.items()
        for gates in left
        if (table, gates) != ("held", "both")
    }
    dots = [
        Dot(_(title), looks[table, gates], *_spread(row))
        for situation, title in _SITUATIONS.items()
        for table, gates in looks
        for row in rows(numbers[table])
        if (row["gates"], row["situation"], row["lag"]) == (gates, situation, _LAG)
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
            Dot(title, measured[gate], *_over_models(numbers, gate, place))
            for place, title in places.items()
        ]
        dots += [
            Dot(places[str(row["place"])], ideal[gate], _float(row["value"]))
            for row in rows(numbers["ideal"])
            if row["gate of"] == gate
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
        Dot(_broken(answers[str(row["where"])]), looks[str(row["cut"])], *_spread(row))
        for row in rows(numbers["answer"])
    ]
    dots += [
        Dot(_broken(after[int(_float(row["later"]))]), looks[str(row["cut"])], *_spread(row))
        for row in rows(numbers["after"])
        if row["later"] in after
    ]
    return spread_dots(dots, x="", y=Scale(_("increase in loss (nats)"), ".0f"))


def held_memory(numbers: Numbers) -> alt.LayerChart:
    """Right answers by lag, with the memory held on the way and as it is."""
    found = rows(numbers["sets"])
    looks = {
        "held": Look(_("memory held"), COLOURS["memory"], "square"),
        "free": Look(_("gates unchanged"), COLOURS["hidden"]),
    }
    dots = []
    for lag in dict.fromkeys(row["lag"] for row in found):
        for how, look in looks.items():
            spread = Spread.of([_float(row[how]) for row in found if row["lag"] == lag])
            dots.append(Dot(f"{lag:,}", look, spread.mean, spread.sd))
    return spread_dots(dots, x=_("lag"), y=Scale(_("right answers"), ".0%"))


def _line(found: list[Row], look: Look) -> Line:
    steps, greatest = ([_float(row[name]) for row in found] for name in ("steps", "greatest"))
    return Line(look, steps, greatest)


def _spread(row: Row) -> tuple[float, float]:
    return _float(row["mean"]), _float(row["sd"])


def _over_models(numbers: Numbers, gate: str, place: str) -> tuple[float, float]:
    """Mean and spread over the models of a gate in the units that carry the key."""
    means = [
        _float(row["mean"])
        for row in rows(numbers["gates"])
        if (row["units"], row["gate of"], row["place"]) == ("carrying", gate, place)
    ]
    spread = Spread.of(means)
    return spread.mean, spread.sd


def _broken(label: str) -> str:
    """A label that is broken where it has a comma."""
    return label.replace(", ", "\n").replace("，", "\n")


def _float(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
