"""docs/notebook.md is made of docs/notebook.ipynb."""

import json
import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_says_what_the_notebook_says_and_has_its_pictures():
    said = (DOCS / "notebook.md").read_text("utf-8")
    cells = json.loads((DOCS / "notebook.ipynb").read_text("utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    assert [text for text in sources if text not in said] == [], "run: make notebook"
    pictures = re.findall(r"!\[svg\]\((.*?)\)", said)
    shows = sum("explorer.show(" in text or "explorer.decode(" in text for text in sources)
    assert len(pictures) == shows - 1 == 3  # one is named in a sentence
    assert all((DOCS / name).exists() for name in pictures)
    assert not any(cell.get("outputs") for cell in cells)
