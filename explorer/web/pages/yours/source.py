"""The file that is open: the reader's, or the example; a file that is refused leaves what was."""

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from explorer.errors import ExplorerError
from explorer.locale import paragraph
from explorer.recordings.reading import MOST_MEGABYTES, Entry, Part, contents, read
from explorer.shipped_files import HOME, restore_command
from explorer.web.kit.errors import sentence
from explorer.web.kit.file_field import choose_file
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain

MOST_STEPS = 400
"""Of a part: as many as the gate pages read of a text."""
_EXAMPLE = "example"


@dataclass(frozen=True)
class Source:
    """An open file.

    Attributes:
        key: Stands for it in caches.
        name: The reader's name of it.
        content: Its bytes.
        entries: Its traces.
    """

    key: str
    name: str
    content: bytes
    entries: tuple[Entry, ...]

    @property
    def is_example(self) -> bool:
        """Whether it is the page's own."""
        return self.key == _EXAMPLE

    def modules(self) -> dict[str, list[Entry]]:
        """The traces of each module, in the order of its calls."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.module, []).append(entry)
        return found

    def part(self, entry: Entry, *, sequence: int, first: int) -> Part:
        """Some steps of one sequence of a trace, read once.

        Raises:
            ExplorerError: The file is damaged there, or the part is too large.
        """
        return _part(self.key, entry.path, sequence, first, _content=self.content, _entry=entry)


@dataclass(frozen=True)
class _Tried:
    """What became of the last file that the reader gave."""

    file_id: str
    good: Source | None
    error: ExplorerError | None


def choose_source(frame: Frame, label: str, *, name: str, none: Source | None) -> Source | None:
    """A field for a file, and what is open.

    Args:
        frame: The page's frame.
        label: Above the field.
        name: Tells the page's fields apart.
        none: What is open where no file was given.
    """
    file = choose_file(label, key=frame.address.key(name), most=MOST_MEGABYTES)
    key = frame.address.key(f"{name}.tried")
    tried: _Tried | None = st.session_state.get(key)
    if file is not None and (tried is None or tried.file_id != file.file_id):
        tried = st.session_state[key] = _try(file, tried.good if tried else None)
    if tried is None:
        return none
    if file is None:
        _offer_to_close(tried, key)
    elif tried.error:
        kept = _("What was open stays open.")
        st.error(paragraph(sentence(tried.error), kept), icon=":material/error:")
    return tried.good or none


def _offer_to_close(tried: _Tried, key: str) -> None:
    """A file that has left its field stays open: it leaves it for a moment when another comes."""
    if tried.good:
        said = _("Close {name}").format(name=plain(tried.good.name))
        st.button(said, key=f"{key}.close", on_click=st.session_state.pop, args=(key,))


def _try(file: UploadedFile, good: Source | None) -> _Tried:
    try:
        with st.spinner(_("Reading the file …")):
            content = file.getvalue()
            opened = Source(file.file_id, file.name, content, contents(content))
    except ExplorerError as error:
        return _Tried(file.file_id, good, error)
    return _Tried(file.file_id, opened, None)


@st.cache_resource(show_spinner=False)
def example() -> Source:
    """The page's own recording: two networks that learned to recall a symbol, on two texts.

    Raises:
        ExplorerError: Its file is missing or damaged.
    """
    path = "pretrained/recording.nc"
    try:
        content = (HOME / path).read_bytes()
    except OSError:
        raise ExplorerError(
            "The file {path} is missing; restore it with: {command}",
            path=path,
            command=restore_command(path),
        ) from None
    return Source(_EXAMPLE, path, content, contents(content))


@st.cache_resource(max_entries=8, show_spinner=False)
def _part(
    key: str, path: str, sequence: int, first: int, *, _content: bytes, _entry: Entry
) -> Part:
    return read(_content, _entry, sequence=sequence, first=first, most=MOST_STEPS)
