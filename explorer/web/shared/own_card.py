"""What the card of a reader's own model says. All of it is a stranger's text: none is markup."""

import streamlit as st

from explorer.locale import N_
from explorer.models.card import Card
from explorer.models.own_folder import title
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain

_KINDS = {"characters": N_("characters"), "words": N_("words"), "numbers": N_("numbers")}


def show_own_card(name: str, card: Card) -> None:
    """The sizes, and the command that made the model where the card names one."""
    sizes = card.architecture
    kind = card.tokenisation.kind if card.tokenisation else "characters"
    st.markdown(
        _(
            "{name}: {cell}, layers: {layers}, of {units} units each; {tokens} tokens, "
            "{parameters} parameters."
        ).format(
            name=plain(title(name)),
            cell=sizes.cell.upper(),
            layers=sizes.layers,
            units=sizes.hidden_size,
            tokens=f"{sizes.vocabulary_size:,}",
            parameters=f"{card.parameters:,}",
        )
    )
    if card.task == "language model":
        st.markdown(_("Its tokens are {kind}.").format(kind=_(_KINDS[kind])))
    if not card.command:
        st.caption(_("Its card says nothing of how it was trained."))
        return
    st.caption(_("Its card says that this command made it:"))
    st.code(card.command, language=None, wrap_lines=True)
