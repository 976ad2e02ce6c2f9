"""The command that writes the questions of the tours as a test."""

import csv
from pathlib import Path

import click


@click.command()
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write a table here.")
@click.option("--html", "sheet", type=click.Path(path_type=Path), help="Write a page to print.")
def questions(lang: str, table: Path | None, sheet: Path | None) -> None:
    """Write the questions of all tours, to be asked before a class and after it.

    The answers are computed by the models that come with the program. The page has the key on a
    sheet of its own. Without an option the questions are printed, and the key after them.
    """
    from explorer.web.tours.questions import LETTERS, ask_without_page, page, rows
    from explorer.web.tours.questions import questions as all_questions

    ask_without_page(lang)
    asked = list(all_questions())
    if table is not None:
        with table.open("w", newline="", encoding="utf-8-sig") as file:  # Excel reads it so
            csv.writer(file).writerows(rows(asked))
    if sheet is not None:
        sheet.write_text(page(asked), encoding="utf-8")
    if table is None and sheet is None:
        for number, one in enumerate(asked, 1):
            options = "  ".join(map(". ".join, zip(LETTERS, one.options, strict=False)))
            click.echo(f"{number}. {one.text}\n   {options}")
        click.echo(" ".join(f"{number}{one.key}" for number, one in enumerate(asked, 1)))
