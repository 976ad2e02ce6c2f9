"""Finds a Chromium for the browser tests, and installs one where there is none.

The one on the machine is used; else Playwright's own is fetched; else Debian's package.
"""

import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Root may not use the sandbox; the rest keeps Chromium from calling home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def installed() -> str | None:
    """The path of a Chromium on this machine; Playwright's own where it has one."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _of_playwright()


def install() -> None:
    """Installs a Chromium if there is none.

    Raises:
        SystemExit: Neither way worked.
    """
    if installed():
        return
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    if installed():
        return
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        _try(command)
    if not installed():
        sys.exit("No Chromium was found, and none could be installed: install one and try again.")


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _try(command: list[str]) -> None:
    if shutil.which(command[0]):
        subprocess.run(command, check=False)


if __name__ == "__main__":
    install()
