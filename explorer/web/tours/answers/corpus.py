"""What the questions on the data ask for: of the whole corpus, by its figures."""

from collections.abc import Mapping

from explorer.corpus.lengths import cut_share
from explorer.corpus.spectrum import unknown
from explorer.web.kit.i18n import _
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.parameters import MINIMUM, SEED, STEPS, WHOLE
from explorer.web.tours.tour import Answer

#: As the questions say; the length of a row is the page's own.
_FEWEST, _SIZE = 5, 32


def rare(_view: Mapping[str, str]) -> Answer:
    """The share of English tokens that occur too seldom."""
    found = unknown(computed.whole().summary.source.spectrum, highest=MINIMUM.highest)
    share, place = float(found.share[_FEWEST - 1]), _FEWEST - 1
    said = _("{share} of all tokens become <unk>; {kept} of {all} different words are kept.")
    written = said.format(
        share=f"{share:.1%}", kept=f"{found.kept[place]:,}", all=f"{found.kept[0]:,}"
    )
    return Answer((share >= 0.02) + (share > 0.1), written)


def cut(_view: Mapping[str, str]) -> Answer:
    """The share of English sentences that are longer than a row."""
    share = cut_share(computed.whole().summary.lengths.every()[:, 0], STEPS.default)
    said = _("{share} of the sentences are cut.").format(share=f"{share:.1%}")
    return Answer((share >= 0.1) + (share > 0.5), said)


def padded(_view: Mapping[str, str]) -> Answer:
    """The share of padding in random batches."""
    found = computed.padding_of(WHOLE, _SIZE, SEED.default, computed.whole().summary.lengths)
    said = _("{random} of all positions are padding; put together by length, {bucketed}.")
    written = said.format(random=f"{found.random:.1%}", bucketed=f"{found.bucketed:.1%}")
    return Answer((found.random >= 0.1) + (found.random > 1 / 3), written)
