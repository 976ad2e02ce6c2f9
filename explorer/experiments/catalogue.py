"""Which experiments there are, where each is, and what was measured of it for the pages.

An experiment's own file is imported only when it is asked for, since it brings in torch.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

from explorer.errors import ExplorerError
from explorer.experiments.experiment import Experiment, Result, Watch

SHIPPED = Path(__file__).parents[2] / "pretrained" / "experiments"

#: The module below this one that holds each as ``EXPERIMENT``, in the order of the sections.
_HOME: Mapping[str, str] = MappingProxyType(
    {
        "reset-update-lags": "reset_update_lags",
        "plain-rnn": "plain_rnn",
        "one-gate": "one_gate",
        "ideal-gates": "ideal_gates",
        "output-path": "output_path",
        "gradients": "gradients",
        "cost": "cost",
        "layer-memory": "layer_memory",
        "convergence": "convergence",
        "both-directions": "both_directions",
        "forward-backward": "forward_backward",
        "next-word": "next_word",
        "two-directions-cost": "two_directions_cost",
        "rare-words": "rare_words",
        "one-shape": "one_shape",
        "masked-loss": "masked_loss",
        "beam-trade-off": "beam_trade_off",
    }
)


def names() -> tuple[str, ...]:
    """All experiments, in the order of the chapter."""
    return tuple(_HOME)


def experiment(name: str) -> Experiment:
    """The experiment ``name``.

    Raises:
        ExplorerError: There is none.
    """
    if name not in _HOME:
        raise ExplorerError(
            "There is no experiment {name}; there are {known}.",
            name=repr(name),
            known=", ".join(_HOME),
        )
    found: Experiment = import_module(f"explorer.experiments.{_HOME[name]}").EXPERIMENT
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
