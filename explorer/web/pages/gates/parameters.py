"""All that the address of the pages on gates may say."""

from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.parameters import Choice, Parameters, Written
from explorer.web.pages.gates.changes import Changes, reader
from explorer.web.shared.claims.parameters import CLAIMS, GRADIENTS
from explorer.web.shared.parameters import COMPARED, MODEL, ORDER, READ_TEXT, TRACE

SHOW = Choice(
    "show",
    "heatmaps",
    MappingProxyType(
        {
            "heatmaps": N_("All units"),
            "lines": N_("Single units"),
            "what-if": N_("What if"),
            "equation": N_("The equation"),
            "saturation": N_("Saturation"),
            "claims": N_("Claims"),
            "model": N_("The model"),
            "download": N_("Download"),
        }
    ),
)
#: They say something of the model or the cell, whatever the text.
WITHOUT_READING = frozenset({"claims", "model"})
#: What is changed stays with another model or text: of what does not fit it is said why.
CHANGE = Written("change", Changes(), reader([]))
BECAME = Choice("became", "hidden")
CONVENTION = Choice("convention", "pytorch")

PARAMETERS: Parameters = (
    *(MODEL, READ_TEXT, SHOW),
    *TRACE,
    *(ORDER, COMPARED, CHANGE, BECAME, CONVENTION),
    *CLAIMS,
    *GRADIENTS,
)
