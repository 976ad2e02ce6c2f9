import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
import torch
from torch.nn.functional import cross_entropy

from explorer.decoding.hypothesis import Hypothesis
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.card import Precision
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.translator import Translator
from explorer.text.casing import truecase
from explorer.text.copying import NAME
from explorer.text.pairs import Pair, split
from explorer.text.pieces import joined
from explorer.text.vocabulary import BOS, EOS, JOINER, PAD, UNKNOWN
from explorer.text.words import tokenise
from explorer.training.bilingual import RESERVED, Bilingual
from explorer.training.plan import Plan
from explorer.training.precision import available
from explorer.training.trainer import Trainer

NEEDS_BFLOAT16 = pytest.mark.skipif(
    available("cpu", mixed=True) == "float32", reason="this processor has no fast bfloat16"
)

SUBJECTS = {"I": "je", "we": "nous", "you": "vous", "Tom": "Tom"}
OBJECTS = {"the dog": "le chien", "tea": "du thé", "Mary": "Mary", "a red car": "une auto rouge"}
PAIRS = [
    Pair(f"Now {s} {n} {o}.", (f"Alors {t} {n} {p}.", f"Puis {t} {p}."))
    for s, t in SUBJECTS.items()
    for o, p in OBJECTS.items()
    for n in ("see", "want", "like")
]


def a_task(*, tokens: int = 60, seed: int = 0, precision: Precision = "float32") -> Bilingual:
    parts = split(PAIRS, held_out=6, seed=0)
    return Bilingual(parts, tokens, minimum=2, smoothing=0.1, precision=precision, seed=seed)


def a_model(task: Bilingual) -> Seq2Seq:
    torch.manual_seed(0)
    sizes = Seq2SeqArchitecture(
        "gru",
        len(task.vocabulary),
        8,
        source_size=len(task.source_vocabulary),
        embedding_size=6,
    )
    return Seq2Seq(sizes).eval()


def test_vocabularies_hold_what_is_seen_often_enough() -> None:
    task = a_task()
    for vocabulary in (task.source_vocabulary, task.vocabulary):
        assert vocabulary.tokens[: 1 + len(RESERVED)] == (UNKNOWN, *RESERVED)
    assert {"I", "Tom", "the", "we", "."} <= set(task.source_vocabulary.tokens)
    assert {"je", "Tom", "thé"} <= set(task.vocabulary.tokens)
    assert not {"Now", "Alors"} & {*task.source_vocabulary.tokens, *task.vocabulary.tokens}


def test_an_epoch_shows_every_translation_once_from_bos_to_eos() -> None:
    task = a_task()
    seen = 0
    for step in range(task.epoch_steps):
        batch = task.batch(step)
        assert batch.source is not None
        inputs = task.vocabulary.decode(batch.inputs[:, 0].tolist())
        assert set(inputs) == {BOS}
        counted = batch.weights > 0
        for row, places, length in zip(
            batch.targets, counted, batch.source.lengths.tolist(), strict=True
        ):
            words = task.vocabulary.decode(row[places].tolist())
            assert words[-1] == EOS
            assert set(task.vocabulary.decode(row[~places].tolist())) <= {PAD}
            assert length > 1
        last = batch.source.ids[torch.arange(len(inputs)), batch.source.lengths - 1]
        assert set(task.source_vocabulary.decode(last.tolist())) == {EOS}
        assert torch.equal(batch.inputs[:, 1:], batch.targets[:, :-1])
        assert batch.weights.sum().item() == pytest.approx(1)
        seen += len(inputs)
    assert seen == sum(len(pair.references) for pair in task.split.training)


def test_a_share_of_the_names_is_hidden_on_both_sides() -> None:
    task = a_task()
    number = task.source_vocabulary.number(NAME)
    batches = [task.batch(step) for step in range(task.epoch_steps)]
    rows = [row for b in batches for row in (b.source.ids == number).any(1).tolist()]
    assert 0 < sum(rows) < 0.3 * len(rows)
    for batch in batches:
        there = (batch.source.ids == number).sum(1)
        written = (batch.targets == task.vocabulary.number(NAME)).sum(1)
        assert (written <= there).all()


