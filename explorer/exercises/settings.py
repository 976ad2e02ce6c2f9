"""What hyperparameters change: running time, perplexity, and the text that is written."""

import time
from collections.abc import Iterator

from torch import nn

from explorer.exercises.character_model import Setting, story, train
from explorer.locale import N_

SETTINGS = (
    (N_("GRU, 64 units, learning rate 0.005"), Setting()),
    (N_("GRU, 16 units"), Setting(units=16)),
    (N_("GRU, 256 units"), Setting(units=256)),
    (N_("GRU, two layers of 64 units"), Setting(layers=2)),
    (N_("GRU, learning rate 0.0005"), Setting(rate=0.0005)),
    (N_("GRU, learning rate 0.2"), Setting(rate=0.2)),
    (N_("LSTM, 64 units"), Setting(nn.LSTM)),
    (N_("plain RNN, 64 units"), Setting(nn.RNN)),
)


def answer() -> Iterator[tuple[str, str]]:
    """Perplexity, processor time of the training, and the likeliest continuation."""
    text = story().lower()
    learned, tested = text[: -len(text) // 10], text[-len(text) // 10 :]
    characters = "".join(sorted(set(text)))
    for name, setting in SETTINGS:
        begun = time.thread_time()
        model = train(learned, characters, setting)
        seconds = time.thread_time() - begun
        perplexity = 2 ** model.bits(tested)
        written = model.greedy("the time ", 24).replace("\n", " ")
        yield name, f"{perplexity:.2f} · {seconds:.1f} s · {written}"
