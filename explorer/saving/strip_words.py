"""The words of the strip of tokens, on pages with a server and without one."""

from collections.abc import Mapping

from explorer.locale import Translate


def strip_labels(_: Translate) -> Mapping[str, str]:
    """The words of the strip, in the reader's language."""
    return {
        "start": _("First step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "slider": _("Step"),
        "speed": _("Speed"),
        "step": _("step"),
        "value": _("{name}: {value}"),
        "surprise": _("surprise"),
        "bits": _("bits"),
        "expects": _("Predicted next token"),
        "reads": _("The encoder only reads; it makes no predictions"),
        "unknown": _("never seen in training, read as unknown"),
        "tokens": _("The text, token by token"),
        "select": _("Select a stretch"),
        "first": _("Choose the first character of the stretch"),
        "last": _("Choose the last character of the stretch"),
    }
