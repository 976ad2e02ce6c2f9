"""The lesson plans name stops and exercises that there are, the same in both languages."""

import re
from pathlib import Path

import pytest

from explorer.web.pages.exercises.listed import EXERCISES
from explorer.web.tours.catalogue import TOURS

DOCS = Path(__file__).parents[2] / "docs"
PLANS = ("lesson-plans.md", "lesson-plans.zh.md")


def stops(plan: str) -> list[tuple[str, int]]:
    """Every stop that a plan names, with and without its tour's page in front."""
    written = (DOCS / plan).read_text(encoding="utf-8")
    named = re.findall(r"(?:tour=|`)([a-z_]*)\.(\d)", written)
    whole, last = [], ""
    for tour, number in named:
        last = tour or last  # `.4` goes on with the tour before it
        whole.append((last, int(number)))
    return whole


@pytest.mark.parametrize("plan", PLANS)
def test_every_stop_that_is_named_is_there(plan):
    assert len(stops(plan)) > 20
    for tour, number in stops(plan):
        assert 1 <= number <= len(TOURS[tour].stops), (tour, number)


def test_both_languages_take_the_same_way():
    english, chinese = map(stops, PLANS)
    assert english == chinese


@pytest.mark.parametrize("plan", PLANS)
def test_every_exercise_that_is_named_is_there(plan):
    written = (DOCS / plan).read_text(encoding="utf-8")
    named = set(re.findall(r"\b9\.\d\.\d\b", written))
    assert named <= {exercise.name for exercise in EXERCISES}
    assert named
