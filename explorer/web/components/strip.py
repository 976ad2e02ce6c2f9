"""The text as a strip of tokens, coloured by a gate; choosing a token chooses the step.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import streamlit as st

from explorer.saving.scripts import KIT
from explorer.saving.strip_words import strip_labels
from explorer.text.numbers import SENT
from explorer.text.tokens import visible
from explorer.web.kit.component import component
from explorer.web.kit.declared import declared
from explorer.web.kit.i18n import _

#: A token as it is seen, its probability, and whether it is what followed.
Guess = tuple[str, float, bool]


@dataclass(frozen=True)
class Strip:
    """What the strip shows of a text whatever is chosen, T tokens.

    Attributes:
        tokens: As the reader should see them, T of them.
        word_ends: Whether a line may end with each token.
        blanks: Whether each token is a sign for a blank.
        line_ends: Whether a line ends with each token.
        known: Whether the model knows each token.
        surprise: −log₂ p of each token, bits; None where there is none.
        guesses: The likeliest next tokens after each step, from :func:`likely`; none where the
            network only reads.
        alone: Whether no model's guesses are known, so that the tokens have the room.
    """

    tokens: Sequence[str]
    word_ends: Sequence[bool]
    blanks: Sequence[bool]
    line_ends: Sequence[bool]
    known: Sequence[bool]
    surprise: Sequence[float | None]
    guesses: Sequence[Sequence[Guess]]
    alone: bool = False


@dataclass(frozen=True)
class Chosen:
    """The place that the reader has chosen.

    Attributes:
        step: The chosen step.
        unit: The unit to mark on the heatmaps.
        layer: Its layer, for heatmaps that say which layer they show.
        selected: The first step of the selected stretch, and the last.
    """

    step: int
    unit: int
    layer: int
    selected: tuple[int, int] | None = None


@dataclass(frozen=True)
class Colouring:
    """What colours the strip, the same at every step.

    Attributes:
        values: What colours each token and is said of it, T of them.
        reach: The value at full colour.
        colour: The colour of ``reach``, as a CSS hexadecimal colour.
        negative: The colour of minus that.
        name: The name of the quantity, in the reader's language.
    """

    values: Sequence[float]
    reach: float
    colour: str
    negative: str
    name: str

    def declared(self) -> Mapping[str, object]:
        """As the strip is told it."""
        return {"colouring": vars(self)}


def likely(
    guesses: Sequence[Sequence[tuple[str, float]]], read_as: Sequence[str]
) -> list[list[Guess]]:
    """Guesses for the strip: the token to be seen, its probability, and whether it did follow.

    Args:
        guesses: The likeliest next tokens after each step, with their probabilities.
        read_as: The tokens of the text as the model read them.
    """
    followers = [*read_as[1:], None]
    return [
        [(visible(token), round(p, SENT), token == following) for token, p in of_step]
        for of_step, following in zip(guesses, followers, strict=True)
    ]


def strip(
    content: Strip,
    chosen: Chosen,
    *,
    key: str,
    on_pick: Callable[[], None] | None = None,
    on_select: Callable[[], None] | None = None,
    along: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Draws the strip. Of what is sent again at every step, it is what was chosen that is new.

    It is coloured once a :class:`Colouring` has been declared.

    Args:
        content: What to show.
        chosen: What is chosen of it.
        key: The component's key; ``st.session_state[key]["pick"]`` holds ``{step, unit,
            layer}`` when ``on_pick`` runs; ``unit`` is None unless a heatmap was clicked, ``layer``
            unless it says which it shows.
        on_pick: Called when the reader has chosen a step.
        on_select: Called when the reader has selected a stretch: ``st.session_state[key]
            ["select"]`` holds its first step and its last. Without it none can be selected.
        along: What else is declared to the components of the page.
    """
    with st.container(gap=None):
        _component(
            key=key,
            data={
                **vars(content),
                "labels": strip_labels(_),
                "selects": on_select is not None,
            },
            on_pick_change=on_pick,
            on_select_change=on_select,
        )
        declared(key=f"{key}.chosen", data={"chosen": vars(chosen), **along})


_component = component(
    "strip",
    beside=__file__,
    js=("toolbar", "strip", "strip_selecting"),
    css=("toolbar", "strip"),
    kit=(*KIT, "plotly"),
)
