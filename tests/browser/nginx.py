"""nginx in front of served apps, by the configuration that the documentation gives.

The one on the machine is used; else ``python -m tests.browser.nginx`` unpacks Debian's package into
the checkout, so that no service is installed. Without one its tests are skipped.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.server import ROOT, free_port, wait_for

_UNPACKED = ROOT / ".cache" / "nginx"
#: Older releases of Debian and Ubuntu have the program in a package of another name.
_PACKAGES = ("nginx", "nginx-light", "nginx-core")

DOCUMENTED = ROOT / "docs" / "nginx.conf"

#: What Debian's nginx.conf has around the file, with every path in one folder.
_AROUND = """
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format seats "$gatescope_seat\\t$upstream_addr\\t$request_method\\t$uri";
    access_log {folder}/seats seats;
    include {folder}/gatescope.conf;
}}
"""


def installed() -> str | None:
    """The path of an nginx; Debian keeps it where users do not look for commands."""
    folders = (os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", _UNPACKED / "usr/sbin")
    return shutil.which("nginx", path=os.pathsep.join(map(str, folders)))


def unpack() -> None:
    """Unpacks Debian's package into the checkout, where there is no nginx and it can be had."""
    if installed() or not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return
    _UNPACKED.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    for name in _PACKAGES:
        subprocess.run(["apt-get", "download", "-qq", name], cwd=_UNPACKED, check=False)
        for package in _UNPACKED.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, _UNPACKED], check=False)
            package.unlink()
        if installed():
            return


class Front:
    """A running nginx: its address, and which process behind it answered whom."""

    def __init__(self, address: str, log: Path) -> None:
        self.address = address
        self._log = log

    def answered(self) -> list[list[str]]:
        """For each request that has ended: seat, process, method and path."""
        return [line.split("\t") for line in self._log.read_text(encoding="utf-8").splitlines()]


@contextmanager
def in_front_of(apps: Sequence[str], folder: Path) -> Iterator[Front]:
    """The documented configuration in front of two apps, on a free port of this machine."""
    port = free_port()
    (folder / "gatescope.conf").write_text(_moved(apps, port), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # another could not write into the folder
    around = folder / "nginx.conf"
    around.write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
    server = subprocess.Popen(
        [installed(), "-e", folder / "errors", "-c", around, "-g", "daemon off;"]
    )
    try:
        address = f"http://127.0.0.1:{port}{urlsplit(apps[0]).path}"
        wait_for(address)
        yield Front(address, folder / "seats")
    finally:
        server.terminate()
        server.wait(timeout=10)


def _moved(apps: Sequence[str], port: int) -> str:
    """The documented file with the ports of this test: all else is as it stands there."""
    text = DOCUMENTED.read_text(encoding="utf-8")
    for documented, app in zip(("127.0.0.1:8501", "127.0.0.1:8502"), apps, strict=True):
        assert text.count(documented) == 1
        text = text.replace(documented, urlsplit(app).netloc)
    text, found = re.subn(r"(listen\s+)80;", rf"\g<1>127.0.0.1:{port};", text)
    assert found == 1
    return text


if __name__ == "__main__":
    unpack()
