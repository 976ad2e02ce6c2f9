"""A class in step: a teacher and three students, each in a browser of their own."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.server import PATIENCE_S, settled

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

#: A student who speaks to the class as only the teacher may.
_PRETEND = """code => new Promise(done => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/class/live");
  const say = (message) => socket.send(JSON.stringify(message));
  socket.onopen = () => {
    say({ join: code, seat: "", lang: "en" });
    say({ show: { page: "lstm", values: {}, places: {} } });
    say({ ask: { text: "?", choices: ["a", "b"], right: 0 } });
    say({ end: true });
    say({ still: true });
  };
  socket.onmessage = ({ data }) => "still" in JSON.parse(data) && done(socket.close());
})"""


@pytest.fixture
def people(browser: Browser) -> Iterator[list[Page]]:
    """A teacher and three students; the second reads Chinese, the third on a dark phone."""
    trouble: list[str] = []
    contexts = [
        browser.new_context(
            locale=locale, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        for locale, width, scheme in (
            ("en-US", 1600, "light"),
            ("en-US", 1200, "light"),
            ("zh-CN", 1200, "light"),
            ("en-US", 390, "dark"),
        )
    ]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(PATIENCE_S * 1000)
        page.on("pageerror", lambda error: trouble.append(str(error)))
    yield pages
    for context in contexts:
        context.close()
    assert not trouble


def judged(page: Page) -> list[list[str]]:
    """What axe-core finds in the bar: the rule, and where."""
    page.evaluate(_AXE)
    found: list[list[str]] = page.evaluate(
        """() => axe.run("#gatescope-class").then(({ violations }) => violations.flatMap(
          ({ id, nodes }) => nodes.map(({ target }) => [id, target.flat(9).join(" ")])))"""
    )
    return found


def bar(page: Page):
    return page.locator("#gatescope-class section")


def at_step(page: Page, step: int) -> None:
    expect(page.locator('[role="option"][aria-selected="true"]')).to_have_attribute(
        "aria-label", re.compile(rf"\b{step} ·")
    )


def token(page: Page, step: int):
    return page.get_by_role("option").nth(step)


def test_a_class_follows_its_teacher(app, people):
    teacher, first, second, third = people
    students = people[1:]
    teacher.goto(f"{app}/?lang=en")
    teacher.get_by_role("button", name="Open a class").click()
    code = re.search("class ([A-Z0-9]{7})", bar(teacher).inner_text())[1]
    address = f"{app}/?class={code}"
    expect(bar(teacher).get_by_text(address)).to_be_visible()
    expect(bar(teacher).get_by_role("img", name=f"QR code of {address}")).to_be_visible()
    bar(teacher).get_by_role("button", name="Address").click()
    assert "class" not in teacher.url
    keys = [
        each for each in teacher.context.cookies() if each["name"].startswith("gatescope_class")
    ]
    assert [(each["httpOnly"], each["path"]) for each in keys] == [(True, "/class/")]
    assert keys[0]["value"] not in teacher.content()

    lines: list[WebSocketRoute] = []

    def hold(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    first.route_web_socket(re.compile("/class/live$"), hold)
    for student in students:
        student.goto(address)
    expect(bar(second)).to_contain_text("正在跟随老师")
    expect(bar(teacher)).to_contain_text("Here: 3 · following: 3")
    teacher.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("GRU")).click()
    for student in students:
        expect(student.get_by_role("heading", level=1)).to_contain_text("GRU")
        assert "class" not in student.url
    expect(bar(first).get_by_role("status")).to_contain_text("The teacher went to Gated recurrent")
    token(teacher, 5).click()
    for student in students:
        at_step(student, 5)

    bar(first).get_by_role("button", name="Look around").click()
    token(second, 9).click()  # whoever does something looks around, too
    expect(bar(teacher)).to_contain_text("following: 1")
    token(teacher, 7).click()
    at_step(third, 7)
    third.reload()
    settled(third)
    at_step(third, 7)
    at_step(first, 5)
    at_step(second, 9)
    bar(first).get_by_role("button", name="Back to the teacher").click()
    bar(second).get_by_role("button", name="回到老师").click()
    at_step(first, 7)
    at_step(second, 7)

    expect(bar(teacher)).to_contain_text("Here: 3 · following: 3")
    before = len(lines)
    lines[-1].close()  # the network is lost, and found again
    while len(lines) == before:
        first.wait_for_timeout(50)
    token(teacher, 8).click()
    at_step(first, 8)
    expect(bar(first)).not_to_contain_text("The connection to the class is lost")

    first.evaluate(_PRETEND, code)
    bar(teacher).get_by_role("button", name="Ask", exact=True).click()
    bar(teacher).get_by_label("Question").fill("Which gate opens <b>next</b>?")
    bar(teacher).get_by_label("Choice A", exact=True).fill("Update")
    bar(teacher).get_by_label("Choice B", exact=True).fill("Reset")
    bar(teacher).get_by_label("Right answer").nth(1).check()
    assert judged(teacher) == []
    bar(teacher).get_by_role("button", name="Ask the class").click()
    for student, choice in zip(students, ("Reset", "Update", "Reset"), strict=True):
        expect(bar(student)).to_contain_text("Which gate opens <b>next</b>?")
        bar(student).get_by_role("button", name=choice).click()
    expect(bar(teacher)).to_contain_text("Answers: 3")
    assert judged(third) == []
    teacher.reload()
    expect(bar(teacher)).to_contain_text("You lead class")
    expect(bar(teacher).locator("li")).to_have_text(["AUpdate1", "BReset2"])
    expect(bar(third).locator("li")).to_have_count(0)
    bar(teacher).get_by_role("button", name="Show answers").click()
    expect(bar(third).locator("li")).to_have_text(["AUpdate1", "BReset ✓ right2"])

    bar(teacher).get_by_role("button", name="Close the question").click()
    settled(teacher)
    teacher.goto(f"{app}/gru?lang=en&tour=gru.2")
    guide = teacher.locator("section.guide")
    guide.get_by_role("button", name="Ask the class").click()
    bar(third).get_by_role("button", name="more than 0.9").click()
    expect(bar(teacher)).to_contain_text("Answers: 1")
    guide.get_by_role("button", name="0.8 is enough").click()
    expect(bar(third).locator("li.correct")).to_have_text("Cmore than 0.9 ✓ right1")

    bar(teacher).get_by_role("button", name="End the class").click()
    bar(teacher).get_by_role("button", name="End it for all?").click()
    for page in people:
        expect(bar(page)).to_contain_text(re.compile("The class is over|课堂已结束"))
    expect(first.get_by_role("heading", level=1)).to_contain_text("GRU")
