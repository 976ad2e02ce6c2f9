from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from explorer.errors import ExplorerError
from explorer.models import catalogue, checkpoint
from explorer.models.architecture import Cell, Seq2SeqArchitecture
from explorer.models.card import Card, CheckpointError
from explorer.models.language_model import LanguageModel
from explorer.models.network import skeleton
from explorer.models.seq2seq import DecoderState, Seq2Seq, Source

V, S, E, H, L = 9, 11, 3, 5, 2
CELLS = {"rnn": nn.RNNCell, "gru": nn.GRUCell, "lstm": nn.LSTMCell}
TOKENS = ("<unk>", "<pad>", "<bos>", "<eos>", "<name>", "<number>", "a", "b", "c")
WORDS = (*TOKENS, "d", "e")


def sizes(cell: Cell, layers: int = L) -> Seq2SeqArchitecture:
    return Seq2SeqArchitecture(cell, V, H, layers, source_size=S, embedding_size=E)


def a_model(cell: Cell, *, dropout: float = 0.0) -> Seq2Seq:
    torch.manual_seed(0)
    return Seq2Seq(sizes(cell), dropout=dropout).double().eval()


def a_source() -> Source:
    return Source(torch.randint(S, (3, 6)), torch.tensor([6, 2, 4]))


def walked(rnn: nn.RNNBase, inputs: Tensor, state: list) -> tuple[list[Tensor], list]:
    """The layers by torch's cells, one step after the other, (T, inputs) to T of (H,)."""
    kind = {"RNN_TANH": "rnn", "GRU": "gru", "LSTM": "lstm"}[rnn.mode]
    outputs = []
    for x in inputs:
        for layer in range(L):
            cell = CELLS[kind](x.shape[0], H).double()
            cell.load_state_dict(
                {
                    name.removesuffix(f"_l{layer}"): w
                    for name, w in rnn.state_dict().items()
                    if name.endswith(f"_l{layer}")
                }
            )
            state[layer] = cell(x, state[layer])
            x = state[layer][0] if kind == "lstm" else state[layer]
        outputs.append(x)
    return outputs, state


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_model_is_the_books_sentence_by_sentence(cell: Cell) -> None:
    """Encoder; its final state to the decoder; its top hidden state beside every decoder input."""
    model, source = a_model(cell), a_source()
    ids = torch.randint(V, (3, 4))
    logits, _ = model(ids, source)
    zeros = torch.zeros(H).double()
    for b, length in enumerate(source.lengths.tolist()):
        start = [(zeros, zeros) if cell == "lstm" else zeros for _ in range(L)]
        read, state = walked(model.encoder, model.source_embedding(source.ids[b, :length]), start)
        inputs = torch.cat([model.target_embedding(ids[b]), read[-1].expand(4, H)], -1)
        hidden, _ = walked(model.decoder, inputs, state)
        by_hand = model.projection(torch.stack(hidden)) @ model.target_embedding.weight.T
        torch.testing.assert_close(logits[b], by_hand + model.head_bias)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_what_stands_behind_a_sentences_end_is_never_read(cell: Cell) -> None:
    model, source = a_model(cell), a_source()
    ids = torch.randint(V, (3, 4))
    behind = torch.arange(6) >= source.lengths[:, None]
    other = torch.where(behind, (source.ids + 1) % S, source.ids)
    wider = torch.cat([other, torch.zeros(3, 5, dtype=torch.int64)], 1)
    expected = model(ids, source)[0]
    for padded in (other, wider):
        assert torch.equal(model(ids, Source(padded, source.lengths))[0], expected)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_the_state_carries_on_where_it_stopped(cell: Cell) -> None:
    model, source = a_model(cell), a_source()
    ids = torch.randint(V, (3, 5))
    whole, _ = model(ids, source)
    first, state = model(ids[:, :2], model.encode(source))
    second, _ = model(ids[:, 2:], state)
    torch.testing.assert_close(torch.cat([first, second], 1), whole)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_selected_rows_are_those_sentences(cell: Cell) -> None:
    model, source = a_model(cell), a_source()
    ids, rows = torch.randint(V, (3, 2)), torch.tensor([2, 0, 2])
    chosen = model.encode(source).select(rows)
    assert isinstance(chosen, DecoderState)
    torch.testing.assert_close(model(ids[rows], chosen)[0], model(ids, source)[0][rows])


def test_dropout_is_for_training_only() -> None:
    model, source = a_model("gru", dropout=0.5), a_source()
    ids = torch.randint(V, (3, 2))
    assert torch.equal(model(ids, source)[0], model(ids, source)[0])
    model.train()
    assert not torch.equal(model(ids, source)[0], model(ids, source)[0])


@pytest.mark.parametrize("size", ["source_size", "embedding_size"])
def test_an_impossible_size_is_refused(size: str) -> None:
    with pytest.raises(ValueError, match="not 0"):
        replace(sizes("gru"), **{size: 0})


@pytest.fixture
def translation(saved: tuple[Path, LanguageModel, Card]) -> tuple[Path, Seq2Seq, Card]:
    """A translation model written beside the language model."""
    model = Seq2Seq(sizes("lstm"))
    card = replace(
        saved[2],
        name="en-fr",
        task="translation",
        architecture=sizes("lstm"),
        vocabulary=TOKENS,
        source_vocabulary=WORDS,
        parameters=sum(w.numel() for w in skeleton(sizes("lstm")).parameters()),
    )
    folder = saved[0].parent / "en-fr"
    return folder, model, checkpoint.save(folder, model, card)


def test_a_translation_model_comes_back(translation: tuple[Path, Seq2Seq, Card]) -> None:
    folder, model, written = translation
    back, card = checkpoint.read(folder)
    assert card == written
    assert isinstance(back, Seq2Seq)
    ids, source = torch.randint(V, (3, 4)), a_source()
    assert torch.equal(back(ids, source)[0], checkpoint.rounded(model)(ids, source)[0])
    assert card.parameters == sum(p.numel() for p in model.parameters())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"source_size": 11', '"source_size": 10'),
        (', "e"]', "]"),
        (', "c"]', "]"),
        ("<eos>", "<end>"),
        ("<name>", "<noun>"),
    ],
)
def test_vocabularies_that_do_not_fit_are_a_damaged_card(
    translation: tuple[Path, Seq2Seq, Card], old: str, new: str
) -> None:
    path = translation[0] / "card.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CheckpointError, match="damaged"):
        Card.read(path)


def test_a_model_is_loaded_as_what_it_is(
    translation: tuple[Path, Seq2Seq, Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = translation[0]
    monkeypatch.setattr(catalogue, "PRETRAINED", folder.parent)
    assert catalogue.names("translation") == ("en-fr",)
    assert catalogue.load_as(Seq2Seq, "en-fr").card == catalogue.load(folder).card
    with pytest.raises(ExplorerError, match="“translation”"):
        catalogue.load_as(LanguageModel, "en-fr")
    with pytest.raises(ExplorerError, match="“language model”"):
        catalogue.load_as(Seq2Seq, "some-model")
