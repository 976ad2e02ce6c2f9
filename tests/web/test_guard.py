import asyncio

import pytest
from streamlit import config

from explorer.web.serving.guard import FOREIGN_HOST, FOREIGN_ORIGIN, Guard
from explorer.web.serving.hosts import Hosts

ALONE = Hosts.configured({}, "127.0.0.1")
ANYWHERE = Hosts.configured({}, None)
NAMED = Hosts.configured({"GATESCOPE_HOSTS": "gates.example"}, "127.0.0.1")
HERE = "localhost:8501"


def asked(hosts, *headers, kind="http"):
    """What the app behind the guard was asked, and what the guard sent."""
    seen, sent = [], []

    async def app(scope, receive, send):
        seen.append(dict(scope["headers"]))

    async def send(message):
        sent.append(message)

    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope = {"type": kind, "headers": pairs, "server": ("127.0.0.1", 8501), "method": "GET"}
    asyncio.run(Guard(app, hosts)(scope, None, send))
    return seen, sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("hosts", [ALONE, ANYWHERE, NAMED])
@pytest.mark.parametrize("more", [(), (("origin", f"http://{HERE}"),)])
def test_its_own_pages_are_let_through(kind, hosts, more):
    seen, sent = asked(hosts, ("host", HERE), *more, kind=kind)
    assert seen
    assert not sent


FOREIGN = [
    [("host", "evil.example")],
    [("host", "evil.example"), ("origin", "http://evil.example")],
    [("host", HERE), ("host", "evil.example")],
    [],
]
ELSEWHERE = [
    [("host", HERE), ("origin", "http://evil.example")],
    [("host", HERE), ("origin", "http://localhost:3000")],
    [("host", HERE), ("origin", "null")],
    [("host", HERE), ("origin", f"http://{HERE}"), ("origin", "http://evil.example")],
]


@pytest.mark.parametrize("headers", FOREIGN + ELSEWHERE)
def test_a_foreign_page_gets_a_sentence(headers):
    seen, (start, body) = asked(ALONE, *headers)
    assert not seen
    assert start["status"] == 403
    expected = FOREIGN_HOST if headers in FOREIGN else FOREIGN_ORIGIN
    assert body["body"].decode() == expected


@pytest.mark.parametrize("headers", FOREIGN + ELSEWHERE)
def test_a_foreign_websocket_is_closed_before_it_opens(headers):
    seen, sent = asked(ALONE, *headers, kind="websocket")
    assert not seen
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_foreign_origin_is_refused_on_a_hosting_service_too(headers):
    assert not asked(ANYWHERE, *headers)[0]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_hosting_service_asks_by_any_host_or_none(headers):
    assert asked(ANYWHERE, *headers)[0]


def test_a_reader_of_chinese_gets_a_chinese_sentence():
    for wanted in ("zh", "zh-CN,zh;q=0.9,en;q=0.8", "zh;q=1,en"):
        _seen, (_start, body) = asked(ALONE, ("accept-language", wanted))
        assert "GATESCOPE_HOSTS" in body["body"].decode()
        assert body["body"].decode() != FOREIGN_HOST


def test_behind_a_proxy_that_names_the_server_anew_streamlit_sees_one_origin():
    for origin in ("https://gates.example", f"http://{HERE}"):
        (seen,), _sent = asked(NAMED, ("host", HERE), ("origin", origin))
        assert seen[b"host"].decode() == origin.partition("//")[2]
    assert not asked(NAMED, ("host", HERE), ("origin", "https://x.gates.example"))[0]


@pytest.mark.parametrize(
    ("option", "value"),
    [("server.enableCORS", False), ("server.corsAllowedOrigins", ["http://evil.example"])],
)
def test_streamlits_own_options_open_a_hosting_service_and_nothing_else(option, value):
    before = config.get_option(option)
    config.set_option(option, value)
    try:
        headers = [("host", HERE), ("origin", "http://evil.example")]
        assert asked(ANYWHERE, *headers)[0]
        assert not asked(ALONE, *headers)[0]
    finally:
        config.set_option(option, before)


def test_what_is_no_request_passes():
    passed = []

    async def app(scope, receive, send):
        passed.append(scope["type"])

    asyncio.run(Guard(app, ALONE)({"type": "lifespan"}, None, None))
    assert passed == ["lifespan"]
