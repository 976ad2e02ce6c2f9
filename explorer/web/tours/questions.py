"""All questions of the tours as a test: to be printed, with the key apart, or as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from streamlit.logger import set_log_level

from explorer.locale import N_
from explorer.web.kit.carried import LANGUAGE
from explorer.web.kit.i18n import _, language
from explorer.web.shared.chapter import BY_PAGE
from explorer.web.tours.answering import answered
from explorer.web.tours.catalogue import TOURS
from explorer.web.tours.tour import Stop

LETTERS = "ABCD"
#: What of a view a question on paper must say besides.
_GIVEN = {
    "text": N_("Text: {value}"),
    "one": N_("Sentence 1: {value}"),
    "two": N_("Sentence 2: {value}"),
}
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 12pt/1.45 serif; }
ol > li { margin-bottom: 1.2em; break-inside: avoid; }
.given { font-family: monospace; white-space: pre-wrap; }
.key { break-before: page; }
"""


@dataclass(frozen=True)
class Asked:
    """A question with its answer, in the reader's language.

    Attributes:
        section: Of the book.
        text: The question.
        given: What it is about, a line each: the text, or the sentences.
        options: What may be answered.
        right: The number of the right option.
        said: The answer in a sentence, with its numbers.
        why: One sentence of why.
    """

    section: str
    text: str
    given: tuple[str, ...]
    options: tuple[str, ...]
    right: int
    said: str
    why: str

    @property
    def key(self) -> str:
        """The letter of the right option."""
        return LETTERS[self.right]


def ask_without_page(lang: str) -> None:
    """Lets questions be asked where no page is drawn, of which Streamlit would warn."""
    set_log_level("ERROR")
    LANGUAGE.choose(lang)


def questions() -> Iterator[Asked]:
    """The questions of all tours, in their order, each computed of its stop's own view.

    Raises:
        ExplorerError: A model's files are missing or damaged.
    """
    for tour in TOURS.values():
        for stop in tour.stops:
            if stop.question:
                yield _asked(BY_PAGE[tour.name].number, stop)


def _asked(section: str, stop: Stop) -> Asked:
    question = stop.question
    assert question is not None
    found = answered(question, stop.view)
    given = [
        _(template).format(value=stop.view[name])
        for name, template in _GIVEN.items()
        if name in question.of and name in stop.view
    ]
    options = tuple(map(_, question.options)) or found.options
    return Asked(
        section, _(question.text), tuple(given), options, found.right, found.said, _(question.why)
    )


def rows(asked: list[Asked]) -> Iterator[tuple[str, ...]]:
    """A table: its head, then a row for each question."""
    options = [f"option {letter}" for letter in LETTERS]
    yield ("number", "section", "question", "given", *options, "answer", "computed", "why")
    for number, one in enumerate(asked, 1):
        padded = one.options + ("",) * (len(LETTERS) - len(one.options))
        given = "\n".join(one.given)
        yield (str(number), one.section, one.text, given, *padded, one.key, one.said, one.why)


def page(asked: list[Asked]) -> str:
    """A page to print: the questions, and on a sheet of its own the key."""
    title = _("Questions on chapter 9: predict, then see")
    sheet = "".join(_on_paper(one) for one in asked)
    key = "".join(f"<li>{one.key}. {escape(one.said)} {escape(one.why)}</li>" for one in asked)
    name = _("Name, date:")
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><p>{escape(name)} ____________________</p><ol>{sheet}</ol>"
        f'<section class="key"><h1>{escape(_("The key"))}</h1><ol>{key}</ol></section>'
        "</body></html>\n"
    )


def _on_paper(one: Asked) -> str:
    given = "".join(f'<div class="given">{escape(line)}</div>' for line in one.given)
    options = "".join(
        f"<div>☐ {letter}. {escape(option)}</div>"
        for letter, option in zip(LETTERS, one.options, strict=False)
    )
    return f"<li>{escape(one.text)} ({one.section}){given}{options}</li>"
