from random import Random

import pytest
import sacrebleu

from explorer.evaluation.corpus import Intervals, intervals, score

OUTPUTS = ["Tom est parti ce matin.", "Elle aime beaucoup le thé vert.", "Où vas-tu ?"]
REFERENCES = [
    ["Tom s'en est allé ce matin.", "Tom est parti tôt ce matin."],
    ["Elle aime bien le thé vert."],
    ["Où allez-vous ?", "Où vas-tu ?", "Vous allez où ?"],
]


def test_scores_are_sacrebleus() -> None:
    first, second = [r[0] for r in REFERENCES], [(r * 2)[1] for r in REFERENCES]
    third = [(r * 3)[2] for r in REFERENCES]
    streams = [first, second, third]  # repeating a reference changes no BLEU
    scores = score(OUTPUTS, REFERENCES)
    assert scores.bleu == pytest.approx(
        sacrebleu.corpus_bleu(OUTPUTS, streams, lowercase=True).score
    )
    assert scores.chrf == pytest.approx(sacrebleu.corpus_chrf(OUTPUTS, streams).score)
    assert all(part in scores.signature for part in ("case:lc", "tok:13a", "nrefs:var"))


def test_case_is_of_no_importance_to_bleu() -> None:
    shouted = score([text.upper() for text in OUTPUTS], REFERENCES)
    assert shouted.bleu == score(OUTPUTS, REFERENCES).bleu


def test_the_seventh_reference_is_not_used() -> None:
    output = ["Un chat noir dort ici."]
    others = [f"Rien de commun {n}." for n in range(6)]
    assert score(output, [[*others, output[0]]]).bleu < 20
    assert score(output, [[*others[:5], output[0]]]).bleu == pytest.approx(100)


def test_chinese_is_compared_character_by_character() -> None:
    output, reference = ["我们明天去北京。"], [["我们后天去北京。", "明天我们去北京吧。"]]
    expected = sacrebleu.corpus_bleu(output, [[r] for r in reference[0]], tokenize="zh")
    found = score(output, reference, characters=True)
    assert found.bleu == pytest.approx(expected.score)
    assert found.bleu > score(output, reference).bleu  # for which a sentence is one word or two
    assert "tok:zh" in found.signature


def test_intervals_are_those_of_scores_of_sentences_drawn_again() -> None:
    outputs, references = OUTPUTS * 12, REFERENCES * 12
    chance, found = Random(0), []
    for _ in range(300):
        places = chance.choices(range(len(outputs)), k=len(outputs))
        found.append(score([outputs[n] for n in places], [references[n] for n in places]))
    middle = slice(round(0.025 * len(found)), round(0.975 * len(found)))
    spread = intervals(outputs, references)
    for measured, half in (("bleu", spread.bleu), ("chrf", spread.chrf)):
        kept = sorted(getattr(scores, measured) for scores in found)[middle]
        assert half == pytest.approx((kept[-1] - kept[0]) / 2, rel=0.25)
    assert intervals(outputs, references) == spread


def test_outputs_that_are_all_right_have_no_interval() -> None:
    references = REFERENCES[:2]  # the third is shorter than four words
    assert intervals([some[0] for some in references], references) == Intervals(0, 0)
