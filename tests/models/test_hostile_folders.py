"""A model's folder may be a stranger's: it is read as it was written, or refused in a sentence.

Refused within 2 seconds of processor time and 200 MB more memory. Every case runs in a process of
its own, which may hang or grow without harm.
"""

import multiprocessing
import os
import resource
import shutil
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import torch

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.architecture import Architecture
from explorer.models.card import FILE, WEIGHTS, Card
from explorer.models.language_model import LanguageModel
from explorer.models.network import network

from .spoiled import (
    Change,
    a_socket,
    agreeing_on_60_gb,
    all_of,
    as_large_as_may_be,
    become,
    changed,
    headed,
    one_of,
    replaced,
    twice_named,
    weighed,
    words,
)

Saved = tuple[Path, LanguageModel, Card]

# A fork does not take the other threads along: later Pythons warn of it.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
SECONDS, MEGABYTES = 2, 200
_PATIENCE_S = 60  # for a busy machine; what hangs is ended


_SHAPE = {"dtype": "F16", "data_offsets": [0, 2]}
CASES: dict[str, Change] = {
    "a million layers": changed(layers=1_000_000),
    "layers of 4,000 digits": changed(layers=10**4000),
    "no layers": changed(layers=0),
    "half a layer": changed(layers=0.5),
    "true layers": changed(layers=True),
    "a thousand million units": changed(hidden_size=10**9),
    "the most units of the most layers": changed(hidden_size=8192, layers=32),
    "a thousand million tokens": changed(vocabulary_size=10**9),
    "no tokens": changed(vocabulary_size=0, vocabulary=[]),
    "a token twice": changed(vocabulary=["<unk>", "a", "a", "b", "c"]),
    "no unknown token": changed(vocabulary=["a", "b", "c", "d", "e"]),
    "an empty token": changed(vocabulary=["<unk>", "", "c", "d", "e"]),
    "a token of a megabyte": changed(vocabulary=["<unk>", "a" * (1 << 20), "c", "d", "e"]),
    "half a character": changed(vocabulary=["<unk>", "\ud800", "c", "d", "e"]),
    "tokens that are numbers": changed(vocabulary=[0, 1, 2, 3, 4]),
    "words that it does not read": changed(source_vocabulary=["<unk>"]),
    "a translation model without an encoder": changed(task="translation"),
    "another task": changed(task=["language model"]),
    "another cell": changed(cell="tree"),
    "a size that there is not": replaced('"hidden_size"', '"heads": 8, "hidden_size"'),
    "no name": changed(name=None),
    "a field too many": replaced('"name"', '"license": "?", "name"'),
    "a field twice": replaced('"seed": 3', '"seed": 3, "seed": 3'),
    "figures that are a list": changed(figures=[1, 2]),
    "a figure that is none": changed(figures={"bits": True}),
    "a figure without an end": replaced("2.25", "1e999"),
    "a figure of NaN": replaced("2.25", "NaN"),
    "figures without a floor": replaced("2.25", '{"a":' * 5_000 + "1" + "}" * 5_000),
    "a curve of nothing": changed(curve=[{}]),
    "a checksum of another kind": changed(sha256="0"),
    "other parameters": changed(parameters=7),
    "a card of empty lists": lambda folder: (folder / FILE).write_text(
        "[" + "{}," * 1_390_000 + "0]"
    ),
    "a card of numbers": lambda folder: (folder / FILE).write_text("[" + "9.5," * 1_040_000 + "0]"),
    "a card of words": changed(vocabulary_size=800_000, vocabulary=["ab"] * 800_000),
    "a card of names": changed(figures={str(n): 0 for n in range(400_000)}, curve=[]),
    "a card of figures": changed(figures={"a": {str(n): True for n in range(300_000)}}),
    "a card of 100 MB": lambda folder: os.truncate(folder / FILE, 100_000_000),
    "a card of zeros": lambda folder: (folder / FILE).write_bytes(bytes(1 << 20)),
    "a card that is a link to an endless device": become(FILE, lambda p: p.symlink_to("/dev/zero")),
    "a card that is a link to a card": become(FILE, lambda p: p.symlink_to(f"true-{FILE}")),
    "a card that is a link to itself": become(FILE, lambda p: p.symlink_to(p)),
    "a card that is a pipe": become(FILE, os.mkfifo),
    "a card that is a socket": become(FILE, a_socket),
    "a card that is a folder": become(FILE, os.mkdir),
    "no card": become(FILE, lambda path: None),
    "weights that are a link to an endless device": become(
        WEIGHTS, lambda p: p.symlink_to("/dev/zero")
    ),
    "weights that are a link to the weights": become(
        WEIGHTS, lambda p: p.symlink_to(f"true-{WEIGHTS}")
    ),
    "weights that are a pipe": become(WEIGHTS, os.mkfifo),
    "weights that are a socket": become(WEIGHTS, a_socket),
    "weights that are a folder": become(WEIGHTS, os.mkdir),
    "no weights": become(WEIGHTS, lambda path: None),
    "empty weights": lambda folder: os.truncate(folder / WEIGHTS, 0),
    "60 GB": agreeing_on_60_gb,
    "weights of NaN": weighed(all_of(float("nan"))),
    "weights of infinity": weighed(all_of(float("inf"))),
    "one weight of NaN": weighed(one_of(float("nan"))),
    "one weight of minus infinity": weighed(one_of(float("-inf"))),
    "a header without an end": weighed(lambda content: bytes([255] * 8) + content[8:]),
    "a header of nothing but brackets": weighed(headed(b"[" * 60_000)),
    "a header of one tensor of a terabyte": weighed(
        headed({"head.bias": {**_SHAPE, "shape": [1 << 39]}})
    ),
    "a header of a negative extent": weighed(headed({"head.bias": {**_SHAPE, "shape": [-1, -1]}})),
    "a header of true extents": weighed(headed({"head.bias": {**_SHAPE, "shape": [True]}})),
    "a header of a thousand tensors": weighed(
        headed({str(n): {**_SHAPE, "shape": [0]} for n in range(999)})
    ),
    "a header that says something twice": weighed(twice_named),
    "the largest model, all NaN": as_large_as_may_be(float("nan"), true=True),
    "the largest model, of another checksum": as_large_as_may_be(0.5, true=False),
    "the most tokens": changed(vocabulary_size=1 << 17, vocabulary=words(1 << 17)),
    "long tokens": changed(vocabulary_size=20_000, vocabulary=words(20_000, 190)),
}


