import pytest
import sacrebleu

from explorer.evaluation.corpus import score

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
