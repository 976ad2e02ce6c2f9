"""All that the address of the page on depth may say."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from explorer.locale import N_
from explorer.models.architecture import Cell
from explorer.text.story import story
from explorer.training.setting import Optimiser, Start
from explorer.web.kit.parameters import Choice, Decimal, Parameters, Text, Whole
from explorer.web.kit.views import show_parameter
from explorer.web.pages.deep.views import VIEWS
from explorer.web.shared.claims.addresses import NEVER, RUNS
from explorer.web.shared.claims.parameters import CLAIMS, CONVERGENCE
from explorer.web.shared.parameters import MODEL, READ_TEXT, TRACE

Subject: TypeAlias = Literal["sentences", "text", "recall"]
_DEEPEST = 4

SHOW = show_parameter(VIEWS)
#: Where a state has some to depend on, and some that depend on it.
FIRST: Mapping[str, int] = MappingProxyType({"first_step": 5, "first_layer": 1})
#: The number on a state of the grid.
NODE = Choice(
    "node",
    "value",
    MappingProxyType(
        {
            "value": N_("the quantity that colours the text"),
            "norm": N_("norm of the layer"),
            "change": N_("relative change"),
        }
    ),
)

LEARNED: Choice[Subject] = Choice(
    "learn",
    "sentences",
    MappingProxyType(
        {
            "sentences": N_("short English sentences"),
            "text": N_("a text of your own"),
            "recall": N_("the recall tasks"),
        }
    ),
)
LESSON = Text("lesson", "\n\n".join(part.text for part in story()[:2]), most=20_000)
OPTIMISER: Choice[Optimiser] = Choice(
    "optimiser",
    "sgd",
    MappingProxyType({"sgd": N_("stochastic gradient descent"), "adamw": N_("AdamW")}),
)
UPDATES = Whole("updates", 300, 10, 3000)
SEED = Whole("seed", 0, 0, 999)
_CELLS: dict[Cell, str] = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
_STARTS: dict[Start, str] = {
    "torch": N_("PyTorch default"),
    "text": N_("orthogonal, forget gates open"),
    "memory": N_("gates set for long memory"),
}
#: Of each run, by its number.
CELL = {run: Choice(f"cell{run}", "lstm", _CELLS) for run in RUNS}
LAYERS = {
    run: Choice(f"layers{run}", layers, {n: str(n) for n in range(1, _DEEPEST + 1)})
    for run, layers in zip(RUNS, (1, 3), strict=True)
}
UNITS = {run: Whole(f"units{run}", 32, 1, 128) for run in RUNS}
RATE = {run: Decimal(f"rate{run}", 2.0, 1e-6, 1e38) for run in RUNS}
CLIP = {run: Decimal(f"clip{run}", 1.0, NEVER, 1e6) for run in RUNS}
START = {run: Choice(f"start{run}", "torch", _STARTS) for run in RUNS}
#: Of which run the network is opened.
NETWORK = Choice("network", 1, {run: str(run) for run in RUNS})
_OF_A_RUN: tuple[dict[int, Any], ...] = (CELL, LAYERS, UNITS, RATE, CLIP, START)
#: All that an example of the laboratory sets.
EXPERIMENT: Parameters = (
    *(LEARNED, OPTIMISER, UPDATES, SEED),
    *(parameter for of in _OF_A_RUN for parameter in of.values()),
)

PARAMETERS: Parameters = (
    *(MODEL, READ_TEXT, SHOW, NODE, LESSON, NETWORK),
    *TRACE,
    *EXPERIMENT,
    *CLAIMS,
    *CONVERGENCE,
)
