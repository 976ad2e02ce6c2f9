"""What a diagnosis finds out about one translation."""

from dataclasses import dataclass

from explorer.decoding.tree import SearchTree, Stopped
from explorer.decoding.verdict import SearchVerdict
from explorer.seq2seq.forced_decoding import Step
from explorer.seq2seq.input_diagnostics import Diagnostic
from explorer.seq2seq.translator import Translation
from explorer.seq2seq.verdict import Verdict


@dataclass(frozen=True)
class Influence:
    """How much likelier each source word made a token, found by leaving it out, nats, (S + 1,)."""

    token: str
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Departure:
    """The first place at which output and reference differ.

    Args:
        place: From 1.
        wrote: What the output has there; ``<eos>`` if it has ended.
        wanted: What the reference has there, as the model judges it after the words before it:
            its probability, its rank, what else came to mind.
        log_prob: Of what was written there, nats.
        influence: On what was written, and on what was wanted.
    """

    place: int
    wrote: str
    wanted: Step
    log_prob: float
    influence: tuple[Influence, Influence]


@dataclass(frozen=True)
class Against:
    """What is to be said of a translation once a reference is there.

    Args:
        verdict: A search error, a model error, or both, and whether that is proved.
        rare: The reference's rare words.
        departure: Where the output leaves the reference; None where it never does.
        width: A beam width that keeps the reference; None if none that was tried does.
        width_known: Whether all widths were tried that had to be.
    """

    verdict: Verdict
    rare: tuple[str, ...]
    departure: Departure | None
    width: int | None = None
    width_known: bool = False


@dataclass(frozen=True)
class Proof:
    """How the exact search ended.

    Args:
        stopped: Why.
        gap: How much higher than the best known score an unseen sequence may be; 0 if proved.
        length: Up to so many tokens, the end included, nothing unseen scores higher.
    """

    stopped: Stopped
    gap: float
    length: int


@dataclass(frozen=True)
class Diagnosis:
    """What is to be said of one translation.

    Args:
        output: What the beam returned.
        input: Remarks on the source: unknown words, length, script.
        rare: The source's rare words.
        own: The beam search.
        search: Whether something better was missed, and whether that is proved.
        missed: What the model scores higher than the output, if that is known to be anything.
        proof: How the exact search ended; None while it goes on.
        against: What a reference tells; None without one.
    """

    output: Translation
    input: tuple[Diagnostic, ...]
    rare: tuple[str, ...]
    own: SearchTree
    search: SearchVerdict
    missed: str | None
    proof: Proof | None
    against: Against | None

    @property
    def unfinished(self) -> str | None:
        """Why the output was cut, if it was."""
        return self.own.unfinished
