"""What is printed when the app is served: the address to open, or to write on the board."""

from collections.abc import Iterable, Iterator, Sequence

from explorer.locale import Translate, enumerated
from explorer.models import catalogue, own_folder
from explorer.shipped_files import is_checkout
from explorer.web.serving.networks import Network


def for_this_machine(port: int, _: Translate) -> str:
    """Where a reader at this machine finds the app."""
    said = _(
        "Gatescope is running at {address} and only this machine can open it. To open "
        "it to a class: {command}"
    )
    command = "make class" if is_checkout() else "gatescope run --class"
    return said.format(address=_address("localhost", port), command=command)


def for_a_class(found: Iterable[Sequence[Network]], port: int, _: Translate) -> Iterator[str]:
    """What to write on the board, and again whenever it is something else.

    Args:
        found: The networks that this machine is on, as they are found from time to time.
        port: Where the server listens.
        _: The teacher's language.
    """
    before: Sequence[Network] | None = None
    for now in found:
        if before is None:
            yield _board(now, port, _)
        elif now != before:
            gone = [_address(each.address, port) for each in before if each not in now]
            yield "\n".join((*_moved(gone, _), _board(now, port, _)))
        before = now


def own_models(_: Translate) -> Iterator[str]:
    """Which models of the reader's own folder are offered; which are not, and why."""
    own = (*filter(own_folder.is_own, catalogue.offered()), *own_folder.listing().hugging_face)
    if own:
        yield _("Models of your own: {names}").format(
            names=enumerated(map(own_folder.title, own), _)
        )
    for folder, error in catalogue.refused().items():
        why = _(error.template).format(**error.values)
        yield _("Not offered: {folder}. {why}").format(folder=folder, why=why)


def _board(found: Sequence[Network], port: int, _: Translate) -> str:
    if not found:
        return _(
            "This machine is not on a network: only it can open Gatescope, at {address} for "
            "now. As soon as it joins one, the address for the class is printed here."
        ).format(address=_address("localhost", port))
    if len(found) == 1:
        said = _("Gatescope is open to everyone on your network. Write this on the board:")
    else:
        said = _(
            "This machine is on {count} networks, and Gatescope is open to everyone on them. Write "
            "on the board the address of the network that the class is on:"
        ).format(count=len(found))
    addresses = (f"    {_address(each.address, port)}{_by(each, found)}" for each in found)
    hint = _(
        "If it does not open for the class, check this machine's firewall; some wireless "
        "networks also keep their devices from reaching each other."
    )
    led = _("To have the class follow what you show, press “Open a class” on the start page.")
    return "\n".join(("", said, "", *addresses, "", led, hint))


def _moved(gone: Sequence[str], _: Translate) -> Iterator[str]:
    if gone:
        yield ""
        yield _("The network has changed. These addresses no longer work: {gone}").format(
            gone=enumerated(gone, _)
        )


def _by(network: Network, found: Sequence[Network]) -> str:
    """The interface's name, by which addresses are told apart where there are several."""
    return f"   ({network.interface})" if network.interface and len(found) > 1 else ""


def _address(host: str, port: int) -> str:
    return f"http://{host}:{port}"
