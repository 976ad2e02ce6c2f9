"""What an import brings in, in a fresh interpreter: nothing slow that is not needed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


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
    assert "streamlit" in brought_in("import explorer.web.navigation")


def test_explorer_alone_and_its_figures_and_cards_bring_in_no_torch():
    statement = "import explorer, explorer.figures.equation, explorer.figures.heatmap"
    brought = brought_in(f"{statement}, explorer.models.catalogue, explorer.cli")
    assert not {"torch", "streamlit"} & brought


def test_showing_in_a_notebook_brings_in_neither_torch_nor_streamlit():
    assert not {"torch", "streamlit"} & brought_in("from explorer import show, save_page")


def test_counting_a_corpus_brings_in_no_torch():
    modules = "parallel, reading, shipped, summary, minibatch, padding"
    assert "torch" not in brought_in(f"from explorer.corpus import {modules}")


def test_the_start_page_and_the_claims_bring_in_no_torch():
    pages = ("start.first_picture", "start.chapter_map", "gates.page", "deep.page")
    imports = ", ".join(f"explorer.web.pages.{page}" for page in pages)
    others = "explorer.web.shared.claims.view, explorer.web.tours.bar"
    assert "torch" not in brought_in(f"import {imports}, {others}")


def test_an_unknown_name_of_the_public_api_is_an_attribute_error():
    import explorer

    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        explorer.nonsense  # noqa: B018
