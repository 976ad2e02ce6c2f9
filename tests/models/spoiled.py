"""What a stranger may have done to a model's folder."""

import itertools
import json
import math
import os
import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load, save, save_file

from explorer.models.architecture import Architecture
from explorer.models.card import FILE, WEIGHTS
from explorer.models.network import MOST, parameters, skeleton

from .conftest import TOKENS

Change = Callable[[Path], object]


def changed(**fields: object) -> Change:
    """Fields of the card replaced; sizes are those of the architecture."""

    def change(folder: Path) -> None:
        card = json.loads((folder / FILE).read_text(encoding="utf-8"))
        for name, value in fields.items():
            where = card["architecture"] if name in card["architecture"] else card
            where[name] = value
        (folder / FILE).write_text(json.dumps(card), encoding="utf-8")

    return change


def replaced(old: str, new: str) -> Change:
    """Text in the card replaced, where JSON has no value for it."""

    def change(folder: Path) -> None:
        text = (folder / FILE).read_text(encoding="utf-8")
        assert old in text
        (folder / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def weighed(make: Callable[[bytes], bytes]) -> Change:
    """Other weights, and a card that has their checksum."""

    def change(folder: Path) -> None:
        content = make((folder / WEIGHTS).read_bytes())
        (folder / WEIGHTS).write_bytes(content)
        changed(sha256=sha256(content).hexdigest())(folder)

    return change


def become(name: str, how: Callable[[Path], object]) -> Change:
    """A file replaced by something that is none."""

    def change(folder: Path) -> None:
        (folder / name).rename(folder / f"true-{name}")
        how(folder / name)

    return change


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)
    os.chdir(here)


def all_of(value: float) -> Callable[[bytes], bytes]:
    return lambda content: save({n: w.fill_(value) for n, w in load(content).items()})


def one_of(value: float) -> Callable[[bytes], bytes]:
    def make(content: bytes) -> bytes:
        weights = load(content)
        weights["head.bias"][-1] = value
        return save(weights)

    return make


def headed(header: object) -> Callable[[bytes], bytes]:
    """The weights behind another header, of the length that it has."""

    def make(content: bytes) -> bytes:
        body = content[8 + int.from_bytes(content[:8], "little") :]
        text = header if isinstance(header, bytes) else json.dumps(header).encode()
        return len(text).to_bytes(8, "little") + text + body

    return make


def twice_named(content: bytes) -> bytes:
    """The first entry of the header said twice, the second time of another shape."""
    length = int.from_bytes(content[:8], "little")
    text = content[8 : 8 + length].rstrip()
    again = b',"head.bias":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}'
    return headed(text[:-1] + again)(content)


def agreeing_on_60_gb(folder: Path) -> None:
    """A card and a header of one huge layer, and zeros of just its size, none of them on disk."""
    V, H = len(TOKENS), 86_000
    shapes = {
        "head.bias": (V,),
        "head.weight": (V, H),
        "rnn.bias_hh_l0": (4 * H,),
        "rnn.bias_ih_l0": (4 * H,),
        "rnn.weight_hh_l0": (4 * H, H),
        "rnn.weight_ih_l0": (4 * H, V),
    }
    count = sum(map(math.prod, shapes.values()))
    changed(hidden_size=H, layers=1, parameters=count)(folder)
    ends = list(itertools.accumulate((2 * math.prod(s) for s in shapes.values()), initial=0))
    header = {
        name: {"dtype": "F16", "shape": shape, "data_offsets": [ends[n], ends[n + 1]]}
        for n, (name, shape) in enumerate(shapes.items())
    }
    head = json.dumps(header).encode()
    (folder / WEIGHTS).write_bytes(len(head).to_bytes(8, "little") + head)
    os.truncate(folder / WEIGHTS, 8 + len(head) + 2 * count)
    assert 59e9 < (folder / WEIGHTS).stat().st_size < 61e9


def as_large_as_may_be(value: float, *, true: bool) -> Change:
    """A model of nearly as many parameters as are read, with its checksum or another."""

    def change(folder: Path) -> None:
        model = skeleton(Architecture("gru", len(TOKENS), 3340))
        count = parameters(model)
        assert 0.99 * MOST < count <= MOST
        shapes = {name: weights.shape for name, weights in model.state_dict().items()}
        weights = {n: torch.full(s, value, dtype=torch.float16) for n, s in shapes.items()}
        save_file(weights, folder / WEIGHTS)
        digest = sha256((folder / WEIGHTS).read_bytes()).hexdigest() if true else "0" * 64
        changed(sha256=digest, parameters=count, cell="gru", hidden_size=3340, layers=1)(folder)

    return change


def words(count: int, length: int = 1) -> list[str]:
    return ["<unk>", *(str(number).rjust(length, "x") for number in range(count - 1))]
