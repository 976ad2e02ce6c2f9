"""Which model fills in words by which sides of the blank."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.errors import ExplorerError
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.architecture import InfillArchitecture, Reads
from explorer.shipped_files import restore_command

#: The models of the page, in its order, by the sides of the blank that they read.
READS: Mapping[Reads, str] = MappingProxyType(
    {
        "forward": N_("reads what comes before"),
        "both": N_("reads both sides"),
        "backward": N_("reads what comes after"),
    }
)


def name_of(reads: Reads) -> str:
    """The name of the shipped model that reads these sides, as its card says.

    Raises:
        ExplorerError: There is none.
    """
    for name in catalogue.names("infill"):
        sizes = catalogue.card(name).architecture
        if isinstance(sizes, InfillArchitecture) and sizes.reads == reads:
            return name
    raise ExplorerError(
        "A model that fills in words is missing from the folder {folder}; restore it with: "
        "{command}",
        folder="pretrained/",
        command=restore_command("pretrained"),
    )
