"""Tours: their addresses, their length, and answers computed again in other ways."""

import re
from importlib import import_module
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import explorer
from explorer.classroom import question
from explorer.decoding.adapters.table import BOOK
from explorer.errors import ExplorerError
from explorer.experiments import catalogue as experiments
from explorer.locale import LANGUAGES, translator
from explorer.models import catalogue
from explorer.recurrence.quantities import QUANTITIES
from explorer.text.vocabulary import Vocabulary
from explorer.unit_analysis import shipped
from explorer.web.kit import carried
from explorer.web.kit.carried import Written
from explorer.web.kit.parameters import Choice
from explorer.web.navigation import PATHS
from explorer.web.pages.search.searchable_models import subjects
from explorer.web.shared.chapter import SECTIONS
from explorer.web.tours import place
from explorer.web.tours.answering import inputs
from explorer.web.tours.answers import corpus, gru, lstm, search
from explorer.web.tours.catalogue import TOURS
from explorer.web.tours.place import Place

STOPS = [(tour, n, stop) for tour in TOURS.values() for n, stop in enumerate(tour.stops, 1)]
ASKED = [(tour, n, stop) for tour, n, stop in STOPS if stop.question]
#: What may be chosen where a page knows it in the run alone.
CHOICES = {
    "model": set(catalogue.names()),
    "of": set(subjects()),
    "colour": {quantity for of in QUANTITIES.values() for quantity in of},
    "claim": set(experiments.names()),
}
QUIET_S, WORDS_PER_S = 20, 2.5
"""Seconds at a stop that are not reading, and how fast a text is read."""


def named(value):
    return value.name if hasattr(value, "stops") else None


def parameters(page):
    room = "gates" if page in ("gru", "lstm") else page
    return import_module(f"explorer.web.pages.{room}.parameters").PARAMETERS


def answer_of(stop, view=None):
    module, name = stop.question.answer.split(":")
    answers = import_module(f"explorer.web.tours.answers.{module}")
    return getattr(answers, name)(dict(stop.view if view is None else view))


def test_every_section_has_a_tour_of_five_to_seven_stops_with_two_or_three_questions():
    assert list(TOURS) == [section.page for section in SECTIONS]
    for tour in TOURS.values():
        assert 5 <= len(tour.stops) <= 7
        assert 2 <= sum(stop.question is not None for stop in tour.stops) <= 3


@pytest.mark.parametrize("tour", TOURS.values(), ids=named)
def test_a_tour_takes_at_most_six_minutes(tour):
    asked = [stop.question for stop in tour.stops if stop.question]
    texts = [stop.text for stop in tour.stops] + [f"{of.text} {of.why}" for of in asked]
    words = sum(len(text.split()) for text in texts)
    assert words / WORDS_PER_S + QUIET_S * len(tour.stops) <= 360


@pytest.mark.parametrize(("tour", "number", "stop"), STOPS, ids=named)
def test_a_stop_is_short_and_its_address_one_that_its_page_reads(tour, number, stop):
    assert 2 <= len(re.findall(r"[.?!](?=\s|$)", stop.text)) <= 5
    declared = {parameter.name: parameter for parameter in parameters(stop.page)}
    for name, value in stop.view.items():
        parameter = declared[name]
        if isinstance(parameter, Choice) and not parameter.options:
            assert value in CHOICES[name]
        elif name not in ("unit", "step"):  # their bounds are those of the model and the text
            read = parameter.read(value)
            assert parameter.fit(read) == read
            assert read != parameter.default, "a page leaves its defaults out of its address"


def test_no_page_has_a_parameter_of_the_names_that_every_address_carries():
    for page in PATHS:
        assert not carried.NAMES & {one.name for one in parameters(page or "start")}


@pytest.mark.parametrize(("tour", "number", "stop"), ASKED, ids=named)
def test_an_answer_is_one_of_its_options(tour, number, stop):
    found = answer_of(stop)
    options = stop.question.options or found.options
    assert 2 <= len(set(options)) == len(options) <= 4
    assert 0 <= found.right < len(options)
    assert re.search(r"[0-9]|“", found.said), "it says by what"
    names = {name for name, _value in inputs(stop.question, stop.view)}
    assert answer_of(stop, {n: v for n, v in stop.view.items() if n in names}) == found


@pytest.mark.parametrize(("tour", "number", "stop"), ASKED, ids=named)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_can_be_put_to_a_class(tour, number, stop, language):
    translate = translator(language)
    options = tuple(map(translate, stop.question.options)) or answer_of(stop).options
    asked = question.Question(translate(stop.question.text), options)
    assert asked.text == asked.text.strip()  # as the tour compares it, when it is revealed


