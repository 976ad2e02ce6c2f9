import pytest

from explorer.errors import ExplorerError
from explorer.evaluation.book import book_bleu
from explorer.evaluation.sentence import sentence_bleu
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.reference import LONGEST, compare
from explorer.seq2seq.teacher_forcing import teacher_forcing
from explorer.seq2seq.translator import Translation, Translator, longest
from tests.seq2seq.conftest import a_translator

TEXT, REFERENCES = "I see Tom.", ("Je vois Tom.", "Tom, je le vois !")


def own(translator: Translator, text: str = TEXT) -> Translation:
    (found,) = translator.translate([text], width=3)
    return found


def test_output_and_references_are_forced(translator: Translator) -> None:
    output = own(translator)
    found = compare(translator, TEXT, output, REFERENCES)
    assert found.output.log_prob == pytest.approx(output.log_prob, abs=1e-5)
    rows = [("je", "vois", "Tom", "."), ("Tom", ",", "je", "le", "vois", "!")]
    assert [judged.forced for judged in found.references] == [
        forced(translator, TEXT, tokens) for tokens in rows
    ]
    for judged, tokens in zip(found.references, rows, strict=True):
        assert judged.forced.leaves_greedy == teacher_forcing(translator, TEXT, tokens).parts


def test_both_formulas_are_those_of_the_same_words(translator: Translator) -> None:
    output = own(translator)
    found = compare(translator, TEXT, output, REFERENCES)
    words = [token.lower() for token in output.tokens]
    for judged in found.references:
        theirs = [token.lower() for token in judged.forced.tokens]
        assert judged.book.bleu == book_bleu(words, theirs, k=LONGEST).bleu
    assert found.sacrebleu == sentence_bleu(output.text, REFERENCES)


def test_matches_stand_where_the_words_are_the_same() -> None:
    translator = a_translator("gru")
    output = Translation((), ("Je", "vois", "le", "chien", "."), (False,) * 5, "Je vois le chien.",
                         0.0, 0.0, finished=True)  # fmt: skip
    found = compare(translator, TEXT, output, REFERENCES)
    assert [m.n for m in found.matches] == [1, 2, 3, 4]
    assert found.matches[0].output == (0, 1, 2, 4)
    assert found.matches[0].references == ((0, 1, 3), (2, 3, 4))
    assert found.matches[1].output == (0,)  # je vois
    assert found.matches[1].references == ((0,), ())
    for match in found.matches:
        for judged, places in zip(found.references, match.references, strict=True):
            row = [token.lower() for token in judged.forced.tokens]
            ours = [token.lower() for token in output.tokens]
            shared = {tuple(ours[s : s + match.n]) for s in match.output}
            assert {tuple(row[s : s + match.n]) for s in places} <= shared


def test_a_reference_that_the_search_missed_is_named(translator: Translator) -> None:
    """The worst translation that could have been found is beaten by the best one."""
    best = own(translator)
    bad = Translation(best.source, ("?",) * 9, (False,) * 9, "?" * 9, 0.0, 0.0, finished=True)
    found = compare(translator, TEXT, bad, [best.text, "? ? ? ? ? ? ? ? ? ?"], max_length=20)
    assert 0 in found.likelier(0.75)
    assert found.references[0].forced.score(0.75) > found.output.score(0.75)


def test_a_reference_that_no_search_could_find_was_not_missed(translator: Translator) -> None:
    bad = Translation(("I",), ("?",) * 9, (False,) * 9, "?" * 9, 0.0, 0.0, finished=True)
    found = compare(translator, TEXT, bad, ["Je strangement."])
    assert found.references[0].forced.unknown == ("strangement",)
    assert found.references[0].forced.score(0.0) > found.output.score(0.0)
    assert not found.likelier(0.0)


def test_a_reference_longer_than_an_output_may_be_was_not_missed(translator: Translator) -> None:
    bad = Translation(("I",), ("?",) * 9, (False,) * 9, "?" * 9, 0.0, 0.0, finished=True)
    given = ["Je", "Je le vois . . . . . . . . ."]  # with their ends, 2 and 13 tokens
    found = compare(translator, TEXT, bad, given, max_length=12)
    assert [found.excess(place) for place in (0, 1)] == [0, 1]
    assert found.references[1].forced.score(30.0) > found.output.score(30.0)
    assert 1 not in found.likelier(30.0)
    assert 1 in compare(translator, TEXT, bad, given, max_length=13).likelier(30.0)
    assert compare(translator, TEXT, bad, given).max_length == longest(("I", "see", "Tom", "."))


def test_beside_an_output_that_was_cut_no_reference_was_missed(translator: Translator) -> None:
    bad = Translation(("I",), ("?",) * 9, (False,) * 9, "?" * 9, 0.0, 0.0, finished=False)
    found = compare(translator, TEXT, bad, ["Je"])
    assert found.references[0].forced.score(0.0) > found.output.score(0.0)
    assert not found.likelier(0.0)


def test_a_reference_without_words_is_refused(translator: Translator) -> None:
    with pytest.raises(ExplorerError, match="no word"):
        compare(translator, TEXT, own(translator), ["Je vois.", " "])
