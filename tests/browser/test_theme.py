"""The theme: the system's until the reader chooses one, which then goes along everywhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import settled


def expect_theme(page: Page, theme: str) -> None:
    """The page, the window around it, a component and a chart are drawn in a theme."""
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
    expect(page.locator("html")).to_have_css("color-scheme", re.compile(theme))
    light = page.get_by_test_id("stApp").evaluate(
        "app => getComputedStyle(app).backgroundColor.match(/\\d+/)[0] > 128"
    )
    assert light == (theme == "light")


def choose(page: Page, theme: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("radio", name=theme, exact=True).click()


@pytest.fixture
def light(page: Page) -> Page:
    """A page on a system whose theme is light."""
    page.emulate_media(color_scheme="light")
    return page


def test_the_switch_changes_the_theme_and_loses_nothing(app, light):
    light.goto(f"{app}/gru?lang=en&text=a+lamp&show=lines")
    expect(light.locator(".vega-embed")).not_to_have_count(0)
    settled(light)
    expect_theme(light, "light")
    draft = light.get_by_role("textbox", name="Text, up to 400 characters")
    draft.fill("not yet read")
    choose(light, "Dark")
    expect_theme(light, "dark")
    light.wait_for_url(re.compile("theme=dark"))
    expect(draft).to_have_value("not yet read")  # it is read when the field is left
    expect(light.get_by_role("radio", name="Single units", exact=True)).to_be_checked()
    expect(light.get_by_role("option")).to_have_count(len("not yet read"))
    choose(light, "System")
    expect_theme(light, "light")
    light.emulate_media(color_scheme="dark")
    expect_theme(light, "dark")


def test_a_link_opens_in_its_theme_and_the_other_pages_keep_it(app, light):
    light.goto(f"{app}/?lang=en&theme=dark")
    expect_theme(light, "dark")
    expect(light.locator("figure svg").first).to_be_visible()
    settled(light)
    light.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("GRU")).click()
    expect(light.get_by_role("option").first).to_be_visible()
    light.wait_for_url(re.compile("gru.*theme=dark"))
    expect_theme(light, "dark")
    light.reload()
    expect(light.get_by_role("option").first).to_be_visible()
    expect_theme(light, "dark")
    light.go_back()
    expect(light.locator("figure svg").first).to_be_visible()
    expect_theme(light, "dark")
