"""All that the address of the page on encoder and decoder may say."""

from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.parameters import Choice, Parameters, Text
from explorer.web.kit.views import show_parameter
from explorer.web.pages.encoder_decoder.views import VIEWS
from explorer.web.shared.claims.parameters import CLAIMS
from explorer.web.shared.parameters import MODEL

VARIANCE, GROUPS = "variance", "groups"

TEXTS = (
    Text("one", "You'll laugh."),
    Text(
        "two",
        "I was so tired after the long walk that I fell asleep before I could even take my "
        "shoes off.",
    ),
)
SHOW = show_parameter(VIEWS)
PART = Choice(
    "part",
    "hidden",
    MappingProxyType({"hidden": N_("hidden state"), "memory": N_("memory cell")}),
)
#: How much of sentence 2 stands at a point between the two, per cent.
SHARE = Choice("at", 50, MappingProxyType({share: str(share) for share in range(0, 101, 10)}))
COLOUR = Choice(
    "colour",
    "subject",
    MappingProxyType({"subject": N_("subject"), "tense": N_("tense"), "length": N_("length")}),
)
PLANE = Choice(
    "plane",
    GROUPS,
    MappingProxyType(
        {
            VARIANCE: N_("where all sentences differ most"),
            GROUPS: N_("where the groups differ most"),
        }
    ),
)
#: The first of two axes of the plane.
AXES = Choice("axes", 0, of=("colour", "plane"))

PARAMETERS: Parameters = (
    *(MODEL, *TEXTS, SHOW, PART, SHARE, COLOUR, PLANE, AXES),
    *CLAIMS,
)
