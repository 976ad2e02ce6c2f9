"""A cell as a living diagram: every wire carries the value of one unit at the chosen step.

All steps are sent once; the diagram plays, and lets a gate be set, in the browser. Tokens reach it
as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _

SCRIPTS = (
    "cell_layout",
    "cell_values",
    "cell_drawing",
    "cell_setting",
    "cell_playing",
    "cell",
)

Series = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Cell:
    """One unit over T steps; the strip says which is shown.

    Attributes:
        cell: "gru", "gru-book" or "lstm".
        values: Every quantity, T each.
        before: The states one step before, T each.
        input: The input's part of the argument of each gate and the candidate, T each.
        state: The hidden state's part of the same, T each.
        changed: Quantity → the steps at which it is changed already.
        reach: Quantity → the size at which its wire is thickest.
        colours: Quantity → its colour.
        negative: The colour of what is below zero.
        names: Quantity → its name in the reader's language.
        title: Which unit it is, in the reader's language.
        tokens: As the reader should see them, T of them.
        own_weight: Of the book's GRU, as of ``UnitActivations``.
    """

    cell: str
    values: Series
    before: Series
    input: Series
    state: Series
    changed: Mapping[str, Sequence[int]]
    reach: Mapping[str, float]
    colours: Mapping[str, str]
    negative: str
    names: Mapping[str, str]
    title: str
    tokens: Sequence[str]
    own_weight: float | None = None


def cell(content: Cell, *, key: str, on_apply: Callable[[], None] | None = None) -> None:
    """Draws the diagram.

    Args:
        content: What to show.
        key: The component's key; ``st.session_state[key]["apply"]`` holds
            ``{gates: {quantity: value}, step}`` when ``on_apply`` runs, ``step`` being None for
            all steps.
        on_apply: Called when the reader wants the gates that were set in the diagram applied.
    """
    data = {**asdict(content), "labels": labels()}
    _component(key=key, data=data, on_apply_change=on_apply or _ignore)


def labels() -> Mapping[str, str]:
    """The words of the component, in the reader's language."""
    return {
        "start": _("First step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "slider": _("Step"),
        "count": _("step {step} of {last}, “{token}”"),
        "diagram": _("The cell at this step, with the values on its wires"),
        "hint": _(
            "Drag a gate up or down, or choose one and use the arrow keys. Press play to see the "
            "gates at work."
        ),
        "key": _(
            "The wider a gate’s window, the more passes through. The thicker a wire, the "
            "larger its value; brown means below zero."
        ),
        "held": _(
            "Recomputed here by the cell's equations for this unit and this step only, with "
            "everything else unchanged. Apply it to see the effect on the whole text."
        ),
        "becomes": _("{state}: {new} instead of {old}"),
        "was": _("was {value}"),
        "release": _("Restore"),
        "here": _("Apply at this step"),
        "everywhere": _("Apply at all steps"),
        "changed": _("{gate}, changed"),
    }


def _ignore() -> None:
    """Streamlit keeps a trigger only where something listens to it."""


_component = component(
    "cell",
    beside=__file__,
    css=(
        "toolbar",
        "cell",
    ),
    js=SCRIPTS,
)