def measured(read: Change, folder: Path, told: Connection) -> None:
    """What became of reading the folder, its processor time, and how much the process grew."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    try:
        read(folder)
        said = "loaded"
    except ExplorerError as error:
        said = f"refused: {error}"
    except BaseException as error:
        said = f"broke: {error!r}"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    told.send((said, time.process_time() - started, grown / 1000))


def read_apart(
    folder: Path, *, read: Change = checkpoint.read, patience: float = _PATIENCE_S
) -> tuple[str, float, float]:
    """`measured`, in a process of its own."""
    apart = multiprocessing.get_context("fork")
    here, there = apart.Pipe(duplex=False)
    process = apart.Process(target=measured, args=(read, folder, there))
    process.start()
    there.close()
    try:
        assert here.poll(patience), "it hangs"
        found: tuple[str, float, float] = here.recv()
        return found
    finally:
        process.kill()
        process.join()


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_folder_is_refused_in_a_sentence_and_costs_little(
    saved: Saved, case: str
) -> None:
    folder, _, _ = saved
    CASES[case](folder)
    said, seconds, megabytes = read_apart(folder)
    assert said.startswith("refused: ")
    assert len(said) < 500
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_a_hang_and_any_other_error_are_noticed(saved: Saved) -> None:
    os.mkfifo(saved[0] / "pipe")
    with pytest.raises(AssertionError, match="hangs"):
        read_apart(saved[0], read=lambda folder: (folder / "pipe").read_bytes(), patience=0.5)
    said, _, _ = read_apart(saved[0], read=lambda folder: [][0])
    assert said.startswith("broke: IndexError")


def test_a_sound_folder_loads_and_growth_is_noticed(saved: Saved) -> None:
    folder, _, _ = saved
    said, seconds, megabytes = read_apart(folder)
    assert (said, seconds < SECONDS, megabytes < MEGABYTES) == ("loaded", True, True)
    as_large_as_may_be(0.5, true=True)(folder)
    said, _, megabytes = read_apart(folder)
    assert said == "loaded"
    assert megabytes > 50


def test_a_folder_may_be_a_link(saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to(saved[0])
    assert checkpoint.read(tmp_path / "mine").card == saved[2]


def test_a_readers_own_folder_is_not_sent_to_git(saved: Saved, tmp_path: Path) -> None:
    """The sentences of a shipped model say how to restore it; here they say where to look."""
    mine = tmp_path / "mine"
    for change, part in (
        (changed(layers="two"), "“architecture.layers”"),
        (changed(curve=[{"step": 1, "loss": 1.0}]), "“curve[0].score”"),
        (replaced("{", ""), "was not written by this program."),
        (changed(hidden_size=10**9), "hidden_size can be at most 8192, not 1000000000"),
        (changed(hidden_size=8192, layers=32), "at most 33554432"),
        (become(WEIGHTS, lambda path: None), "next to the model card"),
        (become(FILE, os.mkfifo), "a pipe"),
        (weighed(one_of(float("nan"))), "finite"),
        (changed(sha256="0" * 64), "does not match its card."),
    ):
        shutil.copytree(saved[0], mine)
        change(mine)
        with pytest.raises(ExplorerError) as raised:
            checkpoint.read(mine)
        assert part in str(raised.value)
        assert "git" not in str(raised.value)
        shutil.rmtree(mine)


def test_what_could_not_be_read_again_is_not_made_either() -> None:
    with pytest.raises(ExplorerError, match=r"194256069 parameters; at most 33554432"):
        network(Architecture("gru", 69, 8000))


def test_to_measure_a_model_first_leaves_its_weights_to_the_seed() -> None:
    sizes = Architecture("gru", 5, 3)
    torch.manual_seed(1)
    made = network(sizes).state_dict()
    torch.manual_seed(1)
    plain = LanguageModel(sizes).state_dict()
    assert all(torch.equal(made[name], weights) for name, weights in plain.items())
