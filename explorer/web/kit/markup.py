"""Text from a reader or a model on a page: nothing in it is markup."""

import re

from explorer.text.tokens import visible


def plain(text: str) -> str:
    """Text as a Markdown code span, in which nothing is markup, neither a link nor a formula.

    The fence is longer than any run of backticks in the text (CommonMark, section 6.1).
    """
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    line = _line(text)
    return f"{fence} {line} {fence}" if line.strip() else f"{fence}{line or ' '}{fence}"


def literal(text: str) -> str:
    """Text of which nothing is markup, in the letters of the page around it.

    Every mark of punctuation is escaped (CommonMark, section 2.4). Addresses, ``:emoji:`` and
    ``->`` are looked for behind the escapes, so word joiners, which are not seen, part them.
    """
    line = re.sub(
        rf"(?<={_MARK})(?={_MARK})|(?<=[:@])|(?<=www)(?=\.)",
        "\u2060",
        _line(text),
        flags=re.IGNORECASE,
    )
    return re.sub(_MARK, r"\\\g<0>", line)


_MARK = r"[!-/:-@\[-`{-~]"
_TURNING = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"


def _line(text: str) -> str:
    """On one line; a mark that would turn the sentence around it is its code point."""
    return re.sub(_TURNING, lambda mark: visible(mark[0]), " ".join(text.splitlines()))


def bold(sentence: str) -> str:
    """A sentence of ours in bold, its full-width stop outside.

    Two asterisks between a mark and a letter close nothing (CommonMark, section 6.2), and no
    blank stands between two sentences in Chinese.
    """
    words = sentence.removesuffix("。")
    return f"**{words}**{sentence[len(words) :]}"


def quoted(text: str) -> str:
    """A sentence from a reader or a model, in quotation marks; nothing in it is markup."""
    return f"“{literal(text)}”"
