"""What a reader does with the claims of a section: open one, read its verdict, share it."""

import re

import pytest
from playwright.sync_api import Page, expect

from explorer.experiments import catalogue
from tests.browser.server import settled, visit


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


def test_a_claim_is_chosen_read_and_shared(app, page):
    visit(page, f"{app}/gru?lang=en&show=claims")
    page.get_by_role("radio", name=re.compile("Only one gate")).click()
    judgement = catalogue.shipped("one-gate").judgement
    expect(page.get_by_text(re.compile(f"{judgement.verdict}$"))).to_be_visible()
    page.get_by_text("Numbers, method and command").click()
    expect(page.get_by_text(str(judgement))).to_be_visible()
    expect(
        page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        ).first
    ).to_be_visible()
    page.wait_for_url(re.compile("claim=one-gate"))
    shared = page.url
    page.goto(shared.replace("lang=en", "lang=zh"))  # as another reader opens it
    settled(page)
    expect(page.get_by_role("radio", name=re.compile("只有一个门"))).to_be_checked()


def test_a_setting_of_the_grid_is_repeated_in_the_laboratory(app, page):
    visit(page, f"{app}/deep?lang=en&show=claims&claim=convergence&rate=16.0&clip=0.0")
    page.get_by_role("link", name=re.compile("Repeat it in the laboratory")).click()
    expect(page.get_by_role("radio", name="Training laboratory")).to_be_checked()
    rates = page.get_by_role("spinbutton", name="Learning rate")
    expect(rates).to_have_count(2)
    for rate in rates.all():
        expect(rate).to_have_value("16")
    expect(page.get_by_role("spinbutton", name="Updates")).to_have_value("700")
    page.wait_for_url(re.compile("rate1=16"))
