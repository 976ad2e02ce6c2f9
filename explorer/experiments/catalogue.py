"""Which experiments there are, where each is, and what was measured of it for the pages.

An experiment's own file is imported only when it is asked for, since it brings in torch.
"""

from collections.abc import Mapping
from importlib import import_module
from time import perf_counter
from types import MappingProxyType

from explorer.errors import ExplorerError
from explorer.experiments.experiment import Experiment, Result, Watch
from explorer.shipped_files import HOME

SHIPPED = HOME / "pretrained" / "experiments"

#: The section of each, and the module below this one that holds it as ``EXPERIMENT``.
_HOME: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "long-dependencies": ("9.1", "long_dependencies"),
        "reset-update-lags": ("9.1", "reset_update_lags"),
        "plain-rnn": ("9.1", "plain_rnn"),
        "one-gate": ("9.1", "one_gate"),
        "ideal-gates": ("9.1", "ideal_gates"),
        "output-path": ("9.2", "output_path"),
        "held-memory": ("9.2", "held_memory"),
        "gradients": ("9.2", "gradients"),
        "cost": ("9.2", "cost"),
        "layer-memory": ("9.3", "layer_memory"),
        "two-layers": ("9.3", "two_layers"),
        "three-layers": ("9.3", "three_layers"),
        "convergence": ("9.3", "convergence"),
        "initialisation": ("9.3", "initialisation"),
        "both-directions": ("9.4", "both_directions"),
        "forward-backward": ("9.4", "forward_backward"),
        "next-word": ("9.4", "next_word"),
        "two-directions-cost": ("9.4", "two_directions_cost"),
        "rare-words": ("9.5", "rare_words"),
        "padding-batches": ("9.5", "padding_batches"),
        "one-shape": ("9.6", "one_shape"),
        "any-length": ("9.6", "any_length"),
        "masked-loss": ("9.7", "masked_loss"),
        "teacher-forcing": ("9.7", "teacher_forcing"),
        "drifting-context": ("9.7", "drifting_context"),
        "bleu-order": ("9.7", "bleu_order"),
        "beam-trade-off": ("9.8", "beam_trade_off"),
        "length-penalty": ("9.8", "length_penalty"),
    }
)


def names() -> tuple[str, ...]:
    """All experiments, in the order of the chapter."""
    return tuple(_HOME)


def section(name: str) -> str:
    """The section of the book that the experiment ``name`` is of."""
    return _HOME[name][0]


def experiment(name: str) -> Experiment:
    """The experiment ``name``.

    Raises:
        ExplorerError: There is none.
    """
    if name not in _HOME:
        raise ExplorerError(
            "There is no experiment {name}; choose from {known}.",
            name=repr(name),
            known=", ".join(_HOME),
        )
    found: Experiment = import_module(f"explorer.experiments.{_HOME[name][1]}").EXPERIMENT
    return found


def shipped(name: str) -> Result:
    """What was measured of the experiment ``name`` with the models that come with the program.

    Raises:
        ExplorerError: Its file is missing or damaged.
    """
    return Result.read(SHIPPED / f"{name}.json")


def run(chosen: Experiment, *, watch: Watch = lambda share: None) -> Result:
    """Measure and judge. One torch thread, so that neighbours and times disturb each other less."""
    import torch

    torch.set_num_threads(1)
    started = perf_counter()
    numbers = chosen.measure(watch)
    return Result(
        name=chosen.name,
        section=chosen.section,
        claim=chosen.claim,
        judgement=chosen.judge(numbers),
        numbers=numbers,
        command=f"python -m explorer experiment {chosen.name}",
        seconds=round(perf_counter() - started, 1),
        torch=torch.__version__,
    )
