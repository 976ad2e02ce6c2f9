"""A recording's file: read as it was written, or refused in a sentence, whoever wrote it."""

import os
import shutil
from io import BytesIO
from pathlib import Path

import h5py
import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn

import explorer
from explorer.errors import ExplorerError
from explorer.recordings import child
from explorer.recordings.example import example_recording
from explorer.recordings.reading import contents, read
from explorer.recurrence.export import to_bytes
from explorer.shipped_files import HOME
from tests.recordings.mutated import counted, mutated, outcome, sound

DIMS = ("layer", "direction", "batch", "step", "unit")


def test_every_value_comes_back_as_it_was_traced():
    model = nn.ModuleDict({"encoder": nn.GRU(4, 6, num_layers=2, bidirectional=True)})
    lengths = ([7, 5], [2, 4])
    with explorer.record(model) as recording:
        for of in lengths:
            inputs = torch.randn(max(of), 2, 4)
            model["encoder"](nn.utils.rnn.pack_padded_sequence(inputs, of, enforce_sorted=False))
    content = to_bytes(recording, ".nc")
    entries = contents(content)
    assert [(one.module, one.cell) for one in entries] == [("encoder", "gru")] * 2
    for call, entry in enumerate(entries):
        trace = recording["encoder"][call]
        assert dict(entry.sizes) == dict(trace.sizes)
        part = read(content, entry, sequence=1, most=100)
        assert part.length == lengths[call][1]
        assert (part.numbered, part.tokens) == (True, tuple(map(str, range(part.length))))
        for name in trace.data_vars:
            one = trace[name].values[:, :, 1:2, : part.length]
            np.testing.assert_array_equal(part.trace[name].values, one)
    last = read(content, entries[0], sequence=0, first=99, most=3)
    assert (last.first, last.tokens) == (4, ("4", "5", "6"))
    one = recording["encoder"][0]["update"].values[:, :, :1, 4:7]
    np.testing.assert_array_equal(last.trace["update"].values, one)


def test_a_trace_that_xarray_wrote_opens_and_so_does_a_cut_of_it(tmp_path):
    trace = explorer.trace(nn.LSTM(3, 4, proj_size=2), torch.randn(5, 1, 3), tokens=[*"ab c "])
    trace.to_netcdf(tmp_path / "one.nc")
    (entry,) = contents((tmp_path / "one.nc").read_bytes())
    assert entry.left_out == ("hidden",)  # of other units
    part = read((tmp_path / "one.nc").read_bytes(), entry, most=9)
    assert part.tokens == ("a", "b", " ", "c", " ")
    np.testing.assert_array_equal(part.trace["memory"].values, trace["memory"].values)
    cut = trace.isel(layer=0, unit=slice(1, 3), step=slice(2, 5)).transpose("unit", ...)
    (entry,) = contents(to_bytes(cut, ".nc"))
    assert entry.renumbered == ("unit", "step")
    part = read(to_bytes(cut, ".nc"), entry, most=9)
    np.testing.assert_array_equal(
        part.trace["forget"].values[0, 0, 0],
        cut["forget"].transpose("step", "unit", ...)[..., 0, 0],
    )


def test_numbers_that_are_none_are_counted():
    trace = explorer.trace(nn.GRU(3, 4), torch.randn(5, 1, 3)).copy(deep=True)
    trace["update"].values[0, 0, 0, 1, :2] = np.inf, np.nan
    (entry,) = contents(to_bytes(trace, ".nc"))
    part = read(to_bytes(trace, ".nc"), entry, most=9)
    assert part.bad == 2
    assert part.trace["update"].values[0, 0, 0, 1, :2].tolist() == [0, 0]


def test_the_example_is_what_the_models_do():
    content = (HOME / "pretrained" / "recording.nc").read_bytes()
    assert len(content) < 100_000
    made = example_recording()
    for entry in contents(content):
        (trace,) = made[entry.module]
        for sequence in (0, 1):
            part = read(content, entry, sequence=sequence, most=100)
            assert part.tokens == tuple(trace["token"].values[sequence])
            for name in trace.data_vars:
                one = trace[name].values[:, :, sequence : sequence + 1]
                np.testing.assert_allclose(part.trace[name].values, one, atol=1e-4)


def changed(change) -> bytes:
    """The sound recording after something was done to its file."""
    buffer = BytesIO(sound())
    with h5py.File(buffer, "r+") as file:
        change(file, file["rnn/0"])
    return buffer.getvalue()


def replaced(name: str, **how):
    """Puts another variable in place of one, over the same dimensions."""

    def change(_file, group):
        scales = [dim[0] for dim in group[name].dims]
        del group[name]
        made = group.create_dataset(name, **how)
        for dim, scale in zip(made.dims, scales, strict=False):
            dim.attach_scale(scale)

    return change


def virtual(_file, group):
    layout = h5py.VirtualLayout((2, 1, 2, 3, 4), "f4")
    layout[0] = h5py.VirtualSource("/etc/passwd", "x", (1, 2, 3, 4))
    group.create_virtual_dataset("other", layout)


def external(_file, group):
    group.create_dataset("other", (10,), "f4", external=[("/etc/passwd", 0, 40)])


def endless(_file, group):
    group["again"] = group


