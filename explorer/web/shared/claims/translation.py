"""The figures of the experiments on data, encoder–decoder, seq2seq and search (9.5 to 9.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from explorer.experiments.experiment import Numbers, Spread, Value
from explorer.experiments.tables import Row, column, rows, spread
from explorer.figures.measured import Dot, Line, Look, Scale, spread_dots, spread_lines, unit_dots
from explorer.locale import N_
from explorer.text.numbers import power_of_ten
from explorer.web.kit.i18n import _
from explorer.web.shared.claims.drawing import spread_dot

if TYPE_CHECKING:
    import altair as alt

_BLUE, _RED, _GREEN = "#0072B2", "#D55E00", "#009E73"
_MODELS = {"en-fr-gru": (_BLUE, "circle"), "en-fr-lstm": (_RED, "square")}
_LANGUAGES = {"English": (N_("English"), _BLUE), "French": (N_("French"), _RED)}
_SEARCHES = {"exact": N_("exact"), "exhaustive": N_("exhaustive")}


def rare_words(numbers: Numbers) -> alt.LayerChart:
    """Shares of words dropped and of text lost, by the least frequency that is kept."""
    shares = (
        ("dropped", _("{language}: of the distinct words"), (1, 0)),
        ("lost", _("{language}: of the running words"), (4, 3)),
    )
    lines = [
        Line(
            Look(title.format(language=_(name)), colour, dash=dash),
            column(found, "at least"),
            column(found, share),
        )
        for language, (name, colour) in _LANGUAGES.items()
        for found in [rows(numbers["rare words"], language=language)]
        for share, title, dash in shares
    ]
    x = Scale(_("occurrences needed to keep a word"), format="d")
    return spread_lines(lines, x=x, y=Scale(_("become unknown"), format=".0%"))


def one_shape(numbers: Numbers) -> alt.LayerChart:
    """What a translation is worth, by the length of its source."""
    dots = [
        spread_dot(str(row["words"]), _look(str(row["model"])), spread(row))
        for row in rows(numbers["BLEU"])
    ]
    return spread_dots(dots, x=_("source words"), y=Scale(_("sentence BLEU")))


def length_penalty(numbers: Numbers) -> alt.LayerChart:
    """What a translation is worth, by the exponent of the length that ranked it."""
    table = numbers["translations"]
    dots = [
        spread_dot(f"α = {alpha:g}", _look(model), Spread.of(column(found, "tokens")))
        for alpha in dict.fromkeys(table["alpha"])
        for model in _MODELS
        for found in [rows(table, model=model, alpha=alpha)]
    ]
    return spread_dots(dots, x="", y=Scale(_("tokens of a translation"), ".0f"))


def any_length(numbers: Numbers) -> alt.LayerChart:
    """How far outputs and sources are from the length of their references."""
    sides = {"output": _("output"), "source": _("source")}
    dots = [
        spread_dot(title, _look(model), Spread.of([_away(row, side) for row in found]))
        for side, title in sides.items()
        for model in _MODELS
        for found in [rows(numbers["lengths"], model=model)]
    ]
    return spread_dots(dots, x="", y=Scale(_("words away from the reference's length")))


def bleu_order(numbers: Numbers) -> alt.Chart:
    """A dot a translation: BLEU across, chrF upward."""
    found = numbers["scores"]
    table = pd.DataFrame(
        {
            "unit": range(1, len(found["BLEU"]) + 1),
            "x": found["BLEU"],
            "y": found["chrF"],
            "shade": [float(model == "en-fr-lstm") for model in found["model"]],
        }
    )
    return unit_dots(
        table,
        x=Scale(_("BLEU (k = 2)"), ".1f"),
        y=Scale(_("chrF"), ".0f"),
        shade=Scale(_("0: en-fr-gru, 1: en-fr-lstm"), format=".0f"),
        colour=_RED,
        unit=_("translation"),
    )


def beam_trade_off(numbers: Numbers) -> alt.LayerChart:
    """How often a search finds the proved best, beside the continuations that it scores."""
    costs = {row["width"]: row["mean"] for row in rows(numbers["log10 of continuations"])}
    look = Look(_("proved optimum found"), _GREEN)
    dots = [
        Dot(f"{_name(row)}\n{_power(costs[row['width']])}", look, spread(row).mean)
        for row in rows(numbers["found the best"])
    ]
    y = Scale(_("share of the sentences"), format=".0%", ends=(0, 1))
    return spread_dots(dots, x=_("beam width and continuations scored"), y=y)


def _power(exponent: Value) -> str:
    return power_of_ten(round(float(exponent or 0), 1))


def _name(row: Row) -> str:
    width = str(row["width"])
    return _(_SEARCHES[width]) if width in _SEARCHES else width


def _look(model: str) -> Look:
    return Look(model, *_MODELS[model])


def _away(row: Row, side: str) -> float:
    return abs(float(row[side] or 0) - float(row["reference"] or 0))
