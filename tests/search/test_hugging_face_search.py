"""A Hugging Face model of a folder: searched as it is, or refused in a sentence."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file, save_file

from explorer.cli import main
from explorer.decoding.adapters import hugging_face_folder
from explorer.decoding.decode import decode
from explorer.decoding.ranking import SLACK
from explorer.errors import ExplorerError
from explorer.search.hugging_face_search import hugging_face_search
from tests.decoding.small_marian import write_marian

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(scope="module")
def marian(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "marian"
    write_marian(folder)
    return folder


@pytest.fixture
def folder(marian, tmp_path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(marian, tmp_path / "spoiled"))


def test_an_encoder_decoder_is_searched(marian):
    asked = hugging_face_search(marian, "the cat sits")
    tree = decode(asked.scorer, asked.source, "beam", width=3, max_length=asked.max_length)
    model, tokenizer = hugging_face_folder.load(marian)
    for found in tree.n_best:
        tokens = (*found.tokens, *([tokenizer.eos_token_id] if found.finished else []))
        read = torch.tensor([[model.config.decoder_start_token_id, *tokens[:-1]]])
        ids = tokenizer("the cat sits", return_tensors="pt").input_ids
        log_probs = model(input_ids=ids, decoder_input_ids=read).logits[0].log_softmax(-1)
        total = sum(log_probs[place, token].item() for place, token in enumerate(tokens))
        assert found.log_prob == pytest.approx(total, abs=1e-3)
    proof = decode(asked.scorer, asked.source, "exact", max_length=4, budget="3000")
    own = decode(asked.scorer, asked.source, "beam", max_length=4)
    assert proof.n_best[0].score >= own.n_best[0].score - SLACK or not own.n_best[0].finished
    assert proof.proved_optimal or proof.gap > 0
    assert asked.read("le chat") == tuple(tokenizer(text_target="le chat").input_ids[:-1])


def write_causal(folder: Path) -> None:
    """A GPT-2 of twelve tokens with random weights."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    words = ["<end>", *["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], "<unk>"]
    inner = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unk>"))
    inner.pre_tokenizer = Whitespace()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner, eos_token="<end>", unk_token="<unk>"
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=12, n_positions=32, n_embd=8, n_layer=1, n_head=2, eos_token_id=0, bos_token_id=0
    )
    GPT2LMHeadModel(config).eval().save_pretrained(folder)


def test_a_causal_model_goes_on_and_the_command_says_everything(tmp_path):
    write_causal(tmp_path / "gpt")
    words = ["search", "--model", f"hf:{tmp_path / 'gpt'}", "a b", "--max-length", "4", "--json"]
    words[1:1] = ["--width", "12"]
    extras = ["--reference", "c d", "--widths", "3", "--sample", "2", "--strategy", "exact"]
    done = CliRunner().invoke(main, [*words, *extras])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["proved_optimal"]
    assert found["text"].startswith("a b")
    assert [row["width"] for row in found["widths"]] == [1, 2, 3]
    assert len(found["samples"]) == 2
    verdict = found["verdict"]
    assert verdict["reference"]["length"] == 3
    assert verdict["reachable"]
    assert verdict["judged"]
    assert verdict["model_error"] == (verdict["reference"]["score"] < found["score"])
    said = CliRunner().invoke(main, [*words[:-1], *extras]).stdout
    assert "model error" in said
    assert "drawn at temperature 1" in said


def changed(**fields):
    def change(folder):
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        (folder / "config.json").write_text(json.dumps(config | fields), encoding="utf-8")

    return change


def without_a_weight(folder):
    weights = load_file(folder / "model.safetensors")
    weights.pop(next(name for name in weights if "fc1.weight" in name))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def behind_a_link(folder):
    (folder / "model.safetensors").rename(folder / "elsewhere")
    (folder / "model.safetensors").symlink_to(folder / "elsewhere")


def names_another_folder(folder):
    (folder / "model.safetensors").unlink()
    index = {"weight_map": {"a": "../model.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")


def pickled(folder):
    torch.save({}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (pickled, "needs config.json and model.safetensors"),
        (lambda folder: shutil.rmtree(folder), "cannot be opened: No such file"),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "config.json").write_text("[]"), "not an object"),
        (lambda folder: (folder / "config.json").write_text("[" * 10**5), "cannot be read"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"x" * 99), "cannot be read"),
        (lambda folder: (folder / "vocab.json").write_text("[]"), "as a Hugging Face model"),
        (changed(auto_map={"AutoModel": "evil.Model"}), "auto_map"),
        (changed(quantization_config={"quant_method": "gptq"}), "quantization_config"),
        (changed(encoder_layers=10**9), "encoder_layers = 1000000000"),
        (changed(max_position_embeddings=10**7), "max_position_embeddings"),
        (changed(vocab_size=10**9), "describes"),
        (changed(d_model=2**62), "d_model = 4.6"),
        (changed(model_type="nonsense"), "as a Hugging Face model"),
        (lambda folder: (folder / "adapter_config.json").write_text("{}"), "adapter_config"),
        (without_a_weight, "incomplete: .*fc1"),
        (behind_a_link, "not a regular file"),
        (names_another_folder, "not there"),
    ],
)
def test_what_is_no_such_folder_is_refused_in_a_sentence(folder, change, part):
    change(folder)
    with pytest.raises(ExplorerError, match=part):
        hugging_face_folder.load(folder)


@pytest.mark.parametrize("words", [["--model", "hf:", "a"], ["a"], ["--model", "hf:x", "a", "b"]])
def test_a_mistake_is_a_sentence(words):
    done = CliRunner().invoke(main, ["search", *words])
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
