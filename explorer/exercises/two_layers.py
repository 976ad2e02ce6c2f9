"""A recurrent network of two layers, written out from single layers, beside torch's own."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from explorer.locale import N_

STEPS, BATCH, INPUTS, UNITS = 20, 3, 8, 16


class Layer(nn.Module):
    """One layer: H_t = tanh(X_t W_xh + H_{t−1} W_hh + b_h)."""

    def __init__(self, inputs: int, units: int) -> None:
        super().__init__()
        self.W_xh = nn.Parameter(torch.randn(inputs, units) * 0.1)
        self.W_hh = nn.Parameter(torch.randn(units, units) * 0.1)
        self.b_h = nn.Parameter(torch.zeros(units))

    def forward(self, inputs: Tensor) -> Tensor:
        """The states (T, B, H) for inputs (T, B, I), from a state of zeros."""
        hidden = inputs.new_zeros(inputs.shape[1], len(self.b_h))
        states = []
        for x in inputs:  # (B, I) at every step
            hidden = torch.tanh(x @ self.W_xh + hidden @ self.W_hh + self.b_h)
            states.append(hidden)
        return torch.stack(states)  # (T, B, H)


class TwoLayers(nn.Module):
    """The second layer reads the first one's states, and that is all that makes a network deep."""

    def __init__(self, inputs: int, units: int) -> None:
        super().__init__()
        self.first, self.second = Layer(inputs, units), Layer(units, units)

    def forward(self, inputs: Tensor) -> Tensor:
        """The second layer's states (T, B, H) for inputs (T, B, I)."""
        states: Tensor = self.second(self.first(inputs))
        return states


def of_torch(model: TwoLayers) -> nn.RNN:
    """The network of two layers of torch with the same weights; its second bias is zero."""
    rnn = nn.RNN(INPUTS, UNITS, num_layers=2)
    for number, layer in enumerate((model.first, model.second)):
        ours = {
            "weight_ih": layer.W_xh.T,
            "weight_hh": layer.W_hh.T,
            "bias_ih": layer.b_h,
            "bias_hh": torch.zeros(UNITS),
        }
        for name, values in ours.items():
            getattr(rnn, f"{name}_l{number}").data.copy_(values)
    return rnn


@torch.no_grad()
def answer() -> Iterator[tuple[str, float]]:
    """How many weights there are, and how far the two computations are from each other."""
    torch.manual_seed(0)
    model = TwoLayers(INPUTS, UNITS)
    inputs = torch.randn(STEPS, BATCH, INPUTS)
    expected, _ = of_torch(model)(inputs)
    yield N_("weights and biases"), sum(parameter.numel() for parameter in model.parameters())
    yield N_("largest state"), float(expected.abs().max())
    yield N_("largest difference from torch’s"), float((model(inputs) - expected).abs().max())
