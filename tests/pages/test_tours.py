"""A tour's place in the address: entered, taken along, and left, without a browser."""

from explorer.web.tours.catalogue import TOURS

from .conftest import opened


def test_a_link_to_a_tour_opens_its_first_stop_with_its_view():
    app = opened("start", tour="corpus", lang="en")
    first = TOURS["corpus"].stops[0]
    assert app.query_params["tour"] == "corpus.1"
    assert {name: app.query_params[name] for name in first.view} == dict(first.view)
    app.query_params["said"] = "1.2"
    app.run()
    assert app.query_params["said"] == "1.2"
    del app.query_params["tour"]  # as Back does to an address before the tour
    app.run()
    assert "tour" not in app.query_params
    assert "said" not in app.query_params
    assert not app.exception


def test_an_address_of_no_tour_is_left_out():
    app = opened("exercises", tour="nonsense.99", said="1.1", lang="en")
    assert "tour" not in app.query_params
    assert not app.exception
