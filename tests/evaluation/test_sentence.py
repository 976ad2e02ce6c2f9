import math

import pytest
import sacrebleu
from hypothesis import given
from hypothesis import strategies as st

from explorer.evaluation.ngrams import matches
from explorer.evaluation.sentence import sentence_bleu

TEXTS = st.lists(
    st.sampled_from(["Tom", "est", "parti", "ce", "matin", "l'eau", "bleue", "?", "."]), max_size=9
).map(" ".join)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
def test_it_is_sacrebleus_and_its_parts_give_it(output: str, references: list[str]) -> None:
    found = sentence_bleu(output, references)
    expected = sacrebleu.sentence_bleu(output, references, lowercase=True)
    assert found.bleu == pytest.approx(expected.score)
    for n, (matched, total) in enumerate(zip(found.matched, found.totals, strict=True), start=1):
        ours = matches(found.output, found.references, n=n)
        assert (matched, total) == (len(ours.output), ours.total)
    lengths = [len(tokens) for tokens in found.references]
    assert found.reference_length in lengths
    if not any(found.matched):
        assert found.bleu == 0
        return
    mean = math.exp(sum(map(math.log, found.precisions)) / len(found.precisions))
    assert found.bleu == pytest.approx(found.brevity * mean)
    length = len(found.output)
    assert found.brevity == pytest.approx(min(1, math.exp(1 - found.reference_length / length)))


def test_what_has_no_match_is_smoothed() -> None:
    found = sentence_bleu("Tom est parti.", ["Tom est ici."])
    assert found.output == ("tom", "est", "parti", ".")
    assert found.matched == (3, 1, 0, 0)
    assert found.smoothed == (False, False, True, True)
    assert found.precisions == pytest.approx((75, 100 / 3, 100 / 4, 100 / 4))
    assert all(part in found.signature for part in ("case:lc", "tok:13a", "smooth:exp", "eff:yes"))


def test_case_is_of_no_importance() -> None:
    assert sentence_bleu("TOM DORT.", ["Tom dort."]).bleu == pytest.approx(100)


def test_a_short_output_is_judged_by_what_it_has() -> None:
    assert sentence_bleu("Viens !", ["Viens !"]).bleu == pytest.approx(100)
    assert len(sentence_bleu("Viens !", ["Viens !"]).precisions) == 2
    nothing = sentence_bleu("", ["Viens !"])
    assert (nothing.bleu, nothing.brevity, nothing.precisions) == (0, 0, ())
