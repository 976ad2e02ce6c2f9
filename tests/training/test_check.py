"""A card that says something else than its model gives is found out, figure by figure."""

from dataclasses import replace

import pytest

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.checkpoint import Pretrained
from explorer.training.check import Compared, check
from explorer.training.make import make
from explorer.training.recipe import BlanksRecipe, PairsRecipe, Recipe
from explorer.training.recipes import RECIPES

PAIRS = "".join(f"You see {n} dogs.\tTu vois {n} chiens.\tTu en vois {n} !\n" for n in range(40))


def tiny(reading: PairsRecipe | BlanksRecipe, name: str) -> Recipe:
    plan = replace(RECIPES[name].plan, epochs=1, average=1)
    return replace(RECIPES[name], hidden_size=6, layers=1, reading=reading, plan=plan)


@pytest.fixture(scope="module")
def translation(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pretrained, Recipe]:
    recipe = tiny(PairsRecipe(embedding_size=4, tokens=90, held_out=5), "en-fr-words")
    folder = tmp_path_factory.mktemp("x")
    make("x", recipe, text=PAIRS, folder=folder, command="train x")
    return checkpoint.read(folder), recipe


def test_a_card_as_it_was_written_agrees_and_a_doctored_one_does_not(translation) -> None:
    (model, card), recipe = translation
    found = check(Pretrained(model, card), recipe, text=PAIRS)
    assert all(one.agrees for one in found)
    assert {"test perplexity", "BLEU, beam 5, all", "signature"} <= {one.name for one in found}
    for name, value in (
        ("test nats per character", 1.002 * card.figures["test nats per character"]),
        ("signature", "nrefs:1"),
        ("chrF", {**card.figures["chrF"], "beam 1": {"all": 99.9}}),
    ):
        doctored = replace(card, figures={**card.figures, name: value})
        differing = [
            one for one in check(Pretrained(model, doctored), recipe, text=PAIRS) if not one.agrees
        ]
        assert differing
        assert all(one.name.startswith(name) for one in differing)


def test_what_people_judged_stands_and_another_corpus_is_refused(translation) -> None:
    (model, card), recipe = translation
    judged = replace(card, figures={**card.figures, "read by hand": {"right": 22}})
    (one,) = (c for c in check(Pretrained(model, judged), recipe, text=PAIRS) if c.now is None)
    assert (one.name, one.said, one.agrees) == ("read by hand, right", 22, True)
    with pytest.raises(ExplorerError, match="not the corpus"):
        check(Pretrained(model, card), recipe, text=PAIRS.replace("vois", "voyais"))


def test_words_that_the_start_gave_are_on_the_card(translation) -> None:
    pretrained, recipe = translation
    started = replace(recipe, reading=replace(recipe.reading, encoder_of="en-fr-words"))
    assert all(one.agrees for one in check(pretrained, started, text=PAIRS))


@pytest.mark.parametrize(
    ("name", "said", "now", "agrees"),
    [
        ("BLEU, beam 5, all", 48.14, 48.24, True),
        ("BLEU, beam 5, all", 48.14, 48.25, False),
        ("beam 5, 95 % of resampled scores within, BLEU", "± 1.62", "± 1.70", True),
        ("beam 5, 95 % of resampled scores within, BLEU", "± 1.62", "± 1.73", False),
        ("test nats per character", 2.4019, 2.4043, True),
        ("test nats per character", 2.4019, 2.4044, False),
        ("test sentences, all", 2000, 1997, False),
        ("test perplexity", None, 3.6, False),
        ("test perplexity", 3.6, None, True),
        ("signature", "nrefs:1", "nrefs:2", False),
    ],
)
def test_how_far_a_figure_may_be_off(name, said, now, agrees) -> None:
    assert Compared(name, said, now).agrees == agrees
