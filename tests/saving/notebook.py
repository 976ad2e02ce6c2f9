"""Executes docs/notebook.ipynb and exports it: ``python -m tests.saving.notebook FOLDER``.

``make notebook`` writes what a reader of the repository sees, docs/notebook.md and its pictures; a
test writes the exports that are opened in a browser.
"""

import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter, MarkdownExporter

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "docs" / "notebook.ipynb"
_HOSTILE = """
tokens = ["</script><img src=x onerror=alert(1)>", "</textarea>'\\"><svg/onload=alert(2)>"]
explorer.show(explorer.trace(torch.nn.GRU(2, 3), torch.randn(2, 1, 2), tokens=tokens))
"""


def executed(folder: Path, *, hostile: bool = False) -> nbformat.NotebookNode:
    """The notebook with its outputs, run in ``folder``; with a cell more of hostile tokens."""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["LC_ALL"] = "C.UTF-8"
    notebook = nbformat.read(SOURCE, as_version=4)
    if hostile:
        notebook.cells.append(nbformat.v4.new_code_cell(_HOSTILE))
    place = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=300, resources=place).execute()


def export(notebook: nbformat.NotebookNode, *, sanitised: bool) -> str:
    """The notebook as HTML, without the scripts that nbconvert's own page loads from elsewhere."""
    exporter = HTMLExporter(template_name="basic", sanitize_html=sanitised)
    body, _resources = exporter.from_notebook_node(notebook)
    return f'<!DOCTYPE html><meta charset="utf-8"><title>Notebook</title>{body}'


def build(folder: Path) -> None:
    """Writes notebook.md and its pictures to ``folder``: the stills, since nothing plays there."""
    notebook = executed(folder)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop("text/html", None)
    named = {"unique_key": "notebook", "output_files_dir": "notebook"}
    body, resources = MarkdownExporter().from_notebook_node(notebook, resources=named)
    (folder / "notebook").mkdir(exist_ok=True)
    for name, content in resources["outputs"].items():
        (folder / name).write_bytes(content)
    # A cell's output stands between many empty lines.
    page = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ ]+\n", "\n", body)).strip()
    (folder / "notebook.md").write_text(page + "\n", encoding="utf-8")
    (folder / "trace.html").unlink()


if __name__ == "__main__":
    where = Path(sys.argv[1])
    if "--exports" not in sys.argv:
        build(where)
    else:
        run = executed(where, hostile=True)
        for kind in ("whole", "sanitised"):
            text = export(run, sanitised=kind == "sanitised")
            (where / f"{kind}.html").write_text(text, encoding="utf-8")
