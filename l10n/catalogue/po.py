"""Reads and writes catalogues on disk, without loss of anything that a gettext tool may write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from l10n import disk
from l10n.catalogue import plurals, reading, saving, signs
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


def parse_folded(data: bytes, path: str | Path) -> tuple[Catalogue, Mapping[str, str]]:
    """As ``parse`` does, with folded plural forms, and how they stood; see ``l10n.catalogue.plurals``."""
    file, originals = plurals.fold(reading.decode_file(data, Path(path)))
    return _catalogue_of(file, path), originals


def encoded_folded(
    catalogue: Catalogue, over: bytes, path: str | Path, originals: Mapping[str, str]
) -> bytes:
    """As ``encoded`` with the file there being ``over``, the plural forms of folded entries put back.

    Raises CatalogueError where two entries of the catalogue differ in nothing but their plural source.
    """
    file = _file_of(over, Path(path))
    plurals.check_sources(catalogue.live, Path(path))
    folded, own_originals = plurals.fold(file) if file else (None, {})
    data = _raw(catalogue, folded)
    if not (own_originals or originals):
        return data
    return plurals.unfold(reading.decode_file(data, Path(path)), {**originals, **own_originals}).raw


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
        return _file_of(disk.read(path), path) if path.is_file() else None
    except InputError:
        return None


def _file_of(data: bytes, path: Path) -> File | None:
    """The text of a file, None when it says nothing.  Raises CatalogueError when it is no text."""
    file = reading.decode_file(data, path)
    return file if file.text.strip("\ufeff \t\n") else None


def _raw(catalogue: Catalogue, file: File | None) -> bytes:
    """The bytes of a catalogue, in UTF-8 when the charset of its header cannot hold it.

    Where that is for a note alone, the note is written in signs that the charset has.
    """
    encoding = reading.codec(_charset(catalogue.headers)) or "utf-8"
    with suppress(UnicodeEncodeError):
        return _encoded(catalogue, file, encoding)
    try:
        return _encoded(signs.with_fitting_notes(catalogue, encoding), file, encoding)
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
