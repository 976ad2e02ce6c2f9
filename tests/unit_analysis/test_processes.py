"""Several processes find what one does, and say how to come by what they need."""

import sys

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.unit_analysis import processes
from explorer.unit_analysis.processes import in_processes
from explorer.unit_analysis.units import units
from tests.unit_analysis.planted import text

WHOLE = text(40)


def test_two_processes_find_the_same_numbers(monkeypatch):
    """In many batches, so that several come back as their sum."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("explorer.unit_analysis.units.BATCH", 1)
    options = {"quantities": ["hidden"], "with_effects": True}
    alone = units("gru-recall", WHOLE, **options)
    with in_processes(2) as each:
        together = units("gru-recall", WHOLE, each=each, **options)
    assert alone.attrs == together.attrs
    for name in alone.variables:
        if alone[name].dtype.kind in "fi":
            np.testing.assert_allclose(together[name], alone[name], rtol=1e-6, atol=1e-9)
        else:
            assert (together[name] == alone[name]).all(), name


def test_without_dask_a_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ExplorerError, match=r"pip install distributed==2026\.8\.0 brings it"),
        in_processes(2),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(processes, "_PATIENCE", "1s")
    with (
        pytest.raises(ExplorerError, match=r"No Dask scheduler answers at 127\.0\.0\.1:9"),
        in_processes(scheduler="127.0.0.1:9"),
    ):
        pass


def test_the_pinned_version_is_the_one_that_the_sentence_names():
    from pathlib import Path

    pins = (Path(__file__).parents[2] / "requirements-dev.txt").read_text(encoding="utf-8")
    assert "distributed==2026.8.0" in pins.splitlines()
