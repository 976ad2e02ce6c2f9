"""Hidden Markov models to begin with, made for this project."""

from explorer.markov.model import HiddenMarkovModel

BIRD = HiddenMarkovModel(
    states=("rests", "feeds", "sings"),
    symbols=("quiet", "rustle", "song"),
    start=(0.5, 0.3, 0.2),
    transition=((0.8, 0.15, 0.05), (0.2, 0.7, 0.1), (0.1, 0.2, 0.7)),
    emission=((0.8, 0.15, 0.05), (0.35, 0.6, 0.05), (0.3, 0.1, 0.6)),
)
"""What a bird in a hedge does cannot be seen; what can be heard is quiet, a rustle or a song."""

SWITCH = HiddenMarkovModel(
    states=("fair", "loaded"),
    symbols=("heads", "tails"),
    start=(0.5, 0.5),
    transition=((0.95, 0.05), (0.1, 0.9)),
    emission=((0.5, 0.5), (0.85, 0.15)),
)
"""A coin that is changed for a loaded one now and then."""
