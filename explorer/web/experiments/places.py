"""Where the pages show each claim in full. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.experiments.experiment import Result
from explorer.web.chapter import BY_PAGE

#: Parameters of the view, for those that have one outside the list of their section's claims.
_VIEWS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "both-directions": {"show": "moves"},
        "forward-backward": {"show": "markov"},
        "next-word": {"show": "misuse"},
        "two-directions-cost": {"show": "cost"},
    }
)


def place(result: Result) -> tuple[str, Mapping[str, str]] | None:
    """The page that shows a claim and the parameters of its address; None if there is none yet."""
    pages = (page for page, section in BY_PAGE.items() if section.number == result.section)
    page = next(pages, None)
    if page is None:
        return None
    return page, _VIEWS.get(result.name, {"show": "claims", "claim": result.name})
