"""Opens a folder that `save_pretrained` of `transformers` wrote, which may be a stranger's.

Nothing is downloaded, none of the folder's code is run, and only safetensors are read. What the
library would read is looked at first: plain files, of bounded size; the headers of the weights; the
configuration's numbers that decide how long it takes to build the model; and the model itself,
built without memory, so that the library never has to make up weights that the files lack.

The library then opens the files again by their names, so this protects from a folder as it was
given, not from somebody who changes it meanwhile.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from math import prod
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch

from explorer.errors import ExplorerError
from explorer.models import header
from explorer.stored import document, regular

WEIGHTS, INDEX, CONFIG = "model.safetensors", "model.safetensors.index.json", "config.json"
MOST = 4 << 30
"""Bytes of all weights."""
MOST_BESIDE = 64 << 20
"""Bytes of each file of a tokenizer."""
MOST_LAYERS, MOST_POSITIONS, MOST_ENCODED = 512, 1 << 20, 1 << 14
"""Layers, and positions of a causal model and of an encoder–decoder, which may compute a table."""
_ROOM = 1 << 24
"""Numbers that a model may have besides those in its files, such as tables of positions."""
_HEADER, _FILES = 4 << 20, 1000
_KINDS = MappingProxyType(
    {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "U8": 1, "BOOL": 1}
)
_BESIDE = (".json", ".txt", ".model", ".spm", ".jinja")


def load(folder: Path) -> tuple[Any, Any]:
    """The model and the tokenizer of a folder, the model in eval mode, in float32.

    Raises:
        ExplorerError: `transformers` is not installed, or the folder is none of a model, is refused
            for what it holds, or cannot be read by the library.
    """
    transformers = _library()
    config = _checked_config(folder)
    count = _checked_weights(folder)
    encodes = bool(config.get("is_encoder_decoder", False))
    kind = "AutoModelForSeq2SeqLM" if encodes else "AutoModelForCausalLM"
    try:
        with _quietly(transformers):
            given = transformers.AutoConfig.from_pretrained(folder, **_LOCAL)
            _check_size(getattr(transformers, kind), given, count, folder)
            model, found = getattr(transformers, kind).from_pretrained(
                folder,
                config=given,
                use_safetensors=True,
                dtype=torch.float32,
                attn_implementation="eager",
                output_loading_info=True,
                **_LOCAL,
            )
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **_LOCAL)
    except ExplorerError:
        raise
    except Exception as error:
        raise ExplorerError(
            "The folder {folder} cannot be read as a Hugging Face model: {error}",
            folder=folder,
            error=f"{type(error).__name__}: {error}".splitlines()[0][:200],
        ) from error
    _check_complete(found, folder)
    return model.eval().requires_grad_(False), tokenizer


_LOCAL = MappingProxyType({"local_files_only": True, "trust_remote_code": False})


def _library() -> Any:
    try:
        return import_module("transformers")
    except ImportError:
        raise ExplorerError(
            "Hugging Face models need the package transformers: pip install transformers"
        ) from None


@contextmanager
def _quietly(transformers: Any) -> Iterator[None]:
    """Without the library's progress bars, and without advice to install something else."""
    logging = transformers.utils.logging
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _checked_config(folder: Path) -> dict[str, Any]:
    """The configuration, once everything that the library reads beside the weights is looked at."""
    names = _names(folder)
    if CONFIG not in names or not {WEIGHTS, INDEX} & names:
        raise ExplorerError(
            "The folder {folder} is not a Hugging Face model: it needs {config} and {weights}. "
            "Weights in other formats are not read; save_pretrained of transformers writes these.",
            folder=folder,
            config=CONFIG,
            weights=WEIGHTS,
        )
    for name in sorted(names):
        if name.endswith(_BESIDE):
            with regular.opened(folder / name, most=MOST_BESIDE):
                pass
    config = _object(folder / CONFIG)
    tokenizer = "tokenizer_config.json"
    others = _object(folder / tokenizer) if tokenizer in names else {}
    for setting in ("auto_map", "quantization_config"):
        if setting in config or setting in others:
            raise _refused(folder, setting)
    if "adapter_config.json" in names:
        raise _refused(folder, "adapter_config.json")
    _check_numbers(config, folder)
    return config


