"""Where a network's weights start.

PyTorch draws every weight from ±1/√H, which suits neither one-hot tokens nor long memories.
"""

import torch
from torch import nn

from explorer.errors import ExplorerError
from explorer.models.infill import Infill
from explorer.models.language_model import EmbeddedLanguageModel, LanguageModel
from explorer.models.seq2seq import Seq2Seq
from explorer.training.setting import Start


def begin(model: LanguageModel, start: Start, *, longest: int) -> None:
    """Move fresh weights to where ``start`` has them; ``longest`` is that of `for_memory`."""
    if start == "text":
        for_text(model)
    elif start == "memory":
        for_memory(model, longest=longest)


def for_text(model: LanguageModel) -> None:
    """Let one-hot tokens be heard at once and hidden states neither grow nor fade at first.

    The weights of a token are what its embedding would be, so they are drawn from N(0, 0.7²); the
    recurrent matrix of every gate starts orthogonal; an LSTM's forget gate starts with bias 1
    (Jozefowicz, Zaremba and Sutskever 2015).
    """
    nn.init.normal_(model.rnn.all_weights[0][0], std=0.7)  # (gates · H, V)
    _even(model.rnn)


def for_translation(model: Seq2Seq) -> None:
    """Let source words be heard at once, and hidden states neither grow nor fade, as `for_text`.

    The source's embeddings are drawn from N(0, 0.7²): with a standard deviation of 0.1 a small
    model first learned French as if there were no English. The target's are drawn from N(0, 0.3²),
    since the head is tied to them and is to begin with hardly a preference.
    """
    nn.init.normal_(model.source_embedding.weight, std=0.7)  # (V of the source, E)
    nn.init.normal_(model.target_embedding.weight, std=0.3)  # (V, E)
    _even(model.encoder)
    _even(model.decoder)


def from_encoder(model: Seq2Seq, other: Seq2Seq) -> None:
    """Let the encoder start from that of another model, which reads the same words.

    The embeddings are copied, and as many layers as both have, from the lowest.

    Raises:
        ExplorerError: They differ in cell, units or embeddings.
    """
    sizes, given = model.architecture, other.architecture
    for name in ("cell", "hidden_size", "embedding_size"):
        if getattr(sizes, name) != getattr(given, name):
            raise ExplorerError(
                "Training cannot start from this model: its {name} is {given}, that of the recipe "
                "{wanted}.",
                name=name,
                given=getattr(given, name),
                wanted=getattr(sizes, name),
            )
    model.source_embedding.load_state_dict(other.source_embedding.state_dict())
    own, theirs = model.encoder.state_dict(), other.encoder.state_dict()
    model.encoder.load_state_dict({name: theirs.get(name, w) for name, w in own.items()})


def for_tied(model: Infill | EmbeddedLanguageModel) -> None:
    """Embeddings from N(0, 0.3²), since the head is tied to them, and the rest as `for_text`."""
    nn.init.normal_(model.embedding.weight, std=0.3)  # (V, E)
    _even(model.rnn)


def _even(rnn: nn.RNNBase) -> None:
    """The recurrent matrix of every gate orthogonal, an LSTM's forget gate with bias 1."""
    size = rnn.hidden_size
    turned = ("", "_reverse") if rnn.bidirectional else ("",)
    for place in (f"l{layer}{end}" for layer in range(rnn.num_layers) for end in turned):
        for matrix in getattr(rnn, f"weight_hh_{place}").data.split(size):  # (H, H)
            nn.init.orthogonal_(matrix)
        if rnn.mode == "LSTM":  # input, forget, candidate, output
            getattr(rnn, f"bias_ih_{place}").data[size : 2 * size] = 1.0


def for_memory(model: LanguageModel, *, longest: int) -> None:
    """Give the gates biases that spread the units' memories over 1 to ``longest`` steps.

    Chrono initialisation: forget gates (the update gate of a GRU, which in PyTorch weighs the old
    state) start at log(u) with u uniform over [1, longest − 1], input gates at its negative. A
    plain network has no gates; its recurrent matrix starts orthogonal, so that at first nothing
    grows or fades.

    Source: Tallec and Ollivier 2018, *Can recurrent neural networks warp time?*
    """
    size = model.architecture.hidden_size
    for layer in range(model.architecture.layers):
        bias = getattr(model.rnn, f"bias_ih_l{layer}")  # (gates · H,)
        getattr(model.rnn, f"bias_hh_l{layer}").data.zero_()
        bias.data.zero_()
        memory = torch.empty(size).uniform_(1, longest - 1).log()  # (H,)
        if model.architecture.cell == "lstm":  # input, forget, candidate, output
            bias.data[:size], bias.data[size : 2 * size] = -memory, memory
        elif model.architecture.cell == "gru":  # reset, update, candidate
            bias.data[size : 2 * size] = memory
        else:
            nn.init.orthogonal_(getattr(model.rnn, f"weight_hh_l{layer}"))
