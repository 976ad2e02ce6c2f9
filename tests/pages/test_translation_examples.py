"""What the translation page says of its examples is so: read off the outputs by a person once."""

import pytest

import explorer
from explorer.models import catalogue
from explorer.seq2seq.translator import Translator
from explorer.web.shared.references import _own
from explorer.web.shared.translation_examples import examples

RIGHT = {
    "en-fr-gru": {
        "Je veux savoir quand tu reviendras.",
        "Pourquoi ne m'as-tu pas dit la vérité ?",
        "Je pense que Zelenka vit à Kraków.",
        "J'apprends le chinois parce que je veux vivre en Chine.",
    },
    "en-zh-gru": {
        "我想知道你什么时候回来。",
        "你为什么不告诉我真相？",
        "Zelenka住在哪里？",
        "如果明天下雨，我就待在家。",
    },
}
RIGHT["en-fr-lstm"] = RIGHT["en-fr-gru"]
#: By what the button says: what the output has, and what it should have and has not.
WRONG = {
    ("en-fr-gru", "Goes wrong: two meanings"): ("banque", "rivière"),
    ("en-fr-gru", "Goes wrong: a rare word"): ("film", "ours"),
    ("en-fr-lstm", "Goes wrong: a number"): ("livres à 37", "37 livres"),
    ("en-fr-lstm", "Goes wrong: a rare word"): ("rien vu", "ours"),
    ("en-zh-gru", "Goes wrong: the opposite"): ("买", "卖"),
    ("en-zh-gru", "Goes wrong: half is lost"): ("她有一只猫。", "睡"),
}


@pytest.mark.parametrize("model", catalogue.names("translation"))
def test_examples_are_right_or_fail_as_is_said(model):
    translator = Translator.of(*explorer.load(model))
    shown = examples(model, translator.language)
    found = translator.translate([one.text for one in shown], stopping="nothing can win")
    right = {made.text for one, made in zip(shown, found, strict=True) if not one.fault}
    assert right == RIGHT[model]
    wrong = {(model, one.title): made.text for one, made in zip(shown, found, strict=True)}
    said = {key for key in WRONG if key[0] == model}
    assert said == {(model, one.title) for one in shown if one.fault}
    for key in said:
        has, lacks = WRONG[key]
        assert has in wrong[key]
        assert lacks not in wrong[key]
    references = _own(translator.language)
    assert all(one.text in references for one in shown if one.fault)
