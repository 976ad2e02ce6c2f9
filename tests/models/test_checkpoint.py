import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import torch
from safetensors.torch import load, save_file

from explorer.models import checkpoint
from explorer.models.card import Card, CheckpointError
from explorer.models.language_model import LanguageModel

Saved = tuple[Path, LanguageModel, Card]


def test_a_model_comes_back_rounded_to_float16_and_ready_to_run(saved: Saved) -> None:
    folder, model, written = saved
    back, card = checkpoint.read(folder)
    assert card == written
    assert card.parameters == sum(p.numel() for p in model.parameters())
    for name, weights in model.state_dict().items():
        assert torch.equal(back.state_dict()[name], weights.half().float())
    assert not back.training
    assert not any(p.requires_grad for p in back.parameters())
    ids = torch.randint(5, (2, 9))
    assert torch.equal(back(ids)[0], checkpoint.rounded(model)(ids)[0])


def test_a_card_comes_back_as_it_was_and_keeps_its_text_readable(saved: Saved) -> None:
    folder, _, written = saved
    assert Card.read(folder / "card.json") == written
    text = (folder / "card.json").read_text(encoding="utf-8")
    assert "数据" in text
    assert max(map(len, text.splitlines())) < 120


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def cut_to_four_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0\0")


def announce_a_huge_header(path: Path) -> None:
    path.write_bytes((1 << 62).to_bytes(8, "little") + path.read_bytes()[8:])


def announce_a_huge_tensor(path: Path) -> None:
    entry = {"dtype": "F16", "shape": [1 << 40], "data_offsets": [0, 1 << 41]}
    header = json.dumps({"head.weight": entry}).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header)


def nest_the_header(path: Path) -> None:
    header = b"[" * 200_000
    path.write_bytes(len(header).to_bytes(8, "little") + header)


def make_the_header_a_list(path: Path) -> None:
    path.write_bytes((2).to_bytes(8, "little") + b"[]")


def transpose_the_head(path: Path) -> None:
    tensors = load(path.read_bytes())
    tensors["head.weight"] = tensors["head.weight"].T.contiguous()
    save_file(tensors, path)


def drop_the_head(path: Path) -> None:
    tensors = load(path.read_bytes())
    del tensors["head.weight"]
    save_file(tensors, path)


def widen_to_float32(path: Path) -> None:
    save_file({name: w.float() for name, w in load(path.read_bytes()).items()}, path)


def exchange(path: Path) -> None:
    save_file({name: w + 1 for name, w in load(path.read_bytes()).items()}, path)


def pickle(path: Path) -> None:
    torch.save(load(path.read_bytes()), path)


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    "damage",
    [
        truncate,
        cut_to_four_bytes,
        flip_a_bit,
        lengthen,
        announce_a_huge_header,
        announce_a_huge_tensor,
        nest_the_header,
        make_the_header_a_list,
        transpose_the_head,
        drop_the_head,
        widen_to_float32,
        exchange,
        pickle,
        remove,
    ],
)
def test_damaged_weights_are_refused_with_the_command_that_restores_them(
    saved: Saved, damage: Callable[[Path], None]
) -> None:
    folder, _, _ = saved
    damage(folder / "model.safetensors")
    with pytest.raises(CheckpointError) as raised:
        checkpoint.read(folder)
    sentence = str(raised.value)
    assert sentence.endswith("git checkout -- pretrained/some-model/model.safetensors")
    assert str(folder / "model.safetensors") in sentence


@pytest.mark.parametrize("damage", [transpose_the_head, drop_the_head, widen_to_float32])
def test_shapes_are_compared_even_if_the_checksum_fits(
    saved: Saved, damage: Callable[[Path], None]
) -> None:
    folder, _, card = saved
    path = folder / "model.safetensors"
    text = (folder / "card.json").read_text(encoding="utf-8")
    damage(path)
    renewed = text.replace(card.sha256, sha256(path.read_bytes()).hexdigest())
    (folder / "card.json").write_text(renewed, encoding="utf-8")
    with pytest.raises(CheckpointError):
        checkpoint.read(folder)


def test_nothing_is_allocated_for_weights_that_do_not_fit(
    saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _, _ = saved
    announce_a_huge_tensor(folder / "model.safetensors")
    monkeypatch.setattr(checkpoint, "load", lambda content: pytest.fail("read the tensors"))
    with pytest.raises(CheckpointError):
        checkpoint.read(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"name"', '"nom"'),
        ('"language model"', '"oracle"'),
        ('"hidden_size": 4', '"hidden_size": -4'),
        ('"hidden_size": 4', '"hidden_size": "4"'),
        ('["<unk>", "a"', '["<unk>"'),
        ('["<unk>", "a"', '["<unk>", 1'),
        ('"step": 10, ', ""),
        ('"seed": 3', '"seed": 3, "target_language": "tlh"'),
        ('"hidden_size": 4', '"hidden_size": 4, "embedding_size": 0'),
        (
            "{",
            "",
        ),
    ],
)
def test_a_damaged_card_is_refused_with_the_command_that_restores_it(
    saved: Saved, old: str, new: str
) -> None:
    path = saved[0] / "card.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"pretrained/some-model/card\.json$"):
        Card.read(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_card_is_refused(saved: Saved, content: bytes) -> None:
    path = saved[0] / "card.json"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="damaged"):
        Card.read(path)


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="missing"):
        Card.read(tmp_path / "card.json")


def test_files_of_the_readers_own_are_named_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError) as raised:
        checkpoint.read(tmp_path)
    assert str(raised.value).startswith(f"There is no file {tmp_path / 'card.json'}: ")


@pytest.mark.parametrize("name", ["a;touch x", "$(x)", "a b", "-f"])
def test_no_command_to_type_carries_a_strangers_text(tmp_path: Path, name: str) -> None:
    with pytest.raises(CheckpointError) as refused:
        checkpoint.read(tmp_path / "pretrained" / name)
    assert "git checkout" not in str(refused.value)
