"""What can be searched: the book's table, and the models that a search fits.

Brings in no torch.
"""

from typing import Literal

from explorer.models import catalogue, own_folder

Kind = Literal["table", "translation", "language model", "hugging face"]

TABLE = "table"
"""The name of the book's table in the address."""
_SEARCHED: tuple[Literal["translation", "language model"], ...] = ("translation", "language model")


def subjects() -> dict[str, Kind]:
    """The names of everything that can be searched, and of which kind each is.

    A language model that knows no space, as one of Chinese, never ends a word.
    """
    models: dict[str, Kind] = {
        name: kind for kind in _SEARCHED for name in catalogue.offered(kind) if _ends(name, kind)
    }
    foreign: dict[str, Kind] = dict.fromkeys(own_folder.listing().hugging_face, "hugging face")
    return {TABLE: "table", **models, **foreign}


def _ends(name: str, kind: Kind) -> bool:
    """Whether what a model writes comes to an end."""
    return kind != "language model" or catalogue.card(name).words.end is not None
