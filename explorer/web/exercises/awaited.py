"""Links into the pages on depth and on both directions, beside those of each exercise.

Shown where the page is there; kept apart so that they can be checked when it comes.
"""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.exercises.exercise import Link

_LABORATORY = {"show": "training"}

#: By section and number.
AWAITED: Mapping[tuple[str, int], tuple[Link, ...]] = MappingProxyType(
    {
        ("9.1", 2): (
            Link(
                "deep",
                {**_LABORATORY, "cell1": "gru", "cell2": "gru", "units2": "64", "layers2": "1"},
                N_("Two GRUs that learn side by side, of 32 and 64 units: loss and time."),
            ),
        ),
        ("9.2", 1): (
            Link(
                "deep",
                {**_LABORATORY, "rate2": "0.5", "layers2": "1"},
                N_("Two LSTMs that learn side by side at two learning rates."),
            ),
        ),
        ("9.3", 1): (
            Link(
                "deep",
                {"show": "grid"},
                N_("The states of every layer at every step, and what flows where."),
            ),
        ),
        ("9.3", 2): (
            Link(
                "deep",
                {**_LABORATORY, "cell2": "gru", "layers1": "3"},
                N_("An LSTM and a GRU of three layers that learn side by side."),
            ),
        ),
        ("9.3", 3): (
            Link(
                "deep",
                {**_LABORATORY, "learn": "text"},
                N_("Train on any text of yours, and see how far the loss falls."),
            ),
        ),
        ("9.4", 1): (
            Link(
                "bidirectional",
                {"show": "states"},
                N_("The forward and the backward state of every word, which are put end to end."),
            ),
        ),
        ("9.4", 3): (
            Link(
                "bidirectional",
                {"show": "states", "text": "The bank of the river is green."},
                N_("The backward state of “bank” knows of the river; the forward one cannot."),
            ),
        ),
    }
)