def _names(folder: Path) -> set[str]:
    try:
        entries = [entry.name for entry, _n in zip(folder.iterdir(), range(_FILES), strict=False)]
    except OSError as error:
        raise ExplorerError(
            "The folder {folder} cannot be opened: {reason}.",
            folder=folder,
            reason=error.strerror or type(error).__name__,
        ) from None
    return set(entries)


def _object(path: Path) -> dict[str, Any]:
    try:
        found = document.read(path, most=document.MOST)
    except ExplorerError:
        raise
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if not isinstance(found, dict):
        raise _unreadable(path, ValueError("not an object"))
    return found


def _unreadable(path: Path, error: Exception) -> ExplorerError:
    return ExplorerError(
        "The file {path} cannot be read: {reason}.", path=path, reason=str(error)[:200]
    )


def _refused(folder: Path, setting: str) -> ExplorerError:
    return ExplorerError(
        "The folder {folder} was not read: {setting} asks for code or weights that are not in its "
        "safetensors, and nothing else is used.",
        folder=folder,
        setting=setting,
    )


def _check_numbers(config: Mapping[str, Any], folder: Path) -> None:
    """Refuse numbers by which building the model alone would take long."""
    positions = MOST_ENCODED if config.get("is_encoder_decoder") else MOST_POSITIONS
    for name, value in _numbers(config):
        layers = re.search(r"layers?$|blocks$|experts$", name)
        most = MOST_LAYERS if layers else positions if re.search("position|ctx", name) else 1 << 40
        if value > most:
            raise ExplorerError(
                "The folder {folder} was not read: its configuration has {name} = {value}; the "
                "limit is {most}.",
                folder=folder,
                name=name[:60],
                value=f"{value:.6g}" if value > 1 << 60 else value,
                most=most,
            )


def _numbers(value: object, name: str = "") -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _numbers(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one, name)
    elif type(value) is int:
        yield name, min(value, 1 << 200)


def _checked_weights(folder: Path) -> int:
    """How many numbers the files hold, whose headers fit their sizes."""
    count, size = 0, 0
    for name in _weight_files(folder):
        path = folder / name
        try:
            with regular.opened(path, most=MOST) as file:
                size += file.size
                found = header.read(file, kinds=_KINDS, limit=_HEADER)
        except ExplorerError:
            raise
        except (OSError, ValueError) as error:
            raise _unreadable(path, error) from None
        count += sum(map(prod, found.shapes.values()))
    if size > MOST:
        raise ExplorerError(
            "The weights in {folder} have {size} bytes; the limit is {most}.",
            folder=folder,
            size=size,
            most=MOST,
        )
    return count


def _weight_files(folder: Path) -> list[str]:
    """The one file, or those that the index names, which lie in the folder itself."""
    if WEIGHTS in _names(folder):
        return [WEIGHTS]
    index = _object(folder / INDEX).get("weight_map")
    names = set(index.values()) if isinstance(index, dict) else set()
    if not names or not all(isinstance(n, str) and n in _names(folder) for n in names):
        raise _unreadable(folder / INDEX, ValueError("it names files that are not there"))
    return sorted(names)


def _check_size(kind: Any, config: Any, count: int, folder: Path) -> None:
    """Build the model without memory, and compare how large it is with its files."""
    with torch.device("meta"):
        model = kind.from_config(config, attn_implementation="eager", trust_remote_code=False)
    needs = sum(part.numel() for part in {*model.parameters(), *model.buffers()})
    if needs > 2 * count + _ROOM:
        raise ExplorerError(
            "The folder {folder} was not read: its configuration describes {needs} weights, its "
            "files have {count}.",
            folder=folder,
            needs=needs,
            count=count,
        )


def _check_complete(found: Mapping[str, Any], folder: Path) -> None:
    missing = sorted(map(str, found.get("missing_keys", ())))
    if missing:
        raise ExplorerError(
            "The weights in {folder} are incomplete: {name} is missing.",
            folder=folder,
            name=missing[0][:100],
        )
