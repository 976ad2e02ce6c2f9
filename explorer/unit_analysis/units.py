"""What every unit of a model does: ``explorer.units``."""

from collections.abc import Sequence
from functools import reduce
from itertools import islice
from operator import add
from typing import Any

import numpy.typing as npt
import xarray as xr

from explorer.errors import ExplorerError
from explorer.unit_analysis.choosing import Looking, Overview, Pairs, distribution, look, overview
from explorer.unit_analysis.choosing import strengths as strengths_of
from explorer.unit_analysis.corpus import Corpus, Text, listed
from explorer.unit_analysis.distribution import Distribution
from explorer.unit_analysis.each import BATCH, Each, here
from explorer.unit_analysis.effects import Effect, effects
from explorer.unit_analysis.labels import Labels
from explorer.unit_analysis.measuring import Measuring, measure
from explorer.unit_analysis.passages import in_batches
from explorer.unit_analysis.reader import Reader
from explorer.unit_analysis.reading import scale_of
from explorer.unit_analysis.report import Found, report
from explorer.unit_analysis.tables import Bins, scored
from explorer.unit_analysis.two_tokens import TwoTokens
from explorer.unit_analysis.whose import Model, reader_of

Array = npt.NDArray[Any]

_SAMPLE = 48  # passages that the bins are made by
_DRAWS = 200  # shifts for every pair that is tested


def units(
    model: Model,
    texts: Sequence[Text] | Text = (),
    *,
    held_out: Sequence[Text] | Text = (),
    contexts_from: Sequence[Text] | Text = (),
    labels: Labels | None = None,
    part: str = "decoder",
    quantities: Sequence[str] | None = None,
    with_effects: bool = True,
    seed: int = 0,
    each: Each = here,
) -> xr.Dataset:
    """What each unit does: its distribution, where it is extreme, what it follows, to what effect.

    For example::

        found = explorer.units("gru-timemachine", Path("timemachine.txt"))
        found.sel(quantity="hidden", unit=141)["follows"]

    Units are chosen by some passages and measured on others; a passage is some whole paragraphs, or
    sentence pairs, read from a state of zeros. How closely a unit follows a label is the rank
    correlation for a number, and for a yes or no the AUC: how often the unit is higher where it is
    so than where it is not, 0.5 for chance, turned round for a unit that falls where it is so.

    Args:
        model: The name of a shipped model or the folder of one, a language model or a translator
            with its words, a ``ModuleReader`` for any other model, or traces with their tokens.
        texts: Texts, or paths of files; one or several. A line is a sentence, a tab and its
            translation for a translation model. None for traces.
        held_out: Texts that the units are measured on; without any every other passage of the
            texts is.
        contexts_from: Texts in which the contexts are looked for instead, numbered by themselves:
            a result that may be passed on need not point into texts that may not.
        labels: Functions from tokens to a number a token, by name; those that fit the model unless
            given.
        part: Of a translation model, "encoder" or "decoder".
        quantities: Such as ["hidden"]; all if None.
        with_effects: Whether to measure what holding units costs, which takes longest.
        seed: Decides every draw.
        each: Where the work is done: in this process, or as ``in_processes`` has it.

    Returns:
        A dataset over (layer, direction, quantity, unit), with further dimensions ``label``,
        ``quantile`` and ``context``:

        - ``mean``, ``deviation``, ``quantiles``; ``half_life``, steps, as from
          ``explorer.half_life``, over (layer, direction, unit);
        - ``highest`` and ``lowest``, over ``context``, with ``…_text``, ``…_start`` and ``…_step``:
          in which text, after how many of its characters the passage begins, and the step in it;
        - ``follows``: the label that it follows best, with ``score`` on text that it was not chosen
          by, the interval ``low`` to ``high`` (95 %, bootstrap over passages), ``baseline``: the
          score of a lookup by the last two tokens, ``trivial``: whether that is as good, and
          ``sense``: 1 if it rises with the label, −1 if it falls;
        - ``p``: by circular shifts of the label, corrected by Holm for all that were tested (the
          units that follow each label best); NaN for others;
        - ``scores`` over ``label``: on text that they were not chosen by, of all pairs;
        - ``best_layer``, ``best_direction``, ``best_quantity``, ``best_unit`` over (label,
          candidate): the numbers of the units that follow each label best where they were chosen,
          with ``best_score`` and so on; all of these were tested;
        - ``effect``, bits: how much more ``effect_token`` costs while the unit is held at its mean,
          ``effect_low`` to ``effect_high``, ``effect_overall`` over all tokens, ``effect_rank``
          among ``effect_beside``, at least 20 random units of the same kind; NaN where unmeasured.

    Raises:
        ExplorerError: There is too little text, it or the model cannot be read, or a label is none.
    """
    subject = reader_of(model, part)
    given = listed(texts) or subject.texts
    corpus = Corpus(given, listed(held_out), subject.pairs, subject.length)
    corpus.check()
    chosen = dict(subject.labels if labels is None else labels)
    if not chosen:
        raise ExplorerError("There is no label that units could follow: give at least one.")
    looking = _looking(subject.reader, chosen, corpus, quantities)
    looked = each(look, looking, in_batches(corpus.chosen_by(), BATCH))
    seen, two_tokens = overview(looked, len(chosen))
    binary = looking.scale.ranks.binary
    pairs = Pairs.of(strengths_of(seen, binary))
    measuring = _measuring(looking, seen, pairs, two_tokens, corpus, seed)
    measured = reduce(add, each(measure, measuring, in_batches(corpus.measured_on(), BATCH)))
    own = Corpus(listed(contexts_from), pairs=subject.pairs, length=subject.length)
    elsewhere = _elsewhere(looking, own, each)
    found = Found(looking.scale, tuple(chosen), pairs, seen, measured, seed, elsewhere)
    held: tuple[Effect, ...] = ()
    if with_effects:
        means = seen.distribution.mean
        held = effects(
            subject.reader, corpus, found.held, means, looking.scale.axes, each=each, seed=seed
        )
    return report(found, held)


def _looking(
    reader: Reader, labels: Labels, corpus: Corpus, quantities: Sequence[str] | None
) -> Looking:
    sample = tuple(islice(corpus.chosen_by(), _SAMPLE))
    return Looking(reader, labels, scale_of(reader, labels, sample, quantities))


def _elsewhere(looking: Looking, corpus: Corpus, each: Each) -> Distribution | None:
    found = list(each(distribution, looking, in_batches(corpus.everything(), BATCH)))
    return reduce(add, found) if found else None


def _measuring(
    looking: Looking,
    seen: Overview,
    pairs: Pairs,
    two_tokens: TwoTokens,
    corpus: Corpus,
    seed: int,
) -> Measuring:
    sample = islice(corpus.chosen_by(), _SAMPLE)
    pieces = [piece.content for passage in sample for piece in passage.pieces]
    said = two_tokens.predicted([read.tokens for read in looking.reader.read(pieces)])
    return Measuring(
        looking=looking,
        pairs=pairs,
        scores=scored(seen.distribution.counts),
        two_tokens=two_tokens,
        two_token_bins=Bins.of(said),
        draws=_DRAWS * max(1, int(pairs.tested.sum())) - 1,
        seed=seed,
    )
