import socket

from explorer.locale import english
from explorer.web.serving.board import for_a_class, for_this_machine
from explorer.web.serving.networks import Network, networks

WIRELESS, CABLE = Network("192.168.1.5", "wlan0"), Network("10.0.0.7", "eth0")


def board(*found):
    return list(for_a_class(found, 8501, english))


def addresses(text):
    return [line.split()[0] for line in text.splitlines() if line.startswith("    ")]


def test_this_machine_alone():
    assert "http://localhost:8600" in for_this_machine(8600, english)


def test_one_network_is_one_address_with_nothing_beside_it():
    (said,) = board((WIRELESS,))
    assert addresses(said) == ["http://192.168.1.5:8501"]
    assert "wlan0" not in said


def test_several_networks_are_told_apart():
    (said,) = board((WIRELESS, CABLE))
    assert addresses(said) == ["http://192.168.1.5:8501", "http://10.0.0.7:8501"]
    assert "http://10.0.0.7:8501   (eth0)" in said


def test_no_network_is_said_and_the_first_one_too():
    alone, later = board((), (), (WIRELESS,))
    assert "not on a network" in alone
    assert addresses(later) == ["http://192.168.1.5:8501"]
    assert "changed" not in later


def test_only_a_change_is_said_and_what_is_no_longer_right():
    _first, then, last = board((WIRELESS,), (WIRELESS,), (CABLE,), (CABLE,), ())
    assert "These addresses no longer work: http://192.168.1.5:8501" in then
    assert addresses(then) == ["http://10.0.0.7:8501"]
    assert "These addresses no longer work: http://10.0.0.7:8501" in last
    assert "not on a network" in last


def test_every_network_that_is_found_has_an_address_of_this_machine():
    for each in networks():
        assert not each.address.startswith("127.")
        with socket.socket() as own:
            own.bind((each.address, 0))  # fails at an address that is not its own
