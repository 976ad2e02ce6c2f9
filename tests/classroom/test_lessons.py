"""Codes, keys, bounds and the end of a class."""

import pytest

from explorer.classroom.allowance import Allowance
from explorer.classroom.codes import ALPHABET, LENGTH, new_code, read_code
from explorer.classroom.lesson import MOST_PEOPLE, MOST_TABS, Lesson
from explorer.classroom.lessons import (
    LONGEST_S,
    MOST_LESSONS,
    MOST_OF_ONE,
    UNLED_S,
    WRONG_IN_ALL,
    WRONG_OF_ONE,
    Lessons,
)
from explorer.errors import ExplorerError


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def lessons(clock):
    return Lessons(clock)


def find(lessons, code, *, peer="192.168.1.9", seat="", keys=None):
    return lessons.find(code, peer=peer, seat=seat, keys=keys or {})


def test_a_code_is_read_as_people_type_it():
    code = new_code()
    for typed in (code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}"):
        assert read_code(typed) == code
    for typed in ("", code[:-1], code + "2", "0" * LENGTH, "O" * LENGTH, "é" * LENGTH, code * 99):
        assert read_code(typed) is None


def test_codes_are_not_guessed_in_the_attempts_that_are_allowed():
    at_once, per_second = WRONG_IN_ALL
    tries = at_once + per_second * LONGEST_S
    assert tries * MOST_LESSONS / len(ALPHABET) ** LENGTH < 2e-5
    assert len({new_code() for _each in range(200)}) == 200


def test_the_key_alone_leads(lessons):
    lesson = lessons.open("127.0.0.1", own=True)
    assert lesson.leads(lesson.key)
    for key in ("", lesson.code, lesson.key[:-1], lesson.key + "A", Lesson().key, "é"):
        assert not lesson.leads(key)
    assert lesson.key not in repr(lesson)


def test_wrong_codes_of_one_address_run_out_and_come_back(lessons, clock):
    lesson = lessons.open("127.0.0.1", own=True)
    member = lesson.enter("")
    for _try in range(WRONG_OF_ONE[0]):
        with pytest.raises(ExplorerError, match="no class with this code"):
            find(lessons, "2222222")
    for code in ("2222222", lesson.code):  # it is not told which of the two is right
        with pytest.raises(ExplorerError, match="Too many wrong codes"):
            find(lessons, code)
    assert find(lessons, lesson.code, peer="192.168.1.10") is lesson
    assert find(lessons, lesson.code, seat=member) is lesson
    assert find(lessons, lesson.code, keys={lesson.code: lesson.key}) is lesson
    clock.now += 1 / WRONG_OF_ONE[1] + 0.1
    assert find(lessons, lesson.code) is lesson


def test_wrong_codes_of_all_run_out_too(lessons):
    lesson = lessons.open("127.0.0.1", own=True)
    for number in range(WRONG_IN_ALL[0]):
        with pytest.raises(ExplorerError, match="no class"):
            find(lessons, "2222222", peer=f"10.0.0.{number}")
    with pytest.raises(ExplorerError, match="Too many"):
        find(lessons, lesson.code, peer="10.1.0.1")


def test_only_so_many_classes_are_open_and_one_address_has_fewer(lessons):
    for _each in range(MOST_OF_ONE):
        lessons.open("192.168.1.9", own=False)
    with pytest.raises(ExplorerError, match="Too many classes"):
        lessons.open("192.168.1.9", own=False)
    last = [lessons.open("::1", own=True) for _each in range(MOST_LESSONS - MOST_OF_ONE)][-1]
    with pytest.raises(ExplorerError, match="Too many classes"):
        lessons.open("::1", own=True)
    lessons.end(last)
    lessons.open("::1", own=True)


def test_a_class_ends_after_its_time_even_while_it_is_led(lessons, clock):
    lesson = lessons.open("::1", own=True)
    lessons.lead(lesson, +1)
    clock.now += LONGEST_S - 1
    assert find(lessons, lesson.code) is lesson
    clock.now += 2
    lessons.sweep()
    assert lesson.ended
    with pytest.raises(ExplorerError, match="no class"):
        find(lessons, lesson.code)


def test_a_class_survives_its_teachers_reload_and_ends_when_left_for_long(lessons, clock):
    lesson = lessons.open("::1", own=True)
    for _reload in range(3):
        lessons.lead(lesson, +1)
        clock.now += UNLED_S + 1
        lessons.lead(lesson, -1)
        clock.now += UNLED_S - 1
        assert find(lessons, lesson.code) is lesson
    clock.now += 2
    lessons.sweep()
    assert lesson.ended


def test_a_class_is_full_and_has_room_again_when_somebody_leaves():
    lesson = Lesson()
    seats = [lesson.enter("") for _each in range(MOST_PEOPLE)]
    with pytest.raises(ExplorerError, match="full"):
        lesson.enter("")
    lesson.leave(seats[0])
    for _each in range(3 * MOST_PEOPLE):  # whoever forgets their seat takes no memory
        lesson.leave(lesson.enter(""))
    assert len(lesson.people) <= 2 * MOST_PEOPLE
    assert lesson.here == MOST_PEOPLE - 1


def test_a_person_has_one_seat_in_a_few_tabs():
    lesson = Lesson()
    seat = lesson.enter("a seat that never was")
    assert seat != "a seat that never was"
    for _tab in range(MOST_TABS - 1):
        assert lesson.enter(seat) == seat
    assert lesson.here == 1
    with pytest.raises(ExplorerError, match="too many tabs"):
        lesson.enter(seat)


def test_an_allowance_is_never_more_than_full(clock):
    allowed = Allowance(at_once=2, per_second=0.5, clock=clock)
    clock.now += 1000
    assert [allowed.take() for _each in range(3)] == [True, True, False]
    clock.now += 2
    assert [allowed.take() for _each in range(2)] == [True, False]
