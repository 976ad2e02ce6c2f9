"""A text that is refused: why is said, and the page continues with the last that was good."""

import pytest

from .conftest import PATIENCE_S, opened

LETTERS = {"of": "gru-timemachine"}
FRENCH = {"of": "en-fr-gru", "searches": "greedy"}
RACE = {"show": "training", "learn": "text", "units1": "4", "units2": "4", "updates": "10"}


@pytest.mark.parametrize(
    ("page", "parameters", "field", "good", "refused", "reason"),
    [
        ("gru", {}, "text", "One good text.", "", "at least one character"),
        ("lstm", {}, "text", "One good text.", "", "at least one character"),
        ("translation", {}, "text", "I wait.", "", "no words here"),
        ("translation", {}, "text", "I wait.", " \a ", "no words here"),
        ("encoder_decoder", {}, "one", "I wait.", "", "no words here"),
        ("encoder_decoder", {}, "two", "I wait.", " ", "no words here"),
        ("search", LETTERS, "text", "the ti", "", "at least one character"),
        ("search", FRENCH, "text", "I wait.", " ", "no words here"),
        ("search", FRENCH, "only", "elle il", "elle xyzzy", "xyzzy"),
        ("corpus", {"source": "text"}, "text", "Go.\tVa.", "no tab", "No line contains a tab"),
        ("corpus", {"source": "text"}, "text", "Go.\tVa.", "", "no sentence pairs yet"),
        ("deep", RACE, "lesson", "to and fro " * 60, "short", "takes at least"),
    ],
)
def test_the_page_goes_on_with_the_last_good_text(page, parameters, field, good, refused, reason):
    app = _over(opened(page, lang="en", **parameters, **{field: good}))
    assert not app.error
    usual = _elements(app)
    _field(app, f"{page}.{field}").set_value(refused).run()
    assert not app.exception
    (error,) = app.error
    assert reason in error.value
    assert f"The page continues with: {good[:5]}" in error.value.replace("` ", "")
    assert _field(app, f"{page}.{field}").value == refused
    assert _elements(app) >= usual  # and the sentence, if no room was kept for it


def _over(app):
    """The page once a run that it shows has ended."""
    job = app.session_state["jobs"].last("race") if "jobs" in app.session_state else None
    if job is not None:
        job.wait(PATIENCE_S)
    return app.run()


def _field(app, key):
    return next(field for field in (*app.text_input, *app.text_area) if field.key == key)


def _elements(app) -> int:
    return sum(1 for _ in app.main)
