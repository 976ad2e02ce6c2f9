"""The app as ``make run`` and ``make class`` serve it."""

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from explorer.errors import ExplorerError
from explorer.web.serving import launch
from explorer.web.serving.networks import networks
from tests.browser.requests import ask, open_websocket
from tests.browser.server import PATIENCE_S, ROOT, free_port, wait_for

NEEDS_A_NETWORK = pytest.mark.skipif(not networks(), reason="this machine is on no network")


class Served:
    """A running command, and what it has printed."""

    def __init__(self, *words, lang="en_GB.UTF-8"):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "explorer", "serve", "--port", str(self.port), *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=os.environ | {"LC_ALL": lang, "PYTHONIOENCODING": "utf-8"},
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def line(self, pattern):
        """The first line, from here on, in which a pattern is found."""
        while not re.search(pattern, line := self._lines.get(timeout=PATIENCE_S)):
            pass
        return line

    def end(self):
        self.process.kill()
        self.process.wait()
        self._reader.join()

    def _read(self):
        with self.process.stdout as printed:
            for line in printed:
                self._lines.put(line)


@contextmanager
def served(*words, **options):
    running = Served(*words, **options)
    try:
        wait_for(running.address)
        yield running
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=PATIENCE_S) == 0  # as it is meant to be stopped
    finally:
        running.end()


def test_this_machine_alone_is_served():
    with served() as app:
        assert f"http://localhost:{app.port} " in app.line("http://")
        assert ask(f"http://127.0.0.1:{app.port}", {"Host": f"localhost:{app.port}"})[0] == 200
        for header in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            assert ask(app.address, header)[0] == 403
            assert open_websocket(app.address, header) == 403
        assert open_websocket(app.address, {"Origin": app.address}) == 101
        for network in networks():
            with pytest.raises(ConnectionRefusedError):
                ask(f"http://{network.address}:{app.port}")


@NEEDS_A_NETWORK
def test_a_class_is_served_at_what_stands_on_the_board():
    with served("--class", lang="zh_CN.UTF-8") as app:
        app.line("黑板")
        for network in networks():
            address = app.line("http://").split()[0]
            assert address == f"http://{network.address}:{app.port}"
            assert ask(address)[0] == 200
            assert open_websocket(address, {"Origin": address}) == 101
            assert ask(address, {"Host": socket.gethostname()})[0] == 200
            for header in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
                assert ask(address, header)[0] == 403
                assert open_websocket(address, header) == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::"])
def test_a_busy_port_is_said_with_one_that_is_free(address):
    if address == "::" and launch.every_address() != "::":
        pytest.skip("this machine has no IPv6")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(ExplorerError, match=f"Port {taken} is taken by another") as refused:
            launch.check(taken, address)
    launch.check(refused.value.values["free"], address)


def test_the_command_says_so_in_the_language_of_the_environment():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        command = [sys.executable, "-m", "explorer", "serve", "--class", "--port"]
        refused = subprocess.run(
            [*command, str(other.getsockname()[1])],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"LC_ALL": "", "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"},
        )
    assert refused.returncode == 2
    (sentence,) = refused.stderr.splitlines()
    assert "已被另一个程序占用" in sentence
