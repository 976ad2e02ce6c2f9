"""The parameters that several pages have."""

from types import MappingProxyType

from explorer.locale import N_
from explorer.text.limits import LONGEST
from explorer.web.kit.parameters import Choice, Decimal, Parameters, Text, Whole, Wholes
from explorer.web.shared.example_texts import LONGEST as LONGEST_READ

MEAN, UNIT = "mean", "unit"
MOST_REFERENCES = 5
"""References of one sentence: more lines than that cannot be told apart."""
MOST_COMPARED = 5
"""Units beside the chosen one."""

MODEL = Choice("model", "")
#: What is looked at of a trace: bounds and defaults are those of the model and the text.
COLOUR = Choice("colour", "", of=("model",))
OVER = Choice("of", UNIT, MappingProxyType({UNIT: N_("one unit"), MEAN: N_("mean of all units")}))
LAYER = Choice("layer", 0, of=("model",))
UNIT_NUMBER = Whole("unit", 0, 0, 0, of=("model",))
STEP = Whole("step", 0, 0, 0, of=("text",))
ORDER = Choice(
    "order",
    "half-life",
    MappingProxyType(
        {
            "index": N_("number"),
            "mean": N_("mean value"),
            "half-life": N_("memory half-life"),
        }
    ),
)
COMPARED = Wholes("with", (), 0, MOST_COMPARED, of=("model",))
TRACE: Parameters = (COLOUR, OVER, LAYER, UNIT_NUMBER, STEP)

READ_TEXT = Text("text", most=LONGEST_READ)
REFERENCE = Text("reference", most=MOST_REFERENCES * LONGEST, of=("text",))
ALPHA = Decimal("alpha", 0.75, 0.0, 2.0)
