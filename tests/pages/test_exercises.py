"""The page of exercises: every link opens a view that is there, in the state that it asks for."""

from collections import Counter

import pytest

from explorer.locale import LANGUAGES
from explorer.web.pages.exercises.listed import EXERCISES
from explorer.web.shared.chapter import BY_PAGE, SECTIONS

from .conftest import PATIENCE_S, opened, sentences

#: Exercises a section in version 0.17 of the book.
COUNTS = {"9.1": 4, "9.2": 5, "9.3": 4, "9.4": 3, "9.5": 2, "9.6": 2, "9.7": 6, "9.8": 3}
LINKS = list(
    {
        (link.page, *sorted(link.parameters.items())): link
        for exercise in EXERCISES
        for link in exercise.links
    }.values()
)


def test_every_exercise_of_the_book_is_named_once_and_in_order():
    named = [(exercise.section, exercise.number) for exercise in EXERCISES]
    expected = [(section, n + 1) for section, count in COUNTS.items() for n in range(count)]
    assert named == expected
    assert {section.number for section in SECTIONS} == set(COUNTS)


def test_every_exercise_is_answered_or_says_why_not():
    for exercise in EXERCISES:
        assert exercise.links or exercise.program or exercise.missing


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.page} {dict(link.parameters)}")
def test_a_link_opens_its_view_without_an_error_and_its_parameters_are_taken(link):
    app = opened(link.page, lang="en", **link.parameters)
    assert not app.error
    assert not [w.value for w in app.warning if "address" in w.value]
    for name, value in link.parameters.items():
        taken = app.session_state[f"{link.page}.{name}"]
        text = ",".join(taken) if isinstance(taken, list) else str(taken)
        assert text == value, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_lists_all_of_them_with_their_links(lang):
    app = opened("exercises", lang=lang)
    shown = "\n".join(sentences(app))
    for exercise in EXERCISES:
        assert f"**{exercise.section}.{exercise.number}**" in shown
    links = [link.proto for link in app.get("page_link")]
    assert len(links) == sum(len(exercise.links) for exercise in EXERCISES)
    assert {link.page for link in links} <= {*BY_PAGE}
    assert all(f"lang={lang}" in link.query_string for link in links)


def test_the_counts_are_of_what_is_listed():
    app = opened("exercises", lang="en")
    counted = Counter(exercise.answered for exercise in EXERCISES)
    said = " ".join(markdown.value for markdown in app.markdown)
    assert f"answered here: {counted['here']}" in said
    assert f"not answered here: {counted['not here']}" in said


def test_one_section_can_be_chosen_by_the_address():
    app = opened("exercises", lang="en", section="9.8")
    assert [header.value for header in app.header] == ["9.8 Beam search"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_program_runs_on_the_page_and_shows_its_numbers_and_its_text(lang):
    app = opened("exercises", lang=lang, section="9.3", run="9.3.1")
    app.session_state["jobs"].last("program").wait(PATIENCE_S)
    app.run()
    table = "".join(part.proto.body for part in app.get("html"))
    assert "928" in table
    assert ("weights and biases" in table) == (lang == "en")
    assert "class TwoLayers" in app.code[0].value
    assert app.code[1].value == "python -m explorer.exercises two_layers"


def test_one_click_runs_a_program_of_one_exercise_alone():
    app = opened("exercises", lang="en", section="9.3")
    assert not app.code
    next(button for button in app.button if "PyTorch" in button.label).click().run()
    assert app.query_params["run"] == "9.3.1"
    assert len(app.code) == 2
