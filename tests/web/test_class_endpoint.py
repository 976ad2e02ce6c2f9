"""The endpoint of a class, behind the guard, as browsers meet it."""

import json
import re
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from explorer.web.page_parameters import page_parameters
from explorer.web.serving.class_addresses import class_addresses
from explorer.web.serving.class_endpoint import InStep
from explorer.web.serving.guard import Guard
from explorer.web.serving.hosts import Hosts
from explorer.web.serving.networks import Network

HERE = "http://localhost:8501"
LIVE = "ws://localhost:8501/class/live"
PAGES = Path(__file__).parents[2] / "pages"


async def nothing(scope, receive, send):
    """The application behind: nothing of a class may reach it."""
    if scope["type"] == "lifespan":
        for done in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{done}.complete"})
        return
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="module")
def app():
    """The application in one loop, as a server runs it: the client that holds it."""
    inside = InStep(nothing, page_parameters, {"gru": "Gated recurrent unit (GRU)"})
    with TestClient(Guard(inside, Hosts.configured({}, "127.0.0.1"))) as held:
        yield held


def browser(app, *, address="127.0.0.1", origin=HERE):
    client = TestClient(app.app, base_url=HERE, client=(address, 50000), headers={"Origin": origin})
    client.portal = app.portal
    return client


@pytest.fixture
def teacher(app):
    client = browser(app)
    client.code = client.post("/class/open").json()["code"]
    yield client
    with line(client, client.code) as led:
        led.send_json({"end": True})
        hear(led, "state", lambda state: state["ended"])


@contextmanager
def line(client, code, *, seat="", lang="en"):
    """A line that has sent its greeting."""
    with client.websocket_connect(LIVE) as socket:
        socket.send_json({"join": code, "seat": seat, "lang": lang})
        yield socket


def hear(socket, kind, until=lambda _told: True):
    """The first message of a kind of which ``until`` is true."""
    for _message in range(100):
        told = socket.receive_json()
        if kind in told and until(told[kind]):
            return told[kind]
    raise AssertionError(f"no {kind}")


def test_the_key_is_a_cookie_that_only_the_class_is_sent(app):
    answer = browser(app).post("/class/open")
    code = answer.json()["code"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"gatescope_class_{code}=")
    for part in ("HttpOnly", "SameSite=strict", "Path=/class/"):
        assert part in cookie
    key = cookie.split("=", 1)[1].split(";")[0]
    assert key not in answer.text


def test_what_the_teacher_shows_reaches_a_student_and_one_who_comes_later(app, teacher):
    student = browser(app, address="192.168.1.9")
    with line(teacher, teacher.code) as led, line(student, teacher.code) as one:
        welcome = hear(led, "welcome")
        assert welcome["leads"]
        assert welcome["addresses"][0]["address"].endswith(f"/?class={teacher.code}")
        told = hear(one, "welcome")
        assert not told["leads"]
        assert "addresses" not in told
        values = {"text": "a b", "step": "3", "unit": "no", "model": "gru-timemachine"}
        led.send_json({"show": {"page": "gru", "values": values, "places": {"strip": 3}}})
        shown = hear(one, "state", lambda state: state["view"])
        assert shown["view"]["page"] == "gru"
        assert sorted(shown["view"]["query"].split("&")) == [
            "model=gru-timemachine",
            "step=3",
            "text=a+b",
        ]
        led.send_json({"move": {"strip": 4}})
        assert hear(one, "places") == {"strip": 4}
        with line(browser(app), teacher.code, seat=told["seat"]) as again:
            assert hear(again, "welcome")["seat"] == told["seat"]
            whole = hear(again, "state")
            assert (whole["view"], whole["places"]) == (shown["view"], {"strip": 4})


def test_the_teachers_reload_goes_on_leading_and_a_student_never_does(app, teacher):
    for _reload in range(2):
        with line(teacher, teacher.code) as led:
            assert hear(led, "welcome")["leads"]
    other = browser(app)
    other.post("/class/open")  # who leads another class does not lead this one
    with line(other, teacher.code) as one:
        assert not hear(one, "welcome")["leads"]
        one.send_json({"show": {"page": "gru", "values": {}, "places": {}}})
        one.send_json({"end": True})
        one.send_json({"still": True})
        hear(one, "still")
        with line(teacher, teacher.code) as led:
            assert hear(led, "state")["view"] is None