def test_the_masked_loss_is_that_of_the_sentences_one_by_one() -> None:
    task = a_task()
    model = a_model(task).train()
    for step in range(3):
        batch = task.batch(step)
        loss, _ = task.loss(model, batch, None)
        nats, count = 0.0, 0
        for b in range(len(batch.inputs)):
            length = int((batch.weights[b] > 0).sum())
            source = batch.source._replace(
                ids=batch.source.ids[b : b + 1], lengths=batch.source.lengths[b : b + 1]
            )
            logits, _ = model(batch.inputs[b : b + 1, :length], source)
            target = batch.targets[b, :length]
            nats += cross_entropy(logits[0], target, reduction="sum", label_smoothing=0.1)
            count += length
        torch.testing.assert_close(loss, nats / count)


@NEEDS_BFLOAT16
def test_mixed_precision_is_close_to_full() -> None:
    model = a_model(a_task())
    full, mixed = a_task(), a_task(precision="bfloat16")
    for step in range(3):
        losses = [task.loss(model, task.batch(step), None)[0] for task in (full, mixed)]
        assert losses[1].item() == pytest.approx(losses[0].item(), rel=0.01)
        assert losses[1].dtype == torch.float32


def test_padding_has_no_gradient() -> None:
    task = a_task(tokens=10_000)
    batch = task.batch(0)
    assert (batch.weights == 0).any()
    model = a_model(task)
    losses = []
    for number in (task.vocabulary.number(PAD), 7):
        padded = batch.weights == 0
        targets = torch.where(padded, number, batch.targets)
        losses.append(task.loss(model, batch._replace(targets=targets), None)[0])
    assert torch.equal(losses[0], losses[1])


def test_perplexity_of_a_uniform_guess_is_the_size_of_the_vocabulary() -> None:
    task = a_task()
    model = a_model(task).requires_grad_(False)
    for weights in model.parameters():
        weights.zero_()
    assert task.score(model) == pytest.approx(len(task.vocabulary), rel=1e-5)


def test_perplexity_does_not_depend_on_the_batches() -> None:
    model = a_model(a_task())
    wide, narrow = (a_task(tokens=tokens).score(model) for tokens in (1, 500))
    assert wide == pytest.approx(narrow, rel=1e-5)


@pytest.mark.parametrize("precision", ["float32", pytest.param("bfloat16", marks=NEEDS_BFLOAT16)])
def test_it_learns(precision: Precision) -> None:
    task = a_task(tokens=200, precision=precision)
    trainer = Trainer(a_model(task), task, Plan(epochs=25, rate=0.03, average=3))
    before = task.score(trainer.model)
    while trainer.step < trainer.steps:
        trainer.epoch()
    assert trainer.curve[-1].score < 0.3 * before
    assert trainer.curve[-1].loss < 0.6 * trainer.curve[0].loss


def test_perplexity_is_the_exponential_of_the_mean_loss() -> None:
    task = a_task(tokens=10_000)
    model = a_model(task)
    (pair, *_) = task.split.validation
    (one,) = task._examples([Pair(pair.source, pair.references[:1])], hidden=0.0)
    batch = task._batch([one])
    plain = replace(task, smoothing=0.0)
    expected = math.exp(plain.loss(model, batch, None)[0].item())
    assert task.perplexity(model, [Pair(pair.source, pair.references[:1])]) == pytest.approx(
        expected, rel=1e-5
    )


