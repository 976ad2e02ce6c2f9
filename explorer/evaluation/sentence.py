"""BLEU of one sentence by sacreBLEU, with what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh


@dataclass(frozen=True)
class SentenceBleu:
    """A sentence's BLEU: brevity times the geometric mean of the precisions.

    Text is lowercased and cut by sacreBLEU's tokeniser 13a, which leaves a French ``l'eau`` one
    token, or into Chinese characters (zh). A precision without a match is smoothed: the first of
    them is worth 1/2 match, the next 1/4 (``exp``; Chen & Cherry 2014, method 3), unless nothing
    matches at all, when BLEU is 0. A sentence of fewer than four tokens is judged by the n-grams
    that it has.

    Args:
        bleu: Percent.
        brevity: exp(min(0, 1 − reference_length / output_length)); 0 for an empty output.
        precisions: Percent, smoothed, for n from 1 to 4 or to the output's length.
        matched: Matched n-grams for each n, before smoothing.
        totals: The output's n-grams for each n.
        output: The output's tokens.
        references: Each reference's tokens.
        reference_length: Tokens of the reference that is closest in length.
        signature: sacreBLEU's: what has to be the same for two scores to be compared.
    """

    bleu: float
    brevity: float
    precisions: tuple[float, ...]
    matched: tuple[int, ...]
    totals: tuple[int, ...]
    output: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    reference_length: int
    signature: str

    @property
    def smoothed(self) -> tuple[bool, ...]:
        """Which precisions are smoothed."""
        both = zip(self.matched, self.precisions, strict=True)
        return tuple(not count and share > 0 for count, share in both)


def sentence_bleu(
    output: str, references: Sequence[str], *, characters: bool = False
) -> SentenceBleu:
    """The BLEU of one translation against at least one reference.

    Args:
        output: The translation.
        references: What it is compared with.
        characters: Whether it is of characters, for Chinese, rather than of words.

    Source: Papineni et al. 2002; Post 2018 (sacreBLEU).
    """
    tokenizer = "zh" if characters else "13a"
    metric = BLEU(lowercase=True, effective_order=True, tokenize=tokenizer)
    score = metric.sentence_score(output, list(references))
    orders = sum(total > 0 for total in score.totals)
    return SentenceBleu(
        bleu=score.score,
        brevity=score.bp,
        precisions=tuple(score.precisions[:orders]),
        matched=tuple(score.counts[:orders]),
        totals=tuple(score.totals[:orders]),
        output=_tokens(output, characters),
        references=tuple(_tokens(text, characters) for text in references),
        reference_length=score.ref_len,
        signature=str(metric.get_signature()),
    )


def sentence_chrf(output: str, references: Sequence[str]) -> float:
    """The chrF of one translation against at least one reference, percent.

    Source: Popović 2015; Post 2018 (sacreBLEU).
    """
    return float(CHRF().sentence_score(output, list(references)).score)


def _tokens(text: str, characters: bool) -> tuple[str, ...]:
    tokenise = TokenizerZh() if characters else Tokenizer13a()  # type: ignore[no-untyped-call]
    return tuple(tokenise(text.lower().rstrip()).split())
