"""Streams elements from an XML file of any size; a damaged element does not affect the others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from l10n import disk
from l10n.errors import InputError

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute ``xml:lang``, as ElementTree names it."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that no XML 1.0 file can hold, in whatever way they are written."""
_PIECE = 1 << 18  # bytes read at a time
_HEAD = 1 << 16  # characters within which the root has to begin
_LONGEST = 1 << 20  # characters of an element beyond which it is taken for damage
_LONGEST_MARK = 64  # characters that a mark at the end of a piece may have
_COMMENT_END = re.compile("-->")
_WIDE = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}  # the first character without a byte order mark
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


@dataclass(frozen=True, slots=True)
class ElementFormat:
    """An XML format: the elements that are read, which never nest, and the roots a file may have."""

    name: str
    elements: tuple[str, ...]
    roots: tuple[str, ...]
    remedy: str

    @property
    def root(self) -> re.Pattern[str]:
        """The beginning of the root, with the prefix of its namespace."""
        return re.compile(rf"<([A-Za-z_][\w.-]*:)?(?:{'|'.join(self.roots)})")

    def start(self, prefix: str) -> re.Pattern[str]:
        """A comment, the beginning of an element or the end of the root."""
        elements, roots = "|".join(self.elements), "|".join(self.roots)
        return re.compile(rf"<!--|<{prefix}(?:{elements})(?=[\s>/])|</{prefix}(?:{roots})\s*>")

    def end(self, prefix: str) -> re.Pattern[str]:
        """The end of an element."""
        return re.compile(rf"</{prefix}(?:{'|'.join(self.elements)})\s*>")


@dataclass(frozen=True, slots=True)
class SkippedElement:
    """An element that was skipped: the line it begins on, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element as text, with its first line; ``head`` is the text before the file's first element."""

    line: int
    text: str
    head: str = ""


def read(path: Path, kind: ElementFormat) -> Iterator[Element]:
    """Yield every element of a file, not parsed yet; undecodable bytes become surrogates.

    Raises InputError, with the line, for a file of another format; for a truncated file only after the
    complete elements.
    """
    line, buffer, ended, head = 1, "", False, ""
    pieces = _pieces(path, kind)
    while len(buffer) < _HEAD and (piece := next(pieces, "")):
        buffer += piece
    root = kind.root.search(buffer)
    prefix = re.escape(root[1] or "") if root else ""
    start, end = kind.start(prefix), kind.end(prefix)
    for piece in chain(("",), pieces):
        buffer += piece
        spans, rest, root_ended = _spans(buffer, start, end)
        if not head and (spans or root_ended or len(buffer) >= _HEAD):
            head = _head(buffer[: spans[0][0]] if spans else buffer, path, kind)
        ended = ended or root_ended
        at = 0
        for first, last in spans:
            line += buffer.count("\n", at, first)
            yield Element(line, buffer[first:last], head)
            at = first
        line += buffer.count("\n", at, rest)
        buffer = buffer[rest:]
    if not head:
        _head(buffer, path, kind)
    if not ended:
        line += buffer.count("\n")
        raise InputError("the file breaks off before its end", path=path, line=line, remedy=kind.remedy)


def _spans(
    text: str, start: re.Pattern[str], end: re.Pattern[str]
) -> tuple[list[tuple[int, int]], int, bool]:
    """Where whole elements begin and end, where what may go on begins, and whether the root's end was met."""
    spans: list[tuple[int, int]] = []
    at, ended = 0, False
    while match := start.search(text, at):
        mark = match.group()
        if mark.startswith("</"):
            ended, at = True, match.end()
            continue
        last = _COMMENT_END.search(text, match.end()) if mark == "<!--" else end.search(text, match.end())
        if last is not None:
            if mark != "<!--":
                spans.append((match.start(), last.end()))
            at = last.end()
        elif len(text) - match.start() > _LONGEST:
            at = match.end()
        else:
            return spans, match.start(), ended
    return spans, max(at, len(text) - _LONGEST_MARK), ended


def _head(text: str, path: Path, kind: ElementFormat) -> str:
    """The text before the first element, which has to contain the root."""
    if not kind.root.search(text):
        raise InputError(f"this is no {kind.name}", path=path, line=1, remedy=kind.remedy)
    return text[:_HEAD]


def _pieces(path: Path, kind: ElementFormat) -> Iterator[str]:
    """The text of a file, in the encoding it declares."""
    try:
        with path.open("rb") as file:
            first = file.read(_PIECE)
            decoder = codecs.getincrementaldecoder(_encoding(first))("surrogateescape")
            yield decoder.decode(first).removeprefix("\ufeff")
            while piece := file.read(_PIECE):
                yield decoder.decode(piece)
            yield decoder.decode(b"", final=True)
    except OSError as error:
        raise disk.unreadable(path, error) from None
    except (LookupError, UnicodeError) as error:
        raise InputError(f"cannot be read as {kind.name}: {error}", path=path, remedy=kind.remedy) from None


def _encoding(first: bytes) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first[:2] in _WIDE:
        return _WIDE[first[:2]]
    declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode("ascii") if declared else "utf-8"
    # Bytes in which a declaration can be read are not wide ones: such a file was saved anew by an editor.
    return "utf-8" if name.lower().startswith(("utf-16", "utf-32", "ucs-", "unicode")) else name
