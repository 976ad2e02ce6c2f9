"""What every page declares of its address: all of it is in use, complete, and as it was."""

from importlib import import_module

import pytest

from explorer.web.kit.address import Address
from explorer.web.kit.parameters import Choice, Number, Wholes, reset_by

from .conftest import PAGES, opened

#: Two pages have one package.
PACKAGES = {"gru": "gates", "lstm": "gates"}
DECLARED = {
    page: import_module(f"explorer.web.pages.{PACKAGES.get(page, page)}.parameters").PARAMETERS
    for page in PAGES
}
#: What each page's links may say, as they were first given away: none may ever be renamed.
LINKS = {
    "start": "step",
    "gru": "model text show colour of unit step order with change became convention claim picture "
    "task weights cell radius",
    "lstm": "model text show colour of unit step order with change became convention claim picture "
    "task weights cell radius",
    "deep": "model text show colour of layer unit step node learn lesson optimiser updates seed "
    "cell1 cell2 layers1 layers2 units1 units2 rate1 rate2 clip1 clip2 start1 start2 claim picture "
    "rate clip",
    "corpus": "source text source_rules target_rules axes pieces minimum num_steps size seed as "
    "claim show",
    "encoder_decoder": "model one two show part at colour plane axes claim picture",
    "translation": "model text beam alpha show prefix tokens forced swap for reference colour of "
    "layer unit step order with gates left changed pairs first claim picture",
    "search": "of text table searches show node width alpha longest stop seconds only part rank "
    "reference draws seed temperature topk topp claim picture",
    "bidirectional": "text at show growing quantity which word begin figure states symbols start "
    "to0 to1 to2 to3 to4 shows0 shows1 shows2 shows3 shows4 seen guess of-states of-symbols claim "
    "picture",
    "exercises": "section run",
    "yours": "show module call sequence direction from call2 sequence2 colour layer unit with of "
    "order picture step",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_name_is_declared_once_and_is_of_names_that_are_declared(page):
    names = [parameter.name for parameter in DECLARED[page]]
    assert len(set(names)) == len(names)
    assert {"lang"}.isdisjoint(names)
    assert set(LINKS[page].split()) <= set(names)


def bounds(page: str, **parameters: str) -> dict[str, object]:
    """What each parameter that the page asks for may be."""
    found: dict[str, object] = {}
    take = Address.take

    def noted(self, parameter):
        match parameter:
            case Choice():
                found[parameter.name] = tuple(parameter.options)
            case Number():
                found[parameter.name] = (parameter.lowest, parameter.highest)
            case Wholes():
                found[parameter.name] = parameter.highest
        return take(self, parameter)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Address, "take", noted)
        opened(page, **parameters)
    return found


@pytest.mark.parametrize(
    ("page", "view", "changed", "value"),
    [
        ("gru", {"show": "lines", "text": "abc"}, "model", "gru-recall"),
        ("gru", {}, "text", "short"),
        ("lstm", {"show": "lines", "text": "abc"}, "model", "lstm-recall"),
        ("deep", {}, "text", "short"),
        ("translation", {"show": "gates"}, "text", "Go."),
        ("translation", {"show": "gates"}, "model", "en-fr-lstm"),
        ("search", {"show": "chance"}, "of", "en-fr-gru"),
        ("search", {"show": "chance", "of": "en-fr-gru"}, "of", "gru-timemachine"),
        ("search", {"show": "chance", "of": "en-fr-gru"}, "only", "je ne"),
        ("search", {"show": "chance", "of": "en-fr-gru"}, "text", "Go."),
        ("encoder_decoder", {"show": "map", "plane": "variance"}, "plane", "groups"),
        ("encoder_decoder", {"show": "map"}, "colour", "length"),
        ("bidirectional", {"show": "markov"}, "states", "a, b, c"),
        ("bidirectional", {"show": "markov", "guess": "symbols"}, "symbols", "a, b, c, d"),
    ],
)
def test_what_is_bounded_by_another_parameter_is_reset_by_it(page, view, changed, value):
    before, after = bounds(page, **view), bounds(page, **{**view, changed: value})
    moved = {name for name in before.keys() & after if before[name] != after[name]} - {changed}
    assert moved <= reset_by(DECLARED[page], {changed})
