"""A tour's place in the address: entered, taken along, and left, without a browser."""

from explorer.web.kit.markup import literal
from explorer.web.tours import own
from explorer.web.tours.catalogue import TOURS

from .conftest import given, opened


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


def test_the_start_page_offers_a_teachers_own_tour_whose_stops_open_their_views(
    tmp_path, monkeypatch
):
    file = tmp_path / "tour.txt"
    monkeypatch.setenv(own.VARIABLE, str(file))
    title = "<b>x</b> [a](b) {count}"
    file.write_text(f"# {title}\n\n/exercises\nStart\n\n/corpus\nNext {{count}}\n")
    app = opened("start", lang="zh")
    first, own_one, *_others = (link.proto for link in app.get("page_link"))
    assert first.query_string.endswith("tour=gru")
    assert own_one.query_string.endswith("tour=own")
    assert own_one.label.startswith(f"**{literal(title)}**：")
    app = opened("start", tour="own", lang="zh")
    assert app.query_params["tour"] == "own.1"
    told = given(app, "tour")
    assert (told["text"], told["mark"], told["question"]) == ("Start", None, None)
    assert title in told["title"]

    file.write_text("no tour")
    app = opened("start", tour="own.1", lang="en")
    assert "tour" not in app.query_params
    assert any("Line 1: a tour begins" in warning.value for warning in app.warning)
