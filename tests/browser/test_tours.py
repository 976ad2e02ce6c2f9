"""Every tour to its end in one tab: each stop marks what it is about, an answer is committed to."""

import re

import pytest
from playwright.sync_api import Page, expect

from explorer.locale import translator
from explorer.web.tours.catalogue import TOURS
from explorer.web.tours.tour import Question, Stop
from tests.browser.server import settled


def marked(page: Page, stop: Stop) -> None:
    """The part that the stop names is outlined."""
    marked = page.locator(f".{stop.marked}[data-tour-mark], .{stop.marked} [data-tour-mark]")
    expect(marked).to_have_css("outline-style", "solid")


def covers_nothing(page: Page) -> None:
    """The beginning of what is marked is in sight, above the bar."""
    page.wait_for_function(
        """() => {
          const mark = document.querySelector("[data-tour-mark]")?.getBoundingClientRect();
          if (!mark) return false;  // the part comes a moment after the stop's text
          const height = document.documentElement.style.getPropertyValue("--tour-height");
          const bar = innerHeight - parseFloat(height);
          return mark.top >= 0 && mark.top + Math.min(mark.height, 80) <= bar;
        }"""
    )


def commit(page: Page, question: Question) -> None:
    """Chooses the first answer: nothing of the right one is there before."""
    bar = page.locator("section.guide")
    expect(bar.locator(".reveal")).to_have_count(0)
    bar.locator('[data-act="option 0"]').click()
    expect(bar.locator("li.right")).to_have_count(1)
    expect(bar.locator(".reveal b")).to_have_text(re.compile(r"[0-9]|“"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_tour_is_taken_to_its_end(app, page, language):
    """Each in one of the languages: where the parts are does not depend on it."""
    translate, tours = translator(language), [*TOURS.values()]
    half = len(tours) // 2
    taken, after = {"en": (tours[:half], tours[half]), "zh": (tours[half:], tours[0])}[language]
    page.goto(f"{app}/?lang={language}&tour={taken[0].name}")
    bar = page.locator("section.guide")
    for tour in taken:
        for number, stop in enumerate(tour.stops, 1):
            expect(bar.locator(".text")).to_have_text(translate(stop.text))
            page.wait_for_url(re.compile(rf"tour={tour.name}\.{number}\b"))
            marked(page, stop)
            if number == 2:
                covers_nothing(page)
            if stop.question:
                commit(page, stop.question)
            bar.locator('[data-act="next"]').click()
    expect(bar.locator(".text")).to_have_text(translate(after.stops[0].text))


def test_a_tour_is_kept_by_the_address_and_left_by_one_click_on_a_phone(app, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}/?lang=en")
    page.get_by_role("link", name=re.compile("Take the tour")).click()
    bar = page.locator("section.guide")
    bar.get_by_role("button", name="Next").press("Enter")
    page.wait_for_url(re.compile(r"/gru\?.*tour=gru\.2"))
    second = TOURS["gru"].stops[1]
    marked(page, second)
    covers_nothing(page)
    expect(bar.locator(".question")).to_be_hidden()
    assert bar.bounding_box()["height"] <= 0.3 * 844
    bar.get_by_role("button", name="Question").click()
    assert bar.bounding_box()["height"] <= 0.3 * 844
    bar.get_by_role("button", name="Show of hands").click()
    for field, count in zip(bar.get_by_role("spinbutton").all(), (3, 0, 9), strict=True):
        field.fill(str(count))
    bar.get_by_role("button", name="Reveal the answer").click()
    expect(bar.locator("li.right .number")).to_have_text("9")
    page.wait_for_url(re.compile(r"said=2\.3-0-9"))
    page.reload()
    expect(bar.locator("li.right .number")).to_have_text("9")
    expect(bar.get_by_role("status")).to_contain_text(second.question.why)
    fold = bar.get_by_role("button", name="Stop 2 of 7")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert bar.bounding_box()["height"] <= 0.1 * 844
    page.go_back()  # what was said is taken back …
    expect(bar.locator(".reveal")).to_have_count(0)
    page.go_back()  # … and then the stop
    expect(bar.locator(".text")).to_have_text(TOURS["gru"].stops[0].text)
    settled(page)
    bar.get_by_role("button", name="Leave the tour").click()
    expect(bar).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("Take the tour"))).to_be_visible()
    page.wait_for_url(lambda address: "tour=" not in address)
    expect(page.locator("[data-tour-mark]")).to_have_count(0)
