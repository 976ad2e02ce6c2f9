import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.card import Card
from explorer.seq2seq.translator import Translator
from explorer.training import progress
from explorer.training.make import begun, build, make
from explorer.training.plan import Plan
from explorer.training.recipe import (
    PairsRecipe,
    PassagesRecipe,
    RecallRecipe,
    Recipe,
    StreamsRecipe,
    WindowsRecipe,
)
from explorer.training.recipes import RECIPES
from explorer.training.trainer import Trainer, best

TEXT = "the time traveller " * 40
LINES = "".join(f"天地玄黄，{chr(0x5000 + n)}宇宙洪荒。\n" for n in range(150))
PAIRS = "".join(f"You see {n} dogs.\tTu vois {n} chiens.\tTu en vois {n} !\n" for n in range(40))


CHINESE = "".join(f"You see {n} dogs.\t你看见{n}只狗。\n" for n in range(40))


class InterruptionError(Exception):
    """What a reader does with Ctrl-C."""


def small(name: str) -> Recipe:
    """A recipe of ours, of its own kind but tiny."""
    readings = {
        StreamsRecipe: StreamsRecipe(streams=4, window=16),
        WindowsRecipe: WindowsRecipe(windows=4, window=8, epoch_steps=3),
        PassagesRecipe: PassagesRecipe(embedding_size=4, streams=4, window=16),
        RecallRecipe: RecallRecipe(sequences=4, epoch_steps=3, growth=10, examined=9),
        PairsRecipe: PairsRecipe(embedding_size=4, tokens=90, held_out=5),
    }
    recipe = RECIPES[name]
    plan = replace(recipe.plan, epochs=3)
    return replace(recipe, hidden_size=6, reading=readings[type(recipe.reading)], plan=plan)


def made(folder: Path, recipe: Recipe, *, stop_at: int = -1, resume: bool = False) -> Card:
    def watch(trainer: Trainer, loss: float) -> None:
        if trainer.step == stop_at:
            raise InterruptionError

    options = {"folder": folder, "command": "train x", "seed": 5, "resume": resume}
    return make("x", recipe, text=corpus(recipe), watch=watch, **options)


def corpus(recipe: Recipe) -> str:
    texts = {PairsRecipe: PAIRS, PassagesRecipe: LINES}
    return texts.get(type(recipe.reading), TEXT)


@pytest.mark.parametrize(
    "name", ["deep-lstm-timemachine", "gru-book", "rnn-recall", "lstm-luxun", "en-fr-lstm"]
)
def test_an_interrupted_run_that_is_resumed_ends_like_one_that_was_not(
    name: str, tmp_path: Path
) -> None:
    recipe = small(name)
    whole = made(tmp_path / "whole", recipe)
    steps = whole.curve[0].step
    with pytest.raises(InterruptionError):
        made(tmp_path / "parts", recipe, stop_at=steps + 2)
    assert made(tmp_path / "parts", recipe, resume=True) == whole
    # had it begun again, the updates before the interruption would have been made twice
    seen: list[int] = []
    task = {"text": corpus(recipe), "command": "train x", "seed": 5, "resume": True}
    folder = tmp_path / "parts"
    make("x", recipe, folder=folder, watch=lambda trainer, _: seen.append(trainer.step), **task)
    assert seen == []


def test_the_card_describes_what_was_made(tmp_path: Path) -> None:
    recipe = small("gru-timemachine")
    card = made(tmp_path, recipe)
    model, read = checkpoint.read(tmp_path)
    assert read == card
    assert (card.seed, card.epochs, card.torch) == (5, 3, torch.__version__)
    assert card.architecture.cell == "gru"
    assert len(card.curve) == 3
    assert card.steps == best(card.curve).step
    assert set(TEXT) == set(card.vocabulary[1:])
    measured = build(recipe, text=TEXT, seed=5).score(model)
    assert card.figures["held-out bits per character"] == pytest.approx(measured, abs=1e-4)


def test_the_card_of_a_translation_model_names_the_words_of_both_sides(tmp_path: Path) -> None:
    recipe = small("en-fr-gru")
    card = made(tmp_path, recipe)
    model, read = checkpoint.read(tmp_path)
    assert read == card
    assert card.task == "translation"
    assert {"you", "dogs"} <= set(card.source_vocabulary)
    assert {"tu", "chiens"} <= set(card.vocabulary)
    assert set(card.figures["BLEU"]) == {"beam 1", "beam 5", "beam 10"}
    task = build(recipe, text=PAIRS, seed=5)
    assert card.figures["test perplexity"] == pytest.approx(
        task.perplexity(model, task.split.test), rel=1e-3
    )
    # which sentences are held out is decided once for all models
    assert build(recipe, text=PAIRS, seed=6).split == task.split


