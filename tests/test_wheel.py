"""A wheel, built and installed: all that the program needs lies in it, and nothing beside it."""

import os
import shutil
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

from packaging.requirements import Requirement

from tests.browser.server import free_port, wait_for

ROOT = Path(__file__).parents[1]
BESIDE = ("app.py", ".streamlit", "pages", "pretrained")
SOURCES = (*BESIDE, "explorer", "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")

# Run where nothing but the wheel has the package.
_USED = """
import sys
from importlib.metadata import entry_points
from streamlit.testing.v1 import AppTest
import explorer
from explorer.shipped_files import HOME, restore_command

assert HOME.parts[-2:] == ("explorer", "_app"), HOME
assert restore_command("pretrained").startswith("pip install ")
app = AppTest.from_file(str(HOME / "app.py"), default_timeout=60)
app.query_params["text"], app.query_params["lang"] = "a lamp", "zh"
app.switch_page("pages/gru.py").run()
assert not app.exception and not app.error, (app.exception, app.error)
assert "a lamp" in [field.value for field in app.text_area]
assert any("门" in text.value for text in app.markdown)
(command,) = entry_points(group="console_scripts", name="gatescope")
command.load()(["trace", "gru-timemachine", "a lamp", "--out", "lamp.csv"])
"""


def test_a_wheel_is_whole_and_runs_from_any_folder(tmp_path):
    wheel = built(tmp_path)
    assert_holds_what_it_should(wheel)
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    run(
        *PIP,
        "install",
        "--no-deps",
        "--no-compile",
        "--target",
        str(site),
        str(wheel),
        cwd=tmp_path,
    )
    elsewhere.mkdir()
    run(sys.executable, "-c", _USED, cwd=elsewhere, path=site)
    assert (elsewhere / "lamp.csv").read_text().startswith("layer,direction,step,token,unit,reset")
    assert_serves(site, elsewhere)


def built(folder):
    """The wheel of a copy, since a build leaves files behind and takes up those of one before."""
    copy = folder / "copy"
    for name in SOURCES:
        if (ROOT / name).is_dir():
            no_caches = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, copy / name, ignore=no_caches)
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--no-cache-dir")
    run(*PIP, "wheel", *offline, "-w", str(folder), str(copy), cwd=folder)
    (wheel,) = folder.glob("gatescope-*.whl")
    return wheel


def assert_holds_what_it_should(wheel):
    inside = [f"explorer/_app/{name}" for name in files(*BESIDE)]
    with ZipFile(wheel) as opened:
        names = opened.namelist()
        about = next(name.partition("/")[0] for name in names if ".dist-info/" in name)
        described = message_from_bytes(opened.read(f"{about}/METADATA"), policy=policy.default)
    program = {name for name in names if not name.startswith(f"{about}/")}
    assert program == {*inside, *files("explorer")}
    assert (
        described.get_payload(decode=True).decode().strip()
        == (ROOT / "README.md").read_text("utf-8").strip()
    )
    assert_pins_are_within(map(Requirement, described.get_all("Requires-Dist")))


def assert_pins_are_within(ranges):
    """What everything is tested with, and the lowest that anything was, is what pip may choose."""
    wanted = {each.name: each for each in ranges if not each.marker}
    pins, lowest = pinned("requirements.txt"), pinned("requirements-lowest.txt")
    assert wanted.keys() == pins.keys() == lowest.keys()
    for name, asked in wanted.items():
        assert asked.specifier.contains(pins[name])
        assert [part.version for part in asked.specifier if part.operator == ">="] == [lowest[name]]


def pinned(name):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith(("#", "-")))


def files(*names):
    found = {path for name in names for path in ((ROOT / name), *(ROOT / name).rglob("*"))}
    kept = (path for path in found if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in kept}


def assert_serves(site, elsewhere):
    port = free_port()
    command = [sys.executable, str(site / "bin" / "gatescope"), "run", "--port", str(port)]
    environment = os.environ | {
        "PYTHONPATH": str(site),
        "LC_ALL": "C.UTF-8",
        # As a container is told to serve below a path, and is asked whether it does.
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_BASE_URL_PATH": "gatescope",
        "GATESCOPE_HOSTS": "gatescope.example.org",
    }
    at = f"http://127.0.0.1:{port}/gatescope"
    healthy = [sys.executable, "-m", "explorer.web.serving.health"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=elsewhere, env=environment, **silent) as server:
        try:
            wait_for(at)
            with urlopen(f"{at}/gru", timeout=60) as answer:
                assert b"gatescope.js" in answer.read()  # which app.py puts there
            assert subprocess.run(healthy, cwd=elsewhere, env=environment).returncode == 0
        finally:
            server.terminate()
    assert subprocess.run(healthy, cwd=elsewhere, env=environment, **silent).returncode != 0


def test_a_container_is_given_what_the_app_needs():
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]]
    assert {*BESIDE, "explorer", "requirements.txt"} <= {*copied}
    assert all((ROOT / name).exists() for name in copied)
    let_in = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {f"!{name}" for name in copied} <= {*let_in}


def run(*command, cwd, path=None):
    environment = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
