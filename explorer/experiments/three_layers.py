"""Does a deep network predict a text better than one layer?

The shipped character models: three layers of 128 units and one of 256, with about as many
parameters, trained alike on one text, on a text of the project's own (section 9.3).
"""

from math import log
from statistics import fmean

import torch
from torch.nn.functional import cross_entropy

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, columns
from explorer.experiments.texts import chunks
from explorer.experiments.verdicts import above, by_share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.text.numbers import decimal
from explorer.text.vocabulary import Vocabulary

MODELS = {"one": "lstm-timemachine", "three": "deep-lstm-timemachine"}


def measure(watch: Watch) -> Numbers:
    """Bits per character of every part of the text, by model; and parameters."""
    found: dict[str, list[float]] = {}
    sizes: list[Row] = []
    for done, (layers, name) in enumerate(MODELS.items(), 1):
        model, card = load_as(LanguageModel, name)
        known = Vocabulary(card.vocabulary)
        found[layers] = [bits(model, known, part) for part in chunks()]
        sizes.append({"model": name, "parameters": card.parameters})
        watch(done / len(MODELS))
    return {"bits": {"part": list(range(len(found["one"]))), **found}, "size": columns(sizes)}


@torch.inference_mode()
def bits(model: LanguageModel, known: Vocabulary, text: str) -> float:
    """What a character of a text costs, given all before it in the text."""
    ids = torch.tensor([known.encode(text)])  # (1, T)
    logits, _ = model(ids[:, :-1])  # (1, T − 1, V)
    return cross_entropy(logits[0], ids[0, 1:]).item() / log(2)


def judge(numbers: Numbers) -> Judgement:
    """It holds if three layers save bits: the 95 % interval over the parts is above 0."""
    one, three = ([float(b or 0) for b in numbers["bits"][layers]] for layers in MODELS)
    saved = above(one, three)
    sizes = [int(size or 0) for size in numbers["size"]["parameters"]]
    return Judgement(
        by_share([saved.low > 0]),
        N_(
            "On a text that neither has read, one layer needs {one} bits per character, three "
            "layers {three}: a saving of {saved} (95% interval {low} to {high}; {parts} parts of "
            "the text; one trained model each, of {size_one} and {size_three} parameters)."
        ),
        {
            "one": f"{fmean(one):.3f}",
            "three": f"{fmean(three):.3f}",
            "saved": decimal(saved.mean, 3),
            "low": decimal(saved.low, 3),
            "high": decimal(saved.high, 3),
            "parts": str(len(one)),
            "size_one": f"{sizes[0]:,}",
            "size_three": f"{sizes[1]:,}",
        },
    )


EXPERIMENT = Experiment(
    name="three-layers",
    section="9.3",
    claim=N_("Three recurrent layers predict a text better than one of about the same size."),
    measure=measure,
    judge=judge,
)
