"""What was found of all units is written as netCDF and as Zarr, with the same numbers in both."""

import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest
import xarray as xr

from explorer.errors import ExplorerError
from explorer.text import recall
from explorer.unit_analysis import export
from explorer.unit_analysis.units import units

FOUND = units("gru-recall", [recall.free(Random(n), 60) for n in range(8)], with_effects=False)


def test_zarr_holds_what_netcdf_holds(tmp_path):
    pytest.importorskip("zarr")
    found = FOUND.assign(scores=FOUND["scores"].astype(np.float64))
    for name in ("units.nc", "units.zarr", "units.zarr"):  # the second one replaces the first
        export.write(found, tmp_path / name)
    file = xr.load_dataset(tmp_path / "units.nc", engine="h5netcdf")
    folder = xr.load_dataset(tmp_path / "units.zarr", engine="zarr")
    xr.testing.assert_identical(folder, file)
    assert folder["scores"].dtype == np.float32
    assert {one.name for one in tmp_path.iterdir()} == {"units.nc", "units.zarr"}


def test_what_is_no_zarr_folder_is_never_replaced(tmp_path):
    pytest.importorskip("zarr")
    mine = tmp_path / "mine.zarr"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ExplorerError, match="taken by something that is no Zarr folder"):
        export.write(FOUND, mine)
    assert (mine / "letter.txt").is_file()
    with pytest.raises(ExplorerError, match="cannot be written"):
        export.write(FOUND, tmp_path / "none" / "here.zarr")


@pytest.mark.parametrize("path", ["units.csv", "units", 3])
def test_another_ending_is_refused_in_a_sentence(path):
    with pytest.raises(ExplorerError, match=r"a path that ends in \.nc or \.zarr, not"):
        export.check(path)


def test_without_zarr_a_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(ExplorerError, match=r"pip install zarr==3\.1\.6 brings it"):
        export.check("units.zarr")
    export.check("units.nc")
    pins = (Path(__file__).parents[2] / "requirements-dev.txt").read_text(encoding="utf-8")
    assert "zarr==3.1.6" in pins.splitlines()
