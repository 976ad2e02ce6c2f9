"""What the questions on depth ask for."""

from collections.abc import Mapping

import numpy as np

from explorer.experiments import catalogue
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.shared.layer_values import half_lives
from explorer.web.tours.answers.view import read_of
from explorer.web.tours.tour import Answer

_MODEL = "deep-lstm-timemachine"


def lives(view: Mapping[str, str]) -> Answer:
    """In which layer the median half-life is shortest."""
    read = read_of(view, _MODEL)
    layers = range(read.trace.sizes["layer"])
    medians = [float(np.median(half_lives(read, layer))) for layer in layers]
    said = _("From the lowest layer to the highest, the median is {lives} steps.").format(
        lives=" / ".join(decimal(life, 1) for life in medians)
    )
    names = [_("layer {number}").format(number=layer) for layer in layers]
    names[0], names[-1] = _("the lowest layer"), _("the highest layer")
    return Answer(int(np.argmin(medians)), said, tuple(names))


def converged(_view: Mapping[str, str]) -> Answer:
    """Whether one layer or three converged more often, of equally many runs."""
    values = catalogue.shipped("convergence").judgement.values
    shallow, deep, runs = (int(values[name]) for name in ("shallow", "deep", "runs"))
    said = _("Of {runs} runs each, {shallow} converge with one layer and {deep} with three.")
    near = abs(shallow - deep) <= _NEAR * runs
    right = 1 if near else 2 * (deep > shallow)
    return Answer(right, said.format(runs=runs, shallow=shallow, deep=deep))


def three(_view: Mapping[str, str]) -> Answer:
    """Whether the interval of what three layers save lies above zero, around it, or below it."""
    values = catalogue.shipped("three-layers").judgement.values
    low, high = (float(str(values[name]).replace("−", "-")) for name in ("low", "high"))
    said = _(
        "One layer needs {one} bits a character, three need {three}: a saving of {saved} (95% "
        "interval {low} to {high})."
    ).format(**values)
    return Answer(1 if low <= 0 <= high else 0 if low > 0 else 2, said)


_NEAR = 0.05  # of the runs
