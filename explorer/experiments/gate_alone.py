"""GRUs that have one gate, or both, trained on the recall language.

A gate is taken away by weights alone: it reads nothing, and its bias lies where the sigmoid is 0
or 1 to the last bit of float32. There its derivative is 0 too, so no update moves it, and the
network stays an ``nn.GRU`` that PyTorch trains as fast as any other.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import torch
from torch import nn

from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.text import recall
from explorer.training import initialise
from explorer.training.recall import LAGS, Recall
from explorer.training.recipes import RECIPES
from explorer.training.trainer import Trainer

#: Where each gate is held: a reset gate at 1 lets the whole state into the candidate, an update
#: gate at 0 keeps nothing of the old state beside it.
AWAY: Mapping[str, float] = MappingProxyType({"reset": 1.0, "update": 0.0})
#: What is trained, by the gates that it has.
GATES_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"both": ("reset", "update"), "reset": ("reset",), "update": ("update",)}
)

_BLOCKS = {"reset": 0, "update": 1}  # in the rows of PyTorch's matrices
_SATURATED = 120.0  # σ(120) = 1 and σ(−120) = 0 in float32
UPDATES, SEQUENCES, GROWTH = 3000, 64, 2000

Tick = Callable[[], None]


def hold(gru: nn.GRU, gate: str, value: float) -> None:
    """Hold a gate of a GRU's first layer at 0 or 1 by its weights, training or not.

    Args:
        gru: Is changed; weight decay on its matrices does no harm, on its biases it would.
        gate: "reset" or "update".
        value: 0 or 1.
    """
    H = gru.hidden_size
    rows = slice(_BLOCKS[gate] * H, (_BLOCKS[gate] + 1) * H)
    for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
        gru.get_parameter(name).data[rows] = 0
    gru.get_parameter("bias_ih_l0").data[rows] = _SATURATED if value else -_SATURATED


def fresh(kind: str, seed: int) -> LanguageModel:
    """An untrained model of the recall language of the size of the shipped ones.

    It starts as they do (`initialise.for_memory`). Without an update gate the state is the
    candidate, so that starts as a plain RNN's does, orthogonal, and the reset gate, which alone
    decides what is kept, takes the biases that the update gate would have had.
    """
    recipe = RECIPES["gru-recall"]
    torch.manual_seed(seed)
    model = LanguageModel(Architecture("gru", len(recall.VOCABULARY), recipe.hidden_size))
    initialise.for_memory(model, longest=LAGS[-1])
    gru, H = model.rnn, recipe.hidden_size
    assert isinstance(gru, nn.GRU)
    if kind == "reset":
        bias = gru.get_parameter("bias_ih_l0").data  # (3H,), reset, update, candidate
        bias[:H] = bias[H : 2 * H]
        nn.init.orthogonal_(gru.get_parameter("weight_hh_l0").data[2 * H :])
    for gate in AWAY.keys() - GATES_OF[kind]:
        hold(gru, gate, AWAY[gate])
    return model


def trained(kind: str, seed: int, *, tick: Tick = lambda: None) -> LanguageModel:
    """A model of one kind after training; of its epochs, the one with the fewest wrong answers.

    Args:
        kind: One of `GATES_OF`.
        seed: Decides weights and texts; the same for all kinds.
        tick: Called after every update.
    """
    with torch.random.fork_rng():
        model = fresh(kind, seed)
    task = _task(seed)
    plan = replace(RECIPES["gru-recall"].plan, epochs=UPDATES // task.epoch_steps)
    trainer = Trainer(model, task, plan)
    while trainer.step < trainer.steps:
        trainer.epoch(lambda loss: tick())
    model.load_state_dict(trainer.best)
    return model.eval()


def _task(seed: int) -> Recall:
    return Recall(SEQUENCES, epoch_steps=500, growth=GROWTH, examined=0, seed=seed)
