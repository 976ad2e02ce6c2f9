"""Whatever an address or a field says, it is measured before it is read, and read at once."""

import ast
import gc
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer.errors import ExplorerError
from explorer.models import own_folder
from explorer.web.kit import address as address_module
from explorer.web.kit import field as field_module
from explorer.web.kit.address import Address
from explorer.web.kit.parameters import Parameter
from tests.decoding.small_marian import write_marian

from .conftest import PAGES, ROOT, opened
from .test_parameters import DECLARED
from .test_yours import upload, varied
from .views import places

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")

LIMIT_S = 0.05
MEGABYTE = "word " * (2**20 // 5)
HUGE = (
    *("1e99999999", "-1e99999999", "1e-99999999", "9e999", "1e999/1e999", "1/1e-300", "1/0"),
    *("9" * 10_000, "-" + "9" * 10_000, "0." + "9" * 10_000, "1/" + "9" * 5000, "1e" + "9" * 5000),
    *("/".join("1" * 5000), "1/(1/(1/3))", "nan", "-nan", "inf", "-Infinity", "NaN/NaN"),
    *(
        "１２３",
        "１ｅ９９９９９９９９",
        "١٢٣",
        "९" * 5000,
        "①",
        "²",
        "1_000_000",
        "0x" + "f" * 5000,
    ),
    *("", " ", "\0", "1\0", "\x1b[2J1", "\n1\r", "\u202e1", "1 2", ",", "," * 5000, "~" * 5000),
    *("0~" * 5000, "_" * 5000, "." * 5000, "beam." + "9" * 10_000, "forget~" + "9" * 10_000),
    *("forget~1e99999999", "forget~0~u" + "9" * 5000, "forget~0,|" * 2000, "a" * 5000, MEGABYTE),
)
#: Also in the shape of what a list, a table, a change or a row of probabilities is written in.
TEXTS = (
    st.sampled_from(HUGE)
    | st.text()
    | st.lists(st.sampled_from(HUGE), max_size=8).flatmap(
        lambda parts: st.sampled_from([separator.join(parts) for separator in ",~_. |;"])
    )
)

Reader = Callable[[str], object]


@dataclass(frozen=True)
class Survey:
    """How every page in every view reads what it reads.

    Attributes:
        readers: What reads, by a name of its own.
        lines: The lines of code that asked for something, by their file.
        views: The views themselves, by their names.
    """

    readers: dict[str, Reader]
    lines: frozenset[tuple[str, int]]
    views: dict[str, AppTest]


@cache
def survey() -> Survey:
    """Opens every page in every view; once for all who ask, who stand in this file therefore."""
    readers: dict[str, Reader] = {}
    lines: set[tuple[str, int]] = set()
    views: dict[str, AppTest] = {}
    take, read_text = Address.take, field_module.read_text

    def take_noted(self, parameter):
        readers[self.key(parameter.name)] = lambda text: _by_address(parameter, text)
        lines.update(_lines())
        return take(self, parameter)

    def read_noted(text, read, most):
        reader = getattr(read, "__qualname__", repr(read))  # a partial one has no name
        readers[f"field {most} {reader} {len(readers)}"] = lambda other: read_text(
            other, read, most
        )
        return read_text(text, read, most)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Address, "take", take_noted)
        patch.setattr(field_module, "read_text", read_noted)
        for page, parameters in places():
            views[f"{page} {parameters}"] = opened(page, lang="en", **parameters)
        for show, module in (("steps", "enc"), ("steps", "dec"), ("two", "dec")):
            app = upload(opened("yours", lang="en", show=show), varied())
            app.selectbox[0].set_value(module).run()
        with TemporaryDirectory() as folder:
            write_marian(Path(folder) / "marian")
            patch.setenv(own_folder.VARIABLE, folder)
            opened("search", lang="en", of="own:marian", text="a b")
    return Survey(dict(readers), frozenset(lines), views)  # reading asks for more


