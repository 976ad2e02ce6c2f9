"""Where the pages show each claim in full. Brings in no torch."""

from collections.abc import Mapping

from explorer.experiments.experiment import Result
from explorer.web.shared.chapter import BY_PAGE


def place(result: Result) -> tuple[str, Mapping[str, str]] | None:
    """The page that shows a claim and the parameters of its address; None if there is none yet."""
    for page, section in BY_PAGE.items():
        if section.number == result.section:
            return page, {"show": "claims", "claim": result.name}
    return None


#: The laboratory's two runs, as its parameters end.
RUNS = (1, 2)
#: The norm that stands for gradients that are not clipped.
NEVER = 0.0
