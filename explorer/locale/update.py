"""Brings the catalogues up to date with the code: ``python -m explorer.locale.update``.

Messages are the literals given to ``_``, ``N_`` and ExplorerError. Needs no page to run.
"""

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from explorer.locale import CATALOGUES, LOCALE, catalogue
from explorer.shipped_files import HOME

_FOLDERS = {"explorer": LOCALE.parent, "pages": HOME / "pages"}
_ERRORS = ("ExplorerError", "CheckpointError", "DivergedError", "MissingModuleError")
_KEYWORDS = dict.fromkeys(("_", "N_", "translate", *_ERRORS))


def messages() -> Catalog:
    """Every message in the code, with where it stands."""
    found = Catalog(project="Gatescope", charset="utf-8")
    for folder, path in _FOLDERS.items():
        for name, _line, message, comments, context in extract_from_dir(
            str(path), keywords=_KEYWORDS, method_map=[("**.py", "python")]
        ):
            # Without line numbers a catalogue changes only where a message does.
            found.add(message, None, [(f"{folder}/{name}", 0)], [], comments, context=context)
    return found


def read(language: str) -> Catalog:
    """A language's catalogue as it stands in its file."""
    with catalogue(language).open("rb") as source:
        return read_po(source, locale=CATALOGUES[language])


def update(language: str) -> None:
    """Adds new messages to a language's catalogue and drops those that are gone."""
    path = catalogue(language)
    known = read(language) if path.exists() else Catalog(locale=CATALOGUES[language])
    known.update(messages(), no_fuzzy_matching=True)
    known.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, known, width=100, sort_by_file=True, include_lineno=False)


if __name__ == "__main__":
    for language in CATALOGUES:
        update(language)
