"""What is no trace, or no place to write one to, gets a sentence."""

from io import BytesIO

import pytest
import torch
from torch import nn

import explorer
from explorer.errors import ExplorerError
from explorer.recurrence.export import to_bytes, write
from explorer.recurrence.trace import trace

TRACED = trace(nn.GRU(3, 3, num_layers=2, bidirectional=True), torch.randn(4, 1, 3))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((TRACED, TRACED), r"traces of 2 calls.*recording\.joined\(name\)"),
        ((), "the module was not called"),
        ("trace.nc", "this is a str"),
        (None, "this is a NoneType"),
        (TRACED["update"].values, "this is a ndarray"),
        (TRACED[[]], "no quantities left"),
        (TRACED.isel(unit=[2, 2]), "The unit 2 occurs more than once"),
        (TRACED.isel(direction=[1, 0, 1]), "The direction backward occurs more"),
    ],
)
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_what_is_no_trace_gets_a_sentence(given, sentence, ending, tmp_path):
    with pytest.raises(ExplorerError, match=sentence):
        explorer.table(given)
    with pytest.raises(ExplorerError, match=sentence):
        explorer.write(given, tmp_path / f"trace{ending}")
    assert not list(tmp_path.iterdir())


def test_what_netcdf_cannot_hold_gets_a_sentence():
    with pytest.raises(ExplorerError, match=r"cannot be written as \.nc: Invalid value for attr"):
        to_bytes(TRACED.assign_attrs(note=None), ".nc")


def test_a_path_that_no_file_can_have_gets_a_sentence():
    with pytest.raises(ExplorerError, match="cannot be written: embedded null"):
        write(TRACED, "trace\0.csv")


@pytest.mark.parametrize("path", [None, 3, BytesIO(), TRACED])
def test_what_is_no_path_gets_a_sentence(path):
    with pytest.raises(ExplorerError, match="A trace is written to a path"):
        write(TRACED, path)


@pytest.mark.parametrize("name", ["trace.xlsx", "trace", "trace.csv.gz"])
def test_another_ending_is_refused_by_naming_the_three(name, tmp_path):
    with pytest.raises(ExplorerError, match=r"\.csv, \.parquet or \.nc"):
        write(TRACED, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(ExplorerError, match=r"missing/trace\.csv cannot be written"):
        write(TRACED, tmp_path / "missing" / "trace.csv")


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_recording_is_no_table(ending, tmp_path):
    recording = {"rnn": (TRACED,)}
    with pytest.raises(ExplorerError, match=r'such as recording\["rnn"\]; this is a dict'):
        explorer.table(recording)
    with pytest.raises(ExplorerError, match=r"A recording is written as \.nc alone"):
        explorer.write(recording, tmp_path / f"trace{ending}")
    assert not list(tmp_path.iterdir())
