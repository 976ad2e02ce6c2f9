"""``gatescope record``: what a script's modules did, by their names in it, is what they do."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import xarray as xr
from click.testing import CliRunner, Result
from torch import nn

import explorer
from explorer.cli import main

SCRIPT = """
import sys
import torch
from torch import nn
import beside

class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({"rnn": nn.GRU(4, 6, bidirectional=True)})
        self.cell = nn.LSTMCell(12, 5)

    def read(self, inputs):  # not its forward: nothing is called that owns all of them
        states, _ = self.encoder["rnn"](inputs)
        state = None
        for step in states:
            state = self.cell(step, state)

torch.manual_seed(0)
model = Model()
for steps in (5, 6, 7, 8):
    model.read(torch.randn(steps, 2, 4))
if __name__ == "__main__" and sys.argv[1:] == ["other"]:
    nn.RNN(4, 3)(torch.randn(3, 4))
    nn.LSTM(4, 3, num_layers=2, dropout=0.5)(torch.randn(3, 1, 4))
    Model().read(torch.randn(4, 1, 4))
if sys.argv[1:] == ["fail"]:
    raise RuntimeError("in the middle")
sys.exit(beside.CODE)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    (tmp_path / "beside.py").write_text("CODE = 3", encoding="utf-8")
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    return tmp_path / "script.py"


@pytest.fixture(autouse=True)
def _as_before(monkeypatch):
    monkeypatch.delitem(sys.modules, "beside", raising=False)


def record(script: Path, *words: str) -> tuple[Result, Path]:
    out = script.with_name("out.nc")
    return CliRunner().invoke(main, ["record", str(script), "--out", str(out), *words]), out


def groups(path: Path) -> dict[str, xr.Dataset]:
    with xr.open_datatree(path, engine="h5netcdf") as tree:
        return {node.path: node.to_dataset().load() for node in tree.leaves}


class Model(nn.Module):
    """The script's model, with its seed."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.ModuleDict({"rnn": nn.GRU(4, 6, bidirectional=True)})
        self.cell = nn.LSTMCell(12, 5)

    def read(self, inputs):
        states, _ = self.encoder["rnn"](inputs)
        state = None
        for step in states:
            state = self.cell(step, state)


def test_what_is_written_is_what_a_recording_of_the_same_model_holds(script):
    done, out = record(script)
    assert done.exit_code == 3, done.output  # the script's own
    assert "encoder.rnn: 4 × 5, 6, 7, 8 steps" in done.stderr
    found = groups(out)
    assert [*found] == [f"/{name}/{n}" for name in ("encoder.rnn", "cell") for n in range(4)]
    torch.manual_seed(0)
    model = Model()
    with explorer.record(model) as recording:
        for steps in (5, 6, 7, 8):
            model.read(torch.randn(steps, 2, 4))
    for name in recording:
        for call, trace in enumerate(recording[name]):
            of_file = found[f"/{name}/{call}"]
            assert (of_file.attrs["module"], of_file.attrs["call"]) == (name, call)
            for quantity in trace.data_vars:
                np.testing.assert_array_equal(of_file[quantity].values, trace[quantity].values)


def test_other_models_have_names_of_their_own_and_what_cannot_be_traced_is_said(script):
    done, out = record(script, "--", "other")
    names = {path.rpartition("/")[0] for path in groups(out)}
    assert names == {"/encoder.rnn", "/cell", "/RNN", "/encoder.rnn-2", "/cell-2"}
    assert "LSTM: not recorded. This LSTM is in training mode" in done.stderr


@pytest.mark.parametrize(
    ("name", "calls", "steps"),
    [
        ("encoder.rnn", "2", [5, 6]),
        ("cell", "1:3", [6, 7]),
        ("encoder.rnn", ":1", [5]),
        ("cell", "3:99", [8]),
    ],
)
def test_some_calls_of_one_module_are_kept(script, name, calls, steps):
    _done, out = record(script, "--module", name, "--calls", calls)
    found = groups(out)
    assert [one.sizes["step"] for one in found.values()] == steps
    assert {path.rpartition("/")[0] for path in found} == {f"/{name}"}


def test_tokens_stand_where_there_are_as_many_as_steps(script):
    tokens = script.with_name("tokens.json")
    tokens.write_text('[["a", "b", "c", "d", "e"], ["f", "g", "h", "i", "j"]]', encoding="utf-8")
    _done, out = record(script, "--tokens", str(tokens))
    first, second, *_others = groups(out).values()
    assert first["token"].values.tolist() == [[*"abcde"], [*"fghij"]]
    assert "token" not in second
    tokens.write_text("one\ntwo", encoding="utf-8")
    done, _out = record(script, "--tokens", str(tokens))
    assert done.stderr == "No call has as many steps as there are tokens.\n"
    for content, why in ((b"\xff\xfe", "utf-8"), (b"[" * 17 + b"]" * 17, "nested too deeply")):
        tokens.write_bytes(content)
        done, _out = record(script, "--tokens", str(tokens))
        assert done.stderr.startswith(f"The file {tokens} cannot be read: ")
        assert why in done.stderr


def test_a_script_that_fails_fails_and_leaves_what_it_did(script):
    done, out = record(script, "--", "fail")
    assert isinstance(done.exception, RuntimeError)
    assert len(groups(out)) == 8


def test_at_the_limit_the_recording_stops_and_the_script_goes_on(tmp_path):
    script = tmp_path / "long.py"
    script.write_text(
        "import torch\nrnn = torch.nn.GRU(4, 64).eval()\n"
        "for n in range(9):\n    rnn(torch.zeros(500, 1, 4))\nprint('done')\n",
        encoding="utf-8",
    )
    done, out = record(script, "--limit", "1")
    assert "done" in done.stdout
    assert "Stopped at the limit" in done.stderr
    assert len(groups(out)) == 1  # of 512,000 bytes each, with what stands around them
    assert out.stat().st_size < 1 << 20


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--module", "decoder"], "The script has no such calls to keep; it called these modules"),
        (["--calls", "9:"], "--calls must be a number such as 3, or two such as 10:13, not 9:."),
        (["--calls", "3:3"], "--calls must be a number such as 3, or two such as 10:13, not 3:3."),
        (["--calls", "7:9"], "The script has no such calls to keep"),
        (["--limit", "0"], "--limit must be a whole number from 1"),
        (["--out", "x.csv"], "A recording is written to a file that ends in .nc."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(script, words, said):
    done, _out = record(script, *words)
    assert done.exit_code == 2
    (sentence,) = done.stderr.splitlines()
    assert said in sentence


def test_a_script_without_modules_leaves_no_file(tmp_path):
    script = tmp_path / "none.py"
    script.write_text("print('nothing')", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "explorer", "record", script, "--out", tmp_path / "x.nc"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "nothing\n")
    assert ran.stderr.startswith("The script called no nn.RNN")
    assert not (tmp_path / "x.nc").exists()
