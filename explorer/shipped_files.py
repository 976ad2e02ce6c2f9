"""Where the files are that come with the program, and how to get one of them back.

In a checkout the app, its pages, its settings and the models stand beside the package. A wheel has
them inside it (setup.py), so that nothing else lands among other people's packages.
"""

from pathlib import Path

_INSTALLED = Path(__file__).with_name("_app")

HOME = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1]
"""The folder of app.py, pages/, .streamlit/ and pretrained/."""


def is_checkout() -> bool:
    """Whether the program runs from its sources, where make and git have what they need."""
    return HOME != _INSTALLED


def restore_command(path: str) -> str:
    """The command that brings back what is missing or damaged.

    Args:
        path: A file or folder, from `HOME`, with slashes.
    """
    if is_checkout():
        return f"git checkout -- {path}"
    return "pip install --force-reinstall --no-deps gatescope"
