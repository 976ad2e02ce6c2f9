"""Which of the reader's sentences can be read, and what is to be said of them. Brings in torch."""

import unicodedata

import streamlit as st

from explorer.errors import ExplorerError
from explorer.text.vocabulary import EOS
from explorer.web.encoding.ask import Asked
from explorer.web.encoding.values import Sentence, encoded
from explorer.web.frame import Frame, plain, sentence
from explorer.web.models import translator


def readable(frame: Frame, asked: Asked) -> tuple[Sentence, ...]:
    """The sentences that have a state; what is wrong with the others is said.

    Raises:
        ExplorerError: The model's files are missing or damaged.
    """
    translator(asked.model)
    found = []
    for number, text in enumerate(asked.texts):
        try:
            one = Sentence(number, text, encoded(asked.model, text))
        except ExplorerError as error:
            said = sentence(error, frame.translate)
            st.error(_numbered(frame, number, said), icon=":material/error:")
        else:
            _remark(frame, asked, one)
            found.append(one)
    return tuple(found)


def _remark(frame: Frame, asked: Asked, one: Sentence) -> None:
    """What the model does not know in the sentence."""
    _ = frame.translate
    if any(unicodedata.category(character) == "Cc" for character in one.text):
        said = _("It holds control characters; they are read as spaces.")
        st.info(_numbered(frame, one.number, said), icon=":material/info:")
    (read,) = one.states.tokens
    source = translator(asked.model).source
    if all(token not in source or token == EOS for token in read):
        said = _("The model knows none of its words: its state is that of unknown words alone.")
        st.warning(_numbered(frame, one.number, said), icon=":material/warning:")
        return
    unknown = source.unknown(read)
    if unknown:
        said = _("Never seen in training, and read as unknown: {tokens}").format(
            tokens=plain("  ".join(unknown))
        )
        st.info(_numbered(frame, one.number, said), icon=":material/info:")


def _numbered(frame: Frame, number: int, said: str) -> str:
    _ = frame.translate
    return _("Sentence {number}: {said}").format(number=number + 1, said=said)
