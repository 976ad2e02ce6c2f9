import subprocess
import sys
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
import torch
import xarray as xr
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.export import ENDINGS, table, to_bytes, write
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.trace import trace

TOKENS = [",", '"', "\n", "时", "NA"]
QUANTITY_TYPES = {name: np.float32 for names in QUANTITIES.values() for name in names}
READERS = {
    ".csv": lambda path: pd.read_csv(path, keep_default_na=False, dtype=QUANTITY_TYPES),
    ".parquet": pd.read_parquet,
}


@pytest.fixture(params=[nn.RNN, nn.GRU, nn.LSTM])
def traced(request):
    module = request.param(3, 4, num_layers=2, bidirectional=True)
    return trace(module, torch.randn(5, 1, 3), tokens=TOKENS)


@pytest.fixture
def padded():
    packed = pack_padded_sequence(torch.randn(4, 3, 3), [2, 4, 1], enforce_sorted=False)
    return trace(nn.GRU(3, 4, bidirectional=True), packed, tokens=["ab", "cdef", "g"])


def test_columns_are_those_promised(traced):
    quantities = QUANTITIES[traced.attrs["cell"]]
    columns = list(table(traced).columns)
    assert columns == ["layer", "direction", "step", "token", "unit", *quantities]


def test_every_row_holds_the_values_at_its_labels(traced):
    frame = table(traced)
    assert len(frame) == 2 * 2 * 5 * 4
    for row in frame.sample(20, random_state=0).to_dict("records"):
        here = traced.sel(
            layer=row["layer"], direction=row["direction"], step=row["step"], unit=row["unit"]
        ).squeeze("batch")
        assert row["token"] == str(here.token.values) == TOKENS[row["step"]]
        for name in traced.data_vars:
            assert row[name] == here[name].values


def test_a_batch_has_its_column_and_padding_is_left_out(padded):
    frame = table(padded)
    assert list(frame.columns)[:6] == ["layer", "direction", "batch", "step", "token", "unit"]
    assert not frame.isna().any(axis=None)
    assert frame.groupby("batch")["step"].nunique().tolist() == [2, 4, 1]
    assert frame.groupby("batch")["token"].agg(lambda t: "".join(dict.fromkeys(t))).tolist() == [
        "ab",
        "cdef",
        "g",
    ]


def test_without_tokens_the_column_is_empty():
    frame = table(trace(nn.RNN(3, 4), torch.randn(2, 1, 3)))
    assert set(frame["token"]) == {""}


@pytest.mark.parametrize("ending", READERS)
def test_tables_come_back_as_they_were(traced, ending, tmp_path):
    path = tmp_path / f"trace{ending}"
    write(traced, path)
    back = READERS[ending](path)
    pd.testing.assert_frame_equal(back, table(traced), check_exact=True)


def test_csv_opens_with_its_plain_header(traced):
    header = to_bytes(traced, ".csv").split(b"\n")[0].decode()
    quantities = ",".join(QUANTITIES[traced.attrs["cell"]])
    assert header == f"layer,direction,step,token,unit,{quantities}"


def test_netcdf_comes_back_whole(traced, padded, tmp_path):
    for number, one in enumerate((traced, padded)):
        path = tmp_path / f"{number}.nc"
        write(one, path)
        xr.testing.assert_identical(xr.load_dataset(path, engine="h5netcdf"), one)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_download_is_the_file(traced, ending, tmp_path):
    write(traced, tmp_path / f"trace{ending.upper()}")
    written = (tmp_path / f"trace{ending.upper()}").read_bytes()
    if ending == ".nc":  # HDF5 notes when it was made
        there, here = BytesIO(written), BytesIO(to_bytes(traced, ending))
        xr.testing.assert_identical(
            xr.load_dataset(there, engine="h5netcdf"), xr.load_dataset(here, engine="h5netcdf")
        )
    else:
        assert written == to_bytes(traced, ending)


@pytest.mark.parametrize("name", ["trace.xlsx", "trace", "trace.csv.gz"])
def test_another_ending_is_refused_by_naming_the_three(traced, name, tmp_path):
    with pytest.raises(ExplorerError, match=r"\.csv, \.parquet or \.nc"):
        write(traced, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_file_that_cannot_be_written_is_named(traced, tmp_path):
    with pytest.raises(ExplorerError, match=r"missing/trace\.csv cannot be written"):
        write(traced, tmp_path / "missing" / "trace.csv")


def test_exporting_needs_no_torch():
    code = "import sys, explorer.recurrence.export as e; assert 'torch' not in sys.modules, e"
    subprocess.run([sys.executable, "-c", code], check=True)
