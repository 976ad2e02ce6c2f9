"""An LSTM that predicts a time series, beside simpler predictions.

The series is that of *Dive into Deep Learning*: a sine wave with a period of 628 steps, and noise
with a standard deviation of 0.2. Nobody can predict the noise, so no mean squared error is
reliably below 0.04.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from explorer.locale import N_

STEPS, TRAINED, WINDOW, UNITS, EPOCHS = 1000, 600, 16, 16, 30


def series(seed: int = 0) -> Tensor:
    """x_t = sin(0.01 t) + noise, for t = 1 … T."""
    noise = torch.randn(STEPS, generator=torch.Generator().manual_seed(seed))
    return torch.sin(0.01 * torch.arange(1, STEPS + 1)) + 0.2 * noise  # (T,)


class Forecaster(nn.Module):
    """Reads a window of numbers, one a step, and predicts the next."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.LSTM(1, UNITS, batch_first=True)
        self.head = nn.Linear(UNITS, 1)

    def forward(self, windows: Tensor) -> Tensor:
        """What follows windows (n, W)."""
        hidden, _ = self.rnn(windows[..., None])  # (n, W, H)
        prediction: Tensor = self.head(hidden[:, -1])[:, 0]  # (n,)
        return prediction


def train(windows: Tensor, following: Tensor, seed: int = 0) -> Forecaster:
    """A forecaster that has read all windows ``EPOCHS`` times, in minibatches of 32."""
    torch.manual_seed(seed)
    model = Forecaster()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(windows)).split(32):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(windows[rows]), following[rows]).backward()
            optimizer.step()
    return model


def linear(windows: Tensor, following: Tensor, tested: Tensor) -> Tensor:
    """Predictions by least squares from the last four numbers, and a constant."""

    def last_four(of: Tensor) -> Tensor:
        return torch.cat([of[:, -4:], torch.ones(len(of), 1)], 1)  # (n, 5)

    weights = torch.linalg.lstsq(last_four(windows), following[:, None]).solution
    return (last_four(tested) @ weights)[:, 0]


@torch.no_grad()
def answer() -> Iterator[tuple[str, float]]:
    """The mean squared errors on the steps that nothing was fitted to."""
    x = series()
    windows, following = x.unfold(0, WINDOW, 1)[:-1], x[WINDOW:]  # (n, W), (n,)
    fitted, tested = slice(0, TRAINED - WINDOW), slice(TRAINED - WINDOW, None)

    def error(predicted: Tensor) -> float:
        return float(nn.functional.mse_loss(predicted, following[tested]))

    yield N_("the last number again"), error(windows[tested, -1])
    yield (
        N_("linear regression on the last 4"),
        error(linear(windows[fitted], following[fitted], windows[tested])),
    )
    with torch.enable_grad():
        model = train(windows[fitted], following[fitted])
    yield N_("LSTM of 16 units on the last 16"), error(model(windows[tested]))
    yield N_("the variance of the noise"), 0.2**2
