"""What a file may cost whoever reads it, and the refusal of one that has more."""

SECONDS = 5
"""Of processor time."""
ADDRESS_SPACE = 1 << 30
"""Bytes; the libraries take a third of it."""
UNPACKED = 200 << 20
"""Bytes of one trace, as the file declares them."""
SHOWN = 64 << 20
"""Bytes of the part of a trace that is read at once."""
DEPTH, GROUPS, LINKS = 4, 2000, 500
"""Levels of groups, groups of a file, and what one group may hold."""
LETTERS = 1000
"""Of a name or a token."""

PLACE = 80
"""Letters of a place in a sentence."""


class RefusedError(Exception):
    """What is wrong with a file, as a word that stands for a sentence, and where."""

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(why, place)
        self.why, self.place = why, place[:PLACE]
