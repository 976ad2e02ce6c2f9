"""The command that says what is wrong with one translation."""

import json
import math
import re
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.numbers import Decimal, Whole
from explorer.decoding.ranking import WIDEST
from explorer.text.numbers import percent

if TYPE_CHECKING:
    from explorer.decoding.hypothesis import Hypothesis
    from explorer.seq2seq.findings import Against, Departure, Diagnosis, Influence

_SHOWN = 3


@click.command()
@click.argument("model")
@click.option("--source", required=True, help="The sentence, English.")
@click.option("--reference", help="A translation of it that is right.")
@click.option("--width", type=Whole(1, WIDEST), default=5, show_default=True, help="Of the beam.")
@click.option("--alpha", type=Decimal(0, 10), default=0.75, show_default=True)
@click.option("--budget", default="10s", show_default=True, help="Of the search for a proof.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def diagnose(
    model: str,
    source: str,
    reference: str | None,
    width: int,
    alpha: float,
    budget: str,
    as_json: bool,
) -> None:
    """Translate a sentence with MODEL, and say what is wrong with the translation and why.

    Unknown and rare words, length, a cut, a search error or a model error with the proof, the first
    word where the output leaves the reference and what the model thought there, which source words
    moved it, and the beam width that would have kept the reference. Without a reference, all that
    needs none.
    """
    from explorer.cli.translation import translator_of
    from explorer.decoding.budget import Budget
    from explorer.seq2seq.diagnosis import diagnose as diagnosed

    limit = Budget.parse(budget)
    found = diagnosed(
        translator_of(model), source, reference, width=width, alpha=alpha, budget=limit
    )
    said = json.dumps(_plain(found), ensure_ascii=False) if as_json else "\n".join(_lines(found))
    click.echo(said)


def _plain(found: "Diagnosis") -> dict[str, Any]:
    """The diagnosis as values for JSON; numbers that are not finite are None."""
    search = found.search
    return {
        "output": found.output.text,
        "finished": found.output.finished,
        "unfinished": found.unfinished,
        "remarks": [{"kind": type(one).__name__, **asdict(one)} for one in found.input],
        "rare_source": found.rare,
        "own": _numbers(search.own),
        "search_error": _numbers(search.better) if search.better else None,
        "missed": found.missed,
        "proved": search.proved,
        **(_against(found.against) if found.against else {}),
    }


def _against(found: "Against") -> dict[str, Any]:
    """What the reference tells."""
    verdict, place = found.verdict, found.departure
    return {
        "rare_reference": found.rare,
        "unwritable": verdict.compared.references[0].forced.unknown,
        "excess_tokens": verdict.excess,
        "reference": _numbers(verdict.reference),
        "model_error": verdict.prefers_own,
        "left_the_beam_at": verdict.reference_rank.fell,
        "width_that_keeps_it": found.width,
        "departure": _place(place) if place else None,
    }


def _numbers(one: "Hypothesis") -> dict[str, Any]:
    from explorer.decoding.plain_values import number

    return {
        "tokens": list(one.tokens),
        "log_prob": number(one.log_prob),
        "score": number(one.score),
    }


def _place(found: "Departure") -> dict[str, Any]:
    from explorer.decoding.plain_values import number

    step = found.wanted
    likely = [{"token": a.token, "log_prob": number(a.log_prob)} for a in step.alternatives]
    return {
        "place": found.place,
        "wrote": found.wrote,
        "log_prob": number(found.log_prob),
        "wanted": step.token,
        "wanted_log_prob": number(step.log_prob),
        "wanted_rank": step.rank,
        "entropy": step.entropy,
        "alternatives": likely,
        "leave_one_out": [{"token": i.token, "words": i.words} for i in found.influence],
    }


def _lines(found: "Diagnosis") -> list[str]:
    """The diagnosis in words."""
    lines = [f"output: {found.output.text}", *(_remark(one) for one in found.input)]
    lines += _rare("source", found.rare) + _searched(found)
    if not found.against:
        return lines
    verdict = found.against.verdict
    lines += _rare("reference", found.against.rare)
    unwritable = verdict.compared.references[0].forced.unknown
    if unwritable:
        lines.append(f"the model cannot write: {', '.join(unwritable)}")
    if verdict.excess:
        lines.append(f"the reference is {verdict.excess} tokens longer than an output may be")
    there = found.against.departure
    return [*lines, *_compared(found.against), *(_departure(there) if there else ())]


def _rare(name: str, words: tuple[str, ...]) -> list[str]:
    return [f"rare in the {name}: {', '.join(words)}"] if words else []


def _remark(one: object) -> str:
    """A remark on the source, by its kind and what it is about."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(one).__name__).lower()
    values = [getattr(one, field.name) for field in fields(one)]  # type: ignore[arg-type]
    said = ", ".join(map(_said, values))
    return f"source: {kind}" + (f": {said}" if said else "")


def _said(value: object) -> str:
    """A value, a list of them, or a word with its pieces."""
    match value:
        case (word, (*pieces,)):
            return f"{word} ({' '.join(map(str, pieces))})"
        case (*parts,):
            return ", ".join(map(_said, parts))
    return str(value)


def _searched(found: "Diagnosis") -> list[str]:
    """Whether the search missed anything."""
    search = found.search
    if not search.judged:
        return [f"the output was cut ({found.unfinished}), so there is no verdict"]
    if search.better is not None:
        more = search.better.score - search.own.score
        return [f"search error: “{found.missed}” scores {more:.4f} higher than the output"]
    return [f"no search error {'(proved)' if search.proved else 'found'}"]


def _compared(found: "Against") -> list[str]:
    """Whether the model prefers the reference, and the width that keeps it."""
    verdict, wanted = found.verdict, found.verdict.reference
    lines = [f"score {verdict.own.score:.4f}, that of the reference {wanted.score:.4f}"]
    if verdict.same:
        return [*lines, "the output is the reference itself"]
    if verdict.prefers_own:
        lines.append("model error: the model itself prefers its output to the reference")
    if verdict.reference_rank.fell is not None:
        kept = f"width {found.width} keeps it" if found.width else "no width tried keeps it"
        lines.append(f"the reference left the beam at token {verdict.reference_rank.fell}; {kept}")
    return lines


def _departure(found: "Departure") -> list[str]:
    step = found.wanted
    likely = [f"{a.token} {percent(math.exp(a.log_prob), 1)}" for a in step.alternatives[:_SHOWN]]
    wrote = f"wrote “{found.wrote}” ({percent(math.exp(found.log_prob), 1)})"
    wanted = f"wanted “{step.token}” ({percent(math.exp(step.log_prob), 1)}, rank {step.rank})"
    return [
        f"first difference at token {found.place}: {wrote}, {wanted}",
        f"the model thought of: {', '.join(likely)}",
        *(_moved(one) for one in found.influence),
    ]


def _moved(found: "Influence") -> str:
    strongest = sorted(found.words, key=lambda word: -abs(word[1]))[:_SHOWN]
    words = ", ".join(f"{word} {nats:+.2f}" for word, nats in strongest)
    return f"source words that moved “{found.token}” most, in nats: {words}"
