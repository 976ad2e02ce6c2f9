"""The reader's language and theme: parameters that every address of the app carries."""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from explorer.locale import LANGUAGES


@dataclass(frozen=True)
class Carried:
    """A parameter that goes along from page to page.

    Args:
        name: In the address.
        options: The values that it may have.
    """

    name: str
    options: Collection[str]

    @property
    def chosen(self) -> str | None:
        """The value of this session; None if neither reader nor address ever named one."""
        return st.session_state.get(f"chosen {self.name}")

    def choose(self, value: str) -> None:
        """Makes a value that of the session."""
        st.session_state[f"chosen {self.name}"] = value

    def follow_address(self) -> None:
        """Takes the address's value over, where that is new."""
        asked = st.query_params.get(self.name, "")
        if asked in self.options and asked != st.session_state.get(f"asked {self.name}"):
            self.choose(asked)
        st.session_state[f"asked {self.name}"] = asked

    def wrote_address(self) -> None:
        """Tells that the address has the session's value now."""
        st.session_state[f"asked {self.name}"] = self.chosen


LANGUAGE = Carried("lang", LANGUAGES)
THEME = Carried("theme", ("system", "light", "dark"))
ALL = (LANGUAGE, THEME)
NAMES = frozenset(each.name for each in ALL)


def carried() -> dict[str, str]:
    """The parameters of a link to another page of the app."""
    return {each.name: each.chosen for each in ALL if each.chosen is not None}


def follow_address() -> None:
    """Takes over what the address carries, where that is new."""
    for each in ALL:
        each.follow_address()


def wrote_address() -> None:
    """Tells that the address carries the session's values now."""
    for each in ALL:
        each.wrote_address()
