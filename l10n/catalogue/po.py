"""Reads and writes catalogues on disk, without loss of anything that a gettext tool may write."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from l10n import disk
from l10n.catalogue import reading, saving
from l10n.catalogue.reading import File, Headers
from l10n.errors import CatalogueError, InputError
from l10n.gc_tuning import paused_gc
from l10n.model import Catalogue
from l10n.review_rule import DEFAULT_RULE, ReviewRule

_CHARSET = re.compile(r"(charset=)([\w.:-]+)")


def read(path: str | Path, *, rule: ReviewRule = DEFAULT_RULE) -> Catalogue:
    """The catalogue in a PO file.

    Raises CatalogueError, with file and line, for anything msgfmt would refuse: syntax, a
    charset that is not the file's, conflict markers, an entry that stands twice, plural forms.
    """
    return _catalogue_of(reading.read_file(Path(path)), path, rule=rule)


def parse(data: bytes, path: str | Path) -> Catalogue:
    """The catalogue in the bytes of a PO file that came from elsewhere; ``path`` is what to call it.

    Raises CatalogueError as ``read`` does.
    """
    return _catalogue_of(reading.decode_file(data, Path(path)), path)


@paused_gc()
def _catalogue_of(file: File, path: str | Path, *, rule: ReviewRule = DEFAULT_RULE) -> Catalogue:
    messages = reading.messages(file, rule=rule)
    return Catalogue(
        locale=dict(messages.headers).get("Language", "").replace("_", "-"),
        entries=messages.entries,
        headers=messages.headers,
        comment=messages.comment,
        path=str(path),
    )


def write(catalogue: Catalogue, path: str | Path) -> bool:
    """Write a catalogue in one step; False when the file already said exactly that.

    Raises CatalogueError for a text that no catalogue can hold.
    """
    return disk.write(Path(path), encoded(catalogue, path))


def encoded(catalogue: Catalogue, path: str | Path) -> bytes:
    """The bytes of a catalogue as it would be written to a path.

    In a file that is already there the entries that did not change stay as they are, byte for
    byte, and the others are written in the file's own style.  Raises CatalogueError for a text
    that no catalogue can hold.
    """
    path = Path(path)
    file = _existing_file(path)
    try:
        return _raw(catalogue, file)
    except CatalogueError as error:
        raise CatalogueError(error.message, path=path, remedy=error.remedy) from None


def text(catalogue: Catalogue) -> str:
    """A catalogue as the text of a PO file."""
    return saving.new_file_text(catalogue)


def _existing_file(path: Path) -> File | None:
    """The file that is there, when it is a catalogue."""
    try:
        file = reading.read_file(path) if path.is_file() else None
    except InputError:
        return None
    return file if file and file.text.strip("\ufeff \t\n") else None


def _raw(catalogue: Catalogue, file: File | None) -> bytes:
    """The bytes of a catalogue, in UTF-8 when the charset of its header cannot hold it."""
    try:
        return _encoded(catalogue, file, reading.codec(_charset(catalogue.headers)) or "utf-8")
    except UnicodeEncodeError:
        return _encoded(replace(catalogue, headers=_in_utf8(catalogue.headers)), file, "utf-8")


def _encoded(catalogue: Catalogue, file: File | None, encoding: str) -> bytes:
    if file is None:
        return saving.new_file_text(catalogue).encode(encoding)
    text = saving.merged_text(catalogue, file)
    if encoding != "utf-8":
        text = text.removeprefix("\ufeff")
    return replace(file, text=text, encoding=encoding).raw


def _charset(headers: Headers) -> str:
    match = _CHARSET.search(dict(headers).get("Content-Type", ""))
    return match[2] if match else ""


def _in_utf8(headers: Headers) -> Headers:
    return tuple(
        (name, _CHARSET.sub(r"\1UTF-8", value) if name == "Content-Type" else value)
        for name, value in headers
    )
