"""The command that records the recurrent modules of a reader's own script."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.numbers import Whole
from explorer.errors import ExplorerError

if TYPE_CHECKING:
    from explorer.recordings.script import ScriptRecorder

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


class Calls(click.ParamType[range]):
    """So many calls, or a part of them as Python writes one."""

    name = "N or FIRST:END"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> range:
        """The calls that are kept."""
        if isinstance(value, range):
            return value
        first, colon, end = str(value).partition(":")
        numbers = (first or "0", end) if colon else ("0", first)
        if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in numbers):
            raise _not_calls(value)
        found = range(*map(int, numbers))
        if not found:
            raise _not_calls(value)
        return found


def _not_calls(value: object) -> ExplorerError:
    return ExplorerError(
        "--calls must be a number such as 3, or two such as 10:13, not {value}.", value=value
    )


@click.command()
@click.argument("script", type=_FILE)
@click.argument("arguments", nargs=-1)
@click.option("--module", "names", multiple=True, help="A module's name; all if none is given.")
@click.option(
    "--calls",
    type=Calls(),
    default=range(20),
    show_default="20",
    help="How many calls of each module, or which, from 0: 10:13 are three.",
)
@click.option("--tokens", type=_FILE, help="What stands at the steps: one a line, or JSON.")
@click.option(
    "--limit", type=Whole(1, 2000), default=48, show_default=True, help="Megabytes to keep."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The .nc to write.")
def record(
    script: Path,
    arguments: tuple[str, ...],
    names: tuple[str, ...],
    calls: range,
    tokens: Path | None,
    limit: int,
    out: Path,
) -> None:
    """Run SCRIPT and write what its recurrent modules did to a file.

    The page "Yours" opens it, and so does xarray.open_datatree. The script runs as python runs it;
    its arguments stand behind "--". What its main thread computes is recorded: calls of nn.RNN,
    nn.GRU, nn.LSTM and of their cells, by their names in the model.
    """
    from explorer.recordings.script import ScriptRecorder, run

    if out.suffix.lower() != ".nc":
        raise ExplorerError("A recording is written to a file that ends in .nc.")
    words = None if tokens is None else _words(tokens)
    recorder, code = ScriptRecorder(names, calls, limit << 20), None
    try:
        run(script, arguments, recorder)
    except SystemExit as end:
        code = end.code
    except BaseException:
        if any(recorder.traces.values()):  # then its last calls are what one wants to see
            _write(recorder, words, out)
        raise
    _write(recorder, words, out)
    sys.exit(code)


def _words(path: Path) -> list[str] | list[list[str]]:
    from explorer.stored import document

    try:
        content = path.read_text(encoding="utf-8")
        if not content.lstrip().startswith("["):
            return content.splitlines()
        found: list[str] | list[list[str]] = document.parse(content)
    except (OSError, ValueError) as error:
        raise ExplorerError(
            "The file {path} cannot be read: {reason}.", path=path, reason=error
        ) from error
    return found


def _write(
    recorder: "ScriptRecorder", words: list[str] | list[list[str]] | None, out: Path
) -> None:
    from explorer.recordings.script import with_words
    from explorer.recurrence.export import write

    recording = recorder.recording()
    write(recording if words is None else with_words(recording, words), out)
    for name, why in recorder.skipped.items():
        click.echo(f"{name}: not recorded. {why}", err=True)
    if recorder.stopped:
        click.echo(
            "Stopped at the limit: keep less with --module or --calls, or raise --limit.", err=True
        )
    for name, traces in recording.items():
        steps = ", ".join(str(trace.sizes["step"]) for trace in traces[:5])
        more = ", …" if len(traces) > 5 else ""
        click.echo(f"{name}: {len(traces)} × {steps}{more} steps", err=True)
    click.echo(str(out))
