import numpy as np

from explorer.seq2seq.gate_timeline import DECODER, ENCODER, timeline
from explorer.seq2seq.timeline_difference import difference
from explorer.seq2seq.translator import Translator


def test_nothing_changed_is_no_difference(translator: Translator) -> None:
    one = timeline(translator, "I see Tom.", ("je", "vois", "Tom"))
    moved = difference(one, one)
    assert all(not moved[name].values.any() for name in moved.data_vars)
    assert moved["token"].values.tolist() == one["token"].values.tolist()


def test_a_forced_word_moves_the_decoder_behind_it_and_nothing_before(
    translator: Translator,
) -> None:
    before = timeline(translator, "I see Tom.", ("je", "vois", "Tom"))
    now = timeline(translator, "I see Tom.", ("je", "dort", "Tom"))
    moved = difference(now, before)
    decoder = int((moved["part"] == ENCODER).sum())
    still = moved["hidden"].isel(step=slice(0, decoder + 2)).values  # <bos>, je
    assert not still.any()
    assert (moved["hidden"].isel(step=decoder + 2).values != 0).any()
    assert moved["token"].values[0, decoder + 2] == "vois → dort"


def test_it_subtracts_step_by_step_what_both_have(translator: Translator) -> None:
    before = timeline(translator, "I see the dog.", ("je", "vois", "le", "chien"))
    now = timeline(translator, "I see Tom.", ("je", "vois", "Tom"))
    moved = difference(now, before)
    for part in (ENCODER, DECODER):
        one, other = (t["hidden"].values[..., t["part"].values == part, :] for t in (now, before))
        count = min(one.shape[-2], other.shape[-2])
        found = moved["hidden"].values[..., moved["part"].values == part, :]
        np.testing.assert_array_equal(found, one[..., :count, :] - other[..., :count, :])
    assert moved["step"].values.tolist() == list(range(moved.sizes["step"]))
