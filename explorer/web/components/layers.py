"""The layers of a deep network over the steps, as a grid of states with the ways between them.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _


@dataclass(frozen=True)
class Grid:
    """What the grid shows, L layers and T steps; the strip says which state is chosen.

    Attributes:
        layers: What the reader calls each layer, L of them, the lowest first.
        tokens: What is read at each step, as the reader should see it, T of them.
        guesses: What is thought likeliest to follow, T of them.
        values: The number on each node, L rows of T, the lowest layer first.
        shades: What colours each node, in [−1, 1], likewise.
        colour: The colour of 1, as a CSS hexadecimal colour.
        negative: The colour of −1.
        name: What the numbers are, in the reader's language.
    """

    layers: Sequence[str]
    tokens: Sequence[str]
    guesses: Sequence[str]
    values: Sequence[Sequence[float]]
    shades: Sequence[Sequence[float]]
    colour: str
    negative: str
    name: str


def layer_grid(content: Grid, *, key: str, on_pick: Callable[[], None]) -> None:
    """Draws the grid around the chosen step; a click chooses step and layer.

    Args:
        content: What to show.
        key: The component's key; ``st.session_state[key]["pick"]`` holds ``{step, layer}`` when
            ``on_pick`` runs. The page's strip follows.
        on_pick: Called when the reader has chosen a state.
    """
    labels = {
        "step": _("step"),
        "value": _("{name}: {value}"),
        "reads": _("reads"),
        "expects": _("predicts"),
        "grid": _("Layers and steps; use the arrow keys to move the selection"),
    }
    _component(key=key, data={**asdict(content), "labels": labels}, on_pick_change=on_pick)


_component = component("layers", beside=__file__)
