"""Makes a model from a recipe: task, model, training, checkpoint."""

from collections.abc import Callable
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.architecture import Architecture, InfillArchitecture, Seq2SeqArchitecture
from explorer.models.card import Card, Figures, Precision
from explorer.models.card import Task as Kind
from explorer.models.checkpoint import Pretrained
from explorer.models.infill import Infill
from explorer.models.language_model import EmbeddedLanguageModel
from explorer.models.network import Network, network
from explorer.models.seq2seq import Seq2Seq
from explorer.text import pairs
from explorer.training import initialise, progress
from explorer.training.bilingual import Bilingual
from explorer.training.blanks import Blanks
from explorer.training.corpus import Corpus
from explorer.training.given import source_words, taught_pairs
from explorer.training.own_corpus import as_read
from explorer.training.passages import Passages
from explorer.training.precision import available
from explorer.training.recall import LAGS, Recall
from explorer.training.recipe import (
    BlanksRecipe,
    PairsRecipe,
    PassagesRecipe,
    RecallRecipe,
    Recipe,
    StreamsRecipe,
    WindowsRecipe,
)
from explorer.training.streams import Streams
from explorer.training.task import Task
from explorer.training.trainer import Trainer, best
from explorer.training.windows import Windows

Watch = Callable[[Trainer[Any], float], None]
"""Called after every update with the run and the update's loss in nats."""

KINDS: dict[type, Kind] = {
    StreamsRecipe: "language model",
    WindowsRecipe: "language model",
    PassagesRecipe: "language model",
    RecallRecipe: "recall",
    PairsRecipe: "translation",
    BlanksRecipe: "infill",
}
SPLIT_SEED = 0  # the same for every model and run, so that all are measured on the same sentences
SHORTEST_CORPUS = 20  # windows; below that a tenth holds next to nothing out


def make(
    name: str,
    recipe: Recipe,
    *,
    text: str | None,
    folder: Path,
    command: str,
    corpus: str = "",
    seed: int = 0,
    device: str = "cpu",
    resume: bool = False,
    beside: Card | None = None,
    taught: str | None = None,
    start: Pretrained[Seq2Seq] | None = None,
    watch: Watch = lambda trainer, loss: None,
) -> Card:
    """Train ``recipe`` and leave model, card and progress in ``folder``.

    torch's generators are left as they were found.

    Args:
        name: What the card calls the model.
        recipe: What to train.
        text: The corpus, or sentence pairs as TSV; the recall language needs none.
        folder: Where to write.
        command: What the card gives as the command that made the model.
        corpus: What the card calls a text that is not the recipe's own.
        seed: Decides everything random.
        device: Where to compute, ``cpu`` or ``cuda``.
        resume: Go on from the progress in ``folder``, if there is any.
        beside: The card of a model to compare with; its figures go on the new card.
        taught: Further translations of the training sentences to learn from, by larger models, as
            TSV.
        start: The model whose encoder a recipe with ``encoder_of`` starts from.
        watch: Told of every update.

    Raises:
        ExplorerError: The corpus is missing or too short, the progress cannot be resumed, what is
            taught is held out, or the start is missing or does not fit.
    """
    precision = precision_of(recipe, device)
    folder.mkdir(parents=True, exist_ok=True)
    # What was read decides the weights as much as how it was read.
    text_sum = sha256((text or "").encode()).hexdigest()
    settings = f"{recipe} seed={seed} precision={precision} text={text_sum}"
    settings += f" taught={sha256(taught.encode()).hexdigest()}" if taught else ""
    settings += f" start={start.card.sha256}" if start else ""
    with torch.random.fork_rng():
        trainer = begun(recipe, text=text, taught=taught, start=start, seed=seed, device=device)
        file = folder / progress.FILE
        if resume and file.exists():
            progress.resume(file, trainer, settings=settings)
        while trainer.step < trainer.steps:
            trainer.epoch(lambda update: watch(trainer, update.loss))
            progress.save(file, trainer, settings=settings)
        read = as_read(recipe, text, corpus, taught=taught is not None)
        card = _card(name, read, trainer, command=command, seed=seed, precision=precision)
        if beside is not None:
            card = replace(card, figures={**card.figures, **_comparison(beside)})
        return checkpoint.save(folder, checkpoint.rounded(trainer.model), card)


def precision_of(recipe: Recipe, device: str) -> Precision:
    """In what a recipe's matrices are multiplied on this machine's ``device``."""
    reading = recipe.reading
    wanted = isinstance(reading, PairsRecipe | BlanksRecipe | PassagesRecipe) and reading.mixed
    return available(device, mixed=wanted)


