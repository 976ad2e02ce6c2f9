"""One network over two texts, aligned by step: the same units of both on one scale.

Tokens and sentences reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from explorer.figures.categories import OWN
from explorer.saving.packing import packed
from explorer.web.kit.component import component
from explorer.web.kit.i18n import _


@dataclass(frozen=True)
class Panel:
    """One quantity of one unit over both texts.

    Attributes:
        title: What it is, in the reader's language.
        note: What its ends mean; may be empty.
        values: At each step of the first text, and of the second.
        reach: The value at the upper end of the scale.
        signed: Whether the scale goes down to minus that, or to zero.
    """

    title: str
    note: str
    values: tuple[Sequence[float], Sequence[float]]
    reach: float
    signed: bool


@dataclass(frozen=True)
class Phase:
    """What happens from a step to another, in the reader's language."""

    first: int
    last: int
    title: str


@dataclass(frozen=True)
class TwoTexts:
    """What is shown; every pair is of the first text and of the second.

    Attributes:
        tokens: As the reader should see them.
        expects: The likeliest next token after each step as it is seen, and its probability; none
            where the network only reads.
        panels: From top to bottom.
        phases: What is written above the steps.
        names: What the two are called, in the reader's language, if they are no texts.
    """

    tokens: tuple[Sequence[str], Sequence[str]]
    expects: tuple[Sequence[tuple[str, float]], Sequence[tuple[str, float]]]
    panels: Sequence[Panel]
    phases: Sequence[Phase] = ()
    names: tuple[str, str] | None = None


def two_texts(content: TwoTexts, *, key: str) -> None:
    """Draws both texts; the page's strip has the step, and a click chooses one on it."""
    _component(key=key, data=_data(content), on_pick_change=None)


def playing_texts(
    content: TwoTexts, *, key: str, step: int, autoplay: bool, on_pick: Callable[[], None]
) -> None:
    """Draws both texts with buttons that play them, on a page without a strip.

    Args:
        content: What is shown.
        key: The component's key; ``st.session_state[key]["pick"]`` holds ``{step}`` when
            ``on_pick`` runs.
        step: The chosen one: what comes after it is pale.
        autoplay: Whether it plays by itself when it first comes, where the reader's system allows
            motion.
        on_pick: Called when the reader has come to rest at a step.
    """
    player = {"step": step, "autoplay": autoplay}
    _component(key=key, data={**_data(content), "player": player}, on_pick_change=on_pick)


def _data(content: TwoTexts) -> dict[str, object]:
    return {
        **asdict(content),
        "panels": [_sent(panel) for panel in content.panels],
        "colours": [colour for colour, _shape in OWN],
        "player": None,
        "labels": _labels() | ({"names": [*content.names]} if content.names else {}),
    }


def _sent(panel: Panel) -> dict[str, object]:
    values = [packed(series, panel.reach) for series in panel.values]
    return {**asdict(panel), "values": values}


def _labels() -> dict[str, object]:
    return {
        "start": _("First step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "names": [_("Text 1"), _("Text 2")],
        "said": _(
            "Step {step}: after text 1 the model expects “{one}” ({p}), after text 2 “{two}” ({q})."
        ),
        "expects": _("Predicted next token"),
    }


_component = component(
    "two_texts",
    beside=__file__,
    js=("toolbar", "two_texts", "two_texts_drawing", "two_texts_playing", "packed_values"),
    css=("toolbar", "two_texts"),
)
