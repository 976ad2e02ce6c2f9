"""What a reader does on the gate pages: type, click, press keys, read, share, download."""

import csv
import io
import re

import pytest
import torch
from playwright.sync_api import Page, expect

import explorer
from explorer.text.numbers import decimal
from explorer.text.vocabulary import Vocabulary
from tests.browser.server import settled, visit

TEXT = "a lamp"


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


def traced(name, text):
    model, card = explorer.load(name)
    ids = torch.tensor([Vocabulary(card.vocabulary).encode(text)])
    return explorer.trace(model.rnn, model.inputs(ids))


def type_text(page: Page, text: str) -> None:
    expect(page.get_by_role("option").first).to_be_visible()
    area = page.get_by_role("textbox", name="Text, up to 400 characters")
    area.fill(text)
    area.press("Control+Enter")
    expect(page.get_by_role("option")).to_have_count(len(text))


def press(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("name", "model", "state"),
    [("gru", "gru-timemachine", "hidden"), ("lstm", "lstm-timemachine", "memory")],
)
def test_type_pick_a_step_and_read_the_traced_number(app, page, name, model, state):
    settled_at(page, f"{app}/{name}?lang=en&unit=0")
    type_text(page, TEXT)
    page.get_by_role("option").nth(3).click()
    expect(page.get_by_role("slider", name="Step")).to_have_value("3")
    expected = float(traced(model, TEXT)[state][0, 0, 0, 3, 0])
    expect(page.get_by_text(f"= {decimal(expected, 4)}; this convention")).to_be_visible()


def test_a_text_is_read_when_the_reader_says_so(app, page):
    settled_at(page, f"{app}/gru?lang=en")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("textbox", name="Text, up to 400 characters").fill(TEXT)
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_role("option")).to_have_count(len(TEXT))


