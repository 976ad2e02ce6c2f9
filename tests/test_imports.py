"""Imports run one way: the rules are checked on the sources, and tried on culprits."""

import ast
import re
import subprocess
import sys
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: What each room of the house may import from the others.
ALLOWED = {
    "errors": set(),
    "locale": {"errors"},
    "stored": {"errors"},
    "text": {"errors"},
    "models": {"errors", "stored", "text"},
    "recurrence": {"errors", "locale", "models", "stored", "text"},
    "decoding": {"errors", "text.numbers"},
    "evaluation": {"errors"},
    "translation": {
        "decoding",
        "errors",
        "evaluation",
        "models",
        "recurrence.cells",
        "recurrence.hidden",
        "recurrence.modules",
        "recurrence.products",
        "recurrence.weights",
        "text",
    },
    "inspection": {
        "decoding",
        "errors",
        "evaluation",
        "models",
        "recurrence",
        "text",
        "translation",
    },
    "search": {"decoding", "errors", "evaluation", "models", "stored", "text", "translation"},
    "encoding": {"decoding", "errors", "inspection", "models", "text", "translation"},
    "training": {"errors", "models", "stored", "text", "translation"},
    "markov": {"errors", "models.architecture", "text.numbers"},
    "infilling": {"errors", "models", "recurrence", "text"},
    "experiments": {
        "corpus",
        "decoding",
        "encoding",
        "errors",
        "evaluation",
        "infilling",
        "inspection",
        "locale",
        "markov",
        "models",
        "recurrence",
        "search",
        "stored",
        "text",
        "training",
        "translation",
    },
    "corpus": {"errors", "stored", "text"},
    "saving": set(),
    "figures": {"errors", "locale", "text", "recurrence.quantities", "recurrence.terms"},
}


def imported(source: str, package: str) -> set[str]:
    """The modules that a source of ``package`` imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return names


def forbidden(room: str, source: str) -> set[str]:
    """What a source of ``room`` imports and may not."""
    names = imported(source, f"explorer.{room}") - {"explorer"}
    found = {name for name in names if name.split(".")[0] == "streamlit"}
    allowed = ALLOWED[room] | {room}
    for name in names:
        inner = name.removeprefix("explorer.")
        if inner == name or any(inner == a or inner.startswith(f"{a}.") for a in allowed):
            continue
        if not any(a.startswith(f"{inner}.") for a in allowed):
            found.add(name)
    return found


def modules() -> list[tuple[str, Path]]:
    """Every source below a room that has rules."""
    found = []
    for path in sorted((ROOT / "explorer").rglob("*.py")):
        room = path.relative_to(ROOT / "explorer").parts[0].removesuffix(".py")
        if room in ALLOWED:
            found.append((room, path))
    return found


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda value: getattr(value, "name", value)
)
def test_a_room_imports_only_what_it_may(room, path):
    assert not forbidden(room, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("room", "culprit"),
    [
        ("recurrence", "import streamlit as st"),
        ("figures", "from explorer.recurrence.trace import trace"),
        ("figures", "def f():\n    from explorer.web.frame import Frame"),
        ("text", "from explorer.models import catalogue"),
        ("models", "import explorer.training.trainer"),
        ("decoding", "from explorer.models.seq2seq import Seq2Seq"),
        ("decoding", "from explorer.search.language import LanguageScorer"),
        ("search", "from explorer.inspection.sentence import read_source"),
        ("evaluation", "from explorer.translation.translator import Translator"),
        ("translation", "import explorer.training.bilingual"),
        ("inspection", "from explorer.training.bilingual import Bilingual"),
        ("translation", "from explorer.inspection.forced import forced"),
        ("encoding", "from explorer.figures.heatmap import heatmap"),
        ("translation", "from explorer.encoding.states import encode"),
        ("training", "from explorer.experiments.experiment import Spread"),
        ("experiments", "from explorer.web.frame import Frame"),
        ("corpus", "from explorer.training.buckets import Buckets"),
        ("recurrence", "from ..web import frame"),
        ("recurrence", "from .. import web"),
        ("figures", "from ..models.catalogue import load"),
    ],
)
def test_the_rules_catch_a_culprit(room, culprit):
    assert forbidden(room, culprit)


#: What takes a folder's path for a model: for commands and notebooks, never for an address.
_TAKES_PATHS = re.compile(
    r"\b(load_as|checkpoint\.read|explorer\.load)\b|catalogue\.(load|find)\b|"
    r"import .*\b(load|find|checkpoint)\b"
)


def test_the_pages_name_shipped_models_only():
    for folder in ("explorer/web", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not _TAKES_PATHS.search(path.read_text(encoding="utf-8")), path
    for culprit in (
        "from explorer.models.catalogue import load_as",
        "from explorer.models.catalogue import names, load",
        "catalogue.load(name)",
        "checkpoint.read(path)",
        "explorer.load(name)",
    ):
        assert _TAKES_PATHS.search(culprit)


def brought_in(statement: str) -> set[str]:
    """The top-level modules that are there after a statement, in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(shown.stdout.split())


def test_the_public_api_brings_in_no_streamlit():
    got = brought_in("from explorer import load, record, trace")
    assert "torch" in got
    assert "streamlit" not in got


def test_a_module_that_imports_streamlit_is_noticed():
    assert "streamlit" in brought_in("import explorer.web.frame")


def test_explorer_alone_and_its_figures_and_cards_bring_in_no_torch():
    statement = "import explorer, explorer.figures.equation, explorer.figures.heatmap"
    brought = brought_in(f"{statement}, explorer.models.catalogue, explorer.cli")
    assert not {"torch", "streamlit"} & brought


def test_nothing_but_the_pages_imports_what_they_stand_in():
    for path in (ROOT / "explorer").rglob("*.py"):
        inside = path.relative_to(ROOT / "explorer")
        if inside.parts[0] not in ("web", "cli.py", "cli", "__main__.py"):
            package = ".".join(("explorer", *inside.parts[:-1]))
            names = imported(path.read_text(encoding="utf-8"), package)
            assert not {n for n in names if n.startswith(("explorer.web", "explorer.cli"))}, path


def pages_in(source: str, package: str) -> set[str]:
    """What a source of the pages' kit imports of the pages."""
    names = {n for n in imported(source, package) if n.startswith("explorer.web.")}
    return {n for n in names if not n.startswith("explorer.web.kit")}


def test_the_kit_imports_nothing_of_the_pages():
    for path in (ROOT / "explorer" / "web" / "kit").rglob("*.py"):
        assert not pages_in(path.read_text(encoding="utf-8"), "explorer.web.kit"), path
    for culprit in ("from explorer.web.frame import Frame", "from ..search import case"):
        assert pages_in(culprit, "explorer.web.kit")


def test_counting_a_corpus_brings_in_no_torch():
    modules = "parallel, reading, shipped, summary, minibatch, padding"
    assert "torch" not in brought_in(f"from explorer.corpus import {modules}")


def test_the_start_page_and_the_claims_bring_in_no_torch():
    pages = "explorer.web.start, explorer.web.map, explorer.web.gates.page, explorer.web.deep.page"
    assert "torch" not in brought_in(f"import {pages}, explorer.web.experiments.claims")


def test_an_unknown_name_of_the_public_api_is_an_attribute_error():
    import explorer

    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        explorer.nonsense  # noqa: B018
