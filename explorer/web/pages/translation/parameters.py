"""All that the address of the translation page may say."""

from types import MappingProxyType

from explorer.locale import N_
from explorer.text.sentences import sentences
from explorer.web.kit.parameters import Choice, Parameters, Text, Whole, Wholes, Written
from explorer.web.kit.views import show_parameter
from explorer.web.pages.translation.held import read as read_held
from explorer.web.pages.translation.views import OLDER, VIEWS
from explorer.web.shared.claims.parameters import CLAIMS
from explorer.web.shared.parameters import ALPHA, COMPARED, MODEL, ORDER, REFERENCE, TRACE
from explorer.web.shared.translation_examples import FIRST

NO_WORD = -1
_MOST_PAIRS = 16
_OF_TEXT = ("text",)

TEXT = Text("text", FIRST)
WIDTH = Whole("beam", 5, 1, 50)
SHOW = show_parameter(VIEWS, older=OLDER)
#: What the reader changes: a beginning to force, and a source word that is another.
PREFIX = Text("prefix", of=_OF_TEXT)
TOKENS = Written("tokens", "", str, of=("prefix",))
FORCED = Wholes("forced", (), 0, 0, of=("prefix",))
SWAPPED = Whole("swap", NO_WORD, NO_WORD, NO_WORD, of=_OF_TEXT)
ANOTHER = Text("for", of=_OF_TEXT)
CHANGES: Parameters = (PREFIX, TOKENS, FORCED, SWAPPED, ANOTHER)

#: Which unit is held, by a code of its own.
HELD = Written("hold", None, read_held, of=("model",))
#: Whether the French has a gloss: in every language, since a link means the same in all.
GLOSSES = Choice("gloss", True, MappingProxyType({True: "", False: ""}))
#: First a few lines that can be read: a heatmap for every gate keeps a browser busy for a second.
GATES = Choice(
    "gates",
    "lines",
    MappingProxyType({"lines": N_("Single units"), "heatmaps": N_("All units")}),
)
LEFT_OUT = Choice(
    "left",
    "removed",
    MappingProxyType({"removed": N_("removed"), "unknown": N_("replaced by the unknown token")}),
)
PIECES = Choice(
    "pieces",
    "joined",
    MappingProxyType({"joined": N_("as whole words"), "apart": N_("piece by piece")}),
)
CHANGED = Choice("changed", "hidden")
PAIRS = Whole("pairs", 6, 2, _MOST_PAIRS)
FIRST_PAIR = Whole("first", 1, 1, len(sentences()) - _MOST_PAIRS + 1)

PARAMETERS: Parameters = (
    *(MODEL, TEXT, WIDTH, ALPHA, SHOW, REFERENCE),
    *CHANGES,
    HELD,
    *TRACE,
    *(GLOSSES, ORDER, COMPARED, GATES, LEFT_OUT, PIECES, CHANGED, PAIRS, FIRST_PAIR),
    *CLAIMS,
)
