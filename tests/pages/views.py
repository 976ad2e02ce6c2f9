"""Every view of every page, as the parameters of its address."""

from collections.abc import Iterator

from explorer.experiments import catalogue as experiments
from explorer.models import catalogue
from explorer.web.pages.bidirectional.views import VIEWS as BIDIRECTIONAL_VIEWS
from explorer.web.pages.corpus.views import VIEWS as CORPUS_VIEWS
from explorer.web.pages.deep.views import VIEWS as DEEP_VIEWS
from explorer.web.pages.encoder_decoder.views import VIEWS as ENCODING_VIEWS
from explorer.web.pages.gates.views import VIEWS as GATES_VIEWS
from explorer.web.pages.search.views import VIEWS as SEARCH_VIEWS
from explorer.web.pages.translation.views import VIEWS as TRANSLATION_VIEWS
from explorer.web.pages.yours.views import VIEWS as YOURS_VIEWS
from explorer.web.shared.chapter import BY_PAGE
from explorer.web.shared.claims.figures import SHOWN

from .conftest import PAGES

#: The views of a page, by their names in its address; a page without any has one.
VIEWS_OF = {
    "gru": GATES_VIEWS,
    "lstm": GATES_VIEWS,
    "deep": DEEP_VIEWS,
    "corpus": CORPUS_VIEWS,
    "encoder_decoder": ENCODING_VIEWS,
    "translation": TRANSLATION_VIEWS,
    "search": SEARCH_VIEWS,
    "bidirectional": BIDIRECTIONAL_VIEWS,
    "yours": YOURS_VIEWS,
}


def places() -> Iterator[tuple[str, dict[str, str]]]:
    """Every page in every view, and in those that another parameter opens."""
    for page in PAGES:
        for view in VIEWS_OF.get(page, [None]):
            yield page, ({"show": view} if view else {})
    gru, lstm = catalogue.names("translation")[:2]
    for view in SEARCH_VIEWS:
        yield "search", {"show": view, "of": gru}
    yield "search", {"of": catalogue.names("language model")[0]}
    yield "encoder_decoder", {"model": lstm, "show": "shape"}
    yield "translation", {"show": "change", "prefix": "Il"}
    yield "translation", {"show": "words", "text": "The blacksmith waits."}
    for name in (name for name, shown in SHOWN.items() if shown.more):
        pages = {section.number: page for page, section in BY_PAGE.items()}
        yield pages[experiments.section(name)], {"show": "claims", "claim": name}
    yield "corpus", {"source": "text"}
    yield from (("corpus", {"source": "whole", "show": view}) for view in ("minibatch", "growth"))
    yield "deep", {"show": "training", "learn": "text", "updates": "10"}
    five = "a, b, c, d, e"
    yield "bidirectional", {"show": "markov", "states": five, "symbols": five}
    yield "bidirectional", {"show": "markov", "guess": "symbols"}
    yield "search", {"of": gru, "part": "inside"}
    yield "translation", {"show": "gates", "gates": "heatmaps"}
    yield "gru", {"show": "claims", "claim": "gradients"}
    for page, gate in (("gru", "update"), ("lstm", "forget")):
        yield page, {"show": "match", "selected": "2-5"}
        yield page, {"show": "what-if", "change": f"{gate}~0"}
        yield page, {"show": "match", "selected": "2-5", "in": "own"}
    yield "lstm", {"model": "deep-lstm-timemachine"}
    yield "encoder_decoder", {"show": "map", "plane": "variance"}