def build(
    recipe: Recipe,
    *,
    text: str | None,
    seed: int,
    precision: Precision = "float32",
    taught: str | None = None,
    start: Pretrained[Seq2Seq] | None = None,
) -> Task[Any]:
    """The task of a recipe.

    Raises:
        ExplorerError: The recipe needs a corpus and there is none, it is too short, what is
            taught is held out, or the start is missing.
    """
    reading = recipe.reading
    if isinstance(reading, RecallRecipe):
        return Recall(
            reading.sequences, reading.epoch_steps, reading.growth, reading.examined, seed
        )
    if text is None:
        raise ExplorerError("This model is trained on a text: name its file with --corpus.")
    if isinstance(reading, PairsRecipe | BlanksRecipe):
        parts = split(reading, text)
        task = _sentences(reading, parts, start=start, seed=seed, precision=precision)
        if taught and isinstance(task, Bilingual):
            return replace(task, taught=taught_pairs(taught, parts))
        return task
    wide = SHORTEST_CORPUS if isinstance(reading, WindowsRecipe) else reading.streams
    shortest = 2 * wide * reading.window
    if len(text) < shortest:
        raise ExplorerError(
            "The corpus has {length} characters; this model needs at least {shortest}.",
            length=len(text),
            shortest=shortest,
        )
    if isinstance(reading, PassagesRecipe):
        return Passages(text, reading.streams, reading.window, precision, seed)
    if isinstance(reading, StreamsRecipe):
        return Streams(Corpus(text), reading.streams, reading.window, seed)
    return Windows(Corpus(text), reading.windows, reading.window, reading.epoch_steps, seed)


def split(reading: PairsRecipe | BlanksRecipe, text: str) -> pairs.Split:
    """The sentence pairs of a TSV text as a recipe splits them, every time alike."""
    return pairs.split(
        pairs.parse(text), held_out=reading.held_out, seed=SPLIT_SEED, together=reading.together
    )


def _sentences(
    reading: PairsRecipe | BlanksRecipe,
    parts: pairs.Split,
    *,
    start: Pretrained[Seq2Seq] | None,
    seed: int,
    precision: Precision,
) -> Bilingual | Blanks:
    if isinstance(reading, BlanksRecipe):
        return Blanks(parts, reading.tokens, reading.minimum, precision, seed)
    return Bilingual(
        parts,
        reading.tokens,
        reading.minimum,
        reading.smoothing,
        precision,
        seed,
        language=reading.language,
        forgotten=reading.forgotten,
        given=source_words(reading, start),
        whole=reading.whole,
    )


def begun(
    recipe: Recipe,
    *,
    text: str | None,
    seed: int,
    device: str = "cpu",
    taught: str | None = None,
    start: Pretrained[Seq2Seq] | None = None,
) -> Trainer[Any]:
    """A run at its beginning, its weights decided by the seed; torch's generator is set to it.

    Raises:
        ExplorerError: As of `build`, or the start is of other sizes.
    """
    precision = precision_of(recipe, device)
    task = build(recipe, text=text, seed=seed, precision=precision, taught=taught, start=start)
    torch.manual_seed(seed)
    reading = recipe.reading
    dropped = reading.weight_dropout if isinstance(reading, PassagesRecipe) else 0.0
    model = network(_sizes(recipe, task), dropout=recipe.dropout, weight_dropout=dropped)
    _initialise(model, recipe, start)
    return Trainer(model, task, recipe.plan, device)


def _sizes(recipe: Recipe, task: Task[Any]) -> Architecture:
    reading = recipe.reading
    sizes = Architecture(recipe.cell, len(task.vocabulary), recipe.hidden_size, recipe.layers)
    if isinstance(reading, PassagesRecipe | PairsRecipe | BlanksRecipe):
        sizes = replace(sizes, embedding_size=reading.embedding_size)
    if isinstance(task, Bilingual):
        return Seq2SeqArchitecture(**asdict(sizes), source_size=len(task.source_vocabulary))
    if isinstance(reading, BlanksRecipe):
        return InfillArchitecture(**asdict(sizes), reads=reading.reads)
    return sizes


def _initialise(model: Network, recipe: Recipe, start: Pretrained[Seq2Seq] | None) -> None:
    if isinstance(model, Seq2Seq):
        initialise.for_translation(model)
        if isinstance(recipe.reading, PairsRecipe) and recipe.reading.encoder_of and start:
            initialise.from_encoder(model, start.model)
    elif isinstance(model, Infill | EmbeddedLanguageModel):
        initialise.for_tied(model)
    else:
        initialise.begin(model, recipe.start, longest=LAGS[-1])


def _card(
    name: str,
    recipe: Recipe,
    trainer: Trainer[Any],
    *,
    command: str,
    seed: int,
    precision: Precision,
) -> Card:
    """The best weights described, their figures measured as they will be stored."""
    task = trainer.task
    trainer.model.load_state_dict(trainer.best)
    model = checkpoint.rounded(trainer.model)
    return Card(
        name=name,
        task=KINDS[type(recipe.reading)],
        architecture=model.architecture,
        vocabulary=task.vocabulary.tokens,
        source_vocabulary=task.source_vocabulary.tokens if isinstance(task, Bilingual) else (),
        target_language=task.language if isinstance(task, Bilingual) else None,
        parameters=sum(weights.numel() for weights in model.parameters()),
        data=recipe.data,
        command=command,
        seed=seed,
        epochs=recipe.plan.epochs,
        steps=best(trainer.curve).step,
        chosen=recipe.chosen,
        torch=torch.__version__,
        precision=precision,
        sha256="",
        score=task.measure,
        figures=task.figures(model),
        curve=tuple(trainer.curve),
    )


def _comparison(other: Card) -> Figures:
    """What another card says of its model, under that model's name."""
    about = {"configuration": other.chosen, "command": other.command}
    return {f"beside {other.name}": {**other.figures, **about}}