def test_words_are_forgotten_where_they_are_read_and_never_where_they_are_predicted() -> None:
    whole, task = a_task(), replace(a_task(), forgotten=0.3)
    shares = []
    for step in range(task.epoch_steps):
        full, batch = whole.batch(step), task.batch(step)
        assert torch.equal(batch.targets, full.targets)
        assert torch.equal(batch.weights, full.weights)
        assert torch.equal(batch.inputs, task.batch(step).inputs)
        for read, kept in ((batch.inputs, full.inputs), (batch.source.ids, full.source.ids)):
            assert torch.equal(read[read > 0], kept[read > 0])
            assert torch.equal(read[kept <= len(RESERVED)], kept[kept <= len(RESERVED)])
            words = kept > len(RESERVED)
            shares.append((read[words] == 0).float().mean().item())
    assert sum(shares) / len(shares) == pytest.approx(0.3, abs=0.05)


def test_nats_per_character_are_the_loss_shared_out_over_the_text() -> None:
    task = a_task()
    model = a_model(task)
    pairs = task.split.test
    tokens = sum(
        len(task._example("", text, all_of_them=False).target) - 1 for text in texts(pairs)
    )
    characters = sum(map(len, texts(pairs)))
    nats = math.log(task.perplexity(model, pairs)) * tokens / characters
    assert task.nats_per_character(model, pairs) == pytest.approx(nats)


def test_sentences_with_rare_words_are_told_apart() -> None:
    task = a_task()
    common = task.split.training[0].source
    pairs = [Pair(common, ("x",)), Pair(f"Zounds, {common}", ("x",)), Pair("I see tea.", ("x",))]
    assert task._with_rare_words(pairs) == [1]


def texts(pairs: Sequence[Pair]) -> list[str]:
    return [text for pair in pairs for text in pair.references]


VERBS = ("regard", "parl", "chant", "march", "mang", "trouv", "port", "donn")
ENDS = ("ait", "ons", "erez", "aient", "eriez", "ant")


def pieced_task() -> Bilingual:
    """Pairs with words of which each is seen once, made of parts that are seen often."""
    rare = [
        Pair(f"See the {verb}ing {end}ly.", (f"Ils {verb}{end} ici.",))
        for verb in VERBS
        for end in ENDS
    ]
    parts = split([*PAIRS, *rare], held_out=6, seed=0)
    return Bilingual(parts, 60, 2, 0.1, "float32", 0, whole=12, pieces=60)


def test_rare_words_are_known_in_pieces_and_frequent_ones_whole() -> None:
    task = pieced_task()
    assert task.vocabulary.tokens[: 1 + len(RESERVED)] == (UNKNOWN, *RESERVED)
    assert {"ici", "ils", "je", "."} <= set(task.vocabulary.tokens)
    assert not {f"{verb}{end}" for verb in VERBS for end in ENDS} & set(task.vocabulary.tokens)
    assert {"Mary", "Tom"} <= set(task.vocabulary.tokens)  # rarer, but to be copied
    pieces = [token for token in task.vocabulary.tokens if JOINER in token]
    assert 0 < len(pieces) < 150
    for pair in (*task.split.training, *task.split.test):
        for text in pair.references:
            example = task._example(pair.source, text, all_of_them=False)
            assert 0 not in (*example.source, *example.target)
            written = joined(task.vocabulary.decode(example.target[1:-1]))
            assert written == truecase(tokenise(text, "fr"), task.vocabulary, small=True)


def test_a_translator_reads_and_writes_the_pieces_that_a_model_learned() -> None:
    task = pieced_task()
    translator = Translator(a_model(task), task.source_vocabulary, task.vocabulary)
    pair = next(p for p in task.split.training if p.source.startswith("See the"))
    example = task._example(pair.source, pair.references[0], all_of_them=False)
    read = translator.read(pair.source)
    assert [*task.source_vocabulary.encode(read), task.source_vocabulary.number(EOS)] == (
        example.source
    )
    assert joined(read) == truecase(tokenise(pair.source, "en"), task.source_vocabulary, small=True)
    found = Hypothesis(tuple(example.target[1:-1]), -1.0, -0.5, finished=True)
    written = translator.written(found, read, read)
    assert written.text == pair.references[0]
    assert any(JOINER in token for token in written.tokens)
    forced = target_tokens(translator, pair.references[0])
    assert task.vocabulary.encode(forced) == example.target[1:-1]
