"""Rare words written in pieces, which are tokens like any other, and read as words again.

A piece shows by a sign on which sides it is joined to others: ``weav￭ ￭ing``, ``x￭ ￭y￭ ￭z``. So
neither is taken for a word, and joining needs nothing but the pieces. Which pieces there are is
learned from the rare words of a text; a word is then cut by the vocabulary alone, the longest piece
first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, product

from explorer.text.byte_pairs import cut_into_pieces
from explorer.text.copying import placeholder
from explorer.text.vocabulary import JOINER, UNKNOWN, Vocabulary

_BEGINNING = "▁"  # sentencepiece's sign in front of every word


def pieced(
    words: Mapping[str, int],
    *,
    whole: int,
    minimum: int,
    size: int,
    reserved: Sequence[str] = (),
) -> Vocabulary:
    """Frequent words, and pieces that write all others; the most frequent tokens first.

    Args:
        words: How often each word of a text is seen.
        whole: How often a word has to be seen to be a token; rarer ones are cut.
        minimum: The same of names and numbers, which can be copied, and of pieces.
        size: How many byte pairs are learned from what is rarer.
        reserved: Tokens that stand before all others.
    """
    enough = {word: minimum if placeholder(word) else whole for word in words}
    known = {word for word, count in words.items() if count >= enough[word]}
    rare = {word: count for word, count in words.items() if word not in known}
    pieces = learn(rare, size=size, minimum=minimum) if rare else ()
    tokens = Vocabulary((UNKNOWN, *sorted(known), *pieces))
    counts = Counter[str]()
    for word, count in words.items():
        for token in cut(word, tokens):
            counts[token] += count
    listed = sorted((*known, *pieces), key=lambda token: (-counts[token], token))
    return Vocabulary((UNKNOWN, *reserved, *listed))


def learn(words: Mapping[str, int], *, size: int, minimum: int) -> tuple[str, ...]:
    """The pieces of rare words: byte pairs, and all their characters, so that any can be cut.

    Args:
        words: The rare words and how often each is seen; at least one.
        size: How many byte pairs are learned. Where in a word they stand makes pieces of its own.
        minimum: How often a piece of several characters has to be seen.
    """
    listed = list(Counter(words).elements())
    parts = (_parts(found) for found in cut_into_pieces(listed, size=size))
    characters = {piece for word in words for letter in word for piece in _forms(letter)}
    pairs = {piece for found in parts for piece in marked(found) if len(found) > 1}
    candidates = Vocabulary((UNKNOWN, *sorted(characters | pairs)))
    counts = Counter(piece for word in listed for piece in cut(word, candidates))
    return tuple(sorted(characters | {piece for piece in pairs if counts[piece] >= minimum}))


def cut(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The pieces of a word, the longest first from its beginning on.

    The word itself is its only piece if it is in the vocabulary, or if the vocabulary lacks one of
    its characters.
    """
    found: list[str] = []
    start = 0
    while start < len(word):
        furthest = min(len(word), start + vocabulary.longest)
        longest = ((_piece(word, start, end), end) for end in range(furthest, start, -1))
        piece, start = next((one for one in longest if one[0] in vocabulary), ("", 0))
        if not piece:
            return (word,)
        found.append(piece)
    return tuple(found)


def spelled(
    tokens: Iterable[str], vocabulary: Vocabulary, *, names: bool = False
) -> tuple[str, ...]:
    """The tokens, in pieces those that the vocabulary lacks.

    Args:
        tokens: Words and marks.
        vocabulary: What is known, pieces among it; if it has none, nothing is cut.
        names: Whether names and numbers are cut, too; else they are left to be copied.
    """
    return tuple(
        piece
        for token in tokens
        for piece in (cut(token, vocabulary) if names or placeholder(token) is None else (token,))
    )


def joined(tokens: Iterable[str]) -> tuple[str, ...]:
    """The words that tokens spell; a piece whose neighbours are missing stands alone."""
    words: list[str] = []
    for token in tokens:
        if words and _open_behind(words[-1]) and _open_before(token):
            words[-1] = words[-1][:-1] + token[1:]
        else:
            words.append(token)
    return tuple(word.strip(JOINER) or word for word in words)


def spans(tokens: Sequence[str]) -> tuple[range, ...]:
    """The places of the tokens of each word that `joined` gives, in order."""
    ends = [
        place
        for place in range(1, len(tokens))
        if not (_open_behind(tokens[place - 1]) and _open_before(tokens[place]))
    ]
    both = zip([0, *ends], [*ends, len(tokens)], strict=True)
    return tuple(range(start, end) for start, end in both if end > start)


def marked(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts of a word as pieces, in order."""
    word, ends = "".join(parts), accumulate(map(len, parts), initial=0)
    return tuple(_piece(word, start, end) for start, end in pairwise(ends))


def _piece(word: str, start: int, end: int) -> str:
    before, behind = JOINER if start > 0 else "", JOINER if end < len(word) else ""
    return f"{before}{word[start:end]}{behind}"


def _forms(letter: str) -> Iterator[str]:
    """A character at the beginning of a word, at its end and between."""
    for before, behind in product((JOINER, ""), repeat=2):
        if before or behind:
            yield f"{before}{letter}{behind}"


def _parts(found: Sequence[str]) -> list[str]:
    """What sentencepiece made of a word, without its sign."""
    return [part for part in (piece.removeprefix(_BEGINNING) for piece in found) if part]


def _open_behind(token: str) -> bool:
    return len(token) > 1 and token.endswith(JOINER)


def _open_before(token: str) -> bool:
    return len(token) > 1 and token.startswith(JOINER)
