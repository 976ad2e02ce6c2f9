"""What the decoder wrote, as the views show it."""

from explorer.seq2seq.translator import Translation
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted


def written(found: Translation, *, markdown: bool = True) -> str:
    """The text of an output; one that was cut at the greatest length says so."""
    text = quoted(found.text) if markdown else f"“{found.text}”"
    return text if found.finished else _("{text} … (truncated)").format(text=text)
