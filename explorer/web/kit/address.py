"""A page's whole state in its address, so that a link opens the same view."""

from collections.abc import Collection, Mapping
from copy import copy
from typing import Any, TypeVar, cast

import streamlit as st

from explorer.errors import ExplorerError
from explorer.web.kit import carried, new_session
from explorer.web.kit.parameters import Parameter, Parameters, Values, reset_by

T = TypeVar("T")

_PUBLISHED = "published address"
_SHOWN = "shown values"
_TAKEN = "taken address"
_FORGOTTEN = "forgotten parameters"
_LONGEST = 2000
"""Characters of a parameter, fewer than any browser takes."""
_REMEMBERED = "remembered addresses"


class Address:
    """The parameters of one page, as the address and the page's widgets have them.

    Args:
        page: The page's name; session keys carry it, so that two pages may use one parameter name.
        parameters: All that the page declares.
    """

    def __init__(self, page: str, parameters: Parameters) -> None:
        self.page = page
        self._declared = parameters
        self._shown: dict[str, Parameter[Any]] = {}
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
        again._shown, again.problems = {}, []
        again._taken, again._part = None, True
        again._given = _published()[1]
        return again

    def key(self, name: str) -> str:
        """The session key of a parameter's widget, or of anything else that the page names."""
        return f"{self.page}.{name}"

    def take(self, parameter: Parameter[T]) -> str:
        """The key for a parameter's widget, its value set from the address or to the default.

        Raises:
            LookupError: The page does not declare it.
        """
        name = parameter.name
        if all(declared.name != name for declared in self._declared):
            raise LookupError(f"the page {self.page} does not declare {name}")
        self._take_over()
        key = self.key(name)
        if key in new_session.sent():
            value = new_session.sent().pop(key)
        elif key not in st.session_state or (self._taken is not None and key not in self._taken):
            value = self._read(parameter)
            if self._taken is not None:
                self._taken.add(key)
        else:
            # Set again in every run: streamlit forgets the value of a widget that is not drawn.
            value = st.session_state[key]
        value = parameter.fit(value)  # the bounds may have changed under it
        st.session_state[key] = list(cast(tuple[T], value)) if type(value) is tuple else value
        self._shown[name] = parameter
        return key

    def value(self, parameter: Parameter[T]) -> T:
        """A parameter's value, whether or not its widget is drawn."""
        return cast(T, st.session_state[self.take(parameter)])

    def put(self, values: Values) -> None:
        """Sets parameters from a callback; what is of them goes back to its default."""
        self._reset(of={parameter.name for parameter in values})
        for parameter, value in values.items():
            st.session_state[self.key(parameter.name)] = value
            _forgotten().discard(self.key(parameter.name))

    def take_back(self, *parameters: Parameter[Any]) -> None:
        """Takes parameters back to their defaults, and what is of them."""
        names = {parameter.name for parameter in parameters}
        self._forget(names)
        self._reset(of=names)

    def changed(self, parameter: Parameter[Any]) -> None:
        """Tells that the reader has changed a parameter; what is of it goes back to its default."""
        self._reset(of={parameter.name})

    def publish(self, along: Mapping[str, str]) -> None:
        """Writes every parameter that is not at its default into the address.

        A parameter that nothing asked for in this run belongs to a view that is not open, and
        stays as it is.

        Args:
            along: What every page's address carries, the language for one.
        """
        self._take_over()
        new_session.settle()
        elsewhere = self._shown.keys() | carried.NAMES
        closed = {name: value for name, value in self._given.items() if name not in elsewhere}
        own = closed | self._changed()
        # Longer than any browser takes: such a text stays in the session alone.
        own = {name: value for name, value in own.items() if len(value) <= _LONGEST}
        _remembered()[self.page] = own
        wanted = {**along, **own}
        if st.query_params.to_dict() != wanted:
            st.query_params.from_dict(wanted)
        st.session_state[_PUBLISHED] = (self.page, wanted)
        st.session_state.pop(_TAKEN, None)
        around = st.session_state.get(_SHOWN, {}) if self._part else {}
        shown = {key: st.session_state[key] for key in map(self.key, self._shown)}
        st.session_state[_SHOWN] = around | shown

    def _changed(self) -> dict[str, str]:
        """What is not at its default, as the address writes it."""
        written = {
            name: parameter.write(st.session_state[self.key(name)])
            for name, parameter in self._shown.items()
        }
        defaults = {name: p.write(p.default) for name, p in self._shown.items()}
        return {name: text for name, text in written.items() if text != defaults[name]}

    def _reset(self, *, of: Collection[str]) -> None:
        self._forget(reset_by(self._declared, of))

    def _forget(self, names: Collection[str]) -> None:
        for key in map(self.key, names):
            st.session_state.pop(key, None)
            _forgotten().add(key)

    def _take_over(self) -> None:
        """In a new session, the widgets drawn so far show what the reader's tab had."""
        if not self._part:
            new_session.take_over(map(self.key, self._shown))

    def _takes(self, given: dict[str, str]) -> set[str] | None:
        """The keys that the address has set already, if it decides; None where the widgets do.

        An address that this session did not write was opened, edited or gone back to, and it
        decides, once for every widget: the reader may move one before the first run has ended.
        But not over a widget that has moved since it was shown, because a browser may send the old
        address along with the reader's change.
        """
        here = (self.page, given)
        if st.session_state.get(_PUBLISHED) == here:
            return None
        before, taken = st.session_state.get(_TAKEN, (None, set[str]()))
        if before != here:
            if self._moved():
                return None
            st.session_state[_TAKEN] = (here, taken := set[str]())
        return cast(set[str], taken)

    def _comes_from_another_page(self) -> bool:
        return _published()[0] not in ("", self.page)

    def _moved(self) -> bool:
        """Whether a widget of this page has another value than it had when it was last shown."""
        shown: dict[str, object] = st.session_state.get(_SHOWN, {})
        return any(
            key.startswith(f"{self.page}.") and st.session_state.get(key, value) != value
            for key, value in shown.items()
        )

    def _read(self, parameter: Parameter[T]) -> T:
        name = parameter.name
        key = self.key(name)
        if name not in self._given or key in _forgotten():
            _forgotten().discard(key)
            return parameter.default
        try:
            if len(self._given[name]) > _LONGEST:  # no page writes such an address
                raise ValueError(name)
            return parameter.read(self._given[name])
        except ExplorerError as error:  # which says more
            problem = error
        except ValueError:
            problem = ExplorerError(
                "The address contains {name}={value}, which this page cannot show; that part was "
                "ignored.",
                name=name,
                value=self._given[name][:40],
            )
        # Where widgets decide, the value was good once: no fault of the reader's.
        if self._taken is not None:
            self.problems.append(problem)
        return parameter.default


def let_address_decide() -> None:
    """Tells that the app itself opens an address next: it decides, whatever widgets have moved.

    A run that was cut short has set widgets and published nothing, as if the reader had moved them.
    """
    for kept in (_PUBLISHED, _SHOWN, _TAKEN):
        st.session_state.pop(kept, None)


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
