"""What the reader set on the corpus page."""

from dataclasses import dataclass

from explorer.web.kit.frame import Frame
from explorer.web.pages.corpus.parameters import MINIMUM, PIECES, SEED, SIZE, STEPS


@dataclass(frozen=True)
class Settings:
    """What the reader set.

    Attributes:
        pieces: Byte-pair pieces that a side may have.
        minimum: The minimum frequency of a word that is kept.
        num_steps: Tokens of a row of a minibatch.
        size: Rows of a minibatch.
        seed: Of the sentences that are drawn.
    """

    pieces: int
    minimum: int
    num_steps: int
    size: int
    seed: int


def settings(frame: Frame) -> Settings:
    """The settings of this run; a figure may stand above the slider that it depends on."""
    of = frame.address.value
    return Settings(of(PIECES), of(MINIMUM), of(STEPS), of(SIZE), of(SEED))
