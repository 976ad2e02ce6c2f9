"""The precision that a model learns in is one that this machine's library has."""

import os
import subprocess
import sys

import pytest
import torch

from explorer.training.make import precision_of
from explorer.training.precision import available
from explorer.training.recipes import RECIPES

ASK = "from explorer.training.precision import available; print(available('cpu', mixed=True))"


def test_full_precision_where_mixed_is_not_wanted() -> None:
    assert available("cpu", mixed=False) == "float32"
    assert precision_of(RECIPES["gru-timemachine"], "cpu") == "float32"


@pytest.mark.parametrize("cell", [torch.nn.GRU, torch.nn.LSTM])
def test_what_is_said_to_be_available_works(cell: type[torch.nn.GRU | torch.nn.LSTM]) -> None:
    precision = precision_of(RECIPES["en-fr-lstm"], "cpu")
    module, inputs = cell(5, 7), torch.randn(3, 2, 5)
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
        output, _ = module(inputs)
    output.float().sum().backward()
    assert module.weight_ih_l0.grad.isfinite().all()


def test_a_processor_without_avx512_learns_in_full_precision() -> None:
    before_avx512 = {**os.environ, "ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=before_avx512, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "float32"