def _lines() -> set[tuple[str, int]]:
    """The lines of the pages' code that are being run."""
    found, frame = set(), sys._getframe(2)
    while frame:
        found.add((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return found


def _by_address(parameter: Parameter, text: str) -> None:
    """Opens an address that says so, and asks for the parameter."""
    with pytest.MonkeyPatch.context() as patch:
        session: dict[str, object] = {}
        patch.setattr(address_module, "st", Streamlit(session, {parameter.name: text}))
        given = Address("page", (parameter,))
        found = given.value(parameter)
        assert given.problems or parameter.write(found) == parameter.write(parameter.read(text))


class Streamlit:
    """What an address needs of it."""

    def __init__(self, session_state, query_params):
        self.session_state = session_state
        self.query_params = self
        self.to_dict = query_params.copy


def _seconds(read: Reader, text: str) -> float:
    """Of the processor, in this thread; the least of some tries, if it is much."""
    best = float("inf")
    for _try in range(4):
        start = time.thread_time()
        with suppress(ExplorerError):
            read(text)
        best = min(best, time.thread_time() - start)
        if best < LIMIT_S:
            break
    return best


def test_the_survey_meets_every_place_that_reads_an_address():
    lines = survey().lines
    missed = []
    for path in sorted((ROOT / "explorer" / "web").rglob("*.py")):
        if path.name in ("address.py", "field.py", "widgets.py", "views.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _asks(node.func):
                there = range(node.lineno, node.end_lineno + 1)
                if not lines & {(str(path), line) for line in there}:
                    missed.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not missed


def _asks(called: ast.expr) -> bool:
    """Whether it asks for a parameter: a method of an address, or what stands on one."""
    if isinstance(called, ast.Attribute):
        return called.attr in {"take", "value"} and ast.unparse(called.value).endswith("address")
    asking = {
        "type_text",
        "choose",
        "chosen",
        "select",
        "slide",
        "slide_options",
        "number",
        "state",
    }
    return isinstance(called, ast.Name) and called.id in asking


def test_all_that_is_declared_is_in_use():
    """What is in use is declared: a page that asks for anything else breaks."""
    declared = {f"{page}.{parameter.name}" for page in PAGES for parameter in DECLARED[page]}
    assert declared - set(survey().readers) == UNUSED


#: The pages on gates declare one list, and no GRU of several layers is shipped.
UNUSED = {"gru.layer"}


@settings(max_examples=60)
@given(TEXTS)
def test_no_parameter_takes_long_to_be_read(text):
    assert not _slow(survey().readers, text)


def test_no_hostile_number_takes_long_to_be_read():
    """One test, since the survey takes as long as all of its numbers do."""
    readers = survey().readers
    assert len(readers) > 100
    assert not [(text[:12], slow) for text in HUGE if (slow := _slow(readers, text))]


def _slow(readers: dict[str, Reader], text: str) -> dict[str, float]:
    """The seconds of those that take too long."""
    gc.disable()  # the collector's time is no reader's
    try:
        return {name: s for name, read in readers.items() if (s := _seconds(read, text)) > LIMIT_S}
    finally:
        gc.enable()


@pytest.mark.parametrize("text", ["1e99999999", "1/3e-99999999", "9" * 1900])
def test_a_hidden_markov_model_of_a_huge_number_is_refused_at_once(text):
    start = time.process_time()
    plain = opened("bidirectional", lang="en", show="markov")
    usual = time.process_time() - start
    app = opened("bidirectional", lang="en", show="markov", start=text)
    assert time.process_time() - start < 2 * usual + 1
    assert "which is not a number" in app.error[0].value
    assert app.text_input(key="bidirectional.start").value == text
    assert _drawn(app) == _drawn(plain)


def test_a_megabyte_in_every_field_is_refused_at_once_and_the_page_stays(subtests):
    for name, app in survey().views.items():
        if app.text_input or app.text_area:
            with subtests.test(name):
                _refuses_a_megabyte(app)


def _refuses_a_megabyte(app: AppTest) -> None:
    usual = _run(app)
    while any(button.label == "Stop" for button in app.button):  # a job has more to show
        app.run()
    drawn = _drawn(app)
    for field in (*app.text_input, *app.text_area):
        field.set_value(MEGABYTE)
    assert _run(app) - usual < 1
    fields = [*app.text_input, *app.text_area]
    assert {field.value for field in fields} == {MEGABYTE}
    refused = [error.value for error in app.error if "shorten it by" in error.value]
    assert len(refused) == len(fields)
    assert _drawn(app) == drawn


def _run(app) -> float:
    """Seconds of the processor for another run."""
    start = time.process_time()
    app.run()
    assert not app.exception
    return time.process_time() - start


def _drawn(app) -> dict[str, int]:
    """How many figures, tables and sentences there are, but for counts of characters."""
    kinds = ("plotly_chart", "vega_lite_chart", "arrow_vega_lite_chart", "html", "latex")
    found = {kind: len(app.get(kind)) for kind in (*kinds, "dataframe", "caption", "markdown")}
    components = [one.key for one in app.get("bidi_component")]
    return found | {"components": sum(not key.endswith(".count") for key in components)}
