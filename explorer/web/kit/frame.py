"""What a page is given of its run: its translator, its address and its language."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.locale import Translate
from explorer.web.kit.address import Address
from explorer.web.kit.errors import sentence

ASKED = "language asked for"


@dataclass(frozen=True)
class Frame:
    """What a page is given: its translator, its address and its language."""

    translate: Translate
    address: Address
    lang: str
    notices: DeltaGenerator

    def close(self) -> None:
        """Writes the page's state into its address; the page's last call."""
        for problem in self.address.problems:
            self.notices.warning(sentence(problem, self.translate), icon=":material/warning:")
        self.address.publish(self.lang)
        st.session_state[ASKED] = self.lang
