import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.functional import cross_entropy, linear

from explorer.training import fused
from explorer.training.fused import fused_cross_entropy

DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]


def a_layer(places: int, *, size: int = 5, classes: int = 7) -> list[Tensor]:
    chance = torch.Generator().manual_seed(places)
    parts = [torch.randn(n, size, generator=chance) for n in (places, classes)]
    parts.append(torch.randn(classes, generator=chance))
    return [part.double().requires_grad_() for part in parts]


def plainly(layer: list[Tensor], targets: Tensor, weights: Tensor, smoothing: float) -> Tensor:
    logits = linear(*layer)
    return weights @ cross_entropy(logits, targets, reduction="none", label_smoothing=smoothing)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.floats(0, 0.5), st.integers(1, 11))
def test_loss_and_gradients_are_those_of_torch(places: int, smoothing: float, rows: int) -> None:
    targets = torch.arange(places) % 7
    weights = torch.linspace(0, 1, places).double()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fused, "ROWS", rows)
        layer, reference = a_layer(places), a_layer(places)
        ours = fused_cross_entropy(
            *layer, targets, weights, smoothing=smoothing, precision=torch.float64
        )
    expected = plainly(reference, targets, weights, smoothing)
    torch.testing.assert_close(ours, expected)
    (3 * ours).backward()
    (3 * expected).backward()
    for part, other in zip(layer, reference, strict=True):
        torch.testing.assert_close(part.grad, other.grad)


@pytest.mark.parametrize("device", DEVICES)
def test_bfloat16_is_close(device: str) -> None:
    layer, reference = (
        [part.detach().float().to(device) for part in a_layer(300)] for _ in range(2)
    )
    targets = (torch.arange(300) % 7).to(device)
    weights = torch.full((300,), 1 / 300, device=device)
    for part in (*layer, *reference):
        part.requires_grad_()
    ours = fused_cross_entropy(*layer, targets, weights, precision=torch.bfloat16)
    expected = plainly(reference, targets, weights, 0.0)
    assert ours.item() == pytest.approx(expected.item(), rel=0.01)
    ours.backward()
    expected.backward()
    for part, other in zip(layer, reference, strict=True):
        assert part.grad is not None
        assert other.grad is not None
        assert (part.grad - other.grad).norm() < 0.02 * other.grad.norm()
