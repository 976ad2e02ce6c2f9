"""All that the address of the corpus page may say."""

from types import MappingProxyType

from explorer.corpus.parallel import Tokeniser
from explorer.locale import N_
from explorer.web.kit.parameters import Choice, Parameters, Text, Whole
from explorer.web.kit.views import show_parameter
from explorer.web.pages.corpus.views import VIEWS
from explorer.web.shared.claims.parameters import CLAIM

SHOW = show_parameter(VIEWS)

OWN, WHOLE, TEXT = "own", "whole", "text"
#: To begin with: the project's own, in two scripts.
EXAMPLE = """The lamp is on the table.\t灯在桌子上。
Who wrote this letter?\t这封信是谁写的？
She reads the letter by the lamp.\t她在灯下读这封信。
I do not know who she is.\t我不知道她是谁。
The table stands by the window.\t桌子在窗边。
We will read it tomorrow.\t我们明天读它。
"""
_RULES: MappingProxyType[Tokeniser, str] = MappingProxyType(
    {"any": N_("any language"), "en": N_("English"), "fr": N_("French")}
)

SOURCE = Choice(
    "source",
    OWN,
    MappingProxyType(
        {
            OWN: N_("The project's own sentences"),
            WHOLE: N_("The whole corpus (statistics)"),
            TEXT: N_("Your own text"),
        }
    ),
)
#: Typed, it is sent again with every slider that moves; a file is sent once.
PAIRS = Text("text", EXAMPLE, most=200_000)
RULES = (Choice("source_rules", "any", _RULES), Choice("target_rules", "any", _RULES))
AXES = Choice("axes", "log", MappingProxyType({"log": N_("logarithmic"), "linear": N_("linear")}))
#: Byte-pair pieces that a side may have.
PIECES = Choice("pieces", 500, {n: f"{n}" for n in (200, 500, 1000, 2000, 4000, 8000)})
MINIMUM = Whole("minimum", 2, 1, 20)
STEPS = Whole("num_steps", 10, 2, 40)
SIZE = Choice("size", 8, {n: f"{n}" for n in (2, 4, 8, 16, 32, 64, 128)})
SEED = Whole("seed", 0, 0, 999)
WRITTEN_AS = Choice(
    "as", "tokens", MappingProxyType({"tokens": N_("tokens"), "numbers": N_("token indices")})
)

PARAMETERS: Parameters = (
    *(SHOW, SOURCE, PAIRS, *RULES, AXES, PIECES, MINIMUM, STEPS, SIZE, SEED, WRITTEN_AS),
    CLAIM,
)
