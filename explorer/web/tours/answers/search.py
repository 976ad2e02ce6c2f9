"""What the questions on searching ask for."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.tree import Node, SearchTree
from explorer.errors import ExplorerError
from explorer.locale import enumerated
from explorer.text.limits import check_length
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.pages.search.controls import FIRST, Asked
from explorer.web.pages.search.parameters import ALPHA, AUTOMATIC, STOP, TEXT
from explorer.web.pages.search.result import question, soon_found
from explorer.web.pages.search.rules import Rules
from explorer.web.pages.search.searchable_models import TABLE, subjects
from explorer.web.shared.search_progress import MEMORY
from explorer.web.tours.tour import Answer

_WIDTH, _SECONDS = 2, 5
_TABLE_RULES = Rules(_WIDTH, ALPHA.default, AUTOMATIC, STOP.default, _SECONDS, ())
_SENTENCES = "en-fr-gru"


def kept(view: Mapping[str, str]) -> Answer:
    """Which prefixes of two tokens a beam of width 2 holds."""
    asked = _table(view)
    tree = soon_found(asked, question(asked), "beam")
    second = sorted((node for node in tree if node.step == _WIDTH), key=lambda n: -n.total)
    held = [node for node in second if node.fate != "pruned"]
    rest = [node for node in second if node not in held and not node.ended]
    pairs = [*combinations([*held, *rest[:1]], _WIDTH)] if len(held) == _WIDTH else [tuple(held)]
    pairs.sort(key=lambda pair: [node.number for node in pair])
    names = tuple(_pair(tree, pair) for pair in pairs)
    said = _("It holds {pair}: log p is {values}.").format(
        pair=_pair(tree, held), values=enumerated((decimal(node.total, 2) for node in held), _)
    )
    return Answer(names.index(_pair(tree, held)), said, names)


def cost(view: Mapping[str, str]) -> Answer:
    """How many times as many continuations exhaustive search scores as greedy search."""
    asked = _table(view)
    made = question(asked)
    every, greedy = (
        soon_found(asked, made, name).bill.continuations_scored for name in ("exhaustive", "greedy")
    )
    times = every / greedy
    said = _("It scores {every} continuations, greedy search {greedy}: {times} times as many.")
    written = said.format(every=every, greedy=greedy, times=decimal(times, 1))
    return Answer((times >= 20) + (times > 100), written)


def best(view: Mapping[str, str]) -> Answer:
    """Whether exact search finds a higher score than greedy search."""
    asked = _sentence(view)
    made, rules = question(asked), asked.rules
    greedy = soon_found(asked, made, "greedy")
    exact = decode(
        made.scorer,
        made.source,
        "exact",
        width=rules.width,
        alpha=rules.alpha,
        max_length=made.max_length,
        budget=Budget(seconds=_SECONDS, memory=MEMORY),
    )
    first, second = greedy.n_best[0], exact.n_best[0]
    better = second.score > first.score + _SAME
    if not better and not exact.proved_optimal:
        raise ExplorerError(
            "Exact search could not prove its answer within {seconds} s.", seconds=_SECONDS
        )
    said = _("Greedy search writes “{greedy}” (score {low}), exact search “{exact}” ({high}).")
    return Answer(
        int(better),
        said.format(
            greedy=made.written(first),
            low=decimal(first.score, 3),
            exact=made.written(second),
            high=decimal(second.score, 3),
        ),
    )


_SAME = 1e-4  # nats, within which batched products round


def _pair(tree: SearchTree, pair: tuple[Node, ...] | list[Node]) -> str:
    words = [" ".join(tree.word(of.token) for of in tree.path(node.number)) for node in pair]
    return enumerated(words, _)


def _table(view: Mapping[str, str]) -> Asked:
    return Asked(TABLE, "table", view.get("table", ""), ("beam",), _TABLE_RULES)


def _sentence(view: Mapping[str, str]) -> Asked:
    """The translation that is asked for.

    Raises:
        ExplorerError: The sentence is too long, or what is searched is no translation.
    """
    subject = view.get("of", _SENTENCES)
    if subjects().get(subject) != "translation":
        raise ExplorerError("This question is about a translation.")
    alpha = ALPHA.default
    with suppress(ValueError):
        alpha = ALPHA.read(view.get("alpha", str(alpha)))
    text = view.get("text") or FIRST["translation"]
    check_length(text, TEXT.most)
    rules = replace(_TABLE_RULES, width=1, alpha=alpha)
    return Asked(subject, "translation", text, ("greedy",), rules)
