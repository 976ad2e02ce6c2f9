"""A step costs what it changes: what is sent, and one state whatever it was chosen with."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.server import settled, visit

MOST_BYTES = 10_000
TEXT = "a lamp upon the table"
STEP, UNIT = 4, 20


def opened(page: Page, app: str, name: str, **parameters: object) -> list[bytes]:
    """Opens a page; gives the messages that it receives from then on."""
    received: list[bytes] = []

    def listen(socket) -> None:
        socket.on("framereceived", lambda frame: received.append(frame))

    page.on("websocket", listen)
    asked = {"lang": "en", "text": TEXT, "unit": 3, "step": 9} | parameters
    if name in ("gru", "lstm"):
        asked = {"show": "heatmaps"} | asked
    page.goto(f"{app}/{name}?" + "&".join(f"{key}={value}" for key, value in asked.items()))
    expect(strip(page).get_by_role("option", selected=True)).to_have_accessible_name(
        re.compile("step 9 ")
    )
    settled(page)
    return received


def strip(page: Page) -> Locator:
    return page.locator(".strip")


def elements(received: list[bytes]) -> list[str]:
    """What is drawn by these messages; a reference stands for one that the browser keeps."""
    messages = [ForwardMsg.FromString(frame) for frame in received]
    deltas = [m.delta for m in messages if m.WhichOneof("type") == "delta"]
    return [
        delta.new_element.WhichOneof("type")
        for delta in deltas
        if delta.WhichOneof("type") == "new_element"
    ]


def by_strip(page: Page) -> None:
    page.get_by_role("option").nth(STEP).click()


def by_slider(page: Page) -> None:
    page.get_by_role("slider", name="Step").focus()
    for _key in range(9 - STEP):
        page.keyboard.press("ArrowLeft")


def by_key(page: Page) -> None:
    page.get_by_role("option", selected=True).focus()
    for _key in range(9 - STEP):
        page.keyboard.press("ArrowLeft")


def by_heatmap(page: Page) -> None:
    plot = page.locator(".js-plotly-plot").first
    page.locator(".gatescope-step").first.wait_for()
    plot.scroll_into_view_if_needed()
    area = plot.locator(".nsewdrag").first.bounding_box()
    y = area["y"] + area["height"] * (UNIT + 0.5) / 24
    page.mouse.move(area["x"] + area["width"] * (STEP + 0.5) / len(TEXT), y)
    expect(plot.locator(".hoverlayer .hovertext")).to_be_visible()
    page.mouse.down()
    page.mouse.up()


def test_a_step_is_one_state_whatever_it_was_chosen_with(app, page):
    received = opened(page, app, "gru", model="gru-recall", order="index")
    begun = page.url
    for choose, unit in ((by_strip, 3), (by_slider, 3), (by_key, 3), (by_heatmap, UNIT)):
        visit(page, begun)
        expect(page.get_by_role("option", selected=True)).to_have_accessible_name(
            re.compile("step 9 ")
        )
        plot = page.locator(".js-plotly-plot").first
        plot.wait_for()
        plot.evaluate("(plot) => (plot.mark = 'drawn once')")
        received.clear()
        choose(page)
        chosen_alike(page, unit)
        assert plot.evaluate("(plot) => plot.mark") == "drawn once"
        assert "plotly_chart" not in elements(received)


def chosen_alike(page: Page, unit: int) -> None:
    """The step and the unit stand in the address and in all controls."""
    page.wait_for_url(re.compile(f"step={STEP}(&|$)"))
    expect(page.get_by_role("slider", name="Step")).to_have_value(str(STEP))
    expect(page.get_by_role("spinbutton", name=re.compile("Unit"))).to_have_value(str(unit))
    expect(page.get_by_role("option", selected=True)).to_have_accessible_name(
        re.compile(rf"^step {STEP} .* of unit {unit}:")
    )
    settled(page)
    assert parse_qs(urlsplit(page.url).query) == {
        "lang": ["en"],
        "text": [TEXT],
        "model": ["gru-recall"],
        "show": ["heatmaps"],
        "order": ["index"],
        "unit": [str(unit)],
        "step": [str(STEP)],
    }


@pytest.mark.parametrize(
    ("name", "show", "text"),
    [
        ("gru", "units", TEXT),
        ("gru", "heatmaps", TEXT),
        ("lstm", "heatmaps", "The lamp. " * 40),
    ],
)
def test_a_step_sends_at_most_ten_kilobytes_and_no_heatmap(app, page, name, show, text):
    received = opened(page, app, name, text=text, show=show)
    page.locator({"units": ".equation .line", "heatmaps": ".js-plotly-plot"}[show]).first.wait_for()
    received.clear()
    page.get_by_role("option").nth(STEP).click()
    page.wait_for_url(re.compile(f"step={STEP}(&|$)"))
    settled(page)
    assert "plotly_chart" not in elements(received)
    assert sum(map(len, received)) <= MOST_BYTES
    assert received


@pytest.mark.parametrize(
    ("name", "asked", "charts"),
    [
        ("lstm", {"show": "lines"}, 2),
        ("gru", {"show": "what-if", "change": "update~0"}, 2),
        ("yours", {"show": "unit"}, 1),
        ("translation", {"show": "gates", "text": ""}, 1),
    ],
)
def test_the_mark_among_the_lines_moves_and_no_line_is_drawn_again(app, page, name, asked, charts):
    received = opened(page, app, name, **asked)
    rules = page.locator(".mark-rule.role-mark line")
    expect(rules).to_have_count(charts)
    for rule in rules.all():
        expect(rule).to_have_attribute("aria-label", "step: 9")
    lines = page.locator(".mark-line.role-mark").first
    lines.evaluate("(lines) => (lines.mark = 'drawn once')")
    received.clear()
    strip(page).get_by_role("option").nth(STEP).click()
    page.wait_for_url(re.compile(f"step={STEP}(&|$)"))
    for rule in rules.all():
        expect(rule).to_have_attribute("aria-label", f"step: {STEP}")
    settled(page)
    assert lines.evaluate("(lines) => lines.mark") == "drawn once"
    guesses = 1 if asked["show"] == "what-if" else 0
    assert elements(received).count("vega_lite_chart") == guesses
    assert sum(map(len, received)) <= MOST_BYTES
    with page.expect_download() as saved:
        page.get_by_role("button", name="SVG").last.click()
    assert f'aria-label="step: {STEP}"' in saved.value.path().read_text(encoding="utf-8")


def test_a_change_of_what_stands_below_the_step_runs_the_whole_page(app, page):
    opened(page, app, "gru", show="saturation")
    page.get_by_role("option").nth(STEP).click()
    page.wait_for_url(re.compile(f"step={STEP}(&|$)"))
    page.get_by_role("radio", name="Step by step", exact=True).click()
    expect(page.locator(".equation .line").first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
    page.get_by_role("radio", name="All units", exact=True).click()
    expect(page.locator(".js-plotly-plot")).to_have_count(4)
    page.get_by_role("option").nth(STEP + 1).click()
    page.wait_for_url(re.compile(f"step={STEP + 1}(&|$)"))
    expect(page.locator(".js-plotly-plot")).to_have_count(4)
