"""Imports run one way: the rules are checked on the sources, and tried on culprits."""

import ast
import re
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: What each room of the house may import from the others.
ALLOWED = {
    "errors": set(),
    "shipped_files": set(),
    "locale": {"errors", "shipped_files"},
    "stored": {"errors"},
    "text": {"errors"},
    "models": {"errors", "shipped_files", "stored", "text"},
    "recurrence": {"errors", "locale", "models", "shipped_files", "stored", "text"},
    "recordings": {"errors", "models", "recurrence", "text"},
    "recordings.child": set(),
    "cells": {"errors", "models.book_gru", "recurrence"},
    "decoding": {"errors", "text.numbers"},
    "decoding.adapters": {"decoding", "errors", "models", "stored", "text"},
    "evaluation": {"errors"},
    "seq2seq": {"decoding", "errors", "evaluation", "models", "recurrence", "text"},
    "search": {
        "decoding",
        "errors",
        "evaluation",
        "models",
        "seq2seq",
        "shipped_files",
        "stored",
        "text",
    },
    "training": {"errors", "models", "seq2seq", "stored", "text"},
    "unit_analysis": {
        "cloze",
        "errors",
        "locale",
        "models",
        "recurrence",
        "seq2seq",
        "shipped_files",
        "stored",
        "text",
    },
    "markov": {"errors", "models.architecture", "text.numbers"},
    "cloze": {"errors", "models", "recurrence", "text"},
    "classroom": {"errors"},
    "experiments": {
        "cloze",
        "corpus",
        "decoding",
        "errors",
        "evaluation",
        "locale",
        "markov",
        "models",
        "recurrence",
        "search",
        "seq2seq",
        "shipped_files",
        "stored",
        "text",
        "training",
        "unit_analysis",
    },
    "corpus": {"errors", "shipped_files", "stored", "text"},
    "exercises": {"locale", "text"},
    "saving": {"decoding", "errors", "figures.palette", "locale", "text"},
    "figures": {"errors", "locale", "text", "recurrence.quantities", "recurrence.unit_terms"},
}

