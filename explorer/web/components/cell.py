"""A cell as a living diagram: every wire carries the value of one unit at the chosen step.

All steps are sent once, under a name that the diagram and the equation beside it listen to; the
strip says which step is shown, and a gate can be set in the browser. Tokens reach it as data and
enter the page as text, never as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from explorer.figures.equation import Line
from explorer.web.kit.component import component
from explorer.web.kit.declared import declared
from explorer.web.kit.i18n import _

SCRIPTS = (
    "cell_layout",
    "cell_values",
    "cell_drawing",
    "cell_setting",
    "cell_gliding",
    "terms",
    "cell",
)

Series = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Cell:
    """One unit over T steps; the strip says which is shown.

    Attributes:
        cell: "gru", "gru-book", "gru-paper", "lstm" or "lstm-paper": which diagram.
        values: Every quantity, T each.
        was: The same without the reader's changes, T each.
        before: The states one step before, T each.
        input: The input's part of the argument of each gate and the candidate, T each.
        state: The hidden state's part of the same, T each.
        gated: The state's part of a GRU's candidate where the reset gate comes first, T; else none.
        bias: Of each gate and the candidate what is added to the one part, and to the other.
        split: Whether both biases of a gate are shown, and not their sum.
        changed: Quantity → the steps at which it is changed already.
        reach: Quantity → the size at which its wire is thickest.
        colours: Quantity → its colour.
        negative: The colour of what is below zero.
        names: Quantity → its name in the reader's language.
        said: The name of every term → what it is, in the reader's language.
        title: Which unit it is, in the reader's language.
        note: A line on what it does.
        tokens: As the reader should see them, T of them.
        own_weight: Of the book's GRU, as of ``UnitActivations``.
        lines: The equations, where they stand beside the diagram.
        opens: Whether there is more to open on the unit.
    """

    cell: str
    values: Series
    was: Series
    before: Series
    input: Series
    state: Series
    gated: Sequence[float]
    bias: Mapping[str, tuple[float, float]]
    split: bool
    changed: Mapping[str, Sequence[int]]
    reach: Mapping[str, float]
    colours: Mapping[str, str]
    negative: str
    names: Mapping[str, str]
    said: Mapping[str, str]
    title: str
    note: str
    tokens: Sequence[str]
    own_weight: float | None = None
    lines: Sequence[Line] = field(default=())
    opens: bool = False


def cell(
    content: Cell,
    *,
    key: str,
    on_apply: Callable[[], None] | None = None,
    on_open: Callable[[], None] | None = None,
) -> None:
    """Draws the diagram.

    Args:
        content: What to show.
        key: The component's key; ``st.session_state[key]["apply"]`` holds
            ``{gates: {quantity: value}, step}`` when ``on_apply`` runs, ``step`` being None for
            all steps.
        on_apply: Called when the reader wants the gates that were set in the diagram applied;
            without it none can be set, and the terms of the equation can be gone through instead.
        on_open: Called when the reader wants to know more of the unit.
    """
    data = {"hears": _name(key), "sets": on_apply is not None, "labels": labels()}
    _component(key=key, data=data, on_apply_change=on_apply, on_open_change=on_open)
    declared(key=f"{key}.content", data={_name(key): asdict(content)})


def equation(*, of: str, key: str) -> None:
    """Draws the equations of a diagram, each term over its number.

    Args:
        of: The key of the diagram.
        key: The component's key.
    """
    _equation(key=key, data={"hears": _name(of), "labels": {"equation": _("The equations")}})


def _name(key: str) -> str:
    return f"unit of {key}"


def labels() -> Mapping[str, str]:
    """The words of the diagram, in the reader's language."""
    return {
        "open": _("What this unit does"),
        "diagram": _("The cell at this step, with the values on its wires"),
        "hint": _(
            "Drag a gate up or down, or choose one and use the arrow keys. Play the text to see "
            "the gates at work."
        ),
        "key": _(
            "The wider a gate’s window, the more passes through. The thicker a wire, the "
            "larger its value; brown means below zero."
        ),
        "held": _(
            "Recomputed here by the cell's equations for this unit and this step only, with "
            "everything else unchanged. Apply it to see the effect on the whole text."
        ),
        "is": _("{state} as it is: {old}"),
        "becomes": _("{state} as it is: {old}, with the changes: {new}"),
        "unmoved": _("{was} as it is"),
        "moved": _("{was} as it is, {value} with the changes"),
        "release": _("Restore"),
        "here": _("Apply at this step"),
        "everywhere": _("Apply at all steps"),
        "changed": _("{gate}, changed"),
    }


_component = component("cell", beside=__file__, css=("toolbar", "cell"), js=SCRIPTS)
_equation = component("equation", beside=__file__, js=("cell_values", "terms", "equation"))
