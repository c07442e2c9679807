"""Bytes become text and text becomes bytes again, without a loss."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from l10n.errors import EncodingError, InputError, UsageError

# The mark of UTF-16 begins that of UTF-32.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REMEDY = "Save the file as UTF-8, or correct the charset it names."
SAVE = "Save the file as UTF-8."
"""What helps in most cases."""
# Words in UTF-16 have a NUL in every other byte, in most scripts, words in UTF-32 one in the first or last of
# four.
_WIDE = {
    "UTF-16": re.compile(rb"(?:[^\0]\0){2}|(?:\0[^\0]){2}"),
    "UTF-32": re.compile(rb"(?s:(?:...\0){2}|(?:\0...){2})"),
}
# What git writes around both sides of a merge, in this order.
_CONFLICT = tuple(re.compile(mark, re.MULTILINE) for mark in (r"^<{7} ", r"^={7}\r?$", r"^>{7}(?: |\r?$)"))
SHIFTED = re.compile(rb"\x1b(?:\$[@AB()]|\([BIJ])")
"""The signs by which ISO-2022 changes its letters."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text.

    ``encoding`` is the Python codec of a text file.  ``container`` holds the file's bytes when
    the text is only what was found inside them (a zip of XML parts).
    """

    text: str
    encoding: str = "utf-8"
    container: bytes = b""


def load(
    data: bytes, *, path: str, declared: str | None = None, label: str = "", remedy: str = SAVE
) -> Loaded:
    """The text of a file: in the encoding of its byte order mark, else as declared, else UTF-8.

    ``label`` is the file's own word for what it declares, ``remedy`` is for a file that is not in UTF-8
    and declares nothing.  Raises InputError with line and column when the bytes are something else,
    where there is a NUL, since that is no text, and where git left both sides of a merge.
    """
    encoding = _encoding(data, declared, path)
    told = label if label and not _is_marked(data) else encoding
    loaded = Loaded(_decode(data, encoding, path, _REMEDY if declared else remedy, told=told), encoding)
    refuse(loaded, "\0", "a NUL byte, which no text holds", data, path)
    _refuse_undone_merge(loaded, data, path)
    return loaded


def refuse(loaded: Loaded, sign: str, told: str, data: bytes, path: str) -> None:
    """Raise InputError with the place of a sign that a file should not hold."""
    if (at := loaded.text.find(sign)) >= 0:
        before = len(loaded.text[:at].encode(loaded.encoding))
        raise _at(f"there is {told}", data, before, path, "Take it out.")


def _refuse_undone_merge(loaded: Loaded, data: bytes, path: str) -> None:
    """Raise InputError for a file with the markers of a merge: both sides would be published."""
    if "<<<<<<< " not in loaded.text:  # a tenth of a second faster on 10 MB
        return
    places = [-1]
    for mark in _CONFLICT:
        found = mark.search(loaded.text, places[-1] + 1)
        if found is None:
            return
        places.append(found.start())
    before = len(loaded.text[: places[1]].encode(loaded.encoding))
    told = "a merge was left undone here (conflict markers)"
    raise _at(told, data, before, path, "Resolve the conflict and save the file.")


def load_words(data: bytes, *, path: str) -> Loaded:
    """The same for a file that cannot name its charset."""
    marked = _is_marked(data)
    if not marked and (wide := next((name for name, words in _WIDE.items() if words.match(data)), None)):
        remedy = "Save the file as UTF-8, or with a byte order mark."
        raise _at(f"the file is in {wide}, which a byte order mark should say", data, 0, path, remedy)
    if not marked and (shift := SHIFTED.search(data)):
        raise _at("the file is in ISO-2022, not in UTF-8", data, shift.start(), path, SAVE)
    return load(data, path=path)


def in_utf_8(data: bytes, encoding: str, *, path: str) -> bytes:
    """The text of a file that is in another encoding, by any name Python knows, in UTF-8.

    Raises UsageError for an encoding nobody knows, EncodingError where the bytes are not in it.
    """
    try:
        known = codecs.lookup(encoding).name
        text = _decode(data, known, path, "Name another encoding, or save the file as UTF-8.")
    except LookupError:
        raise UsageError(
            f"there is no encoding {encoding!r}", remedy="Such names are windows-1252, windows-1256, gb18030."
        ) from None
    return text.removeprefix("\ufeff").encode()


def _is_marked(data: bytes) -> bool:
    return any(data.startswith(bom) for bom, _ in _BOMS)


def _encoding(data: bytes, declared: str | None, path: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
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


def _decode(data: bytes, encoding: str, path: str, remedy: str, *, told: str = "") -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02x} is not {told or encoding}"
        raise _at(message, data, error.start, path, remedy) from None
    if (again := text.encode(encoding)) != data:
        raise _at(
            f"the file does not survive reading as {told or encoding}",
            data,
            _common(data, again),
            path,
            remedy,
        )
    return text


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two files begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _at(message: str, data: bytes, offset: int, path: str, remedy: str) -> EncodingError:
    line, column = position(data, offset)
    return EncodingError(message, path=path, line=line, column=column, remedy=remedy)


def position(data: bytes, offset: int) -> tuple[int, int]:
    """The line of a byte and its column in bytes, both from 1."""
    return data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset)
