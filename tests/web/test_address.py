"""A page's address and its widgets: which of them decides."""

from streamlit.testing.v1 import AppTest


def page():
    """A page with one text; it does not come to its end while the session says so."""
    import streamlit as st

    from explorer.web.kit.address import Address

    address = Address("page")
    st.text_input("Text", key=address.seed("text", "nothing", str))
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
