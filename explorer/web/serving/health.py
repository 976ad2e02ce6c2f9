"""``python -m explorer.web.serving.health``: whether the app that serves on this machine answers.

For a container's health check. It reads the settings that the server reads from its environment,
and fails with a traceback where there is no answer.
"""

import os
from urllib.request import urlopen

PATIENCE_S = 4


def check() -> None:
    """Ask the server; a urllib.error.URLError says that it does not answer."""
    port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
    base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    path = f"{base}/_stcore/health".removeprefix("/")
    urlopen(f"http://127.0.0.1:{port}/{path}", timeout=PATIENCE_S).close()


if __name__ == "__main__":
    check()
