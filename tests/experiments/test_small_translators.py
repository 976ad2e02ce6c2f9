"""Small translators: number words, what each variant changes, and rules that can fail."""

from random import Random

import pytest
import torch

from explorer.experiments import (
    drifting_context,
    masked_loss,
    padding_batches,
    small_translator,
    teacher_forcing,
    two_layers,
)
from explorer.experiments.small_translator import Lesson, begun, loss_of, of_numbers, pairs
from explorer.experiments.tables import columns
from explorer.text import numerals
from explorer.text.vocabulary import PAD


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "zero", "zéro"),
        (17, "seventeen", "dix sept"),
        (21, "twenty one", "vingt et un"),
        (71, "seventy one", "soixante et onze"),
        (80, "eighty", "quatre vingts"),
        (91, "ninety one", "quatre vingt onze"),
        (200, "two hundred", "deux cents"),
        (380, "three hundred and eighty", "trois cent quatre vingts"),
        (1000, "one thousand", "mille"),
        (80_000, "eighty thousand", "quatre vingt mille"),
        (200_201, "two hundred thousand two hundred and one", "deux cent mille deux cent un"),
    ],
)
def test_numbers_are_written_as_grammars_say(number, english, french):
    assert " ".join(numerals.english(number)) == english
    assert " ".join(numerals.french(number)) == french


def test_a_number_held_out_is_never_learned_from():
    pad = small_translator.vocabularies()[1].number(PAD)
    learned, kept = (
        {tuple(n for n in row.tolist() if n != pad) for row in pairs(Random(0), 300, test=t).target}
        for t in (False, True)
    )
    assert len(kept) > 50
    assert not learned & kept
    assert 0.08 < sum(map(small_translator.held_out, range(5000))) / 5000 < 0.12


def test_only_a_lesson_with_padding_in_it_depends_on_padding():
    """The short sentence's loss, alone and beside a longer one."""
    model = begun(Lesson(), 0)
    alone, both = of_numbers([7]), of_numbers([7, 123_456])
    longer = of_numbers([123_456])
    tokens = [of.target.shape[1] - 1 for of in (alone, longer)]
    for padding, same in (("masked", True), ("counted", False), ("read", False)):
        lesson = Lesson(padding=padding)
        apart = sum(
            n * loss_of(model, of, lesson).item()
            for n, of in zip(tokens, (alone, longer), strict=True)
        ) / sum(tokens)
        together = loss_of(model, both, lesson).item()
        assert (together == pytest.approx(apart, rel=1e-5)) == same


def test_greedy_translations_read_what_they_wrote_and_a_context_may_drift():
    model, batch = begun(Lesson(), 0), of_numbers([5, 62])
    written = small_translator.greedy(model, batch.source)
    drifting = small_translator.greedy(model, batch.source, drifting=True)
    assert written.shape == (2, small_translator.LONGEST)
    assert torch.equal(written[:, 0], drifting[:, 0])  # the first step has the encoder's state


def seeds(**found):
    """Numbers of six seeds by variant: means with a little noise."""
    noise = (0.0, 0.01, -0.01, 0.005, -0.005, 0.0)
    return {
        "seeds": columns(
            [
                {"variant": name, "seed": seed, **{c: mean + off for c, mean in of.items()}}
                for name, of in found.items()
                for seed, off in enumerate(noise)
            ]
        )
    }


@pytest.mark.parametrize(
    ("counted", "read", "verdict"),
    [(0.3, 0.2, "holds"), (0.3, 0.1, "holds in part"), (0.1, 0.05, "does not hold here")],
)
def test_a_leak_must_cost_nats(counted, read, verdict):
    numbers = seeds(masked={"nats": 0.1}, counted={"nats": counted}, read={"nats": read})
    assert masked_loss.judge(numbers).verdict == verdict


@pytest.mark.parametrize(
    ("wide", "same", "verdict"),
    [(0.1, 0.2, "holds"), (0.1, 0.4, "holds in part"), (0.3, 0.4, "does not hold here")],
)
def test_two_layers_must_save_nats(wide, same, verdict):
    numbers = seeds(
        one={"nats": 0.3, "parameters": 100},
        wide={"nats": wide, "parameters": 180},
        same={"nats": same, "parameters": 102},
    )
    judged = two_layers.judge(numbers)
    assert judged.verdict == verdict
    assert judged.values["unlike"] == "2.0%"


@pytest.mark.parametrize(("own", "verdict"), [(0.5, "holds"), (0.9, "does not hold here")])
def test_teacher_forcing_must_get_more_right(own, verdict):
    numbers = seeds(reference={"right": 0.8}, own={"right": own})
    assert teacher_forcing.judge(numbers).verdict == verdict


@pytest.mark.parametrize(("drifting", "verdict"), [(0.5, "holds"), (0.9, "does not hold here")])
def test_a_constant_context_must_get_more_right(drifting, verdict):
    numbers = seeds(trained={"constant": 0.9, "drifting": drifting})
    assert drifting_context.judge(numbers).verdict == verdict


@pytest.mark.parametrize(
    ("apart", "faster", "verdict"),
    [(1e-6, 3.0, "holds"), (1e-2, 3.0, "holds in part"), (1e-2, 0.9, "does not hold here")],
)
def test_a_minibatch_must_teach_the_same_in_less_time(apart, faster, verdict):
    rows = [
        {"size": 32, "round": n, "apart": apart, "times as fast": faster + n / 100, "padding": 0.3}
        for n in range(5)
    ]
    assert padding_batches.judge({"rounds": columns(rows)}).verdict == verdict


def test_a_padded_minibatch_has_the_gradient_of_its_sentences():
    found = padding_batches.compare(begun(Lesson(), 0), Random(0), 4)
    assert found["apart"] < padding_batches.ROUNDING
    assert 0 < found["padding"] < 1
