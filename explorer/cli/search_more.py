"""What the search command says beside the tree: a verdict, other widths, samples."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.plain_values import number
from explorer.decoding.sampling import SamplingSettings, sample
from explorer.decoding.tree import SearchTree, Strategy
from explorer.decoding.verdict import Verdict, judge, keeping_width

if TYPE_CHECKING:
    from explorer.decoding.hypothesis import Hypothesis
    from explorer.search.text_search import TextSearch

_MOST_TRIED = 128
"""The widest beam that is tried for the reference."""


@dataclass(frozen=True)
class Rules:
    """What every search of one command keeps to; ``max_length`` None is the model's own."""

    strategy: Strategy
    width: int
    alpha: float
    max_length: int | None
    budget: Budget

    def decode(
        self, asked: "TextSearch", *, strategy: Strategy | None = None, width: int | None = None
    ) -> SearchTree:
        """One search, by another strategy or width if that is said."""
        return decode(
            asked.scorer,
            asked.source,
            strategy or self.strategy,
            width=width or self.width,
            alpha=self.alpha,
            max_length=self.max_length or asked.max_length,
            budget=self.budget,
        )


@dataclass(frozen=True)
class Part:
    """One answer, as text and as values for JSON."""

    text: str
    values: Any


@dataclass(frozen=True)
class Extras:
    """What is asked for beside the tree; the fields are the command's options."""

    reference: str | None
    widths: int | None
    sample: int | None
    temperature: float
    seed: int

    def parts(self, asked: "TextSearch", rules: Rules, tree: SearchTree) -> dict[str, Part]:
        """The answers, by their names in the JSON."""
        parts = {}
        if self.reference is not None:
            parts["verdict"] = _verdict(asked, rules, tree, self.reference)
        if self.widths is not None:
            parts["widths"] = _widths(asked, rules, self.widths)
        if self.sample is not None:
            parts["samples"] = self._samples(asked, rules, self.sample)
        return parts

    def _samples(self, asked: "TextSearch", rules: Rules, count: int) -> Part:
        found = sample(
            asked.scorer,
            asked.source,
            count=count,
            settings=SamplingSettings(temperature=self.temperature),
            seed=self.seed,
            max_length=rules.max_length or asked.max_length,
            alpha=rules.alpha,
        )
        lines = [f"{'log p':>9}  drawn at temperature {self.temperature:g}, seed {self.seed}"]
        lines += [f"{one.log_prob:>9.4f}  {_written(asked, one)}" for one in found]
        return Part("\n".join(lines), [_plain(asked, one) for one in found])


def _widths(asked: "TextSearch", rules: Rules, most: int) -> Part:
    """Beams of width 1, 2, 4 … and of the most."""
    widths = sorted({*(2**n for n in range(most.bit_length())), most})
    best = {w: rules.decode(asked, strategy="beam", width=w).n_best[0] for w in widths}
    lines = [f"{'width':>9} {'score':>9} {'log p':>9}  text"]
    lines += [
        f"{width:>9} {one.score:>9.4f} {one.log_prob:>9.4f}  {_written(asked, one)}"
        for width, one in best.items()
    ]
    return Part("\n".join(lines), [{"width": w, **_plain(asked, one)} for w, one in best.items()])


def _verdict(asked: "TextSearch", rules: Rules, tree: SearchTree, reference: str) -> Part:
    own = tree if tree.strategy == "beam" else rules.decode(asked, strategy="beam")
    tokens = asked.read(reference)
    found = judge(asked.scorer, asked.source, tokens, own, [own, tree])
    kept = keeping_width(asked.scorer, asked.source, own, found, most=_MOST_TRIED)
    better = found.better
    values = {
        "reference": _plain(asked, found.reference),
        "reachable": found.reachable,
        "judged": found.judged,
        "search_error": better and _plain(asked, better),
        "model_error": found.prefers_own,
        "proved": found.proved,
        "left_the_beam_at": found.reference_rank.fell,
        "width_that_keeps_it": kept,
    }
    return Part("\n".join(_sentences(asked, own, found, kept)), values)


def _sentences(asked: "TextSearch", own: SearchTree, found: Verdict, kept: int | None) -> list[str]:
    """The verdict in words."""
    said, better, fell = [], found.better, found.reference_rank.fell
    score = f"log p {found.reference.log_prob:.4f}, score {found.reference.score:.4f}"
    said.append(f"reference: {asked.written(found.reference)} ({score})")
    if not found.judged:
        return [*said, "no verdict: the beam's output has not ended"]
    if found.same:
        said.append("the beam returned the reference itself")
    if better is not None:
        more = better.score - found.own.score
        said.append(f"search error: “{asked.written(better)}” scores {more:.4f} more")
    elif found.proved:
        said.append("no search error: it is proved that nothing scores higher")
    else:
        said.append("no search error found; --strategy exact may prove that there is none")
    if found.prefers_own:
        less = found.own.score - found.reference.score
        said.append(f"model error: the reference scores {less:.4f} less than the beam's output")
    if not found.reachable:
        said.append("no search can return the reference: it is too long, or has a banned token")
    elif fell is not None:
        said.append(f"the reference left the beam of width {own.width} at token {fell}")
        said.append(
            f"a beam of width {kept} keeps it to the end"
            if kept
            else f"no beam that was tried, up to width {_MOST_TRIED}, keeps it to the end"
        )
    return said


def _written(asked: "TextSearch", found: "Hypothesis") -> str:
    return asked.written(found) + ("" if found.finished else "  (not ended)")


def _plain(asked: "TextSearch", found: "Hypothesis") -> dict[str, Any]:
    return {
        "text": asked.written(found),
        "log_prob": number(found.log_prob),
        "score": number(found.score),
        "length": len(found.tokens) + found.finished,
        "finished": found.finished,
    }
