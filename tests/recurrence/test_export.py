import subprocess
import sys
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
import torch
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.recurrence.export import ENDINGS, table, to_bytes, write
from explorer.recurrence.quantities import DIMS, QUANTITIES
from explorer.recurrence.record import record
from explorer.recurrence.summary import half_life, saturation
from explorer.recurrence.trace import trace

TOKENS = [",", '"', "\n", "时", "NA"]
QUANTITY_TYPES = {name: np.float32 for names in QUANTITIES.values() for name in names}
READERS = {
    ".csv": lambda path: pd.read_csv(
        path,
        keep_default_na=False,
        na_values=dict.fromkeys(QUANTITY_TYPES, ""),
        dtype=QUANTITY_TYPES,
    ),
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


TRACED = trace(
    nn.GRU(3, 3, num_layers=2, bidirectional=True),
    pack_padded_sequence(torch.randn(4, 3, 3), [2, 4, 1], enforce_sorted=False),
    tokens=["ab", "cdef", "g"],
)


@st.composite
def cuts(draw):
    """A trace after whatever slices, selections, drops, orders and stacks xarray offers."""
    cut = TRACED[draw(st.lists(st.sampled_from(list(TRACED.data_vars)), min_size=1, unique=True))]
    for dim in DIMS:
        places = st.lists(st.integers(0, cut.sizes[dim] - 1), min_size=1, unique=True)
        bounds = st.builds(slice, st.integers(0, 1), st.integers(1, 4))
        chosen = draw(st.none() | st.integers(0, cut.sizes[dim] - 1) | places | bounds)
        if chosen is not None:
            cut = cut.isel({dim: chosen}, drop=draw(st.booleans()))
    cut = cut.transpose(*draw(st.permutations(list(cut.dims))))
    names = draw(st.sets(st.sampled_from(["length", "token"])))
    return cut.drop_vars(names, errors="ignore")


def rows_of(cut):
    """The rows of a table as xarray itself makes one, without padding, in the table's order."""
    frame = cut.expand_dims("nothing").to_dataframe().reset_index().drop(columns="nothing")
    if "step" in frame:
        frame = frame.dropna(subset=list(cut.data_vars), how="all")
        frame = frame if "token" in frame else frame.assign(token="")
    columns = [name for name in (*DIMS[:4], "token", "unit", *cut.data_vars) if name in frame]
    if cut.sizes.get("batch") == 1 and cut["batch"].item() == 0:
        columns.remove("batch")
    return frame[columns]


def ordered(frame):
    labels = [name for name in DIMS if name in frame]
    return (frame.sort_values(labels) if labels else frame).reset_index(drop=True)


@settings(max_examples=25, deadline=None)
@given(cuts())
def test_any_cut_is_written_whole_and_comes_back(cut):
    written = table(cut)
    pd.testing.assert_frame_equal(ordered(written), ordered(rows_of(cut)), check_dtype=False)
    back = READERS[".csv"](BytesIO(to_bytes(cut, ".csv")))
    pd.testing.assert_frame_equal(back, written, check_dtype=False, check_exact=True)
    back = READERS[".parquet"](BytesIO(to_bytes(cut, ".parquet")))
    pd.testing.assert_frame_equal(back, written, check_exact=True)
    back = xr.load_dataset(BytesIO(to_bytes(cut, ".nc")), engine="h5netcdf")
    xr.testing.assert_identical(back, cut)


@pytest.mark.parametrize(
    "dims",
    [("layer", "direction"), ("batch", "step"), ("unit", "step"), ("step", "layer", "batch")],
)
@pytest.mark.parametrize("how", ["stacked", "without padding", "flat"])
def test_a_stacked_trace_has_the_rows_of_the_trace(dims, how):
    stacked = TRACED.stack(place=dims)
    if how == "without padding":
        stacked = stacked.dropna("place", how="all")
    if how == "flat":
        stacked = stacked.reset_index("place")
    pd.testing.assert_frame_equal(ordered(table(stacked)), ordered(table(TRACED)))
    back = xr.load_dataset(BytesIO(to_bytes(stacked, ".nc")), engine="h5netcdf")
    unstacked = back.set_index(place=dims).unstack("place")
    for name in TRACED.data_vars:
        found = unstacked[name].transpose(*DIMS).sel(direction=TRACED["direction"])
        np.testing.assert_array_equal(found, TRACED[name])


def test_one_variable_or_a_sum_of_them_is_written_too():
    pd.testing.assert_frame_equal(table(TRACED["update"]), table(TRACED[["update"]]))
    assert list(table(TRACED["update"] - TRACED["reset"]).columns)[-2:] == ["unit", "value"]
    shares = table(saturation(TRACED))
    assert list(shares.columns) == ["layer", "direction", "gate", "unit", "closed", "open"]
    assert len(shares) == 2 * 2 * 2 * 3
    assert table(half_life(TRACED)).columns[-1] == "half_life"
    assert table(TRACED["update"].max())["update"].tolist() == [TRACED["update"].max().item()]
    means = table(TRACED.mean("step"))
    assert len(means) == 2 * 2 * 3 * 3
    assert "step" not in means


@pytest.mark.parametrize("numbered", [True, False])
def test_steps_put_one_after_another_are_all_written(numbered):
    """Their lengths, those of single calls, say otherwise."""
    module, state, inputs = nn.LSTM(3, 4), None, torch.randn(20, 2, 3)
    with record(module) as recording:
        for step in range(20):
            _, state = module(inputs[step : step + 1], state)
    whole = xr.concat(recording[""], "step")
    if numbered:
        whole = whole.assign_coords(step=np.arange(20))
    pd.testing.assert_frame_equal(table(whole), table(trace(module, inputs)), atol=1e-6)
    assert len(pd.read_csv(BytesIO(to_bytes(whole, ".csv")))) == 20 * 2 * 4


def test_batches_put_beside_each_other_are_all_written():
    other = trace(
        nn.GRU(3, 3, num_layers=2, bidirectional=True), torch.randn(6, 1, 3), tokens="vwxyz!"
    )
    both = xr.concat([TRACED, other], "batch", join="outer")
    frame = table(both)
    assert frame.groupby("batch")["step"].nunique().tolist() == [2, 4, 1, 6]
    assert not frame.isna().any(axis=None)
    assert frame[frame["batch"] == 3]["hidden"].tolist() == table(other)["hidden"].tolist()
    written = xr.load_dataset(BytesIO(to_bytes(both, ".nc")), engine="h5netcdf")
    xr.testing.assert_equal(written.drop_vars("token"), both.drop_vars("token"))


def test_a_network_that_has_diverged_is_written_with_its_steps():
    module = nn.GRU(3, 4)
    module.weight_hh_l0.data[:] = np.nan
    assert len(table(trace(module, torch.randn(5, 1, 3)))) == 5 * 4


def test_labels_of_ones_own_are_kept():
    labelled = TRACED.assign_coords(kind=("unit", ["a", 'b,"', "c"])).assign(
        {"a,b": ("layer", [1.0, 2.0])}
    )
    frame = table(labelled)
    assert list(frame.columns)[5:8] == ["kind", "unit", "reset"]
    assert len(frame) == len(table(TRACED))
    back = pd.read_csv(BytesIO(to_bytes(labelled, ".csv")))
    assert list(back.columns) == list(frame.columns)
    assert back["kind"].tolist() == frame["kind"].tolist()
    assert back["a,b"].tolist() == frame["a,b"].tolist() == (frame["layer"] + 1.0).tolist()


def test_quantities_of_other_sizes_have_rows_of_their_own():
    projected = TRACED["hidden"].isel(unit=slice(2)).rename(unit="projected_unit")
    both = TRACED[["update"]].assign(hidden=projected)
    frame = table(both)
    units, others = frame[frame["unit"].notna()], frame[frame["unit"].isna()]
    assert units["update"].tolist() == table(TRACED)["update"].tolist()
    assert others["hidden"].tolist() == table(projected)["hidden"].tolist()
    assert list(frame.columns)[-4:] == ["unit", "projected_unit", "update", "hidden"]
    back = pd.read_csv(
        BytesIO(to_bytes(both, ".csv")),
        dtype={"unit": "Int64"},
        keep_default_na=False,
        na_values=[""],
    )
    assert back["unit"].equals(frame["unit"])
    written = xr.load_dataset(BytesIO(to_bytes(both, ".nc")), engine="h5netcdf")
    xr.testing.assert_identical(written, both)


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


def test_exporting_needs_no_torch():
    code = "import sys, explorer.recurrence.export as e; assert 'torch' not in sys.modules, e"
    subprocess.run([sys.executable, "-c", code], check=True)
