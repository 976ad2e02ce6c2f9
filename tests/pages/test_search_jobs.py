"""The search page while a search goes on: it waits, is left alone, or comes to an end."""

import threading
import time

from explorer.locale import english
from explorer.saving.tree_words import verdict
from explorer.web.kit.job import Job, Queue
from explorer.web.pages.search import result as case
from tests.pages.conftest import opened, tables
from tests.pages.searches import bill, complete, said


def test_a_large_space_is_searched_within_its_budget_and_what_was_found_is_kept():
    words = "elle rit est . il a la le"
    asked = {"of": "en-fr-gru", "text": "She is laughing.", "only": words, "longest": "6"}
    app = opened("search", lang="en", searches="exhaustive", seconds="1", show="bill", **asked)
    deadline = time.monotonic() + 30
    while not tables(app) and time.monotonic() < deadline:
        assert app.button(key="search.stop.exhaustive").label == "Stop and keep the results so far"
        app.run()
    assert bill(app).loc["Exhaustive", "decoder calls"] > 1
    again = app.run()  # kept: not begun anew
    assert bill(again).loc["Exhaustive", "seconds"] == bill(app).loc["Exhaustive", "seconds"]


def test_a_search_that_nobody_asks_for_any_more_is_stopped(monkeypatch):
    long = "He buys a newspaper at the station each morning and reads it on the way to work."
    asked = {"of": "en-fr-gru", "text": long, "alpha": "1.0", "seconds": "60"}
    app = opened("search", lang="en", searches="beam,exact", **asked)
    job = app.session_state["jobs"].last("exact")
    assert not job.stopped
    monkeypatch.setattr("explorer.web.kit.job.AWAY_S", 0.1)
    app.button_group(key="search.searches").set_value(["beam"]).run()
    job.wait(30)
    assert job.ended
    assert job.abandoned


def test_a_search_that_waits_for_its_turn_says_so_and_is_found_in_the_end(monkeypatch):
    queue = Queue(1)
    monkeypatch.setattr("explorer.web.kit.session_jobs.QUEUE", queue)
    go_on = threading.Event()
    first = Job(None, lambda result, stop: go_on.wait(60))
    queue.add(first)
    asked = {"of": "en-fr-gru", "text": "She is laughing.", "searches": "beam,exact"}
    app = opened("search", lang="en", show="bill", **asked)
    assert any("Queued; jobs ahead: 0" in text for text in said(app))
    assert list(bill(app).index) == ["Beam"]
    app = opened("search", lang="zh", show="bill", **asked)
    assert any("1" in text and "排队" in text for text in said(app))
    go_on.set()
    assert len(tables(complete(app, 2))[0]) == 2


def test_a_search_that_memory_ended_says_so(monkeypatch):
    monkeypatch.setattr(case, "MEMORY", 1e5)
    long = "He buys a newspaper at the station each morning and reads it on the way to work."
    asked = {"of": "en-fr-gru", "text": long, "alpha": "1.0", "seconds": "60"}
    app = opened("search", lang="en", searches="exact", **asked)
    deadline = time.monotonic() + 60
    while app.session_state["jobs"].last("exact").result.tree is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    tree = app.session_state["jobs"].last("exact").result.tree
    assert tree.stopped == "memory"
    assert "memory limit" in verdict(tree, english)
