"""A teacher's own tour: read, refused with the line, and never more than text and addresses."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.serve import serve
from explorer.errors import ExplorerError
from explorer.web.page_parameters import page_parameters
from explorer.web.serving import launch
from explorer.web.tours import own
from explorer.web.tours.own import every_tour, read_tour

DOCS = Path(__file__).parents[2] / "docs"
HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:b) $x$ {count} `"
TEXT = f"# {HOSTILE}\r\n\r\n/gru?model=gru-recall&text=%21Aab%3F&lang=zh&class=ABC\r\n{HOSTILE}\r\n"


@pytest.mark.parametrize("plan", ["lesson-plans.md", "lesson-plans.zh.md"])
def test_the_example_of_the_lesson_plans_is_a_tour(plan):
    written = (DOCS / plan).read_text(encoding="utf-8")
    (example,) = re.findall(r"```text\n(.*?)```", written, re.DOTALL)
    tour = read_tour(example)
    assert [stop.page for stop in tour.stops] == ["gru", "search", "start"]
    assert dict(tour.stops[0].view) == {"model": "gru-recall", "text": "!Cabd?", "unit": "7"}
    assert tour.stops[1].text.count("\n") == 1


def test_text_stays_text_and_of_an_address_only_the_view_is_left():
    tour = read_tour(TEXT)
    assert tour.title == tour.stops[0].text == HOSTILE
    assert dict(tour.stops[0].view) == {"model": "gru-recall", "text": "!Aab?"}
    assert read_tour(
        "# 标题\n\nhttp://192.168.1.5:8501/below/lstm?text=a+b#c\n\u3000看\u3000这里\n"
    ) == (read_tour("\n# 标题\n/lstm?text=a%20b\n看 这里"))


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("", 1, "title"),
        ("\nNo title\n", 2, "title"),
        ("# " + 101 * "a", 1, "title"),
        ("# a\u202eb\n\n/gru\nc", 1, "cannot be seen"),
        ("# a\n\n", 1, "1 to 30 stops"),
        ("# a" + 31 * "\n\n/gru\nb", 93, "1 to 30 stops"),
        ("# a\n\nLook here\nb", 3, "no address"),
        ("# a\n\njavascript:/gru\nb", 3, "no address"),
        ("# a\n\nhttp://[/gru\nb", 3, "no address"),
        ("# a\n\n/gru?text=%ff\nb", 3, "no address"),
        ("# a\n\n/../etc/passwd\nb", 3, "no address"),
        ("# a\n\n/gru?" + 60 * "a=b&" + "\nb", 3, "no address"),
        ("# a\n\n/gru?nonsense=1\nb", 3, "no {name}"),
        ("# a\n\n/gru?show=nonsense\nb", 3, "no {name}"),
        (f"# a\n\n/gru?text={2001 * 'a'}\nb", 3, "no {name}"),
        ("# a\n\n/gru\n\nb", 3, "1 to 600"),
        (f"# a\n\n/gru\n{601 * 'a'}", 3, "1 to 600"),
        ("# a\n\n/gru\nb\nc\x07", 5, "cannot be seen"),
    ],
)
def test_what_is_no_tour_is_refused_with_its_line(text, line, part):
    with pytest.raises(ExplorerError) as refused:
        read_tour(text)
    assert refused.value.values["line"] == line
    assert part.replace("1 to 30", "1 to {most}").replace("1 to 600", "1 to {most}") in (
        refused.value.template
    )


_LINES = st.sampled_from(["# t", "", "/gru", "/?a=b", "/search?text=x", "told", "\x00", "[", "％"])


@settings(deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(_LINES, max_size=12).map(lambda lines: "# t\n" + "\n".join(lines)),
    )
)
def test_any_text_is_refused_with_a_line_or_is_within_the_bounds(text):
    tour, line = tour_or_line(text)
    assert 1 <= line <= text.count("\n") + 1
    for stop in tour.stops if tour else ():
        page = "" if stop.page == "start" else stop.page
        assert {*stop.view} <= {one.name for one in page_parameters()[page]}
        assert 0 < len(stop.text) <= own.LONGEST_TEXT


def tour_or_line(text):
    """The tour of a text, or none and the line for which it was refused."""
    try:
        return read_tour(text), 1
    except ExplorerError as refused:
        return None, refused.values["line"]


def test_a_file_that_cannot_be_read_leaves_the_other_tours(tmp_path, monkeypatch):
    file = tmp_path / "tour.txt"
    monkeypatch.setenv(own.VARIABLE, str(file))
    for content, part in (
        (None, "cannot be opened"),
        (b"# \xff", "UTF-8"),
        (b"# a\n" * 20_000, "the limit is"),
        (b"a", "begins with"),
    ):
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(ExplorerError, match=part):
            own.own_tour()
        assert own.NAME not in every_tour()
    file.write_text(TEXT, encoding="utf-8-sig")
    assert [*every_tour()][-1] == own.NAME
    file.unlink()
    file.symlink_to("/dev/zero")
    with pytest.raises(ExplorerError, match="not a regular file"):
        own.own_tour()


def test_the_command_takes_a_tour_and_refuses_what_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(launch, "serve", lambda **_given: None)
    file = tmp_path / "tour.txt"
    file.write_text("# My tour\n\n/gru\nLook.\n")
    monkeypatch.setenv(own.VARIABLE, "")  # which puts back what the command sets
    done = CliRunner().invoke(serve, ["--tour", str(file)])
    assert (done.exit_code, done.stdout) == (0, "A tour of your own: My tour. Stops: 1\n")
    file.write_text("# My tour\n\n/gru\n")
    done = CliRunner().invoke(serve, ["--tour", str(file)])
    assert done.exit_code == 2
    assert done.stderr.startswith("Line 3: a stop has a text")
