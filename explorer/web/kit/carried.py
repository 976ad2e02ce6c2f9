"""What every address of the app carries: language, theme, presentation, and the place in a tour."""

import re
from collections.abc import Container
from dataclasses import dataclass

import streamlit as st

from explorer.locale import LANGUAGES


@dataclass(frozen=True)
class Written:
    """All texts that are written in one way, as a container."""

    pattern: str

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and re.fullmatch(self.pattern, text) is not None


@dataclass(frozen=True)
class Carried:
    """A parameter that goes along from page to page.

    Args:
        name: In the address.
        options: The values that it may have.
        unsaid: The one that no address has to say.
        stays: Whether it stays as it is where an address of other parameters lacks it: a tour
            ends there, a language does not.
    """

    name: str
    options: Container[str]
    unsaid: str | None = None
    stays: bool = True

    @property
    def chosen(self) -> str | None:
        """The value of this session; None if neither reader nor address ever named one."""
        return st.session_state.get(f"chosen {self.name}")

    def choose(self, value: str | None) -> None:
        """Makes a value that of the session; None if it is to have none."""
        st.session_state[f"chosen {self.name}"] = value

    def follow_address(self) -> None:
        """Takes the address's value over, where that is new."""
        asked = st.query_params.get(self.name, "")
        if asked != st.session_state.get(f"asked {self.name}"):
            if asked in self.options:
                self.choose(asked)
            elif not self.stays and st.query_params:  # the sidebar's links have none at all
                self.choose(None)
        st.session_state[f"asked {self.name}"] = asked

    def wrote_address(self) -> None:
        """Tells that the address has the session's value now."""
        st.session_state[f"asked {self.name}"] = self.said or ""

    @property
    def said(self) -> str | None:
        """What an address says of it; None for nothing."""
        return None if self.chosen == self.unsaid else self.chosen


LANGUAGE = Carried("lang", LANGUAGES)
THEME = Carried("theme", ("system", "light", "dark"))
#: Whether a view is shown to a class.
PRESENT = Carried("present", ("0", "1"), unsaid="0")
#: Which tour is taken and at which stop it is, and what was answered (see ``web/tours/place.py``).
TOUR = Carried("tour", Written(r"[a-z_]{1,40}(\.[1-9][0-9]?)?"), stays=False)
SAID = Carried("said", Written(r"[0-9.,-]{3,200}"), stays=False)
ALL = (LANGUAGE, THEME, PRESENT, TOUR, SAID)
NAMES = frozenset(each.name for each in ALL)


def carried() -> dict[str, str]:
    """The parameters of a link to another page of the app."""
    return {each.name: each.said for each in ALL if each.said is not None}


def to_tour(name: str) -> dict[str, str]:
    """The parameters of a link to the beginning of a tour."""
    kept = {each.name: each.said for each in ALL if each.stays and each.said is not None}
    return kept | {TOUR.name: name}


def follow_address() -> None:
    """Takes over what the address carries, where that is new."""
    for each in ALL:
        each.follow_address()


def wrote_address() -> None:
    """Tells that the address carries the session's values now."""
    for each in ALL:
        each.wrote_address()
