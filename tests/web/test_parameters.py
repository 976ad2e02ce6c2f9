"""A page's parameters: what the address writes, which of address and widget decides, resetting."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer.web.kit.parameters import (
    Choice,
    Decimal,
    Several,
    Text,
    Whole,
    Wholes,
    reset_by,
)

CHOICE = Choice("choice", 8, {2: "two", 8: "eight"})
WHOLE = Whole("whole", 3, -1, 20)
DECIMAL = Decimal("decimal", 0.5, 1e-6, 1e38)
SEVERAL = Several("several", ("b",), {"a": "A", "b": "B", "c": "C"})
WHOLES = Wholes("wholes", (), 9, 3)
TEXT = Text("text")
#: Each with what its values are.
VALUES = (
    (CHOICE, st.sampled_from(list(CHOICE.options))),
    (WHOLE, st.integers(WHOLE.lowest, WHOLE.highest)),
    (DECIMAL, st.floats(DECIMAL.lowest, DECIMAL.highest)),
    (SEVERAL, st.lists(st.sampled_from("abc"), min_size=1, unique=True)),
    (WHOLES, st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True)),
    (TEXT, st.text()),
)


@pytest.mark.parametrize(("parameter", "values"), VALUES, ids=[p.name for p, _v in VALUES])
@given(data=st.data())
def test_what_is_written_is_read_again(parameter, values, data):
    value = data.draw(values)
    assert parameter.read(parameter.write(value)) == value
    assert parameter.fit(value) == value


@pytest.mark.parametrize("parameter", [p for p, _v in VALUES], ids=lambda p: p.name)
@given(text=st.text() | st.from_regex(r"[-+0-9.,e]{1,8}", fullmatch=True))
def test_no_text_is_read_beyond_the_bounds(parameter, text):
    with suppress(ValueError):
        value = parameter.read(text)
        assert parameter.fit(value) == value
        if isinstance(value, list):
            assert len(set(value)) == len(value) > 0


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        *((CHOICE, text) for text in ("", "3", "two", "2,8", "08")),
        *((WHOLE, text) for text in ("", "-2", "21", "1.5", "9" * 5000)),
        *((DECIMAL, text) for text in ("", "0", "nan", "inf", "1e39", "1e99999999")),
        *((SEVERAL, text) for text in ("", "d", "a,a", "a,,b")),
        *((WHOLES, text) for text in ("", "10", "-1", "1,1", "1,2,3,4")),
    ],
)
def test_what_is_no_value_is_refused(parameter, text):
    with pytest.raises(ValueError):  # noqa: PT011 (no caller reads its words)
        parameter.read(text)


@given(st.integers(-50, 50), st.integers(-5, 5), st.integers(0, 9))
def test_a_value_is_fitted_to_other_bounds(value, lowest, more):
    other = WHOLE.within(lowest, lowest + more)
    assert lowest <= other.fit(value) <= lowest + more
    assert other.fit(other.default) == other.default


def test_what_is_of_another_is_reset_with_it_and_what_is_of_that_too():
    parameters = (
        Text("text"),
        Text("prefix", of=("text",)),
        Text("tokens", of=("prefix",)),
        Text("other"),
    )
    assert reset_by(parameters, {"text"}) == {"prefix", "tokens"}
    assert reset_by(parameters, {"prefix"}) == {"tokens"}
    assert reset_by(parameters, {"text", "prefix"}) == {"tokens"}
    assert reset_by(parameters, {"other"}) == set()


def page():
    """A page with two texts; it does not come to its end while the session says so."""
    import streamlit as st

    from explorer.web.kit.address import Address
    from explorer.web.kit.parameters import Text, Whole

    text, step = Text("text", "nothing"), Whole("step", 0, 0, 9, of=("text",))
    address = Address("page", (text, step))
    key = address.take(text)
    st.text_input("Text", key=key, on_change=address.changed, args=(text,))
    st.number_input("Step", 0, 9, key=address.take(step))
    st.button("Example", on_click=address.put, args=({text: "example"},))
    st.button("Whole example", on_click=address.put, args=({text: "whole", step: 4},))
    st.button("Back", on_click=address.take_back, args=(text,))
    if st.session_state.get("undeclared"):
        address.take(Text("another"))
    if not st.session_state.get("interrupted"):
        address.publish({"lang": "en"})


def test_the_address_decides_when_a_page_is_opened():
    opened = AppTest.from_function(page)
    opened.query_params["text"] = "from the address"
    assert opened.run().text_input[0].value == "from the address"


def test_what_is_typed_before_the_first_run_has_ended_is_kept():
    opened = AppTest.from_function(page)
    opened.session_state["interrupted"] = True
    opened.query_params["text"] = "from the address"
    typed = opened.run().text_input[0].set_value("typed")
    assert typed.run().text_input[0].value == "typed"
    opened.session_state["interrupted"] = False
    assert opened.run().text_input[0].value == "typed"
    assert opened.query_params["text"] == "typed"


def test_another_address_decides_again():
    opened = AppTest.from_function(page)
    opened.run().text_input[0].set_value("typed").run()
    opened.query_params["text"] = "gone back to"
    assert opened.run().text_input[0].value == "gone back to"


def test_a_change_by_hand_takes_back_what_is_of_it():
    opened = AppTest.from_function(page)
    opened.query_params["step"] = "7"
    assert opened.run().number_input[0].value == 7
    opened.text_input[0].set_value("typed").run()
    assert opened.number_input[0].value == 0
    assert "step" not in opened.query_params


@pytest.mark.parametrize(
    ("button", "text", "step"), [(0, "example", 0), (1, "whole", 4), (2, "nothing", 0)]
)
def test_a_button_sets_the_whole_view(button, text, step):
    opened = AppTest.from_function(page)
    opened.query_params["text"], opened.query_params["step"] = "mine", "7"
    opened.run().button[button].click().run()
    assert (opened.text_input[0].value, opened.number_input[0].value) == (text, step)
    opened.run()
    assert (opened.text_input[0].value, opened.number_input[0].value) == (text, step)


def test_what_a_page_does_not_declare_it_cannot_ask_for():
    opened = AppTest.from_function(page)
    assert not opened.run().exception
    opened.session_state["undeclared"] = True
    assert opened.run().exception
