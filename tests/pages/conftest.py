"""Pages run through app.py, as a browser runs them, without a browser."""

import json
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from explorer.models import catalogue
from explorer.web.kit.job import QUEUE

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PATIENCE_S = 60

# Every session of a test looks through all installed packages for components, which took a third
# of these tests' time; what is installed does not change meanwhile.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def opened(page: str, **parameters: str) -> AppTest:
    """A page opened by its address, with these parameters, in a session of its own."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_S)
    if page != "start":
        app.switch_page(f"pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def given(app: AppTest, key: str) -> dict[str, Any]:
    """What a component was given."""
    (part,) = (part for part in app.get("bidi_component") if part.key == key)
    content: dict[str, Any] = json.loads(part.proto.bytes)
    return content


def sentences(app: AppTest) -> list[str]:
    """Everything on the page that is meant to be read."""
    texts = ["title", "header", "markdown", "caption", "code"]
    texts += ["error", "warning", "info"]
    widgets = ("selectbox", "text_area", "number_input", "slider", "multiselect", "button")
    found = [element.value for kind in texts for element in getattr(app, kind)]
    found += [element.label for kind in widgets for element in getattr(app, kind)]
    found += [option for group in app.button_group for option in group.options]
    return [text for text in found if text]


def done(app: AppTest) -> AppTest:
    """The page once all its searches are done, however busy the machine is."""
    while app.get("progress") or any("Stop and keep" in button.label for button in app.button):
        app.run()
    assert not app.exception
    return app


@pytest.fixture(autouse=True)
def no_work_left_behind():
    """The next test waits for none of this one's jobs: a page of these tests is never closed."""
    yield
    QUEUE.end_all(PATIENCE_S)


@pytest.fixture
def own_models(tmp_path, monkeypatch):
    """A copy of the shipped models that a test may damage."""
    copy = tmp_path / "pretrained"
    shutil.copytree(catalogue.PRETRAINED, copy)
    monkeypatch.setattr(catalogue, "PRETRAINED", copy)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield copy
    st.cache_resource.clear()
    st.cache_data.clear()


def number(said):
    """A number as a page writes it."""
    return float(str(said).replace("−", "-").replace(",", ""))


def tables(app: AppTest) -> list[pd.DataFrame]:
    """What the page's tables say; a column of numbers alone as numbers."""
    found = (html.proto.body for html in app.get("html"))
    return [_as_numbers(_table(ElementTree.fromstring(body))) for body in found if "<td" in body]


def _table(root: ElementTree.Element) -> pd.DataFrame:
    head, *rows = [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]
    return pd.DataFrame(rows, columns=head)


def _as_numbers(table: pd.DataFrame) -> pd.DataFrame:
    for name in table:
        with suppress(ValueError):
            numbers = [number(cell) for cell in table[name]]
            whole = all(found.is_integer() for found in numbers)
            table[name] = [*map(int, numbers)] if whole else numbers
    return table
