"""A served app on 127.0.0.1, for tests and benchmarks."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


@contextmanager
def serving(folder: Path = ROOT) -> Iterator[str]:
    """A fresh server of the app in ``folder``; gives its address."""
    with serving_as(folder) as (address, _process):
        yield address


@contextmanager
def serving_as(
    folder: Path = ROOT,
    *,
    path: str = "",
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[tuple[str, int]]:
    """The same; gives its address and the number of its process.

    Args:
        folder: Where its app.py is.
        path: The path below which it answers, for instance ``/gatescope``.
        environment: More variables of its environment.
        port: That it listens at; one that is free, if none is given.
    """
    with starting(folder, path=path, environment=environment, port=port) as (address, process):
        wait_for(address)
        yield address, process


@contextmanager
def starting(
    folder: Path = ROOT,
    *,
    path: str = "",
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[tuple[str, int]]:
    """The same, before it answers."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, *options, "--server.baseUrlPath", path],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(folder.resolve()), **(environment or {})},
    )
    try:
        yield f"http://127.0.0.1:{port}{path}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=10)


def settled(page: Page) -> Page:
    """Waits until the page has nothing left to run."""
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE_S * 1000
    )
    return page


_GO = """async address => {
  const app = document.querySelector("[data-testid=stApp]");
  const begun = new Promise(done => new MutationObserver((_changes, watching) => {
    if (app.dataset.testScriptState !== "running") return;
    watching.disconnect();
    done();
  }).observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] }));
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  const unseen = new Promise(done => setTimeout(done, 5000));  // a run too short to be drawn
  await Promise.race([begun, unseen]);
}"""


def visit(page: Page, address: str) -> Page:
    """Opens an address of the app, and waits until nothing is left to run.

    A tab that has the app goes on as it does for Back, and loads the view alone: to load the app
    costs several times as much. The view is that of the address either way; what a session keeps
    besides, such as a file that was given, is kept.
    """
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    if page.url.startswith(f"{origin}/"):
        settled(page).evaluate(_GO, address.removeprefix(origin))
    else:
        page.goto(address)
    return settled(page)


def busy(process: int) -> float:
    """The share of a core that a process takes over two seconds; read off /proc."""
    before, began = processor_time(process), time.monotonic()
    time.sleep(2)
    return (processor_time(process) - before) / (time.monotonic() - began)


def processor_time(process: int) -> float:
    """Seconds that a process has computed so far, all its threads together; read off /proc."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Waits until the app at ``address`` answers.

    Raises:
        TimeoutError: It did not within PATIENCE_S.
    """
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"the app at {address} did not answer within {PATIENCE_S} s")
