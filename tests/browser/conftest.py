"""A served app and a browser; everything stays on 127.0.0.1."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.chromium import ARGUMENTS, installed
from tests.browser.server import PATIENCE_S, serving

# Both cores are at work while the browser tests run: what is right may come late.
expect.set_options(timeout=PATIENCE_S * 1000)


SIZE = ViewportSize(width=1400, height=1000)
_APP = pytest.StashKey[str]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Processes that share the tests share a server, and what it has computed."""
    config: pytest.Config = node.config
    if _APP not in config.stash:
        kept = ExitStack()
        config.add_cleanup(kept.close)
        config.stash[_APP] = kept.enter_context(serving())
    node.workerinput["app"] = config.stash[_APP]


@pytest.fixture(scope="session")
def app(pytestconfig: pytest.Config) -> Iterator[str]:
    """One server for all tests that need no cold one."""
    if shared := getattr(pytestconfig, "workerinput", {}).get("app"):
        yield shared
        return
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """For those who come with nothing: in a new context of it nothing of the app is kept."""
    chromium = driver.chromium.launch(executable_path=installed(), args=list(ARGUMENTS))
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def reader(
    driver: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One reader's browser, which keeps the app's scripts as it would keep them: compiled.

    It does so in a folder alone: without one, every page would compile them again, which is a third
    of what opening it costs.
    """
    context = driver.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("reader"),
        executable_path=installed(),
        args=list(ARGUMENTS),
        viewport=SIZE,
        locale="en-US",
    )
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if it asks for anything outside, or if its scripts fail.

    Of the pages before it the app's files are left, and no cookie; a page's state is its address.
    """
    reader.clear_cookies()
    opened = reader.new_page()
    with _watched(opened):
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def _tabs(reader: BrowserContext) -> Iterator[list[Page]]:
    tabs: list[Page] = []
    yield tabs
    for tab in tabs:
        tab.close()


@pytest.fixture
def tab(
    reader: BrowserContext, _tabs: list[Page], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """As `page`, for a module whose tests `visit` their views in one tab, one after the other."""
    failed = getattr(request.node, "execution_count", 1) > 1
    if failed or not _tabs:
        _tabs.append(reader.new_page())
    opened = _tabs[-1]
    opened.set_viewport_size(SIZE)
    with _watched(opened):
        yield opened


@contextmanager
def _watched(page: Page) -> Iterator[None]:
    trouble: list[str] = []

    def failed(error: Error) -> None:
        trouble.append(str(error))

    def asked(request: Request) -> None:
        _note_outside(request.url, trouble)

    page.on("pageerror", failed)
    page.on("request", asked)
    yield
    page.remove_listener("pageerror", failed)
    page.remove_listener("request", asked)
    assert not trouble


def _note_outside(url: str, trouble: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        trouble.append(f"asked for {url}")
