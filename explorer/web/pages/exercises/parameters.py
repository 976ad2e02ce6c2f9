"""All that the address of the page of exercises may say."""

from explorer.locale import N_
from explorer.web.kit.parameters import Choice, Parameters
from explorer.web.pages.exercises.listed import EXERCISES
from explorer.web.shared.chapter import SECTIONS

ALL = "all"
SECTION = Choice(
    "section", ALL, {ALL: N_("All")} | {section.number: section.number for section in SECTIONS}
)

NONE = "none"
#: The exercise whose program is open.
RUN = Choice(
    "run", NONE, {name: name for name in (NONE, *(e.name for e in EXERCISES if e.program))}
)

PARAMETERS: Parameters = (SECTION, RUN)
