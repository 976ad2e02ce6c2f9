"""A hand on the gates: drag one, see the prediction change; play the cell, read the trace."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect

import explorer
from explorer.recurrence.reading import read
from explorer.recurrence.unit_activations import unit_activations
from explorer.text.numbers import decimal
from explorer.text.vocabulary import Vocabulary
from tests.browser.server import settled, visit

TEXT = "a lamp was lit"
UNIT = 7


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


def edited(name, *interventions):
    model, card = explorer.load(name)
    return read(model, Vocabulary(card.vocabulary), TEXT, interventions=interventions)


def wires(name):
    model, card = explorer.load(name)
    ids = torch.tensor([Vocabulary(card.vocabulary).encode(TEXT)])
    inputs = model.inputs(ids)
    return unit_activations(
        model.rnn, explorer.trace(model.rnn, inputs), inputs, layer=0, unit=UNIT
    )


def opened(page, app, name, **parameters):
    asked = {"lang": "en", "show": "what-if", "unit": UNIT, "text": TEXT, "change": ""} | parameters
    visit(page, f"{app}/{name}?" + "&".join(f"{key}={value}" for key, value in asked.items()))
    expect(page.locator(".cell svg .number").first).not_to_be_empty()


def gate(page, name):
    return page.locator(f'.cell g[role="slider"][aria-label^="{name}"]')


def said(value):
    return decimal(float(value), 2)


def bits(page):
    return page.get_by_test_id("stMetricValue").nth(1)


def test_a_gate_is_set_by_keys_and_the_prediction_changes(app, page):
    opened(page, app, "lstm", step=5)
    plain, shut = (edited("lstm-timemachine", *of) for of in ((), (forget(0.0),)))
    expect(bits(page)).to_have_text(f"{plain.bits:.2f}")
    gate(page, "forget gate").focus()
    for key in ("End", "ArrowDown", "Home"):
        page.keyboard.press(key)
    expect(gate(page, "forget gate")).to_have_attribute("aria-valuenow", "0.00")
    expect(page.locator(".becomes")).to_contain_text("memory cell")
    page.get_by_role("button", name="Apply at all steps").click()
    page.wait_for_url(re.compile(f"change=forget%7E0%7Eu{UNIT}|change=forget~0~u{UNIT}"))
    expect(bits(page)).to_have_text(f"{shut.bits:.2f}")
    assert not np.array_equal(plain.log_probs, shut.log_probs)
    expect(gate(page, "forget gate, changed")).to_have_attribute("aria-valuenow", "0.00")


def test_a_dragged_valve_goes_through_the_cells_equation(app, page):
    opened(page, app, "gru", step=5)
    unit = wires("gru-timemachine")
    valve = page.locator(".cell .valve.gate").first
    valve.scroll_into_view_if_needed()
    box = valve.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 200, steps=3)
    page.mouse.move(x, y + 300, steps=3)
    page.mouse.up()
    z = float(gate(page, "update gate").get_attribute("aria-valuenow"))
    assert z == 0
    reset = gate(page, "reset gate")
    reset.focus()
    page.keyboard.press("Home")
    of_input = unit.input["candidate"][5] + unit.input_bias["candidate"]
    candidate = np.tanh(of_input)  # with R = 0; and with Z = 0 it is the state
    old = unit.values["hidden"][5]
    expect(page.locator(".becomes")).to_have_text(
        f"hidden state as it is: {said(old)}, with the changes: {said(candidate)}"
    )
    page.keyboard.press("Escape")
    expect(page.locator(".becomes")).to_have_text(f"hidden state as it is: {said(old)}")


@pytest.mark.parametrize(("name", "gates"), [("gru", ["update"]), ("lstm", ["forget", "output"])])
def test_the_playing_cell_shows_the_traced_values(app, page, name, gates):
    opened(page, app, name)
    toolbar = page.locator(".strip .toolbar")
    toolbar.get_by_role("button", name="Speed: 1×").click()
    toolbar.get_by_role("button", name="Play").click()
    expect(page.locator(".strip").get_by_role("option", selected=True)).to_have_accessible_name(
        re.compile(r"^step ([7-9]|1\d) "), timeout=15_000
    )
    toolbar.get_by_role("button", name="Pause").click()
    settled(page)
    step = int(page.get_by_role("slider", name="Step").input_value())
    unit = wires(f"{name}-timemachine")
    hidden = page.locator(".cell .numbers text[data-of='hidden']")
    expect(hidden).to_have_text(re.compile(f" {said(unit.values['hidden'][step])}$"))
    # The chart beside it has come along.
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    for quantity in gates:
        traced = f"{unit.values[quantity][step]:.2f}"
        expect(gate(page, f"{quantity} gate")).to_have_attribute("aria-valuenow", traced)


def forget(value):
    return explorer.Intervention("forget", value=value, units=UNIT)