def test_a_text_that_is_too_long_stays_and_is_counted_while_it_is_shortened(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp")
    steps = page.get_by_role("option")
    expect(steps).to_have_count(len(TEXT))
    expect(page.get_by_text("6 of 400 characters")).to_be_visible()
    area = page.get_by_role("textbox", name="Text, up to 400 characters")
    long = "The brass wheel turned 😀. " * 20
    area.fill(long)
    expect(page.get_by_text("520 of 400 characters")).to_be_visible()
    page.get_by_role("button", name="Read this text").click()
    refused = page.get_by_text("shorten it by 120. The page continues with: a lamp")
    expect(refused).to_be_visible()
    expect(area).to_have_value(long)
    expect(steps).to_have_count(len(TEXT))
    area.fill(long[:400])
    expect(page.get_by_text("400 of 400 characters")).to_be_visible()
    page.get_by_role("button", name="Read this text").click()
    expect(steps).to_have_count(400)
    expect(refused).to_have_count(0)


def test_the_page_says_its_language(app, page):
    settled_at(page, f"{app}/gru?lang=zh")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh")


def test_the_strip_works_without_a_mouse(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&step=0&show=heatmaps")
    page.get_by_role("option").first.focus()
    for key, step in [
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("End", 5),
        ("ArrowLeft", 4),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        chosen = page.get_by_role("option", selected=True)
        expect(chosen).to_have_count(1)
        expect(chosen).to_have_accessible_name(re.compile(f"^step {step} "))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("slider", name="Step")).to_have_value("1")


def test_the_strip_says_the_traced_value_of_an_unbounded_state(app, page):
    settled_at(page, f"{app}/lstm?lang=en&text=a+lamp&colour=memory&unit=7")
    memory = traced("lstm-timemachine", TEXT)["memory"][0, 0, 0, :, 7]
    for step, value in enumerate(memory.values):
        box = page.get_by_role("option").nth(step)
        expect(box).to_have_accessible_name(
            re.compile(rf"memory cell of unit 7: {decimal(value, 2)}\b")
        )


def test_opening_a_page_leaves_it_at_its_top(app, page):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/gru?lang=en")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_what_is_wrong_with_the_address_is_said_where_it_is_seen_and_is_no_link(app, page):
    settled_at(page, f"{app}/gru?lang=en&step=www.evil.example")
    expect(page.get_by_text("cannot show")).to_be_in_viewport()
    assert page.get_by_role("link", name=re.compile("evil")).count() == 0


def test_playing_moves_the_step_and_the_cursor_on_the_heatmaps(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&step=0&show=heatmaps")
    cursor = page.locator(".gatescope-step").first
    cursor.wait_for()
    before = cursor.bounding_box()["x"]
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("status")).to_contain_text("step 5", timeout=10_000)
    expect(page.get_by_role("slider", name="Step")).to_have_value("5")
    assert cursor.bounding_box()["x"] > before


def test_a_click_on_a_heatmap_chooses_step_and_unit(app, page):
    settled_at(
        page, f"{app}/gru?lang=en&text=a+lamp&step=0&model=gru-recall&order=index&show=heatmaps"
    )
    plot = page.locator(".js-plotly-plot").first
    page.locator(".gatescope-step").first.wait_for()
    plot.scroll_into_view_if_needed()
    area = plot.locator(".nsewdrag").first.bounding_box()
    # The fifth of six steps, the last of 24 units.
    page.mouse.move(area["x"] + area["width"] * 4.5 / 6, area["y"] + area["height"] * 23.5 / 24)
    expect(plot.locator(".hoverlayer .hovertext")).to_be_visible()
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_role("slider", name="Step")).to_have_value("4")
    expect(page.get_by_role("spinbutton", name=re.compile("Unit"))).to_have_value("23")
    area = plot.locator(".nsewdrag").first.bounding_box()  # what stands above may have grown
    row = page.locator(".gatescope-unit").first.bounding_box()
    middle = row["y"] + row["height"] / 2
    assert middle == pytest.approx(area["y"] + area["height"] * 23.5 / 24, abs=3)


def test_the_address_opens_the_same_view_elsewhere(app, page, browser):
    settled_at(page, f"{app}/gru?lang=en")
    type_text(page, TEXT)
    page.get_by_role("option").nth(3).click()
    page.wait_for_url(re.compile("step=3"))
    press(page, "reset gate")
    page.wait_for_url(re.compile("colour=reset"))
    press(page, "Single units")
    page.wait_for_url(re.compile("show=lines"))
    context = browser.new_context(locale="zh-CN")
    other = context.new_page()
    settled_at(other, page.url)
    expect(other.get_by_role("textbox", name="Text, up to 400 characters")).to_have_value(TEXT)
    expect(other.get_by_role("slider", name="Step")).to_have_value("3")
    expect(other.get_by_role("radio", name="reset gate")).to_be_checked()
    expect(other.get_by_role("radio", name="Single units")).to_be_checked()
    context.close()


def test_going_back_brings_back_the_view(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp")
    press(page, "What if")
    page.wait_for_url(re.compile("show=what-if"))
    settled(page)
    press(page, "Saturation")
    page.wait_for_url(re.compile("show=saturation"))
    settled(page)
    page.go_back()
    expect(page.get_by_role("radio", name="What if")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("radio", name="Step by step", exact=True)).to_be_checked()


def test_changing_the_page_keeps_the_language_and_each_pages_own_state(app, page):
    settled_at(page, f"{app}/gru?lang=zh&text=a+lamp&model=gru-recall")
    expect(page.get_by_role("option")).to_have_count(len(TEXT))
    settled(page)
    page.get_by_role("link", name=re.compile("LSTM")).first.click()
    expect(page.get_by_role("heading", name="长短期记忆网络")).to_be_visible()
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.get_by_role("alert").count() == 0
    page.get_by_role("link", name=re.compile("GRU")).first.click()
    expect(page.get_by_role("heading", name="门控循环单元")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(len(TEXT))


def test_a_text_is_never_markup(app, page):
    text = "<s><img src=x onerror=alert(1)></s> $x$ :red[y]"
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    settled_at(page, f"{app}/gru?lang=en")
    type_text(page, text)
    shown = "".join(page.get_by_role("option").locator(".glyph").all_text_contents())
    assert shown == text.replace(" ", "␣")
    for view in ("Single units", "What if", "Saturation"):
        press(page, view)
        settled(page)
    assert dialogs == []
    assert page.locator("img[src=x]").count() == 0


def test_the_trace_can_be_downloaded(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&show=download")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    expected = traced("gru-timemachine", TEXT)
    assert len(rows) == len(TEXT) * expected.sizes["unit"]
    row = next(row for row in rows if (row["step"], row["unit"]) == ("4", "9"))
    assert row["token"] == "m"
    assert float(row["update"]) == pytest.approx(float(expected["update"][0, 0, 0, 4, 9]), abs=1e-6)


@pytest.mark.parametrize("view", ["heatmaps", "lines", "saturation"])
def test_a_figure_saved_as_a_page_stands_alone(app, page, browser, view, tmp_path):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&show={view}")
    with page.expect_download() as download:
        page.get_by_role("button", name="HTML").first.click()
    saved = tmp_path / "figure.html"
    download.value.save_as(saved)
    alone = browser.new_context(offline=True)
    opened = alone.new_page()
    asked = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(saved.as_uri())
    expect(opened.locator("svg").first).to_be_visible()
    assert asked == [saved.as_uri()]
    alone.close()


def test_lines_can_be_saved_as_a_vector_picture(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&show=lines")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").first.click()
    content = download.value.path().read_text("utf-8")
    assert content.startswith("<svg")
    assert "update gate" in content


def test_lines_can_be_saved_as_a_picture_by_the_browser(app, page):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&show=lines")
    page.get_by_test_id("stVegaLiteChart").first.hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as PNG").first.press("Enter")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("picture", "magic"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_heatmap_can_be_saved_as_a_picture(app, page, picture, magic):
    settled_at(page, f"{app}/gru?lang=en&text=a+lamp&show=heatmaps&picture={picture}")
    plot = page.locator(".js-plotly-plot").first
    plot.hover()
    with page.expect_download() as download:
        plot.locator("[data-title*='ownload']").first.click()
    assert download.value.path().read_bytes().startswith(magic)


def settled_at(page: Page, address: str) -> None:
    visit(page, address)
