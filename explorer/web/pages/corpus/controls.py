"""The controls of the corpus page, each with its place in the address."""

from dataclasses import dataclass

import streamlit as st

from explorer.web.kit.frame import Frame

PIECES = (200, 500, 1000, 2000, 4000, 8000)
SIZES = (2, 4, 8, 16, 32, 64, 128)
HIGHEST_MINIMUM = 20
FEWEST_STEPS, MOST_STEPS = 2, 40
HIGHEST_SEED = 999


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
    address = frame.address
    keys = {
        "pieces": address.choice("pieces", 500, PIECES),
        "minimum": address.number("minimum", 2, 1, HIGHEST_MINIMUM),
        "num_steps": address.number("num_steps", 10, FEWEST_STEPS, MOST_STEPS),
        "size": address.choice("size", 8, SIZES),
        "seed": address.number("seed", 0, 0, HIGHEST_SEED),
    }
    return Settings(**{name: st.session_state[key] for name, key in keys.items()})