def gates_by_hand(text, name="gru-recall"):
    """The update gates of a GRU in float64 NumPy, (T, H), from torch's documented equations."""
    model, card = explorer.load(name)
    weights = {n: p.detach().double().numpy() for n, p in model.rnn.named_parameters()}
    inputs_ = model.inputs(explorer_ids(card, text)).detach().double().numpy()[0]  # (T, V)
    hidden, gates = np.zeros(model.rnn.hidden_size), []
    for x in inputs_:
        i = weights["weight_ih_l0"] @ x + weights["bias_ih_l0"]
        h = weights["weight_hh_l0"] @ hidden + weights["bias_hh_l0"]
        (ir, iz, ic), (hr, hz, hc) = np.split(i, 3), np.split(h, 3)
        reset, update = (1 / (1 + np.exp(-(a + b))) for a, b in ((ir, hr), (iz, hz)))
        hidden = update * hidden + (1 - update) * np.tanh(ic + reset * hc)
        gates.append(update)
    return np.array(gates)


def explorer_ids(card, text):
    import torch

    return torch.tensor([Vocabulary(card.vocabulary).encode(text)])


@pytest.mark.parametrize(
    ("text", "right"), [("!Cdahbfegcadhbfcagehdbacfhge?", 2), ("ab!Dhacb?", 1), ("?!B(ab)c?", 1)]
)
def test_what_a_gate_keeps_is_what_the_equations_say(text, right):
    first, asked = text.index("!") + 2, text.rindex("?")
    gates = gates_by_hand(text)[first:asked, 7]
    found = gru.kept({"model": "gru-recall", "text": text, "unit": "7"})
    assert found.right == right
    assert {f"{gates.mean():.3f}", f"{gates.prod():.0%}"} <= {*re.split(r",? |\.$", found.said)}
    assert float(found.said.split()[3]) ** (asked - first) == pytest.approx(0.5, abs=0.01)


def test_without_noise_nothing_is_asked_of_a_gate():
    with pytest.raises(ExplorerError, match="noise"):
        gru.kept({"model": "gru-recall", "text": "!A?", "unit": "7"})


def test_the_beam_holds_what_multiplying_by_hand_gives_and_the_costs_are_counted():
    tokens, width = range(len(BOOK.tokens)), 2
    end = BOOK.end

    def p(prefix):
        return np.prod([BOOK.row(prefix[:n])[token] for n, token in enumerate(prefix)])

    first = sorted(((t,) for t in tokens), key=p)[-width:]
    beam = sorted((f for f in product(tokens, tokens) if f[:1] in first), key=p)[-width:]
    words = {" ".join(BOOK.tokens[t] for t in prefix) for prefix in beam}
    found = search.kept({})
    assert {*re.split(", | and ", found.options[found.right])} == words
    opened = sum(len([f for f in product(tokens, repeat=n) if end not in f]) for n in range(4))
    assert f"{opened * len(tokens)} " in search.cost({}).said


def test_padding_is_counted_row_by_row():
    summary = corpus.computed.whole().summary
    lengths = summary.lengths.every() + 1  # (N, 2), <eos> included
    order = np.random.default_rng(0).permutation(len(lengths))
    taken = padded = 0
    for start in range(0, len(order), 32):
        batch = lengths[order[start : start + 32]]
        taken += batch.max(0).sum() * len(batch)
        padded += (batch.max(0) - batch).sum()
    assert f"{padded / taken:.1%}" in corpus.padded({}).said


def test_what_the_tours_tell_is_what_the_models_do():
    first = shipped.named("gru-timemachine")[0]
    assert (first.quantity, first.label) == ("hidden", "column")
    recall = {"model": "lstm-recall", "text": "!Cdahbfegcadhbfcagehdbacfhge?"}
    assert lstm.shut(recall).right == 0
    assert "“-”" in lstm.emptied(recall).said
    assert gru.unwritten({**recall, "model": "gru-recall"}).right == 1
    empty = next(
        stop for stop in TOURS["search"].stops if "read a map" in stop.view.get("text", "")
    )
    assert "“”" in search.best(empty.view).said


@given(
    st.sampled_from([*TOURS.values()]),
    st.dictionaries(
        st.integers(1, 7), st.lists(st.integers(0, 9999), min_size=1, max_size=4).map(tuple)
    ),
)
def test_what_was_said_is_read_again_from_the_address(tour, said):
    written = Place(tour, 1, said).written()
    assert place._read(written.get("said", "")) == said
    assert all(value in each.options for each in carried.ALL if (value := written.get(each.name)))


@given(st.text())
def test_no_text_is_a_commitment_beyond_its_bounds(text):
    for number, counts in place._read(text).items():
        assert number >= 0
        assert all(0 <= count <= 9999 for count in counts)
    assert ("x" * 41) not in Written("[a-z_]{1,40}")
