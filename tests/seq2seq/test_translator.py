from dataclasses import replace
from random import Random

import pytest
import torch

from explorer.decoding.beam import beam_search
from explorer.errors import ExplorerError
from explorer.seq2seq import translator as module
from explorer.seq2seq.scorer import Seq2SeqScorer, source_batch
from explorer.seq2seq.test_scores import WIDTHS, corpus_scores, scores_by_width
from explorer.seq2seq.translator import BATCH, NOTHING, Translator
from explorer.text.copying import NAME, NUMBER, hide
from explorer.text.pairs import Pair
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN
from tests.seq2seq.conftest import random_translator

TEXTS = ["The dog sleeps.", "I see Tom.", "", "Zorblax sees 42 dogs?", "🙂 § ½", "Tom " * 30, " "]


@pytest.fixture(params=[("gru", 2), ("lstm", 2)], ids=["gru", "lstm"])
def translator(request: pytest.FixtureRequest) -> Translator:
    cell, layers = request.param
    return random_translator(cell, layers=layers, seed=1, scale=2.5)


def some_texts(count: int) -> list[str]:
    words = ["the", "dog", "sleeps", "I", "see", "Tom", "Zoé", "7", "cat", "."]
    random = Random(0)
    return [" ".join(random.choices(words, k=random.randint(0, 9))) for _ in range(count)]


@pytest.mark.parametrize(("width", "alpha"), [(1, 0.0), (4, 0.75)])
def test_a_text_is_translated_as_if_it_were_alone(
    translator: Translator, width: int, alpha: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    texts = TEXTS + some_texts(20)
    together = translator.translate(texts, width=width, alpha=alpha)
    for text, one in zip(texts, together, strict=True):
        (alone,) = translator.translate([text], width=width, alpha=alpha)
        assert replace(one, log_prob=0, score=0) == replace(alone, log_prob=0, score=0)
        assert one.log_prob == pytest.approx(alone.log_prob, abs=1e-4)


def forced(translator: Translator, source: list[int], tokens: list[int]) -> list[float]:
    """The log-probability of each token given those before it, by one teacher-forced pass."""
    ids = torch.tensor([[translator.target.number(BOS), *tokens]])
    read = source_batch([source], pad=translator.source.number(PAD))
    log_probs = translator.model(ids, read)[0][0].log_softmax(-1)  # (T + 1, V)
    return [row[t].item() for row, t in zip(log_probs, [*tokens, 3], strict=True)]


def test_forced_decoding_of_an_output_gives_its_probability(translator: Translator) -> None:
    for text in some_texts(12):
        words = hide(translator.read(text), translator.source)
        source = translator.source.encode((*words, EOS))
        scorer = Seq2SeqScorer(translator.model, translator.source, translator.target)
        for found in beam_search(scorer, [source], width=3, lengths=[12])[0]:
            steps = forced(translator, source, list(found.tokens))
            expected = sum(steps if found.finished else steps[:-1])
            assert found.log_prob == pytest.approx(expected, abs=1e-4)


def test_greedy_is_the_beam_of_width_one(translator: Translator) -> None:
    scorer = Seq2SeqScorer(translator.model, translator.source, translator.target)
    for text in some_texts(8):
        source = translator.source.encode((*translator.read(text), EOS))
        state, token, tokens = scorer.start([source]), scorer.begin, []
        while token != scorer.end and len(tokens) < 9:
            log_probs, state = scorer.step(state, torch.tensor([token]))
            token = int(log_probs.argmax())
            tokens.append(token)
        (found,) = beam_search(scorer, [source], width=1, lengths=[9])[0]
        assert [*found.tokens, *[scorer.end] * found.finished] == tokens


def test_reserved_tokens_never_come_and_placeholders_only_to_be_copied(
    translator: Translator,
) -> None:
    scorer = Seq2SeqScorer(translator.model, translator.source, translator.target)
    sources = [["the", NAME, EOS], ["dog", EOS], [NUMBER, NAME, EOS]]
    state = scorer.start([translator.source.encode(words) for words in sources])
    log_probs, _ = scorer.step(state, torch.full((3,), scorer.begin))
    banned = [
        {
            token
            for token in translator.target.tokens
            if not row[translator.target.number(token)].isfinite()
        }
        for row in log_probs
    ]
    never = {UNKNOWN, PAD, BOS}
    assert banned == [never | {NUMBER}, never | {NAME, NUMBER}, never]
    # all others have the probability that the model gives them
    read = source_batch([translator.source.encode(words) for words in sources], pad=1)
    logits, _ = translator.model(torch.full((3, 1), scorer.begin), read)
    allowed = log_probs.isfinite()
    torch.testing.assert_close(log_probs[allowed], logits[:, 0].log_softmax(-1)[allowed])


def test_an_unknown_name_is_copied_and_marked(translator: Translator) -> None:
    translator.model.head_bias[translator.target.number(NAME)] = 6.0
    (one,) = translator.translate(["Zorblax sleeps."], width=1)
    assert one.source == ("Zorblax", "sleeps", ".")
    assert "Zorblax" in one.tokens
    assert one.copied == tuple(token == "Zorblax" for token in one.tokens)
    (none,) = translator.translate(["The dog sleeps."], width=1)
    assert not any(none.copied)


def test_the_output_reads_as_french(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = translator.target.encode(("l'", "chien", "?"))
    found = module.Hypothesis(tuple(ids), -1.0, -0.5, finished=True)
    monkeypatch.setattr(module, "beam_search", lambda scorer, sources, **options: [(found,)])
    (one,) = translator.translate(["The dog?"])
    assert one.text == "L'chien ?"
    assert one.tokens == ("l'", "chien", "?")


def test_a_text_without_words_gives_nothing(translator: Translator) -> None:
    assert translator.translate([" ", "\x00"]) == (NOTHING, NOTHING)
    assert translator.translate([]) == ()


def test_every_batch_is_told_of(translator: Translator) -> None:
    told: list[int] = []
    translator.translate(some_texts(2 * BATCH + 2), width=1, watch=told.append)
    assert told == [BATCH, BATCH, 2]


def test_an_impossible_width_is_refused(translator: Translator) -> None:
    with pytest.raises(ExplorerError, match="at least 1"):
        translator.translate(["I see."], width=0)


def test_measured_scores_are_those_of_the_translations(translator: Translator) -> None:
    texts = [text for text in some_texts(12) if len(text.split()) > 2]
    outputs = [t.text for t in translator.translate(texts, width=5)]
    perfect = [Pair(text, (out, "Rien.")) for text, out in zip(texts, outputs, strict=True)]
    assert corpus_scores(translator, perfect, width=5).bleu == pytest.approx(100)
    known = scores_by_width(translator, perfect, others={"two of them": [0, 2], "none": []})
    assert known["beam 5, two of them"] == {"sentences": 2, "BLEU": 100, "chrF": 100}
    assert not any("none" in name for name in known)
    assert known["BLEU"]["beam 5"]["all"] == known["chrF"]["beam 5"]["all"] == 100
    assert list(known["BLEU"]) == [f"beam {width}" for width in WIDTHS]
    assert known["test sentences"]["all"] == len(texts)
