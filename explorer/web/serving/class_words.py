"""The words of the bar of a class, in a reader's language."""

from collections.abc import Mapping

from explorer.locale import Translate


def class_words(_: Translate) -> Mapping[str, str]:
    """The words, by the names that the scripts (``class_*.js``) know them by."""
    return _of_all(_) | _of_students(_) | _of_teachers(_) | _of_questions(_)


def _of_all(_: Translate) -> dict[str, str]:
    return {
        "name": _("Class"),
        "lost": _("The connection to the class is lost; trying again …"),
        "ended": _("The class is over."),
        "close": _("Close"),
    }


def _of_students(_: Translate) -> dict[str, str]:
    return {
        "following": _("You follow the teacher"),
        "roaming": _("You look around on your own"),
        "roam": _("Look around"),
        "back": _("Back to the teacher"),
        "leave": _("Leave"),
        "went": _("The teacher went to {page}."),
        "changed": _("The teacher shows something else."),
        "waiting": _("The teacher has not shown anything yet."),
    }


def _of_teachers(_: Translate) -> dict[str, str]:
    return {
        "leading": _("You lead class {code}"),
        "here": _("Here: {here} · following: {following}"),
        "address": _("Address"),
        "open_it": _("Open this address, or type the code {code} on the start page:"),
        "alone": _(
            "Only this machine can open this address. To let a class in, start Gatescope with: "
            "make class"
        ),
        "qr": _("QR code of {address}"),
        "ask": _("Ask"),
        "end": _("End the class"),
        "sure": _("End it for all?"),
    }


def _of_questions(_: Translate) -> dict[str, str]:
    return {
        "question": _("Question"),
        "choice": _("Choice {letter}"),
        "right": _("Right answer"),
        "none_right": _("No right answer"),
        "put": _("Ask the class"),
        "answers": _("Answers: {count}"),
        "yours": _("Your answer: {letter}. You can change it until the answers are shown."),
        "choose": _("Choose an answer; nobody sees whose it is."),
        "reveal": _("Show answers"),
        "close_question": _("Close the question"),
        "asked": _("The teacher asks: {text}"),
        "revealed": _("The answers are shown."),
        "correct": _("right"),
    }
