import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.seq2seq.model_input import read_source
from explorer.seq2seq.padding_mask import masking
from explorer.seq2seq.scorer import source_batch
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import BOS, EOS, PAD
from tests.seq2seq.conftest import ENGLISH, FRENCH, H, a_translator

PAIRS = [
    ("The dog sleeps.", "Le chien dort."),
    ("Zorblax, I see the dog and the dog sleeps.", "Zorblax, je vois le chien, et le chien dort."),
    ("Tom?", "Tom ?"),
]
SENTENCES = st.lists(st.sampled_from(["the", "dog", "Tom", "cat", "?"]), min_size=1, max_size=8)


@pytest.mark.parametrize("precision", [torch.float32, torch.float64])
def test_a_packed_sentence_is_the_sentence_alone(
    translator: Translator, precision: torch.dtype
) -> None:
    translator.model.to(precision)
    found = masking(translator, PAIRS)
    for (english, _), context in zip(PAIRS, found.packed, strict=True):
        numbers = read_source(translator, english).numbers
        alone = translator.model.encode(source_batch([numbers], pad=1)).context[0]
        np.testing.assert_allclose(context, alone.numpy(), rtol=0, atol=1e-6)


def test_padding_that_is_read_is_read_as_a_token(translator: Translator) -> None:
    found = masking(translator, PAIRS)
    longest = max(map(len, found.sources))
    for (english, _), context in zip(PAIRS, found.padded, strict=True):
        numbers = [*read_source(translator, english).numbers]
        numbers += [ENGLISH.number(PAD)] * (longest - len(numbers))
        read, _ = translator.model.encoder(
            translator.model.source_embedding(torch.tensor([numbers]))
        )
        np.testing.assert_allclose(context, read[0, -1].numpy(), atol=1e-12)


def test_the_losses_are_those_of_each_pair_alone(translator: Translator) -> None:
    found = masking(translator, PAIRS)
    for place, pair in enumerate(PAIRS):
        alone = masking(translator, [pair])
        T = alone.losses.shape[1]
        np.testing.assert_allclose(found.losses[place, :T], alone.losses[0], atol=1e-12)
        assert found.counted[place].tolist() == [True] * T + [False] * (found.losses.shape[1] - T)
        assert alone.masked == alone.unmasked == pytest.approx(alone.with_leak)


def test_the_loss_is_torchs_with_and_without_the_padding(translator: Translator) -> None:
    found, model = masking(translator, PAIRS), translator.model
    pad = FRENCH.number(PAD)
    sources = [read_source(translator, english).numbers for english, _ in PAIRS]
    targets = torch.tensor([FRENCH.encode(row) for row in found.targets])
    # a stranger that both sides share is hidden on both
    assert found.targets[1][0] == "<name>"
    inputs = torch.cat([torch.full((3, 1), FRENCH.number(BOS)), targets[:, :-1]], 1)
    logits, _ = model(inputs, source_batch(sources, pad=1))
    flat, wanted = logits.flatten(0, 1), targets.flatten()
    masked = torch.nn.functional.cross_entropy(flat, wanted, ignore_index=pad)
    assert found.masked == pytest.approx(masked.item())
    assert found.unmasked == pytest.approx(torch.nn.functional.cross_entropy(flat, wanted).item())
    assert found.with_leak != pytest.approx(found.masked)


def test_how_far_padding_moves_a_state(translator: Translator) -> None:
    found = masking(translator, PAIRS)
    for place in range(len(PAIRS)):
        one, other = torch.tensor(found.packed[place]), torch.tensor(found.padded[place])
        assert found.distance[place] == pytest.approx((one - other).norm().item())
        cosine = torch.nn.functional.cosine_similarity(one, other, dim=0)
        assert found.cosine[place] == pytest.approx(cosine.item())
    assert found.distance[1] == pytest.approx(0, abs=1e-12)  # the longest has no padding
    assert (found.distance[[0, 2]] > 1e-3).all()
    assert found.packed.shape == (3, H)


@given(st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=4))
def test_the_longest_rows_have_no_padding(rows: list[tuple[list[str], list[str]]]) -> None:
    found = masking(a_translator("gru", layers=1), [(" ".join(a), " ".join(b)) for a, b in rows])
    for side, given_rows in ((found.sources, [a for a, _ in rows]), (found.targets, rows)):
        assert len({len(row) for row in side}) == 1
        assert any(PAD not in row for row in side)
        assert len(side) == len(given_rows)
        for row in side:
            assert row.index(EOS) == len(row) - 1 - row.count(PAD)
    unread = [PAD not in row for row in found.sources]
    np.testing.assert_allclose(found.distance[unread], 0, atol=1e-12)
    assert (np.abs(found.cosine) <= 1 + 1e-12).all()


def test_a_batch_of_nothing_is_refused(translator: Translator) -> None:
    with pytest.raises(ExplorerError, match="at least one pair"):
        masking(translator, [])
    with pytest.raises(ExplorerError, match="no word"):
        masking(translator, [("I see.", " ")])
