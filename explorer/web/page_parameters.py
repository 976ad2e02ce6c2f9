"""The parameters of every page, by its name: what an address of the app may say."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from explorer.web.kit.parameters import Choice, Parameter, Parameters, Whole, Wholes, Written
from explorer.web.shared.chapter import BY_PAGE, OTHERS

_FOLDERS = {"gru": "gates", "lstm": "gates"}
"""The folders of pages that share one."""
_MOST = 99_999
_NAME = re.compile(r"[\w.:+~@-]{1,80}")


@cache
def page_parameters() -> Mapping[str, Parameters]:
    """What each page declares; the start page is the empty name."""
    return {"" if page == "start" else page: _declared(page) for page in (*BY_PAGE, *OTHERS)}


def _declared(page: str) -> Parameters:
    module = import_module(f"explorer.web.pages.{_FOLDERS.get(page, page)}.parameters")
    return tuple(_readable(parameter) for parameter in module.PARAMETERS)


def _readable(parameter: Parameter[Any]) -> Parameter[Any]:
    """A parameter that can be read without its page.

    Where options or bounds are those of a model or a text, which are known in a run alone, any name
    or number is read here, and what the page has not is refused there, as in any address.
    """
    match parameter:
        case Choice() if not parameter.options:
            return Written(parameter.name, parameter.default, reader=_name)
        case Whole() if parameter.lowest == parameter.highest:
            return parameter.within(parameter.lowest, _MOST)
        case Wholes(highest=0):
            return parameter.upto(_MOST)
    return parameter


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(text)
    return text
