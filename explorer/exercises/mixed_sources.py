"""One model for two sources of text, beside a model for each.

Equally much of the project's story and of its English sentences of everyday life.
"""

from collections.abc import Iterator

from explorer.exercises.character_model import story, train
from explorer.locale import N_
from explorer.text.sentences import english_text


def answer() -> Iterator[tuple[str, float]]:
    """Bits per character on the last fifth of each source."""
    sources = [text.lower() for text in (story(), english_text())]
    shortest = min(map(len, sources))
    learned = [text[: shortest * 4 // 5] for text in sources]
    tested = [text[-(shortest // 5) :] for text in sources]
    characters = "".join(sorted(set("".join(sources))))
    of_story, of_sentences = (train(text, characters) for text in learned)
    of_both = train(learned[0] + learned[1], characters)
    yield N_("the story, by a model of the story"), of_story.bits(tested[0])
    yield N_("the story, by a model of both"), of_both.bits(tested[0])
    yield N_("the story, by a model of the sentences"), of_sentences.bits(tested[0])
    yield N_("the sentences, by a model of the sentences"), of_sentences.bits(tested[1])
    yield N_("the sentences, by a model of both"), of_both.bits(tested[1])
    yield N_("the sentences, by a model of the story"), of_story.bits(tested[1])
