"""A GRU whose units do by construction what the tests look for, and text to find it in."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import one_hot

ALPHABET = "ab ()\n"
COUNTER, BRACKET = 2, 5  # units of the planted GRU; all others are noise
HIDDEN = 8


def planted() -> nn.GRU:
    """Counts the characters since a new line in one unit, and keeps in another what is open."""
    torch.manual_seed(5)
    gru = nn.GRU(len(ALPHABET), HIDDEN, batch_first=True)
    rows = {"reset": 0, "update": HIDDEN, "candidate": 2 * HIDDEN}
    with torch.no_grad():
        for unit in (COUNTER, BRACKET):
            for start in rows.values():
                for weights in (gru.weight_ih_l0, gru.weight_hh_l0):
                    weights[start + unit] = 0
                for bias in (gru.bias_ih_l0, gru.bias_hh_l0):
                    bias[start + unit] = 0
        update, candidate = rows["update"], rows["candidate"]
        # H ← 0.95 H + 0.05 · 1 at each character, and H ← 0 at a new line.
        newline, opening, closing = map(ALPHABET.index, "\n()")
        gru.bias_ih_l0[update + COUNTER] = 3
        gru.weight_ih_l0[update + COUNTER, newline] = -40
        gru.bias_ih_l0[candidate + COUNTER] = 20
        gru.weight_ih_l0[candidate + COUNTER, newline] = -20
        # H stays, but becomes 1 at "(" and 0 at ")" and at a new line.
        gru.bias_ih_l0[update + BRACKET] = 20
        for character in (opening, closing, newline):
            gru.weight_ih_l0[update + BRACKET, character] = -60
        gru.weight_ih_l0[candidate + BRACKET, opening] = 20
    return gru.eval()


def inputs(tokens) -> torch.Tensor:
    """One-hot characters, (1, T, V)."""
    ids = torch.tensor([[ALPHABET.index(token) for token in tokens]])
    return one_hot(ids, len(ALPHABET)).float()


def text(paragraphs: int, seed: int = 0) -> str:
    """Lines of random length, some brackets in them, two new lines after every few."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(paragraphs):
        lines = []
        for _ in range(chance.integers(4, 8)):
            line = "".join(chance.choice(list("aab "), chance.integers(5, 40)))
            if chance.random() < 0.6:
                at = len(line) // 3
                line = f"{line[:at]}({line[at : 2 * at]}){line[2 * at :]}"
            lines.append(line)
        found.append("\n".join(lines))
    return "\n\n".join(found)


def since_newline(tokens) -> list[int]:
    """How many characters were read since the last new line."""
    found, n = [], 0
    for token in tokens:
        n = 0 if token == "\n" else n + 1
        found.append(n)
    return found


class Whole(nn.Module):
    """The planted GRU with a head that expects a new line the more, the longer the line is."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = planted()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden, _ = self.rnn(x)
        scores = torch.zeros(*hidden.shape[:2], len(ALPHABET))
        scores[..., ALPHABET.index("\n")] = 6 * hidden[..., COUNTER] - 3
        return scores


def bits(model: nn.Module, tokens) -> np.ndarray:
    """What each token costs, NaN for the first."""
    log_probs = model(inputs(tokens))[0].log_softmax(-1)
    ids = torch.tensor([ALPHABET.index(token) for token in tokens])
    found = np.full(len(tokens), np.nan)
    found[1:] = -log_probs[:-1].gather(1, ids[1:, None])[:, 0].numpy() / np.log(2)
    return found
