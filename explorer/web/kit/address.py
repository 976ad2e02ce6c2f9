"""A page's whole state in its address, so that a link opens the same view.

Streamlit's own binding writes the translated label of an option into the address; here the
option's name is written, so that a link means the same in every language.
"""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from typing import TypeVar, cast

import streamlit as st

from explorer.errors import ExplorerError
from explorer.text.numbers import read_decimal, read_whole
from explorer.web.kit import carried

T = TypeVar("T")

_PUBLISHED = "published address"
_SHOWN = "shown values"
_TAKEN = "taken address"
_FORGOTTEN = "forgotten parameters"
_LONGEST = 2000
"""Characters of a parameter, fewer than any browser takes."""
_REMEMBERED = "remembered addresses"


class Address:
    """The controls of one page as parameters of its address.

    Args:
        page: The page's name; session keys carry it, so that two pages may use one parameter name.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._seeded: dict[str, object] = {}
        self.problems: list[ExplorerError] = []
        given = st.query_params.to_dict()
        self._taken = self._takes(given)
        if not given and self._comes_from_another_page():  # by the sidebar, not by back or a link
            given = _remembered().get(page, {})
        self._given = given
        self._part = False

    def again(self) -> "Address":
        """The address in a run of a part of the page: the part's widgets decide.

        The other parameters stay as they were published.
        """
        again = copy(self)
        again._seeded, again.problems = {}, []
        again._taken, again._part = None, True
        again._given = _published()[1]
        return again

    def key(self, name: str) -> str:
        """The session key of a parameter's widget."""
        return f"{self._page}.{name}"

    def seed(self, name: str, default: T, read: Callable[[str], T]) -> str:
        """The key for a parameter's widget, its value set from the address or to the default.

        Args:
            name: The parameter's name in the address.
            default: The value where the address says nothing, or nothing that can be read.
            read: Turns the address's text into a value; raises ValueError where it cannot.
        """
        key = self.key(name)
        if key not in st.session_state or (self._taken is not None and key not in self._taken):
            st.session_state[key] = self._read(name, default, read)
            if self._taken is not None:
                self._taken.add(key)
        else:
            # Set again in every run: streamlit forgets the value of a widget that is not drawn.
            st.session_state[key] = st.session_state[key]
        self._seeded[name] = default
        return key

    def choice(self, name: str, default: T, options: Collection[T]) -> str:
        """Like :meth:`seed`, for a widget that picks one of ``options``."""
        by_text = {str(option): option for option in options}

        def read(text: str) -> T:
            if text not in by_text:
                raise ValueError(text)
            return by_text[text]

        key = self.seed(name, default, read)
        if st.session_state[key] not in options:  # the options changed under the value
            st.session_state[key] = default
        return key

    def forget(self, name: str) -> None:
        """Takes a parameter back to its default, for the rest of this run and the next."""
        st.session_state.pop(self.key(name), None)
        _forgotten().add(self.key(name))

    def number(self, name: str, default: int, lowest: int, highest: int) -> str:
        """Like :meth:`seed`, for a whole number from ``lowest`` to ``highest``."""

        def read(text: str) -> int:
            value = read_whole(text)
            if not lowest <= value <= highest:
                raise ValueError(text)
            return value

        key = self.seed(name, default, read)
        st.session_state[key] = min(max(st.session_state[key], lowest), highest)
        return key

    def decimal(self, name: str, default: float, lowest: float, highest: float) -> str:
        """Like :meth:`seed`, for any number from ``lowest`` to ``highest``."""

        def read(text: str) -> float:
            value = read_decimal(text)
            if not lowest <= value <= highest:
                raise ValueError(text)
            return value

        return self.seed(name, default, read)

    def numbers(self, name: str, highest: int, most: int) -> str:
        """Like :meth:`seed`, for up to ``most`` different whole numbers from 0 to ``highest``."""

        def read(text: str) -> list[int]:
            parts = text.split(",")
            if len(parts) > most:
                raise ValueError(text)
            values = [read_whole(part) for part in parts]
            if len({*values}) < len(values):
                raise ValueError(text)
            if not all(0 <= value <= highest for value in values):
                raise ValueError(text)
            return values

        nothing: list[int] = []
        key = self.seed(name, nothing, read)
        st.session_state[key] = [v for v in st.session_state[key] if v <= highest]
        return key

    def publish(self, along: Mapping[str, str]) -> None:
        """Writes every seeded parameter that is not at its default into the address.

        A parameter that no widget asked for in this run belongs to a view that is not open, and
        stays as it is.

        Args:
            along: What every page's address carries, the language for one.
        """
        elsewhere = self._seeded.keys() | carried.NAMES
        closed = {name: value for name, value in self._given.items() if name not in elsewhere}
        own = closed | {
            name: _text(st.session_state[self.key(name)])
            for name, default in self._seeded.items()
            if st.session_state[self.key(name)] != default
        }
        # Longer than any browser takes: such a text stays in the session alone.
        own = {name: value for name, value in own.items() if len(value) <= _LONGEST}
        _remembered()[self._page] = own
        wanted = {**along, **own}
        if st.query_params.to_dict() != wanted:
            st.query_params.from_dict(wanted)
        st.session_state[_PUBLISHED] = (self._page, wanted)
        st.session_state.pop(_TAKEN, None)
        around = st.session_state.get(_SHOWN, {}) if self._part else {}
        shown = {key: st.session_state[key] for key in map(self.key, self._seeded)}
        st.session_state[_SHOWN] = around | shown

    def _takes(self, given: dict[str, str]) -> set[str] | None:
        """The keys that the address has set already, if it decides; None where the widgets do.

        An address that this session did not write was opened, edited or gone back to, and it
        decides, once for every widget: the reader may move one before the first run has ended.
        But not over a widget that has moved since it was shown, because a browser may send the old
        address along with the reader's change.
        """
        here = (self._page, given)
        if st.session_state.get(_PUBLISHED) == here:
            return None
        before, taken = st.session_state.get(_TAKEN, (None, set[str]()))
        if before != here:
            if self._moved():
                return None
            st.session_state[_TAKEN] = (here, taken := set[str]())
        return cast(set[str], taken)

    def _comes_from_another_page(self) -> bool:
        return _published()[0] not in ("", self._page)

    def _moved(self) -> bool:
        """Whether a widget of this page has another value than it had when it was last shown."""
        shown: dict[str, object] = st.session_state.get(_SHOWN, {})
        return any(
            key.startswith(f"{self._page}.") and st.session_state.get(key, value) != value
            for key, value in shown.items()
        )

    def _read(self, name: str, default: T, read: Callable[[str], T]) -> T:
        key = self.key(name)
        if name not in self._given or key in _forgotten():
            _forgotten().discard(key)
            return default
        try:
            if len(self._given[name]) > _LONGEST:  # no page writes such an address
                raise ValueError(name)
            return read(self._given[name])
        except ValueError:
            # Where widgets decide, the value was good once: no fault of the reader's.
            if self._taken is None:
                return default
            self.problems.append(
                ExplorerError(
                    "The address contains {name}={value}, which this page cannot show; that "
                    "part was "
                    "ignored.",
                    name=name,
                    value=self._given[name][:40],
                )
            )
            return default


def _text(value: object) -> str:
    """A parameter's value as the address writes it."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _published() -> tuple[str, dict[str, str]]:
    """The page that was last written into the address, and its parameters."""
    last: tuple[str, dict[str, str]] = st.session_state.get(_PUBLISHED, ("", {}))
    return last


def _forgotten() -> set[str]:
    """The keys of parameters that a callback took back, until they are read again."""
    forgotten: set[str] = st.session_state.setdefault(_FORGOTTEN, set())
    return forgotten


def _remembered() -> dict[str, dict[str, str]]:
    """What each page's address said when this session last left it."""
    remembered: dict[str, dict[str, str]] = st.session_state.setdefault(_REMEMBERED, {})
    return remembered
