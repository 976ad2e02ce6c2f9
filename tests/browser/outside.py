"""Notes every call by which a served app would leave this machine, and lets none happen."""

from pathlib import Path

#: Run by Python as it starts, in the server's process: before anything is imported.
_NOTING = """
import sys

_CALLS = {"socket.connect": 1, "socket.sendto": 1} | dict.fromkeys(
    ("socket.getaddrinfo", "socket.gethostbyname"), 0
)
_HERE = ("127.", "::1", "localhost", "0.0.0.0", "None", "/")


def _note(event, arguments):
    if event not in _CALLS:
        return
    asked = arguments[_CALLS[event]]
    host = str(asked[0] if isinstance(asked, tuple) else asked)
    if host.startswith(_HERE) or host in ("", "::"):
        return
    with open(__file__ + ".log", "a", encoding="utf-8") as log:
        print(event, host, file=log)
    raise OSError("nothing leaves this machine in a test")


sys.addaudithook(_note)
"""


class Outside:
    """What a server that is started with this environment asked for outside.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        module = folder / "sitecustomize.py"
        module.write_text(_NOTING, encoding="utf-8")
        self.environment = {"PYTHONPATH": str(folder)}
        self._log = folder / "sitecustomize.py.log"

    @property
    def asked(self) -> list[str]:
        """Each call and the host that it was for, in their order."""
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