#: The rooms of the pages, each with those of the others that it may import.
INSIDE_WEB = {
    "kit": set(),
    "components": {"kit"},
    "serving": set(),
    "shared": {"kit", "components"},
    "pages": {"kit", "components", "shared"},
    "tours": {"kit", "components", "shared", "pages"},
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
    closed = {inner for inner in ALLOWED if inner.startswith(f"{room}.")}
    for name in names:
        inner = name.removeprefix("explorer.")
        if inner == name:
            continue
        below = any(inner == a or inner.startswith(f"{a}.") for a in allowed)
        if below and not any(inner.startswith(c) for c in closed):
            continue
        if not any(a.startswith(f"{inner}.") for a in allowed):
            found.add(name)
    return found


def modules() -> list[tuple[str, Path]]:
    """Every source below a room that has rules."""
    found = []
    for path in sorted((ROOT / "explorer").rglob("*.py")):
        parts = path.relative_to(ROOT / "explorer").with_suffix("").parts
        rooms = [room for room in (".".join(parts[:2]), parts[0]) if room in ALLOWED]
        if rooms:
            found.append((rooms[0], path))
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
        ("figures", "from explorer.recurrence.unit_activations import unit_activations"),
        ("figures", "def f():\n    from explorer.web.kit.frame import Frame"),
        ("recordings", "from explorer.recordings.child.answer import answer"),
        ("recordings.child", "from explorer.errors import ExplorerError"),
        ("recordings.child", "from ..naming import named"),
        ("text", "from explorer.models import catalogue"),
        ("models", "import explorer.training.trainer"),
        ("decoding", "from explorer.models.seq2seq import Seq2Seq"),
        ("decoding", "from explorer.decoding.adapters.language_model import LanguageScorer"),
        ("decoding.adapters", "from explorer.seq2seq.translator import Translator"),
        ("search", "from explorer.training.bilingual import Bilingual"),
        ("evaluation", "from explorer.seq2seq.translator import Translator"),
        ("seq2seq", "import explorer.training.bilingual"),
        ("seq2seq", "from explorer.search.text_search import translation"),
        ("seq2seq", "from explorer.figures.heatmap import heatmap"),
        ("cloze", "from explorer.seq2seq.encoder_states import encode"),
        ("training", "from explorer.experiments.experiment import Spread"),
        ("unit_analysis", "from explorer.web.kit.frame import Frame"),
        ("unit_analysis", "from explorer.figures.lines import lines"),
        ("unit_analysis", "from explorer.decoding.decode import decode"),
        ("experiments", "from explorer.web.kit.frame import Frame"),
        ("corpus", "from explorer.training.buckets import Buckets"),
        ("classroom", "from explorer.web.serving.hosts import Hosts"),
        ("classroom", "import streamlit as st"),
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


def test_nothing_but_the_pages_imports_what_they_stand_in():
    for path in (ROOT / "explorer").rglob("*.py"):
        inside = path.relative_to(ROOT / "explorer")
        if inside.parts[0] not in ("web", "cli.py", "cli", "__main__.py"):
            package = ".".join(("explorer", *inside.parts[:-1]))
            names = imported(path.read_text(encoding="utf-8"), package)
            assert not {n for n in names if n.startswith(("explorer.web", "explorer.cli"))}, path


def outside(room: str, source: str, package: str) -> set[str]:
    """What a source of a room inside ``web`` imports of the others and may not."""
    allowed = INSIDE_WEB[room.split(".")[0]]
    names = {n.removeprefix("explorer.web.") for n in imported(source, package)}
    rooms = {n for n in names if n.split(".")[0] in {*INSIDE_WEB, "navigation"}}
    mine = {n for n in rooms if n == room or n.startswith(f"{room}.")}
    return {n for n in rooms - mine if n.split(".")[0] not in allowed}


def inside_web() -> list[tuple[str, Path]]:
    """Every source of a room inside ``web``; each page is a room of its own."""
    found = []
    for path in sorted((ROOT / "explorer" / "web").rglob("*.py")):
        parts = path.relative_to(ROOT / "explorer" / "web").parts
        if parts[0] in INSIDE_WEB:
            depth = 2 if parts[0] == "pages" and len(parts) > 2 else 1
            found.append((".".join(parts[:depth]), path))
    return found


@pytest.mark.parametrize(
    ("room", "path"), inside_web(), ids=lambda value: getattr(value, "name", value)
)
def test_a_room_inside_web_imports_only_what_it_may(room, path):
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    assert not outside(room, path.read_text(encoding="utf-8"), package)


@pytest.mark.parametrize(
    ("room", "culprit"),
    [
        ("components", "from explorer.web.shared.pick import picked"),
        ("kit", "from explorer.web.components.strip import strip"),
        ("kit", "from explorer.web.shared.strip import show_strip"),
        ("kit", "from ..shared import strip"),
        ("kit", "from explorer.web import navigation"),
        ("shared", "from explorer.web.pages.gates.step_view import show_steps"),
        ("pages.gates", "from explorer.web.pages.deep.views import show"),
        ("pages.gates", "from explorer.web.serving.guard import Guard"),
        ("pages.start", "from explorer.web.tours.catalogue import TOURS"),
        ("tours", "from explorer.web import navigation"),
    ],
)
def test_the_rules_inside_web_catch_a_culprit(room, culprit):
    assert outside(room, culprit, f"explorer.web.{room}")


def test_streamlit_is_imported_in_the_web_alone():
    found = []
    for path in sorted((ROOT / "explorer").rglob("*.py")):
        names = imported(path.read_text(encoding="utf-8"), "explorer")
        if any(name.split(".")[0] == "streamlit" for name in names):
            found.append(path.relative_to(ROOT / "explorer").parts[0])
    assert set(found) == {"web"}
