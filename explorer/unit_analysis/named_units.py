"""The units that have a name, from what ``explorer.units`` found; torch-free."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

SIGNIFICANT = 0.01
"""The corrected p below which a unit has a name."""

DIMS = ("layer", "direction", "quantity", "unit")
_MEASURED = ("score", "low", "high", "baseline", "sense", "p")
_OF_CANDIDATES = [f"best_{name}" for name in (*DIMS, *_MEASURED, "trivial")]
_NUMBERS_OF_EFFECTS = ("effect", "effect_low", "effect_high", "effect_overall", "effect_rank")
_OF_EFFECTS = [*_NUMBERS_OF_EFFECTS, "effect_token"]


@dataclass(frozen=True)
class NamedUnit:
    """A unit and a label that it follows: tested, no chance, and closer than two tokens do.

    Attributes:
        layer: From 0.
        direction: "forward" or "backward".
        quantity: Such as "hidden".
        unit: Its number.
        label: What it follows; a key into the labels of ``explorer.units``.
        score: How closely, on text that it was not chosen by: rank correlation for a number, AUC
            for a yes or no.
        low: The lower end of the score's 95 % interval.
        high: The upper end.
        baseline: The score of a lookup by the last two tokens.
        sense: 1 if it rises with the label, −1 if it falls.
        p: By circular shifts of the label, corrected by Holm.
        effect: How many bits more ``effect_token`` costs while the unit is held at its mean; this
            and what follows is None where no effect was measured.
        effect_low: The lower end of the effect's 95 % interval.
        effect_high: The upper end.
        effect_overall: How many bits more a token costs, over all tokens.
        effect_token: The token that it costs most, chosen on other text.
        effect_rank: 1 if no unit drawn at random costs that token as much.
        effect_among: How many units are ranked, this one counted.
    """

    layer: int
    direction: str
    quantity: str
    unit: int
    label: str
    score: float
    low: float
    high: float
    baseline: float
    sense: int
    p: float
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    effect_overall: float | None
    effect_token: str | None
    effect_rank: int | None
    effect_among: int | None


def named_units(found: xr.Dataset) -> tuple[NamedUnit, ...]:
    """The units that have a name, the surest first; one may stand there with several labels.

    Args:
        found: What ``explorer.units`` returned.
    """
    rows = [
        _named(found, one)
        for label in range(found.sizes["label"])
        for candidate in range(found.sizes["candidate"])
        if _has_a_name(one := found[_OF_CANDIDATES].isel(label=label, candidate=candidate))
    ]
    return tuple(sorted(rows, key=lambda row: (row.p, row.baseline - row.score)))


def _has_a_name(one: xr.Dataset) -> bool:
    return bool(one["best_p"] < SIGNIFICANT) and not one["best_trivial"]


def _named(found: xr.Dataset, one: xr.Dataset) -> NamedUnit:
    where = {dim: int(one[f"best_{dim}"]) for dim in DIMS}
    labelled = {dim: found[dim].values[at].item() for dim, at in where.items()}
    measured: dict[str, Any] = {name: float(one[f"best_{name}"]) for name in _MEASURED}
    measured["sense"] = int(measured["sense"])
    effects = _effects(found[[*_OF_EFFECTS, "effect_beside"]].isel(where))
    return NamedUnit(**labelled, label=str(one["label"].values), **measured, **effects)


def _effects(unit: xr.Dataset) -> dict[str, Any]:
    if np.isnan(unit["effect"]):
        return dict.fromkeys([*_OF_EFFECTS, "effect_among"])
    return {
        **{name: float(unit[name]) for name in _NUMBERS_OF_EFFECTS},
        "effect_token": str(unit["effect_token"].values),
        "effect_rank": int(unit["effect_rank"]),
        "effect_among": 1 + int(unit["effect_beside"].notnull().sum()),
    }
