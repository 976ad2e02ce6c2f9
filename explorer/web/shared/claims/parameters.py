"""The claims as a view, which every page of a section has, and its parameters."""

from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.figure import PICTURE
from explorer.web.kit.parameters import Choice, Parameters, Text
from explorer.web.kit.views import View
from explorer.web.shared.example_texts import LONGEST

CLAIMS_VIEW = View(N_("Claims"), "explorer.web.shared.claims.view:show_claims")

#: Which claim of the section is open.
CLAIM = Choice("claim", "")
#: Of the experiment on gradients through time.
TASK = Choice(
    "task",
    "timemachine",
    MappingProxyType({"recall": N_("recall tasks"), "timemachine": N_("own sentences")}),
)
WEIGHTS = Choice(
    "weights",
    "trained",
    MappingProxyType(
        {
            "trained": N_("trained"),
            "begun": N_("at initialization"),
            "torch": N_("PyTorch default"),
        }
    ),
)
CELL = Choice("cell", "lstm", MappingProxyType({"lstm": "LSTM", "gru": "GRU"}))
RADIUS = Choice("radius", 1.2)
#: Of the experiment on convergence: the rate and the norm of clipping of one of its runs.
RATE = Choice("rate", 0.0)
CLIP = Choice("clip", 0.0)

#: Of the experiment on long dependencies: what the networks read.
ASKED = Text(
    "asked",
    "!Acdahbfegcadhbfcagehdbacfhgebdafcghabde(fgha!Dbcfehgbdhcgabefhd)gbafdhcebagfhdc",
    most=LONGEST,
)

CLAIMS: Parameters = (CLAIM, PICTURE)
GRADIENTS: Parameters = (TASK, WEIGHTS, CELL, RADIUS)
DEPENDENCIES: Parameters = (ASKED,)
CONVERGENCE: Parameters = (RATE, CLIP)
