"""What docs/gates-with-gradients.md shows is run as it stands there."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "gates-with-gradients.md"


def test_the_page_runs_and_says_what_is_so():
    names = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(compile(block, PAGE.name, "exec"), names)
    rnn, inputs, of = names["rnn"], names["inputs"], names["of"]
    assert names["gates"]["forget"].shape == (1, 1, 4, 10, 16)
    assert names["found"].shape == (4, 1, 1, 10, 16)
    assert names["model"]["rnn"].weight_hh_l0.grad.abs().sum() > 0
    explorer = names["explorer"]
    integrated = explorer.integrated_gradients(rnn, inputs, "forget", of)
    shut = explorer.Intervention("forget", value=0.0)
    with names["torch"].no_grad(), explorer.intervening(names["model"], shut):
        without = of(names["model"]["rnn"](inputs))
    expected = of(rnn(inputs)[0]) - without
    assert integrated.sum((0, 1, 3, 4)).tolist() == pytest.approx(expected.tolist(), abs=1e-4)
