"""All that the address of the pages on gates may say."""

from explorer.locale import N_
from explorer.web.kit.parameters import Choice, Decimal, Parameters, Text, Written
from explorer.web.kit.views import show_parameter
from explorer.web.pages.gates.changes import Changes, reader
from explorer.web.pages.gates.stretch import Stretch, read_stretch
from explorer.web.pages.gates.views import OLDER, VIEWS
from explorer.web.shared.claims.parameters import CLAIMS, DEPENDENCIES, GRADIENTS
from explorer.web.shared.parameters import COMPARED, MODEL, ORDER, READ_TEXT, TRACE

SHOW = show_parameter(VIEWS, older=OLDER)
#: What is changed stays with another model or text: of what does not fit it is said why.
CHANGE = Written("change", Changes(), reader([]))
BECAME = Choice("became", "hidden")
CONVENTION = Choice("convention", "pytorch")
#: What is selected on the strip, and where its like is looked for.
SELECTED: Written[Stretch | None] = Written("selected", None, read_stretch, of=("text",))
ABOVE = Decimal("above", 0.3, -1.0, 1.0, of=("selected",))
#: Whether the unit is held over the project's story, too.
HELD_ON = Choice(
    "held",
    "text",
    {"text": N_("the text above"), "story": N_("the project's texts")},
    of=("model", "unit", "layer"),
)
SOUGHT_IN = Choice(
    "in", "story", {"story": N_("the project's texts"), "own": N_("a text of your own")}
)
SOUGHT = Text("corpus", most=200_000)
#: The text beside the first.
SECOND = Text("second", most=READ_TEXT.most, of=("model",))

PARAMETERS: Parameters = (
    *(MODEL, READ_TEXT, SHOW),
    *TRACE,
    *(ORDER, COMPARED, CHANGE, BECAME, CONVENTION),
    *(SELECTED, ABOVE, SOUGHT_IN, SOUGHT, SECOND, HELD_ON),
    *CLAIMS,
    *GRADIENTS,
    *DEPENDENCIES,
)
