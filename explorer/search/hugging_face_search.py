"""A text searched with a Hugging Face model of a folder on this machine."""

from pathlib import Path
from typing import Any

from explorer.decoding.adapters import hugging_face_folder
from explorer.decoding.adapters.hugging_face import HuggingFaceScorer
from explorer.decoding.adapters.hugging_face_rules import encodes
from explorer.decoding.hypothesis import Hypothesis
from explorer.errors import ExplorerError
from explorer.search.text_search import TextSearch, checked_count
from explorer.text.limits import check_length

PREFIX = "hf:"
"""Before a folder's path, where a model is named."""
_CONTINUED = 20
"""The most tokens with which a causal model goes on, unless somebody asks for more."""


def hugging_face_search(folder: Path, text: str) -> TextSearch:
    """How the model of a folder is asked about a text.

    An encoder–decoder is given the text as its source, and writes 1.25 n + 6 tokens at most; a
    causal model goes on with it.

    Raises:
        ExplorerError: The folder is refused, see `hugging_face_folder.load`; or the text is too
            long, or has no token.
    """
    return question(*hugging_face_folder.load(folder), text)


def question(model: Any, tokenizer: Any, text: str) -> TextSearch:
    """The same of a model that is there, with its tokenizer.

    Raises:
        ExplorerError: The text is too long, or has no token.
    """
    check_length(text)
    source = checked_count(tuple(map(int, tokenizer(text)["input_ids"])))
    scorer, begun = HuggingFaceScorer(model, tokenizer), () if encodes(model) else source
    words = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))

    def written(found: Hypothesis) -> str:
        return str(tokenizer.decode([*begun, *found.tokens], skip_special_tokens=True))

    def read(answer: str) -> tuple[int, ...]:
        given = tokenizer(text_target=answer) if encodes(model) else tokenizer(answer)
        special = {*tokenizer.all_special_ids} - {tokenizer.unk_token_id}
        return tuple(token for token in map(int, given["input_ids"]) if token not in special)

    return TextSearch(
        scorer=scorer,
        source=source,
        max_length=int(1.25 * len(source) + 6) if encodes(model) else _CONTINUED,
        vocabulary=tuple(str(word or "") for word in words),
        written=written,
        read=read,
    )


def folder_of(model: str) -> Path | None:
    """The folder that a model's name says with ``hf:``; None for any other name.

    Raises:
        ExplorerError: Nothing follows.
    """
    if not model.startswith(PREFIX):
        return None
    if not model.removeprefix(PREFIX):
        raise ExplorerError("After “{prefix}” comes the path of a folder.", prefix=PREFIX)
    return Path(model.removeprefix(PREFIX))
