"""The dictionary has every French word of the project's own examples, in both languages."""

from importlib.resources import files

import explorer
from explorer.seq2seq.glosses import gloss
from explorer.seq2seq.translator import Translator
from explorer.text.pieces import joined, spans
from explorer.text.sentences import sentences
from explorer.web.shared.translation_examples import examples


def test_all_words_of_the_examples_are_glossed(record_property):
    """As en-fr-gru translates the examples of the page and the project's sentences."""
    texts = [*(one.text for one in examples("en-fr-gru", "fr")), *(s.english for s in sentences())]
    translator = Translator.of(*explorer.load("en-fr-gru"))
    words = {
        word.lower()
        for one in translator.translate(texts, stopping="nothing can win")
        for word, span in zip(joined(one.tokens), spans(one.tokens), strict=True)
        if any(map(str.isalnum, word)) and not one.copied[span.start]
    }
    missing = sorted(word for word in words if not (gloss(word, "en") and gloss(word, "zh")))
    record_property("coverage", 1 - len(missing) / len(words))
    assert not missing, f"{len(missing)} of {len(words)}"


def test_a_word_has_one_line_and_both_languages():
    text = (files("explorer.seq2seq") / "glosses.tsv").read_text("utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines())
    assert header == ["french", "english", "chinese"]
    assert all(len(line) == 3 and all(line) for line in lines)
    assert len({line[0] for line in lines}) == len(lines)
    assert gloss("Train", "en") == gloss("train", "en")
    assert gloss("xyzzy", "en") is None
