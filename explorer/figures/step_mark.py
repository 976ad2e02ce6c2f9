"""The chosen step on charts over the steps. A page moves it in the browser: the chart stays."""

from collections.abc import Mapping
from typing import Any

import altair as alt

#: The parameter of a chart that says which step is chosen.
STEP = "chosen_step"
#: The field of a page that holds the chosen step (`serving/step_field.js`).
_FIELD = {"element": "#gatescope-step", "event": "input"}


def step_rule() -> alt.Chart:
    """A thin upright line at the chosen step, which the chart around it says."""
    return (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(step=f"toNumber({STEP})")  # what a field holds is text
        .mark_rule(color="#808080", strokeWidth=1.5, opacity=0.8, clip=True)
        .encode(x="step:Q")
    )


def at_step(chart: alt.LayerChart, step: int) -> alt.LayerChart:
    """The chart with its mark at this step."""
    marked = chart.copy(deep=False)
    marked.params = [alt.VariableParameter(name=STEP, value=step)]
    return marked


def following(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The chart as JSON, its mark at the step that the page's field holds."""
    return {**spec, "params": [{"name": STEP, "value": 0, "bind": _FIELD}]}
