"""A sentence as a row of words, one of which is blanked; a click or an arrow key blanks another.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Sequence

from explorer.web.kit.component import component


def words(
    tokens: Sequence[str],
    blank: int | None,
    *,
    key: str,
    label: str,
    on_pick: Callable[[], None],
) -> None:
    """Draws the words.

    Args:
        tokens: The words and marks.
        blank: The place of the blank; None while there is none.
        key: The component's key; ``st.session_state[key]["pick"]`` holds the place that was chosen
            when ``on_pick`` runs.
        label: What the row is called, in the reader's language.
        on_pick: Called when the reader has chosen a word.
    """
    data = {"tokens": [*tokens], "blank": blank, "label": label}
    _component(key=key, data=data, on_pick_change=on_pick)


_component = component("words", beside=__file__)