def test_a_question_out_of_bounds_is_refused_in_the_teachers_language(app, teacher):
    with line(teacher, teacher.code, lang="zh") as led:
        led.send_json({"ask": {"text": "", "choices": ["a", "b"], "right": None}})
        assert "300" in hear(led, "problem")


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null"])
def test_another_website_reaches_no_class(app, teacher, origin):
    foreign = browser(app, origin=origin)
    foreign.cookies = teacher.cookies
    assert foreign.post("/class/open").status_code == 403
    with pytest.raises(WebSocketDisconnect), foreign.websocket_connect(LIVE):
        pass


def test_there_is_no_other_way_in(app, teacher):
    assert teacher.get("/class/open").status_code == 405
    assert teacher.get(f"/class/{teacher.code}").status_code == 418  # Streamlit's to answer


@pytest.mark.parametrize(
    "greeting",
    ["", "[]", "{}", "[" * 390, json.dumps({"join": 3}), '{"join": "2222222"}', "x" * 401],
)
def test_whoever_names_no_class_is_told_so_and_cut_off(app, greeting):
    with browser(app, address="10.9.9.9").websocket_connect(LIVE) as socket:
        socket.send_text(greeting)
        assert socket.receive_json().keys() == {"refused", "close"}
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()


@pytest.mark.parametrize(
    "sent",
    [["x" * 401], ["[1]"], ["{"], ['{"answer": 0}'] * 40],
    ids=["long", "list", "cut", "many"],
)
def test_a_student_who_says_too_much_is_cut_off_and_the_others_are_not(app, teacher, sent):
    with line(browser(app), teacher.code) as other, line(browser(app), teacher.code) as one:
        hear(one, "state")
        for text in sent:
            one.send_text(text)
        with pytest.raises(WebSocketDisconnect):
            hear(one, "nothing")
        other.send_json({"still": True})
        assert hear(other, "still")


def test_bytes_are_no_message(app, teacher):
    with line(browser(app), teacher.code) as one:
        hear(one, "state")
        one.send_bytes(b"\x00\xff")
        with pytest.raises(WebSocketDisconnect):
            hear(one, "nothing")


def test_the_end_reaches_all(app):
    client = browser(app)
    code = client.post("/class/open").json()["code"]
    with line(client, code) as led, line(browser(app), code) as one:
        hear(led, "state")
        led.send_json({"end": True})
        assert hear(one, "state", lambda state: state["ended"])
        with pytest.raises(WebSocketDisconnect):
            hear(one, "nothing")


FOUND = (Network("192.168.1.5", "wlan0"), Network("10.0.0.7", "eth0"))


@pytest.mark.parametrize(
    ("origin", "found", "expected"),
    [
        ("http://localhost:8501", FOUND[:1], [("http://192.168.1.5:8501/?class=X", "")]),
        (
            "http://127.0.0.1:8600",
            FOUND,
            [
                ("http://192.168.1.5:8600/?class=X", "wlan0"),
                ("http://10.0.0.7:8600/?class=X", "eth0"),
            ],
        ),
        ("http://[::1]:8501", (), [("http://[::1]:8501/?class=X", "")]),
        ("https://gates.example", FOUND, [("https://gates.example/?class=X", "")]),
    ],
)
def test_students_are_given_an_address_that_they_can_reach(origin, found, expected):
    given = class_addresses(urlsplit(origin), "/?class=X", found)
    assert [(each.address, each.interface) for each in given] == expected
    for each in given:
        assert {len(row) for row in each.modules} == {len(each.modules)}
        assert {*"".join(each.modules)} == {"0", "1"}


def test_every_page_declares_what_its_file_opens_it_with():
    pages = {path.stem: path.read_text(encoding="utf-8") for path in PAGES.glob("*.py")}
    assert {*pages} == {page or "start" for page in page_parameters()}
    for page, declared in page_parameters().items():
        (module,) = re.findall(r"from (\S+) import PARAMETERS", pages[page or "start"])
        names = [parameter.name for parameter in import_module(module).PARAMETERS]
        assert [parameter.name for parameter in declared] == names
