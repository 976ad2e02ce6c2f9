"""All that the address of the pages on gates may say."""

from explorer.web.kit.parameters import Choice, Parameters, Written
from explorer.web.kit.views import show_parameter
from explorer.web.pages.gates.changes import Changes, reader
from explorer.web.pages.gates.views import VIEWS
from explorer.web.shared.claims.parameters import CLAIMS, GRADIENTS
from explorer.web.shared.parameters import COMPARED, MODEL, ORDER, READ_TEXT, TRACE

SHOW = show_parameter(VIEWS)
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
