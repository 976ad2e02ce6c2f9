import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.utils.rnn import pad_sequence

from explorer.seq2seq.scorer import padded, source_batch

SENTENCES = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None)
@given(SENTENCES)
def test_sentences_stand_side_by_side_as_torch_would_put_them(sentences: list[list[int]]) -> None:
    rows = [torch.tensor(sentence) for sentence in sentences]
    expected = pad_sequence(rows, batch_first=True, padding_value=7)
    assert torch.equal(padded(sentences, 7), expected)
    source = source_batch(sentences, pad=7)
    assert torch.equal(source.ids, expected)
    assert source.lengths.tolist() == [len(sentence) for sentence in sentences]
