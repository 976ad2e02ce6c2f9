import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.web.serving import hosts as module
from explorer.web.serving.hosts import NAMES_VARIABLE, Hosts, hostname, origin_of, same_origin

ALONE = Hosts.configured({}, "127.0.0.1")
CLASS = Hosts.configured({"GATESCOPE_CLASS": "yes"}, "::")
ANYWHERE = Hosts.configured({}, None)

labels = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=20)
names = st.lists(labels, min_size=2, max_size=4).map(lambda parts: ".".join(parts) + ".example")


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    monkeypatch.setattr(module.socket, "gethostname", lambda: "Laptop.school.lan")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501"])
@pytest.mark.parametrize("served", [ALONE, CLASS, ANYWHERE])
def test_this_machine_is_always_answered(served, host):
    assert served.answer(hostname(host), "127.0.0.1")


@given(names, st.sampled_from(["127.0.0.1", "192.168.1.5"]))
def test_no_other_name_is_answered_by_a_server_that_knows_its_own(name, local):
    assert not ALONE.answer(name, local)
    assert not CLASS.answer(name, local)
    assert ANYWHERE.answer(name, local)


@pytest.mark.parametrize("host", ["192.168.1.5", "laptop", "laptop.local", "laptop.school.lan"])
def test_a_class_opens_the_machine_by_its_address_and_its_names(host):
    assert CLASS.answer(hostname(f"{host.upper()}:8501"), "::ffff:192.168.1.5")
    assert not ALONE.answer(hostname(host), "127.0.0.1")


@pytest.mark.parametrize("host", ["192.168.1.6", "0.0.0.0", "localhost.example", "1localhost"])
def test_what_only_looks_like_this_machine_is_not(host):
    assert not CLASS.answer(hostname(host), "192.168.1.5")
    assert not ALONE.answer(hostname(host), "127.0.0.1")


def test_an_address_in_every_spelling():
    v6 = Hosts.configured({"GATESCOPE_CLASS": "yes"}, "::")
    assert v6.answer(hostname("[FD00:0:0::7]:8501"), "fd00::7")
    assert v6.answer(hostname("[fe80::1]"), "fe80::1%eth0")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", None, "0.0.0.0"])
def test_given_names_are_answered_and_no_others(address):
    given = "gates.example.org, https://Other.example:8443/path,*.wild.example"
    served = Hosts.configured({"GATESCOPE_HOSTS": given}, address)
    for host in ("gates.example.org", "other.example", "a.wild.example", "a.b.wild.example"):
        assert served.answer(host, None), host
    for host in ("example.org", "x.gates.example.org", "wild.example", "notwild.example"):
        assert not served.answer(host, None), host


def test_every_host_where_that_is_said():
    assert Hosts.configured({"GATESCOPE_HOSTS": "*"}, "127.0.0.1").answer("any.example", None)
    assert not Hosts.configured({"GATESCOPE_HOSTS": "*"}, None).name("any.example")


@pytest.mark.parametrize(
    "header", ["", ":8501", "a/b", "a?b", "a#b", "u@a", "a:port", "a:99999", "[::1", "[x]"]
)
def test_what_is_no_host_is_none(header):
    assert hostname(header) is None


@given(st.text(max_size=60))
def test_any_header_is_read_or_refused(header):
    hostname(header)
    origin = origin_of(header)
    assert origin is None or header.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8501", "localhost:8501"),
        ("http://gates.example", "gates.example"),
        ("http://gates.example", "gates.example:80"),
        ("https://gates.example", "gates.example"),
        ("https://gates.example", "gates.example:443"),
        ("http://[::1]:8501", "[::1]:8501"),
    ],
)
def test_one_origin(origin, host):
    assert same_origin(origin_of(origin), host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "localhost:8501"),
        ("http://localhost:3000", "localhost:8501"),
        ("http://127.0.0.1:8501", "localhost:8501"),
        ("https://gates.example", "gates.example:80"),
        ("http://gates.example.evil.example", "gates.example"),
        ("http://localhost", "localhost:8501"),
    ],
)
def test_two_origins(origin, host):
    assert not same_origin(origin_of(origin), host)


@pytest.mark.parametrize(
    "header", ["null", "", "file://", "http://", "http://u@localhost", "http://a/", "ftp://a"]
)
def test_what_is_no_website_is_none(header):
    assert origin_of(header) is None


@pytest.mark.parametrize(
    "names", ["example.org:port", "example.org:99999", "http://[bad", "a b", "http:/a"]
)
def test_a_name_that_is_none_opens_no_door(names: str) -> None:
    with pytest.raises(ExplorerError, match="GATESCOPE_HOSTS"):
        Hosts.configured({NAMES_VARIABLE: names}, None)


def test_an_address_of_the_new_kind_is_a_name() -> None:
    assert Hosts.configured({NAMES_VARIABLE: "2001:db8::5"}, None).named == {"2001:db8::5"}


@pytest.mark.parametrize("header", ["[::1].evil.example:8501", "[::1]evil", "[::1]:"])
def test_nothing_may_follow_an_address_in_brackets(header: str) -> None:
    assert hostname(header) is None


def test_this_machine_is_known_in_either_family() -> None:
    assert all(map(module.is_loopback, ("127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost")))
    assert not any(map(module.is_loopback, ("192.168.1.5", "::ffff:192.168.1.5", "laptop", "")))
