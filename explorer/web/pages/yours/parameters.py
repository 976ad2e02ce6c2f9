"""All that the address of the page on recordings may say; the file is not in it."""

from dataclasses import replace

from explorer.web.kit.figure import PICTURE
from explorer.web.kit.parameters import Choice, Parameters, Whole
from explorer.web.kit.views import show_parameter
from explorer.web.pages.yours.views import VIEWS
from explorer.web.shared.parameters import COLOUR, COMPARED, LAYER, ORDER, OVER, STEP, UNIT_NUMBER

SHOW = show_parameter(VIEWS)
#: Which trace of the file is shown, and which part of it; the bounds are the file's.
MODULE = Choice("module", "")
CALL = Whole("call", 0, 0, 0, of=("module",))
SEQUENCE = Whole("sequence", 0, 0, 0, of=("module", "call"))
DIRECTION = Choice("direction", 0, of=("module",))
FIRST = Whole("from", 0, 0, 0, of=("module", "call", "sequence"))
#: The same of what stands beside it.
SECOND_CALL = Whole("call2", 0, 0, 0, of=("module",))
SECOND_SEQUENCE = Whole("sequence2", 0, 0, 0, of=("module", "call2"))

PARAMETERS: Parameters = (
    *(SHOW, MODULE, CALL, SEQUENCE, DIRECTION, FIRST, SECOND_CALL, SECOND_SEQUENCE),
    *(replace(one, of=("module",)) for one in (COLOUR, LAYER, UNIT_NUMBER, COMPARED)),
    *(OVER, ORDER, PICTURE, replace(STEP, of=("module", "call", "sequence", "from"))),
)
