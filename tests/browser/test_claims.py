"""What a reader does with the claims of a section: open one, read its verdict, share it."""

import re

from playwright.sync_api import expect

from explorer.experiments import catalogue
from tests.browser.server import settled


def test_a_claim_is_chosen_read_and_shared(app, page):
    page.goto(f"{app}/gru?lang=en&show=claims")
    settled(page)
    page.get_by_role("radio", name=re.compile("Only one gate")).click()
    judgement = catalogue.shipped("one-gate").judgement
    expect(page.get_by_text(str(judgement))).to_be_visible()
    expect(page.get_by_text(re.compile(f"{judgement.verdict}$"))).to_be_visible()
    expect(
        page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        ).first
    ).to_be_visible()
    page.wait_for_url(re.compile("claim=one-gate"))
    shared = page.url
    page.goto(shared.replace("lang=en", "lang=zh"))
    settled(page)
    expect(page.get_by_role("radio", name=re.compile("只有一个门"))).to_be_checked()
