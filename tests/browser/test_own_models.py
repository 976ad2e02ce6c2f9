"""A reader's own model in three clicks: served, chosen, and asked about a text."""

import os
import subprocess
import sys

import pytest
import torch
from playwright.sync_api import expect

import explorer
from explorer.text.numbers import decimal
from tests.browser.server import PATIENCE_S, ROOT, free_port, settled, wait_for
from tests.models.own_modules import TOKENS, modules

NAME, TEXT = "<b>mine<b>", "a bad deed."
UNITS = 6


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The app as ``gatescope run --models FOLDER`` serves it, and the modules in the folder."""
    folder, given, port = tmp_path_factory.mktemp("models"), modules(hidden=UNITS), free_port()
    explorer.save(given, TOKENS, folder / NAME)
    command = [sys.executable, "-m", "explorer", "run", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--models", folder],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"LC_ALL": "en_GB.UTF-8"},
    )
    try:
        assert server.stdout.readline() == f"Models of your own: {NAME}\n"
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}", given
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)
        server.stdout.close()


@torch.no_grad()
def update_gate(given, step, unit):
    """The equation of the update gate, of the modules alone."""
    read = given["embedding"](torch.tensor([TOKENS.index(token) for token in TEXT]))  # (T, E)
    rnn, own = given["rnn"], slice(UNITS, 2 * UNITS)
    before = rnn(read[:step])[0][-1]
    inner = rnn.weight_ih_l0[own] @ read[step] + rnn.bias_ih_l0[own]
    return (inner + rnn.weight_hh_l0[own] @ before + rnn.bias_hh_l0[own]).sigmoid()[unit].item()


def test_a_model_is_chosen_and_shows_the_gate_of_its_own_modules(served, page):
    address, given = served
    page.goto(f"{address}/gru?lang=en")
    expect(page.get_by_role("option").first).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name="Model").click()
    page.get_by_text(f"{NAME} (yours): {UNITS} units", exact=True).click()
    field = page.get_by_role("textbox", name="Text, up to 400 characters")
    expect(field).to_have_value("abcde")
    field.fill(TEXT)
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_role("option")).to_have_count(len(TEXT))
    page.get_by_role("option").nth(3).click()
    expect(page.get_by_role("slider", name="Step")).to_have_value("3")
    settled(page)
    unit = int(page.get_by_role("spinbutton", name="Unit (0 to 5)").input_value())
    gate = f"Zt {decimal(update_gate(given, 3, unit), 2)}"
    expect(page.locator("svg").filter(has_text=gate)).to_be_visible()
    assert "Time Machine" not in page.locator("body").inner_text()
