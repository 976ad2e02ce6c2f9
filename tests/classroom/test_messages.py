"""What is said to a class: a student's words end as counted choices, and nothing else passes."""

import json
from contextlib import suppress
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.classroom.lesson import FARTHEST, Lesson
from explorer.classroom.lessons import Lessons
from explorer.classroom.messages import (
    LONGEST,
    answer_student,
    obey_teacher,
    read_message,
    seen,
)
from explorer.classroom.question import MOST, Question
from explorer.classroom.view import LONGEST_VALUE, read_view
from explorer.errors import ExplorerError
from explorer.web.kit.parameters import Choice, Text, Whole

PAGES = {
    "gru": (Text("text"), Whole("step", 0, lowest=0, highest=99), Choice("show", "a", {"a": "A"})),
}
ASK = {"ask": {"text": "Which?", "choices": ["one", "two"], "right": 1}}
COMMANDS = [
    {"show": {"page": "gru", "values": {}, "places": {}}},
    {"move": {"strip": 3}},
    ASK,
    {"reveal": True},
    {"reveal": 0},
    {"close": True},
    {"end": True},
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["show", "move", "ask", "page", "values", "places", "text", "choices"])
            | st.sampled_from(["right", "answer", "follow", "reveal", "close", "strip", "gru"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def led(lesson, message):
    obey_teacher(Lessons(), lesson, message, PAGES)


def asked(lesson):
    led(lesson, ASK)
    return lesson


def test_a_view_is_read_by_what_its_page_declares_and_written_anew():
    values = {"text": "a&b=c ü\n“", "step": "07", "show": "<b>", "class": "X", "evil": "//x"}
    view = read_view("gru", values, PAGES)
    assert view.page == "gru"
    assert parse_qs(view.query) == {"text": [values["text"]], "step": ["7"]}


@pytest.mark.parametrize("page", ["//evil.example", "https://evil.example/gru", "../gru", "GRU"])
def test_there_is_no_view_of_anything_but_a_page(page):
    with pytest.raises(ExplorerError, match="no such page"):
        read_view(page, {}, PAGES)


@pytest.mark.parametrize(
    ("name", "text"),
    [("text", "x" * (LONGEST_VALUE + 1)), ("text", "\ud800"), ("step", 3), ("step", None)],
)
def test_what_cannot_be_read_is_left_out(name, text):
    assert read_view("gru", {name: text}, PAGES).query == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: next(iter(command)))
def test_a_student_cannot_lead(command):
    lesson = asked(Lesson())
    seat = lesson.enter("")
    before = seen(lesson, seat=seat, leads=True)
    answer_student(lesson, seat, command)
    assert seen(lesson, seat=seat, leads=True) == before


@settings(max_examples=50)
@given(message=st.dictionaries(st.sampled_from(["answer", "follow", "x"]), JSON, max_size=2))
def test_whatever_a_student_says_is_a_counted_choice_or_nothing(message):
    lesson = asked(Lesson())
    seat, other = lesson.enter(""), lesson.enter("")
    before = seen(lesson, seat=other, leads=False)
    answer_student(lesson, seat, message)
    assert seen(lesson, seat=other, leads=False) == before
    assert sum(lesson.answers) <= 1


@settings(max_examples=50)
@given(message=JSON.filter(lambda value: isinstance(value, dict)))
def test_whatever_a_teacher_says_leaves_a_class_that_can_be_told(message):
    lesson = asked(Lesson())
    seat = lesson.enter("")
    with suppress(ExplorerError):
        led(lesson, message)
    json.dumps(seen(lesson, seat=seat, leads=False), allow_nan=False)


def test_a_reveal_may_say_what_was_not_known_when_it_was_asked():
    lesson = Lesson()
    led(lesson, {"ask": {**ASK["ask"], "right": None}})
    with pytest.raises(ExplorerError):
        led(lesson, {"reveal": 2})
    assert not lesson.revealed
    led(lesson, {"reveal": 1})
    told = seen(lesson, seat=lesson.enter(""), leads=False)["question"]
    assert (told["revealed"], told["right"], told["counts"]) == (True, 1, (0, 0))


def test_places_are_numbers_of_known_players_within_bounds():
    lesson = Lesson()
    led(lesson, {"move": {"strip": 3, "tree": 10**30, "texts": True, "evil": 1}})
    assert lesson.places == {"strip": 3, "tree": FARTHEST}
    led(lesson, {"move": {"strip": -1}})
    assert lesson.places == {"strip": 0, "tree": FARTHEST}


@pytest.mark.parametrize(
    "text", ["", "[]", "1", "{", '"x"', "[" * 300, '{"a":' * 60, f'{{"a":"{"x" * 400}"}}']
)
def test_a_message_is_a_small_object(text):
    with pytest.raises(ValueError, match="no message"):
        read_message(text, leads=False)


def test_a_teachers_message_may_be_longer_and_not_too_long():
    text = json.dumps({"show": "x" * (LONGEST[True] - 20)})
    assert read_message(text, leads=True)
    for deep in (text + " " * 20, "[" * LONGEST[True]):
        with pytest.raises(ValueError, match="no message"):
            read_message(deep, leads=True)


@pytest.mark.parametrize(
    ("text", "choices", "right"),
    [
        ("", ["a", "b"], None),
        ("x" * 301, ["a", "b"], None),
        ("Q\u202e", ["a", "b"], None),
        ("Q", ["a"], None),
        ("Q", ["a"] * (MOST + 1), None),
        ("Q", ["a", " "], None),
        ("Q", ["a", "x" * 101], None),
        ("Q", ["a", 2], None),
        ("Q", ["a", "b"], 2),
        ("Q", ["a", "b"], -1),
    ],
)
def test_a_question_out_of_bounds_is_refused_and_the_open_one_stays(text, choices, right):
    lesson = asked(Lesson())
    with pytest.raises(ExplorerError):
        led(lesson, {"ask": {"text": text, "choices": choices, "right": right}})
    assert lesson.question == Question("Which?", ("one", "two"), 1)


def test_answers_are_counted_once_each_and_shown_without_names():
    lesson = asked(Lesson())
    seats = [lesson.enter("") for _each in range(3)]
    for seat, choice in zip([*seats, seats[0]], [0, 1, 1, 1], strict=True):
        answer_student(lesson, seat, {"answer": choice})
    assert lesson.answers == (0, 3)
    hidden = seen(lesson, seat=seats[0], leads=False)["question"]
    assert (hidden["counts"], hidden["right"], hidden["mine"]) == (None, None, 1)
    assert seen(lesson, seat="", leads=True)["question"]["counts"] == (0, 3)
    led(lesson, {"reveal": True})
    shown = seen(lesson, seat=seats[1], leads=False)
    assert (shown["question"]["counts"], shown["question"]["right"]) == ((0, 3), 1)
    assert not any(seat in json.dumps(shown) for seat in seats)
    answer_student(lesson, seats[2], {"answer": 0})
    assert lesson.answers == (0, 3)


def test_another_question_begins_without_answers():
    lesson = asked(Lesson())
    seat = lesson.enter("")
    answer_student(lesson, seat, {"answer": 1})
    led(lesson, {"close": True})
    answer_student(lesson, seat, {"answer": 1})
    assert lesson.answers == ()
    assert asked(lesson).answers == (0, 0)


def test_a_student_who_comes_back_has_their_answer_and_follows():
    lesson = asked(Lesson())
    seat = lesson.enter("")
    answer_student(lesson, seat, {"answer": 1})
    answer_student(lesson, seat, {"follow": False})
    assert lesson.following == 0
    lesson.leave(seat)
    assert lesson.enter(seat) == seat
    assert (lesson.here, lesson.following) == (1, 1)
    assert seen(lesson, seat=seat, leads=False)["question"]["mine"] == 1


def test_whoever_listens_is_told_until_they_stop():
    lesson, told = Lesson(), []
    stop = lesson.tell(lambda: told.append(lesson.shown))
    asked(lesson)
    stop()
    lesson.reveal()
    assert told == [1]
