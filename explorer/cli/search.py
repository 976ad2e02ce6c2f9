"""The command that searches, and shows what the search found and cost."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.numbers import Decimal, Whole
from explorer.decoding.ranking import LONGEST, WIDEST
from explorer.stored.whole import write_whole

if TYPE_CHECKING:
    from explorer.search.text_search import TextSearch


_ALPHA = 0.75


@click.command()
@click.argument("words", nargs=-1, metavar="[MODEL] TEXT")
@click.option("--model", "named", metavar="MODEL", help="The model, instead of the first word.")
@click.option(
    "--strategy",
    type=click.Choice(["greedy", "beam", "exhaustive", "exact"]),
    default="beam",
    show_default=True,
)
@click.option(
    "--width",
    type=Whole(1, WIDEST),
    default=5,
    show_default=True,
    help="Of the beam; of the other searches, how many hypotheses are shown.",
)
@click.option(
    "--alpha",
    type=Decimal(0, 10),
    help="[0.75] Exponent of the length that log-probabilities are divided by.",
)
@click.option(
    "--max-length",
    type=Whole(1, LONGEST),
    help="Maximum number of tokens, including the end [as many as a translation may have].",
)
@click.option(
    "--budget",
    help="When exact or exhaustive search stops without a proof: 5s, 500ms, 2min, 500MB of memory, "
    "or 20000 for prefixes; several with commas between them.",
)
@click.option(
    "--tokens",
    help="Allow only these tokens, separated by spaces; makes exhaustive search possible.",
)
@click.option("--reference", help="Say whether search or model is why this was not found.")
@click.option("--widths", type=Whole(1, WIDEST), help="Also beams of width 1, 2, 4 … to this.")
@click.option("--sample", type=Whole(1, 1000), help="Also draw so many sequences.")
@click.option(
    "--temperature", type=Decimal(0.01, 100), default=1.0, show_default=True, help="Of sampling."
)
@click.option("--seed", type=Whole(0, 2**31), default=0, show_default=True, help="Of sampling.")
@click.option(
    "--replay",
    type=click.Path(path_type=Path),
    help="Show the search that a file holds instead of running one: a tree saved here, or what "
    "Moses, Marian, fairseq, CTranslate2 or Sockeye 1 wrote.",
)
@click.option(
    "--sentence", type=Whole(1, 10**6), default=1, show_default=True, help="Of the file, from 1."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--tree", "file", type=click.Path(path_type=Path), help="Write the whole tree here, as JSON."
)
def search(
    words: tuple[str, ...],
    named: str | None,
    tokens: str | None,
    budget: str | None,
    alpha: float | None,
    replay: Path | None,
    sentence: int,
    as_json: bool,
    file: Path | None,
    **options: Any,
) -> None:
    """Search for what MODEL makes of TEXT, and print the best with their scores and the bill.

    A translation model translates TEXT; a language model ends its last word. MODEL is the name of a
    model that comes with the program, or the path of a model's folder, such as ./mine; or
    hf:FOLDER, a Hugging Face encoder–decoder or causal model on this machine, of which only
    safetensors are read. A beam stops once as many hypotheses are finished as it is wide.
    """
    from explorer.cli.search_more import Extras, Rules
    from explorer.cli.search_output import found_json, listing
    from explorer.decoding.budget import Budget
    from explorer.decoding.export import Origin, about, to_json

    if replay is not None:
        _replay(replay, sentence, alpha, as_json=as_json, file=file)
        return
    model, text = _model_and_text(words, named)
    limit = Budget.parse(budget) if budget is not None else Budget()
    extras = Extras(**{name: options.pop(name) for name in Extras.__dataclass_fields__})
    asked = _question(model, text, tokens)
    rules = Rules(alpha=_ALPHA if alpha is None else alpha, budget=limit, **options)
    tree = rules.decode(asked)
    more = extras.parts(asked, rules, tree)
    origin = Origin(model, text, tokens=tokens and tokens.split(), budget=limit)
    _write(file, to_json(tree, origin))
    if as_json:
        found = about(tree, origin) | found_json(tree, asked.written)
        found |= {name: part.values for name, part in more.items()}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        parts = [listing(tree, asked.written), *(part.text for part in more.values())]
        click.echo("\n\n".join(parts))


def _write(file: Path | None, tree: dict[str, Any]) -> None:
    if file is not None:
        write_whole(file, json.dumps(tree, ensure_ascii=False) + "\n")


def _replay(
    path: Path, sentence: int, alpha: float | None, *, as_json: bool, file: Path | None
) -> None:
    """Print the search that a file holds, and write its tree if that is asked for."""
    from explorer.cli.search_output import replayed
    from explorer.decoding.adapters.foreign import files
    from explorer.decoding.export import to_json

    found = files.read(path, sentence=sentence, alpha=alpha)
    tree = to_json(found.tree) | {"source": found.source or None}
    _write(file, tree)
    if as_json:
        known = {"format": found.format, "unknown": found.unknown, "sentences": found.count}
        click.echo(json.dumps(tree | known, ensure_ascii=False))
    else:
        click.echo(replayed(found))


def _model_and_text(words: tuple[str, ...], named: str | None) -> tuple[str, str]:
    if len(words) != (2 if named is None else 1):
        raise click.UsageError("Give a model and one text: MODEL TEXT, or --model MODEL TEXT.")
    return named or words[0], words[-1]


def _question(model: str, text: str, tokens: str | None) -> "TextSearch":
    from explorer.models import catalogue
    from explorer.search.hugging_face_search import folder_of, hugging_face_search
    from explorer.search.text_search import text_search, with_only

    folder = folder_of(model)
    if folder is not None:
        asked = hugging_face_search(folder, text)
    else:
        asked = text_search(*catalogue.load(model), text)
    return asked if tokens is None else with_only(asked, tokens.split())
