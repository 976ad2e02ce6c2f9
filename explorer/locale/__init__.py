"""The languages of the project: English is the source, the others are gettext catalogues.

Catalogues are kept as readable ``.po`` files and compiled in memory. Knows nothing of streamlit.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

Translate = Callable[[str], str]

LOCALE = Path(__file__).parent
DOMAIN = "explorer"

#: Language code in the address → the language's own name.
LANGUAGES = {"en": "English", "zh": "中文"}
CATALOGUES = {"zh": "zh_CN"}


def N_(message: str) -> str:
    """Marks a message for the catalogues; it is translated where it is shown."""
    return message


def english(message: str) -> str:
    """The translation into the source language: the message itself."""
    return message


_FULL_WIDTH = ("。", "：", "？", "！", "；")


def paragraph(*sentences: str) -> str:
    """Sentences one after another, with a space between; a full-width mark brings its own."""
    parts = (part if part.endswith(_FULL_WIDTH) else f"{part} " for part in sentences)
    return "".join(parts).rstrip(" ")


def enumerated(items: Iterable[str], _: Translate) -> str:
    """Items one after another, with the comma that the language has for them."""
    return _(", ").join(items)


def catalogue(language: str) -> Path:
    """The path of a language's ``.po`` file."""
    return LOCALE / CATALOGUES[language] / "LC_MESSAGES" / f"{DOMAIN}.po"


@lru_cache
def translator(language: str) -> Translate:
    """The function that translates an English message into ``language`` (a key of LANGUAGES).

    Raises:
        KeyError: if there is no such language.
    """
    if language == "en":
        return english
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with catalogue(language).open("rb") as source:
        write_mo(compiled, read_po(source, locale=CATALOGUES[language]))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled).gettext


def preferred(browser: str | None) -> str:
    """The language to begin with, from the browser's own (for instance ``zh-TW``)."""
    code = (browser or "en").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def environment_language(environment: Mapping[str, str]) -> str:
    """The language of the environment, by the order in which POSIX reads its locale."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    said = next((value for name in names if (value := environment.get(name))), "")
    return preferred(said.partition(".")[0].replace("_", "-"))
