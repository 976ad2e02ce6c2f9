"""What the questions on translations ask for."""

from collections.abc import Mapping

import numpy as np

from explorer.experiments import catalogue as experiments
from explorer.models import catalogue
from explorer.seq2seq.attribution import leave_one_out
from explorer.seq2seq.input_diagnostics import clean
from explorer.seq2seq.model_input import target_tokens
from explorer.text.limits import check_length
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.pages.translation.parameters import TEXT, WIDTH
from explorer.web.pages.translation.result import translated
from explorer.web.shared.models import translator
from explorer.web.shared.parameters import ALPHA
from explorer.web.shared.translators import offered
from explorer.web.tours.tour import Answer

_BEGINNING = {"fr": "Dites", "zh": "请"}
_WORDS = 4  # answers that are offered
_NEAR = 0.05


def forced_beginning(view: Mapping[str, str]) -> Answer:
    """Whether the translation ends as before if it is made to begin with another word."""
    model, text = _asked(view)
    language = translator(model).language
    prefix = target_tokens(translator(model), _BEGINNING[language])
    before, now = (
        translated(model, text, beginning, WIDTH.default, ALPHA.default)
        for beginning in ((), prefix)
    )
    rest = now.tokens[len(prefix) :]
    same = before.tokens[len(before.tokens) - len(rest) :] == rest
    said = _("With that beginning, it writes “{now}” instead of “{before}”.")
    return Answer(int(not same), said.format(now=now.text, before=before.text))


def word_left_out(view: Mapping[str, str]) -> Answer:
    """Without which source word the log p of the whole translation falls most."""
    model, text = _asked(view)
    best = translated(model, text, (), WIDTH.default, ALPHA.default)
    found = leave_one_out(translator(model), text, best.tokens, copied=best.copied, words=True)
    falls = found.values.sum(0)  # (S,)
    order = np.argsort(-falls, kind="stable")
    shown = sorted(order[:_WORDS].tolist())
    word = int(order[0])
    said = _("Without “{word}”, its log p falls by {nats} nats.")
    names = tuple(f"{found.source[n]} ({n + 1})" for n in shown)
    written = said.format(word=found.source[word], nats=decimal(falls[word], 1))
    return Answer(shown.index(word), written, names)


def forcing(_view: Mapping[str, str]) -> Answer:
    """Whether models that read the reference in training get more translations right."""
    result = experiments.shipped("teacher-forcing")
    seeds = result.numbers["seeds"]
    of, found = np.array(seeds["variant"]), np.array(seeds["right"])
    right = {variant: float(found[of == variant].mean()) for variant in ("reference", "own")}
    gain = right["reference"] - right["own"]
    said = _("{forced} of the held-out translations are right, and {own} with its own words.")
    written = said.format(forced=f"{right['reference']:.1%}", own=f"{right['own']:.1%}")
    return Answer(1 if abs(gain) < _NEAR else 0 if gain > 0 else 2, written)


def _asked(view: Mapping[str, str]) -> tuple[str, str]:
    """The model and the sentence.

    Raises:
        ExplorerError: The sentence is too long.
    """
    text = view.get("text") or TEXT.default
    check_length(text, TEXT.most)
    return view.get("model") or offered(catalogue.names("translation"))[0], clean(text)
