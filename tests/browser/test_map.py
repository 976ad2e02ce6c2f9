"""From the map to a claim and from an exercise to its view, as a reader goes there."""

import re

from playwright.sync_api import expect

from explorer.experiments import catalogue
from tests.browser.server import settled, visit


def test_a_claim_on_the_map_leads_to_what_was_measured(app, tab):
    page = visit(tab, f"{app}/?lang=en")
    page.get_by_role("link", name=re.compile("Vanishing and exploding gradients")).click()
    page.wait_for_url(re.compile("/lstm.*claim=gradients"))
    settled(page)
    page.get_by_text("Numbers, method and command").click()
    judgement = catalogue.shipped("gradients").judgement
    expect(page.get_by_text(str(judgement))).to_be_visible()
    radius = page.get_by_role("slider", name="Spectral radius of every recurrent matrix")
    radius.focus()
    radius.press("ArrowRight")
    page.wait_for_url(re.compile(r"radius=1\.35"))


def test_an_exercise_leads_to_the_view_that_answers_it(app, tab):
    page = visit(tab, f"{app}/exercises?lang=zh&section=9.8")
    expect(page.get_by_text("穷举搜索是束搜索的特例吗？")).to_be_visible()
    page.get_by_role("link", name="束搜索", exact=True).first.press("Enter")
    page.wait_for_url(re.compile("/search.*width=50"))
    settled(page)
    expect(page.get_by_label("束宽 k")).to_have_value("50")
