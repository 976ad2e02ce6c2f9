import numpy as np
import pytest
import torch
from torch.nn.functional import one_hot

from explorer.models.architecture import Architecture, Cell
from explorer.models.language_model import EmbeddedLanguageModel, LanguageModel
from explorer.models.network import network, skeleton

V, H, T = 7, 5, 11


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def written_out(model: LanguageModel, ids: list[int]) -> np.ndarray:
    """The logits of a one-layer model by the book's equations, float64, PyTorch's conventions."""
    weights = {name: w.double().numpy() for name, w in model.state_dict().items()}
    h, c, logits = np.zeros(H), np.zeros(H), []
    for token in ids:
        x = weights["rnn.weight_ih_l0"] @ np.eye(V)[token] + weights["rnn.bias_ih_l0"]
        r = weights["rnn.weight_hh_l0"] @ h + weights["rnn.bias_hh_l0"]
        if model.architecture.cell == "rnn":
            h = np.tanh(x + r)
        elif model.architecture.cell == "gru":
            (xr, xz, xn), (hr, hz, hn) = x.reshape(3, H), r.reshape(3, H)
            z = sigmoid(xz + hz)
            h = z * h + (1 - z) * np.tanh(xn + sigmoid(xr + hr) * hn)
        else:
            i, f, g, o = (x + r).reshape(4, H)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        logits.append(weights["head.weight"] @ h + weights["head.bias"])
    return np.array(logits)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_model_is_the_equations(cell: Cell) -> None:
    torch.manual_seed(0)
    model = LanguageModel(Architecture(cell, V, H)).double().eval().requires_grad_(False)
    ids = torch.randint(V, (1, T))
    logits, _ = model(ids)
    np.testing.assert_allclose(logits[0], written_out(model, ids[0].tolist()), atol=1e-12)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_state_carries_on_where_it_stopped(cell: Cell) -> None:
    model = LanguageModel(Architecture(cell, V, H, layers=3)).double().eval().requires_grad_(False)
    ids = torch.randint(V, (2, T))
    whole, _ = model(ids)
    first, state = model(ids[:, :4])
    second, _ = model(ids[:, 4:], state)
    torch.testing.assert_close(torch.cat([first, second], 1), whole)
    assert not torch.allclose(model(ids[:, 4:])[0], second)


def test_inputs_are_one_hot_in_the_dtype_of_the_weights() -> None:
    model = LanguageModel(Architecture("gru", V, H)).double()
    ids = torch.randint(V, (2, T))
    assert torch.equal(model.inputs(ids), one_hot(ids, V).double())


def test_dropout_is_for_training_only() -> None:
    model = LanguageModel(Architecture("lstm", V, H, layers=2), dropout=0.5)
    ids = torch.randint(V, (1, T))
    assert not torch.equal(model(ids)[0], model(ids)[0])
    assert torch.equal(model.eval()(ids)[0], model(ids)[0])


def test_a_skeleton_has_the_shapes_and_no_memory() -> None:
    sizes = Architecture("lstm", V, H, layers=2)
    real, bare = LanguageModel(sizes).state_dict(), skeleton(sizes).state_dict()
    assert {n: w.shape for n, w in real.items()} == {n: w.shape for n, w in bare.items()}
    assert {w.device.type for w in bare.values()} == {"meta"}


@pytest.mark.parametrize(
    "sizes", [("cnn", V, H, 1), ("gru", 0, H, 1), ("gru", V, H, -1), ("gru", V, 2.5, 1)]
)
def test_an_impossible_architecture_is_refused(sizes: tuple[Cell, int, int, int]) -> None:
    with pytest.raises(ValueError, match="not"):
        Architecture(*sizes)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_embeddings_of_the_identity_are_one_hot_tokens(cell: Cell) -> None:
    torch.manual_seed(0)
    plain = LanguageModel(Architecture(cell, V, H)).double().eval()
    embedded = EmbeddedLanguageModel(Architecture(cell, V, H, embedding_size=V)).double().eval()
    own = {"embedding.weight": torch.eye(V).double(), "head_bias": torch.zeros(V).double()}
    embedded.load_state_dict({**plain.state_dict(), **own})
    ids = torch.randint(V, (2, T))
    torch.testing.assert_close(embedded(ids), plain(ids))
    torch.testing.assert_close(embedded.inputs(ids), plain.inputs(ids))


def test_the_head_is_tied_to_the_embeddings() -> None:
    torch.manual_seed(0)
    sizes = Architecture("gru", V, H, embedding_size=3)
    model = network(sizes).double().eval().requires_grad_(False)
    assert isinstance(model, EmbeddedLanguageModel)
    ids = torch.randint(V, (2, T))
    read = model.embedding.weight[ids]  # (B, T, E)
    written = model.rnn(read)[0] @ model.head.weight.T + model.head.bias  # (B, T, E)
    expected = written @ model.embedding.weight.T + model.head_bias  # (B, T, V)
    torch.testing.assert_close(model(ids)[0], expected)
    torch.testing.assert_close(model.write(ids)[0], written)
    assert {name for name in model.state_dict() if "rnn" not in name} == {
        "embedding.weight",
        "head.weight",
        "head.bias",
        "head_bias",
    }


def test_the_embeddings_are_dropped_in_training_only() -> None:
    model = EmbeddedLanguageModel(Architecture("gru", V, H, embedding_size=50), dropout=0.5)
    ids = torch.randint(V, (1, T))
    assert (model.inputs(ids) == 0).any()
    assert torch.equal(model.eval().inputs(ids), model.embedding(ids))


@pytest.mark.parametrize("size", [0, -1, 2.5])
def test_embeddings_have_a_size(size: int) -> None:
    with pytest.raises(ValueError, match="positive whole"):
        Architecture("gru", V, H, embedding_size=size)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_recurrent_weights_are_dropped_in_training_only(cell: Cell) -> None:
    sizes = Architecture(cell, V, H, layers=2, embedding_size=3)
    model = EmbeddedLanguageModel(sizes, weight_dropout=0.5)
    ids = torch.randint(V, (1, T))
    assert not torch.equal(model(ids)[0], model(ids)[0])
    assert torch.equal(model(ids[:, :1])[0], model(ids[:, :1])[0])  # from zeros, nothing recurs
    model(ids)[0].sum().backward()
    for layer in (0, 1):
        unused = model.rnn.get_parameter(f"weight_hh_l{layer}").grad == 0
        assert 0.2 < unused.float().mean() < 0.8
        assert (model.rnn.get_parameter(f"weight_ih_l{layer}").grad != 0).all()
    own = EmbeddedLanguageModel(sizes).eval()
    own.load_state_dict(model.eval().state_dict())
    assert torch.equal(model(ids)[0], own(ids)[0])
