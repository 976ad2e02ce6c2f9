"""All that the address of the bidirectional page may say."""

from types import MappingProxyType

import numpy as np

from explorer.cloze.blanked_sentence import MOST
from explorer.locale import N_
from explorer.markov.examples import BIRD
from explorer.markov.model import HiddenMarkovModel
from explorer.markov.reading import MOST_NAMES
from explorer.markov.sampling import sample
from explorer.web.kit.parameters import Choice, Parameters, Text, Whole
from explorer.web.kit.views import show_parameter
from explorer.web.pages.bidirectional.views import VIEWS
from explorer.web.shared.claims.parameters import CLAIMS

NOWHERE = -1

TEXT = Text("text", "I am ___ hungry, and I can eat half a pig.")
#: The place of the word that was clicked.
PLACE = Whole("at", NOWHERE, NOWHERE, MOST, of=("text",))
SHOW = show_parameter(VIEWS)
#: Which model's guesses are shown as words come on the right.
GROWING = Choice("growing", "")
QUANTITY = Choice("quantity", "hidden")
WHICH = Choice(
    "which",
    "last",
    MappingProxyType(
        {"last": N_("the last word"), "first": N_("the first word"), "blank": N_("the blank")}
    ),
)
WORD = Text("word", "today", of=("text", "which"))
BEGINNING = Text("begin", "I would like")
FIGURE = Choice(
    "figure",
    "top-1",
    MappingProxyType(
        {
            "top-1": N_("top-1 accuracy"),
            "top-5": N_("top-5 accuracy"),
            "perplexity": N_("perplexity"),
        }
    ),
)


def row_text(values: tuple[float, ...]) -> str:
    """A row of probabilities as its field has it."""
    return " ".join(f"{value:g}" for value in values)


def drawn(model: HiddenMarkovModel, seed: int) -> str:
    """A sequence drawn from a model, as its field has it."""
    found = sample(model, sequences=1, length=24, chance=np.random.default_rng(seed))
    return " ".join(model.symbols[n].replace(" ", "") for n in found.symbols[0].tolist())


STATES = Text("states", ", ".join(BIRD.states))
SYMBOLS = Text("symbols", ", ".join(BIRD.symbols))
START = Text("start", row_text(BIRD.start))
TRANSITIONS: tuple[Text, ...] = tuple(Text(f"to{number}") for number in range(MOST_NAMES))
EMISSIONS = tuple(Text(f"shows{number}") for number in range(MOST_NAMES))
SEEN = Text("seen", drawn(BIRD, 0))
GUESS = Choice(
    "guess",
    "states",
    MappingProxyType(
        {"states": N_("The hidden state"), "symbols": N_("Each symbol from the others")}
    ),
)
#: The state or the symbol whose probability is drawn.
DRAWN: dict[str, Choice[int]] = {
    "states": Choice("of-states", 0, of=("states",)),
    "symbols": Choice("of-symbols", 0, of=("symbols",)),
}

MARKOV: Parameters = (
    *(STATES, SYMBOLS, START, *TRANSITIONS, *EMISSIONS, SEEN, GUESS),
    *DRAWN.values(),
)
PARAMETERS: Parameters = (
    *(TEXT, PLACE, SHOW, GROWING, QUANTITY, WHICH, WORD, BEGINNING, FIGURE),
    *MARKOV,
    *CLAIMS,
)