def deep(file, group):
    for _level in range(9):
        group = group.create_group("in")


def wide(_file, group):
    for number in range(501):
        group.create_group(str(number))


SHAPE = (2, 1, 2, 3, 4)
HOSTILE = {
    "external link": (
        lambda _f, g: g.__setitem__("x", h5py.ExternalLink("/etc/passwd", "/")),
        "links",
    ),
    "soft link": (lambda _f, g: g.__setitem__("x", h5py.SoftLink("/rnn/1")), "links"),
    "virtual": (virtual, "links"),
    "external storage": (external, "links"),
    "a circle": (endless, "groups"),
    "deep": (deep, "groups"),
    "wide": (wide, "groups"),
    "another filter": (
        replaced("update", shape=SHAPE, dtype="f4", chunks=SHAPE, scaleoffset=2),
        "filters",
    ),
    "whole numbers": (replaced("update", shape=SHAPE, dtype="i4"), "no numbers"),
    "complex numbers": (replaced("update", shape=SHAPE, dtype="c8"), "no numbers"),
    "objects": (
        replaced("update", shape=SHAPE, dtype=h5py.special_dtype(ref=h5py.Reference)),
        "no numbers",
    ),
    "another shape": (replaced("update", shape=(2, 1, 2, 3, 5), dtype="f4"), "shapes"),
    "huge": (replaced("update", shape=(2, 1, 2, 3, 1 << 40), dtype="f4", chunks=SHAPE), "shapes"),
    "huge chunks": (
        replaced(
            "update", shape=SHAPE, maxshape=(None,) * 5, dtype="f4", chunks=(1, 1, 1, 1, 1 << 28)
        ),
        "large",
    ),
    "no lengths": (replaced("length", data=np.array([-1, 2])), "shapes"),
    "a long token": (replaced("token", data=np.full((2, 3), "x" * 5000, dtype=object)), "text"),
    "a name": (lambda _f, g: g.move("update", "<b>"), "text"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_before_a_value_is_read(what):
    change, why = HOSTILE[what]
    assert outcome(changed(change)) == why


def test_all_of_one_size_may_still_be_too_much():
    big = np.broadcast_to(np.float32(0), (1, 1, 1, 30_000_000, 2))
    buffer = BytesIO()
    with h5py.File(buffer, "w") as file:
        made = file.create_dataset("update", big.shape, "f4", chunks=(1, 1, 1, 1000, 2))
        for dim, name, size in zip(made.dims, DIMS, big.shape, strict=True):
            file.create_dataset(name, (size,), "i1", chunks=(min(size, 1000),)).make_scale(name)
            dim.attach_scale(file[name])
    assert len(buffer.getvalue()) < 100_000
    assert outcome(buffer.getvalue()) == "large"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is not a recording"),
        (b"CDF\x01" + b"\0" * 60, "This is netCDF of version 3"),
        (sound()[:3000], "This file cannot be read: it is damaged."),
        (b"x" * ((50 << 20) + 1), "The file has 52428801 bytes; the limit is 52428800."),
    ],
    ids=["empty", "version 3", "half", "large"],
)
def test_what_is_no_recording_is_said_in_a_sentence(content, said):
    with pytest.raises(ExplorerError, match=said):
        contents(content)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("while True: pass", "takes too much time or memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "it is damaged"),
        ("b'x' * (4 << 30)", "it is damaged"),
    ],
    ids=["endless", "crash", "memory"],
)
def test_what_ends_the_reading_process_is_a_sentence(monkeypatch, tmp_path, then, said):
    """As the C library does it for some damaged files: which of them, changes with its version."""
    shutil.copytree(Path(child.__file__).parent, tmp_path / "child")
    for name, before, after in (
        ("bounds.py", "SECONDS = 5\n", "SECONDS = 1\n"),
        ("answer.py", "    _bound()\n", f"    _bound()\n    {then}\n"),
    ):
        path = tmp_path / "child" / name
        source = path.read_text("utf-8")
        assert before in source
        path.write_text(source.replace(before, after), "utf-8")
    monkeypatch.setattr("explorer.recordings.reading._HOME", tmp_path)
    with pytest.raises(ExplorerError, match=said):
        contents(sound())


def test_files_changed_at_random_are_read_or_refused():
    """``GATESCOPE_MUTATED=10000`` tries more; `mutated` says what became of them."""
    found = counted(0, int(os.environ.get("GATESCOPE_MUTATED", "30")))
    peak = found.pop("most MB")
    assert peak < 300
    assert found["wrong"] == 0
    assert found["read"]
    assert found["damaged"]


def test_a_changed_file_is_changed():
    assert len({mutated(sound(), seed) for seed in range(20)}) == 20
    assert outcome(sound()) == "read"


def test_a_recording_is_one_file_of_netcdf_alone():
    with explorer.record(nn.GRU(2, 3)) as recording:
        pass
    with pytest.raises(ExplorerError, match="Nothing was recorded"):
        to_bytes(recording, ".nc")
    with pytest.raises(ExplorerError, match=r"A recording is written as \.nc alone"):
        to_bytes(recording, ".csv")
    tree = xr.open_datatree(BytesIO(sound()), engine="h5netcdf")
    assert tree["rnn/0"].attrs["module"] == "rnn"
