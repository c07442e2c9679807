"""Source files: one extract and one encode each, and the merge they all share."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath
from typing import Protocol

from l10n.errors import InputError, TargetError, UsageError
from l10n.model import Document, Kind, Segment, Unit
from l10n.registry import Registry

Targets = Mapping[tuple[str, str], str]


class Format(Protocol):
    """How one kind of file is read and written.  A module of functions will do.

    Contract, held by ``tests/contracts/test_formats.py`` for every format in the table:

    * joining the parts that ``extract`` returns gives ``text`` back, character for character;
    * ``encode`` returns text that, read again in the same place, says exactly ``target``: it
      can neither end the place nor become markup;
    * both take time in proportion to their input.
    """

    suffixes: tuple[str, ...]

    def charset(self, data: bytes) -> str | None:
        """The encoding the file names for itself, None when it names none."""

    def extract(self, text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:
        """The file's text taken apart."""

    def encode(self, unit: Unit, segment: Segment, target: str, column: int) -> str:
        """A target as the file writes it; ``column`` (from 0) is where it will start.

        Raises CodeError when the target's codes are not those of the segment.
        """

    def body(self, document: Document, targets: Targets, mark: tuple[str, str]) -> str:
        """The document as the HTML inside a page's article, with only whole units filled.

        ``mark`` is the (opening, closing) HTML put around the inside of a unit that stays in
        the source language, a span that says so.
        """


FORMATS: Registry[Format] = Registry(
    "l10n.formats",
    {
        "html": "l10n.formats.html",
        "markdown": "l10n.formats.markdown",
        "text": "l10n.formats.text",
    },
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def for_path(path: str) -> tuple[str, Format]:
    """The (name, format) for a path's ending.  Raises UsageError when there is none."""
    suffix = PurePath(path).suffix.lower()
    for name, format_ in FORMATS:
        if suffix in format_.suffixes:
            return name, format_
    known = ", ".join(suffix for _, format_ in FORMATS for suffix in format_.suffixes)
    raise UsageError(f"no format for the ending {suffix!r}", path=path, remedy=f"Known endings: {known}.")


def extract(data: bytes, *, path: str, locale: str) -> Document:
    """A source file, taken apart; the path's ending chooses the format.

    Raises UsageError for an unknown ending, InputError for bytes that are not text.
    """
    name, format_ = for_path(path)
    encoding = _encoding(data, format_, path)
    text = _decode(data, encoding, path)
    return Document(format_.extract(text, path=path, locale=locale), path, name, locale, encoding)


def merge(document: Document, targets: Targets) -> bytes:
    """The document with its holes filled; a segment without a target keeps its own text.

    ``targets`` maps (context, source) to a target; an empty one counts as none.  Raises
    TargetError, naming the segment, when a target's codes do not fit or its characters do not
    exist in the document's encoding.
    """
    text = fold(document, targets)
    try:
        return text.encode(document.encoding)
    except UnicodeEncodeError:
        raise _unencodable(document, targets) from None


def fold(
    document: Document, targets: Targets, *, whole_units: bool = False, mark: tuple[str, str] = ("", "")
) -> str:
    """The document's text with its holes filled.

    With ``whole_units`` a unit is filled only when all of its segments have a target, so that
    no paragraph mixes languages, and ``mark`` stands around the inside of one that is not.
    """
    format_ = FORMATS.get(document.format)
    out: list[str] = []
    for part in document.parts:
        if isinstance(part, str):
            out.append(part)
        elif whole_units and not whole(part, targets):
            shown = part.kind not in {Kind.ATTRIBUTE, Kind.METADATA}
            out.extend((mark[0], part.raw, mark[1]) if shown and part.segments else (part.raw,))
        else:
            _fill(part, targets, document, format_, out)
    return "".join(out)


def whole(unit: Unit, targets: Targets) -> bool:
    """Whether every segment of a unit has a target."""
    return all(targets.get(segment.key) for segment in unit.segments)


def _fill(unit: Unit, targets: Targets, document: Document, format_: Format, out: list[str]) -> None:
    last = ""
    for part in unit.parts:
        if isinstance(part, str):
            out.append(part)
            last = ""
        elif target := targets.get(part.key):
            if last and _need_space(last, target):
                out.append(" ")
            column = _column(out) if unit.width else 0
            out.append(_encoded(unit, part, target, column, document, format_))
            last = target
        else:
            out.append(part.raw)
            last = ""


def _encoded(
    unit: Unit, segment: Segment, target: str, column: int, document: Document, format_: Format
) -> str:
    try:
        return format_.encode(unit, segment, target, column)
    except TargetError as error:
        raise TargetError(
            f"the target of {segment.source[:60]!r} cannot be written: {error.message}",
            path=document.path,
            line=unit.line,
            remedy=error.remedy,
        ) from None


def _need_space(before: str, after: str) -> bool:
    """Whether targets whose sources touch (Chinese, Japanese) need a space between them."""
    wide = {"W", "F"}
    return not {unicodedata.east_asian_width(before[-1]), unicodedata.east_asian_width(after[0])} & wide


def _column(out: list[str]) -> int:
    width = 0
    for piece in reversed(out):
        width += len(piece) - 1 - piece.rfind("\n")
        if "\n" in piece:
            break
    return width


def _encoding(data: bytes, format_: Format, path: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    declared = format_.charset(data)
    if declared is None:
        return "utf-8"
    try:
        return codecs.lookup(declared).name
    except LookupError:
        raise InputError(
            f"the file says it is in {declared!r}, which is no known encoding",
            path=path,
            remedy="Correct the charset it names, or save it as UTF-8.",
        ) from None


def _decode(data: bytes, encoding: str, path: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        raise InputError(
            f"byte 0x{data[error.start]:02x} is not {encoding}",
            path=path,
            line=before.count(b"\n") + 1,
            column=error.start - before.rfind(b"\n"),
            remedy="Save the file as UTF-8, or correct the charset it names.",
        ) from None
    if text.encode(encoding) != data:
        raise InputError(
            f"the file does not survive reading as {encoding}",
            path=path,
            remedy="Save the file as UTF-8, or correct the charset it names.",
        )
    return text


def _unencodable(document: Document, targets: Targets) -> TargetError:
    for unit, segment in document.segments():
        try:
            targets.get(segment.key, "").encode(document.encoding)
        except UnicodeEncodeError as error:
            return TargetError(
                f"{error.object[error.start]!r} in the target of {segment.source[:60]!r}"
                f" does not exist in {document.encoding}",
                path=document.path,
                line=unit.line,
                remedy="Save the source as UTF-8.",
            )
    return TargetError(f"the result cannot be written in {document.encoding}", path=document.path)
