"""What browsers say to a class, and what they are told: small JSON, bounded and typed.

Whatever a student says ends as a counted choice, or as one more who follows or does not.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from explorer.classroom.lesson import Lesson
from explorer.classroom.lessons import Lessons
from explorer.classroom.question import Question
from explorer.classroom.view import Declared, View, read_view
from explorer.errors import ExplorerError

LONGEST = {True: 40_000, False: 400}
"""Characters of a message of somebody who leads, or does not."""
RATES = {True: (120, 40.0), False: (20, 2.0)}
"""Messages of theirs: so many at once, and so many a second."""
Pages = Mapping[str, Sequence[Declared]]


def read_message(text: str, *, leads: bool) -> dict[str, Any]:
    """A message as an object.

    Raises:
        ValueError: It is none, or too long.
    """
    message = None
    if len(text) <= LONGEST[leads]:
        with suppress(ValueError, RecursionError):
            message = json.loads(text)
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message


def answer_student(lesson: Lesson, seat: str, message: Mapping[str, Any]) -> None:
    """Does what a student may ask for; anything else is as if it had not been said."""
    match message:
        case {"follow": bool(follows)}:
            lesson.follow(seat, follows)
        case {"answer": int(choice)} if not isinstance(choice, bool):
            lesson.answer(seat, choice)


def obey_teacher(
    lessons: Lessons, lesson: Lesson, message: Mapping[str, Any], pages: Pages
) -> None:
    """Does what the teacher asks for.

    Raises:
        ExplorerError: It is not within the bounds, with a sentence for the teacher.
    """
    match message:
        case {"show": {"page": str(page), "values": dict(values), "places": dict(places)}}:
            lesson.show(read_view(page, values, pages), _numbers(places))
        case {"move": dict(places)}:
            lesson.move(_numbers(places))
        case {"ask": {"text": str(text), "choices": list(choices), "right": right}}:
            lesson.ask(_question(text, choices, right))
        case {"reveal": True}:
            lesson.reveal()
        case {"reveal": int(right)} if not isinstance(right, bool):
            lesson.reveal(right)
        case {"close": True}:
            lesson.close_question()
        case {"end": True}:
            lessons.end(lesson)


def seen(lesson: Lesson, *, seat: str, leads: bool) -> dict[str, Any]:
    """All that somebody is told of a class; a student learns counts once they are revealed."""
    told: dict[str, Any] = {
        "view": _view(lesson.view),
        "places": lesson.places,
        "question": lesson.question and _asked(lesson, lesson.question, seat, leads=leads),
        "ended": lesson.ended,
    }
    if leads:
        told |= {"here": lesson.here, "following": lesson.following}
    return told


def _view(view: View | None) -> Mapping[str, str] | None:
    return None if view is None else {"page": view.page, "query": view.query}


def _asked(lesson: Lesson, question: Question, seat: str, *, leads: bool) -> Mapping[str, Any]:
    open_ = lesson.revealed or leads
    return {
        "text": question.text,
        "choices": question.choices,
        "revealed": lesson.revealed,
        "right": question.right if lesson.revealed else None,
        "counts": lesson.answers if open_ else None,
        "mine": None if leads else lesson.people[seat].answer,
    }


def _question(text: str, choices: Sequence[object], right: object) -> Question:
    if not all(isinstance(choice, str) for choice in choices):
        raise ExplorerError("The choices of a question are texts.")
    known = right if isinstance(right, int) and not isinstance(right, bool) else None
    return Question(text.strip(), tuple(str(choice).strip() for choice in choices), known)


def _numbers(places: Mapping[str, object]) -> dict[str, int]:
    return {name: place for name, place in places.items() if type(place) is int}
