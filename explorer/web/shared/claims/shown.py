"""What it takes to show an experiment on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from explorer.experiments.experiment import Numbers

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

    from explorer.web.kit.frame import Frame

    Drawing: TypeAlias = alt.Chart | alt.LayerChart | go.Figure


@dataclass(frozen=True)
class Shown:
    """How one experiment is shown.

    Attributes:
        title: Of a few words, to choose it by; an English message that the catalogues translate.
        method: What was measured and how, the formula if there is one; Markdown, likewise. Counts
            have places, which `filled` fills from the judgement.
        rule: By which the verdict follows from the numbers, and what would have made it fail;
            likewise.
        figure: Draws the numbers that were measured, in the reader's language.
        also: Other sections than the experiment's own whose pages show it.
        more: Shows what else was measured, with controls of its own; None if there is no more.
    """

    title: str
    method: str
    rule: str
    figure: Callable[[Numbers], Drawing]
    also: Sequence[str] = ()
    more: Callable[[Frame, Numbers], None] | None = None


def filled(text: str, values: Mapping[str, str]) -> str:
    """A method or rule with the numbers that it names, as the judgement writes them.

    Braces that name none stay, since formulas have theirs.
    """
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), text)
