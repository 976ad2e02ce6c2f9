"""Three clicks to one's own model: open the page, give it a recording, choose a unit."""

import torch
from playwright.sync_api import Page, expect
from torch import nn

import explorer
from explorer.recurrence.export import to_bytes
from explorer.text.numbers import decimal
from tests.browser.server import settled


def test_a_recording_is_opened_and_a_unit_of_it_read_off_the_page(app: str, page: Page):
    torch.manual_seed(0)
    model = nn.ModuleDict({"encoder": nn.GRU(3, 6)})
    with explorer.record(model) as recording, torch.no_grad():
        model["encoder"](torch.randn(8, 1, 3))
    page.goto(f"{app}/yours?lang=en")
    expect(page.get_by_text("this example is shown")).to_be_visible()
    content = to_bytes(recording, ".nc")
    file = {"name": "mine.nc", "mimeType": "application/x-netcdf", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    unit = page.get_by_role("spinbutton", name="Unit (0 to 5)")
    expect(unit).to_be_visible()
    unit.fill("4")
    unit.press("Enter")
    expect(unit).to_have_value("4")
    settled(page)
    page.get_by_role("option").nth(2).click()
    value = float(recording["encoder"][0]["update"][0, 0, 0, 2, 4])
    said = f"step 2 · “2” · update gate of unit 4: {decimal(value, 2)}"
    expect(page.locator(".detail")).to_have_text(said)
    bad = {**file, "name": "bad.nc", "buffer": content[:2000]}
    page.locator("input[type=file]").set_input_files(bad)
    expect(page.get_by_text("What was open stays open.")).to_be_visible()
    expect(unit).to_have_value("4")