def test_a_training_may_start_from_the_encoder_of_another_model(tmp_path: Path) -> None:
    made(tmp_path, small("en-fr-words"))
    start = checkpoint.read(tmp_path)
    recipe = RECIPES["en-zh-gru"]
    reading = replace(recipe.reading, embedding_size=4, tokens=90, held_out=5)
    recipe = replace(recipe, hidden_size=6, reading=reading)
    trainer = begun(recipe, text=CHINESE, seed=0, start=start)
    own, other = trainer.model, start.model
    assert trainer.task.source_vocabulary.tokens == start.card.source_vocabulary
    assert torch.equal(own.source_embedding.weight, other.source_embedding.weight)
    for name, weights in own.encoder.named_parameters():  # one layer; the other has two
        assert torch.equal(weights, other.encoder.get_parameter(name))
    assert own.decoder.weight_hh_l0.shape == other.decoder.weight_hh_l0.shape
    assert not torch.equal(own.decoder.weight_hh_l0, other.decoder.weight_hh_l0)
    with pytest.raises(ExplorerError, match="--start"):
        begun(recipe, text=CHINESE, seed=0)
    with pytest.raises(ExplorerError, match="hidden_size"):
        begun(replace(recipe, hidden_size=7), text=CHINESE, seed=0, start=start)


def test_the_card_says_in_which_language_a_model_writes(tmp_path: Path) -> None:
    recipe = small("en-fr-gru")
    recipe = replace(recipe, reading=replace(recipe.reading, language="zh"))
    options = {"text": CHINESE, "folder": tmp_path, "command": "", "seed": 5}
    card = make("x", recipe, **options)
    model, read = checkpoint.read(tmp_path)
    assert read.target_language == "zh"
    assert {"你", "看", "狗"} <= set(card.vocabulary)
    assert "tok:zh" in card.figures["signature"]
    (one,) = Translator.of(model, card).translate(["You see 3 dogs."])
    assert " " not in one.text


def test_another_cards_figures_stand_beside_its_own(tmp_path: Path) -> None:
    recipe = small("gru-book")
    other = made(tmp_path / "other", recipe)
    options = {"text": TEXT, "folder": tmp_path, "command": "", "seed": 6}
    figures = make("x", recipe, beside=replace(other, name="other"), **options).figures
    beside = figures["beside other"]
    measure = "held-out bits per character"
    assert beside[measure] == other.figures[measure] != figures[measure]
    assert beside["command"] == "train x"


def test_chance_outside_is_left_as_it_was(tmp_path: Path) -> None:
    before = torch.get_rng_state()
    made(tmp_path, small("gru-recall"))
    assert torch.equal(torch.get_rng_state(), before)


def test_progress_of_other_settings_is_not_taken_up(tmp_path: Path) -> None:
    recipe = small("gru-recall")
    made(tmp_path, recipe)
    with pytest.raises(ExplorerError, match="other settings"):
        made(tmp_path, replace(recipe, plan=Plan(epochs=4, rate=1.0)), resume=True)


def test_progress_with_another_text_is_not_taken_up(tmp_path: Path) -> None:
    recipe = small("gru-timemachine")
    made(tmp_path, recipe)
    with pytest.raises(ExplorerError, match="other settings"):
        make("x", recipe, text=TEXT[::-1], folder=tmp_path, command="", seed=5, resume=True)


def test_damaged_progress_is_named(tmp_path: Path) -> None:
    (tmp_path / progress.FILE).write_bytes(b"no progress")
    with pytest.raises(ExplorerError, match=progress.FILE):
        made(tmp_path, small("gru-recall"), resume=True)


def test_progress_that_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / progress.FILE)
    with pytest.raises(ExplorerError, match="a pipe"):
        made(tmp_path, small("gru-recall"), resume=True)


@pytest.mark.parametrize(
    "metadata", [None, {}, {"settings": ""}, {"curve": "[]"}, {"settings": "", "curve": "[}"}]
)
def test_progress_that_lacks_what_we_write_is_named(
    metadata: dict[str, str] | None, tmp_path: Path
) -> None:
    save_file({"model.head": torch.zeros(2)}, tmp_path / progress.FILE, metadata=metadata)
    with pytest.raises(ExplorerError, match=progress.FILE):
        made(tmp_path, small("gru-recall"), resume=True)


@pytest.mark.parametrize("lost", ["metadata.curve", "chance.cpu", "model.head.weight"])
def test_progress_without_one_part_is_named(lost: str, tmp_path: Path) -> None:
    recipe = small("gru-recall")
    made(tmp_path, recipe)
    path = tmp_path / progress.FILE
    with safe_open(path, framework="pt") as file:
        metadata = {f"metadata.{name}": text for name, text in file.metadata().items()}
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    assert lost in {*metadata, *tensors}
    kept = {n.split(".", 1)[1]: text for n, text in metadata.items() if n != lost}
    save_file({n: t for n, t in tensors.items() if n != lost}, path, metadata=kept)
    with pytest.raises(ExplorerError, match=progress.FILE):
        made(tmp_path, recipe, resume=True)


def test_a_corpus_of_few_pairs_or_of_none_is_said(tmp_path: Path) -> None:
    for text, sentence in ((PAIRS, "at least 6000"), (TEXT, "Line 1 ")):
        with pytest.raises(ExplorerError, match=sentence):
            make("x", RECIPES["en-fr-gru"], text=text, folder=tmp_path, command="")


@pytest.mark.parametrize("name", ["gru-timemachine", "gru-book"])
@pytest.mark.parametrize(("text", "sentence"), [(None, "--corpus"), ("short", "5 characters")])
def test_a_missing_or_short_corpus_is_said(
    name: str, text: str | None, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        make("x", RECIPES[name], text=text, folder=tmp_path, command="")
