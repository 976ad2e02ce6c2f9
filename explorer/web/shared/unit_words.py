"""What a unit does, as sentences."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from explorer.locale import N_, paragraph
from explorer.text.numbers import decimal
from explorer.text.tokens import visible
from explorer.unit_analysis.named_units import NamedUnit
from explorer.web.kit.i18n import _

_KEY = "the key is "
_SUBJECT = "subject "

#: What it means to follow each label, to be translated.
DOES: Mapping[str, str] = MappingProxyType(
    {
        "column": N_("Follows the column of the line"),
        "letter of the word": N_("Counts the letters of the word"),
        "word ends": N_("Tells whether the word ends here"),
        "newline next": N_("Tells whether a new line comes next, and no space"),
        "words of the sentence": N_("Counts the words of the sentence"),
        "first word of a sentence": N_("Tells the first word of a sentence"),
        "inside quotation marks": N_("Tells what is inside quotation marks"),
        "inside brackets": N_("Tells what is inside brackets"),
        "first line of a paragraph": N_("Tells the first line of a paragraph"),
        "lines of the paragraph": N_("Counts the lines of the paragraph"),
        "after a capital": N_("Tells whether a capital came just before"),
        "capitalised word": N_("Tells whether the word begins with a capital"),
        "after an article": N_("Tells whether the word before was an article"),
        "after a pronoun": N_("Tells whether the word before was a pronoun"),
        "characters of the paragraph": N_("Counts the characters of the paragraph"),
        "characters of the sentence": N_("Counts the characters of the sentence"),
        "characters of the clause": N_("Counts the characters since the last punctuation mark"),
        "clauses of the sentence": N_("Counts the clauses of the sentence"),
        "mark next": N_("Tells whether a punctuation mark comes next"),
        "sentence ends next": N_("Tells whether a full stop comes next, and no comma"),
        "paragraph ends next": N_("Tells whether the paragraph ends here"),
        "speech in the paragraph": N_("Tells whether anyone has spoken in the paragraph"),
        "no key": N_("Tells whether there is nothing to recall"),
        "tokens since the key": N_("Counts the characters since the key"),
        "tokens since the break": N_("Counts the characters since the break"),
        "words left": N_("Follows how many words are left"),
        "words written": N_("Counts the words that have been written"),
        "end next": N_("Tells whether the end comes next"),
        "“pas” next": N_("Tells whether “pas” comes next"),
        "“pas” owed": N_("Tells whether “ne” still wants its “pas”"),
        "“了” next": N_("Tells whether “了” comes next"),
        "“吗” owed": N_("Tells whether “吗” is still to come"),
        "negation owed": N_("Tells whether a negation is still to come"),
        "source length": N_("Follows how long the sentence is"),
        "negation": N_("Tells whether the sentence denies something"),
        "question": N_("Tells whether the sentence asks something"),
        "plural subject": N_("Tells whether the subject is “we” or “they”"),
        "past": N_("Tells whether the sentence is in the past"),
        "future": N_("Tells whether the sentence is in the future"),
        "words read": N_("Counts the words that have been read"),
        "negation read": N_("Tells whether a negation has been read"),
        "negation left": N_("Tells whether a negation is still to come"),
        "question read": N_("Tells whether a question mark has been read"),
        "question left": N_("Tells whether a question mark is still to come"),
    }
)


def what(label: str) -> str:
    """What a unit that follows a label does, without a full stop."""
    if label.startswith(_KEY):
        return _("Tells whether the key to recall is {key}").format(key=label.removeprefix(_KEY))
    if label.startswith(_SUBJECT):
        pronoun = label.removeprefix(_SUBJECT)
        return _("Tells whether the subject is “{pronoun}”").format(
            pronoun="I" if pronoun == "i" else pronoun
        )
    return _(DOES[label])


def follows(
    label: str, *, score: float, baseline: float, sense: float, binary: Collection[str]
) -> str:
    """What a unit follows and how closely, as one sentence.

    Args:
        label: What it follows.
        score: How closely, on text that it was not chosen by.
        baseline: The score of a lookup by the last two characters.
        sense: Whether it rises with the label, or falls.
        binary: The labels that are a yes or no.
    """
    template = (
        _("{what}: AUC {score} on held-out text; the last two characters alone give {baseline}.")
        if label in binary
        else _(
            "{what}: rank correlation {score} on held-out text; the last two characters alone give "
            "{baseline}."
        )
    )
    said = template.format(what=what(label), score=decimal(score, 2), baseline=decimal(baseline, 2))
    return said if sense > 0 else paragraph(said, _("The unit is low where this is high."))


def of_name(named: NamedUnit, binary: Collection[str]) -> str:
    """As `follows`, of a unit that has a name."""
    return follows(
        named.label,
        score=named.score,
        baseline=named.baseline,
        sense=named.sense,
        binary=binary,
    )


def of_name_in_sentences(named: NamedUnit, binary: Collection[str]) -> str:
    """The same of a model that reads or writes words."""
    template = (
        _("{what}: AUC {score} in held-out sentences; the last two words alone give {baseline}.")
        if named.label in binary
        else _(
            "{what}: rank correlation {score} in held-out sentences; the last two words alone give "
            "{baseline}."
        )
    )
    return template.format(
        what=what(named.label),
        score=decimal(named.score, 2),
        baseline=decimal(named.baseline, 2),
    )


def effect(named: NamedUnit) -> str:
    """What it costs to hold a unit at its mean; empty where that was not measured."""
    if named.effect is None or named.effect_low is None or named.effect_high is None:
        return ""
    said = _("Held at its mean, {token} costs {bits} bits more, {low} to {high}").format(
        token=token_in_words(str(named.effect_token)),
        bits=decimal(named.effect, 2),
        low=decimal(named.effect_low, 2),
        high=decimal(named.effect_high, 2),
    )
    others = int(named.effect_among or 1) - 1
    if named.effect_rank == 1:
        return _("{said}: more than with any of {count} random units.").format(
            said=said, count=others
        )
    return _("{said}: number {rank} among this and {count} random units.").format(
        said=said, rank=named.effect_rank, count=others
    )


def token_in_words(token: str) -> str:
    """A token in a sentence."""
    names = {"\n": _("a new line"), " ": _("a space")}
    return names.get(token) or _("the character “{token}”").format(token=visible(token))
