"""Source files: one extract and one encode each, and the merge they all share."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, runtime_checkable

from l10n import inline
from l10n.errors import TargetError, UsageError
from l10n.formats import loading
from l10n.formats.loading import Loaded
from l10n.gc_tuning import relaxed_gc
from l10n.inline import (
    CLOSE,
    TEXT,
)
from l10n.model import Code, Document, Kind, Segment, Unit
from l10n.registry import Registry

Key = tuple[str, str]
Targets = Mapping[Key, str]
Body = Callable[[Targets, tuple[str, str]], str]
Woven = Callable[[Sequence[str]], str]
"""A document's body from all of its words: the runs between the codes of each distinct segment, in order.

No codes may be in another order than in the sources, and no run may have controls, marks, or blanks in a
row or at the ends of its segment.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What gives a document's body: for any targets and mark, and ``woven`` where it is known how.

    ``woven`` is None where that does not do.
    """

    full: Body
    woven: Woven | None = None

    def __call__(self, targets: Targets, mark: tuple[str, str]) -> str:
        """The body, as ``Format.body`` gives it."""
        return self.full(targets, mark)


class Format(Protocol):
    """How one kind of file is read and written.  A module of functions will do.

    Contract, held by ``tests/contracts/test_formats_contract.py`` for every format in the table:

    * joining the parts that ``extract`` returns gives ``text`` back, character for character;
    * ``encode`` returns text that, read again in the same place, says exactly ``target``: it
      can neither end the place nor become markup;
    * both take time in proportion to their input.
    """

    suffixes: tuple[str, ...]
    names_encoding: bool
    """Whether its files can name their own encoding."""

    def load(self, data: bytes, *, path: str) -> Loaded:
        """The file's text.  Raises InputError when the bytes are not such a file."""

    def save(self, document: Document, text: str) -> bytes:
        """The file's bytes with other text in it; the text of ``load`` gives the same bytes.

        Raises UnicodeEncodeError when a character does not exist in the file's encoding.
        """

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


@runtime_checkable
class SaysLanguage(Protocol):
    """A format whose files say which language they are in."""

    def in_language(self, document: Document, merged: bytes, *, locale: str) -> bytes:
        """A file that ``merge`` made of the document, which says it is in ``locale``."""


@runtime_checkable
class Dated(Protocol):
    """A format whose files may say on which day they were published, in their metadata."""

    def stated_date(self, text: str) -> str:
        """That day as the file writes it, which ISO 8601 may begin with; "" where it says none."""


@runtime_checkable
class Paged(Protocol):
    """A format of whole pages, of which only a part may be the release: ``main`` is its selector."""

    def extract_main(self, text: str, *, path: str, locale: str, main: str) -> tuple[str | Unit, ...]:
        """The file's text taken apart, with units in that part and the page's titles only."""

    def body(self, document: Document, targets: Targets, mark: tuple[str, str], *, main: str = "") -> str:
        """As ``Format.body``, of that part."""

    def body_of(self, document: Document, *, main: str = "") -> Body:
        """``body`` of a document for any targets and mark."""

    def shown(self, document: Document, *, main: str = "") -> tuple[Unit, ...]:
        """The units in what ``body`` returns."""


@runtime_checkable
class Pressed(Protocol):
    """A format that can do once what is the same for all languages of a page."""

    def body_of(
        self, document: Document, full: Body | None = None, keys: Mapping[Key, Key] | None = None
    ) -> Written:
        """``Format.body`` of a document for any targets and mark.

        ``full`` is asked for it where not all is filled.  ``keys`` leads from the keys of the document's
        segments to those of the targets, where these are others.
        """


@dataclass(frozen=True, slots=True)
class BodyTraits:
    """What pages have to make good in the HTML that ``Format.body`` gives; nothing where a format is silent.

    ``commonmark`` says that it is as CommonMark renders it: HTML of the writer's stands in it as it is, a
    picture by itself has its caption for a title, and a wide table cannot be scrolled.  ``plain_addresses``
    says that addresses people wrote as plain words are no links in it, ``one_way_notes`` that its notes do
    not lead back to their places.  ``xml_skeleton`` says that the skeleton of its units is XML.
    """

    commonmark: bool = False
    plain_addresses: bool = False
    one_way_notes: bool = False
    xml_skeleton: bool = False


@runtime_checkable
class DescribesBody(Protocol):
    """A format of whose ``body`` pages have to know more."""

    body_traits: BodyTraits


# Our own, with their endings, so that nothing has to be loaded to know which format reads a file.
_OWN = {
    "docx": (".docx",),
    "html": (".html", ".htm"),
    "markdown": (".md", ".markdown", ".mdx"),
    "text": (".txt", ".text"),
}
_BY_ENDING = {suffix: name for name, endings in _OWN.items() for suffix in endings}
FORMATS: Registry[Format] = Registry("l10n.formats", {name: f"l10n.formats.{name}" for name in _OWN})


# Python looks the members of a protocol up each time it is asked, which takes as long as a paragraph does.
@cache
def _paged(name: str) -> Paged | None:
    format_ = FORMATS.get(name)
    return format_ if isinstance(format_, Paged) else None


@cache
def _pressed(name: str) -> Pressed | None:
    format_ = FORMATS.get(name)
    return format_ if isinstance(format_, Pressed) else None


@cache
def _body_traits(name: str) -> BodyTraits:
    format_ = FORMATS.get(name)
    return format_.body_traits if isinstance(format_, DescribesBody) else BodyTraits()


def known(suffix: str) -> bool:
    """Whether a format reads files with an ending, in small letters and with its dot."""
    return suffix in _BY_ENDING or suffix in suffixes()


def suffixes() -> tuple[str, ...]:
    """Every ending that a format reads."""
    return tuple(suffix for _, format_ in FORMATS for suffix in format_.suffixes)


def for_path(path: str) -> tuple[str, Format]:
    """The (name, format) for a path's ending.  Raises UsageError when there is none."""
    suffix = PurePath(path).suffix.lower()
    if name := _BY_ENDING.get(suffix, ""):
        return name, FORMATS.get(name)
    for name, format_ in FORMATS:
        if suffix in format_.suffixes:
            return name, format_
    endings = ", ".join(suffixes())
    raise UsageError(f"no format for the ending {suffix!r}", path=path, remedy=f"Known endings: {endings}.")


def bare(path: str) -> bool:
    """Whether the files of a path's format cannot name their own encoding.  Raises as ``for_path``."""
    return not for_path(path)[1].names_encoding


def in_utf_8(data: bytes, encoding: str, *, path: str) -> bytes:
    """A text or Markdown file that is in another encoding, in UTF-8.

    Raises UsageError for a format whose files name their own and for an encoding nobody knows,
    EncodingError where the bytes are not in it.
    """
    if not bare(path):
        raise UsageError("such a file says itself what it is in", path=path, remedy="Leave --encoding out.")
    return loading.in_utf_8(data, encoding, path=path)


@relaxed_gc()
def extract(data: bytes, *, path: str, locale: str, main: str = "") -> Document:
    """A source file, taken apart; the path's ending chooses the format.

    ``main`` is a selector for the part of a page that is for translators.  Raises UsageError for
    an unknown ending, for a selector nobody can read and for one where there are no pages,
    InputError for bytes that are not text and where the selector finds nothing.
    """
    name, format_ = for_path(path)
    paged = _paged(name) if main else None
    if main and paged is None:
        raise UsageError(f"{name} files have no element {main!r}", path=path, remedy="Leave --main out.")
    loaded = format_.load(data, path=path)
    if paged is not None:
        parts = paged.extract_main(loaded.text, path=path, locale=locale, main=main)
    else:
        parts = format_.extract(loaded.text, path=path, locale=locale)
    return Document(parts, path, name, locale, loaded.encoding, loaded.container)


def located(data: bytes, *, path: str) -> str:
    """A selector for the part of a web page that is its article; see ``l10n.formats.web.located``."""
    found: str = import_module("l10n.formats.web").located(data, path=path)
    return found


def stated_date(document: Document) -> dt.date | None:
    """The day of publication in a file's metadata, None where there is none or it is no day."""
    format_ = FORMATS.get(document.format)
    if not isinstance(format_, Dated):
        return None
    try:
        return dt.date.fromisoformat(format_.stated_date(document.text)[:10].replace("/", "-"))
    except ValueError:
        return None


def body(document: Document, targets: Targets, mark: tuple[str, str], *, main: str = "") -> str:
    """The document as the HTML inside a page's article; see ``Format.body`` and ``extract``."""
    format_ = FORMATS.get(document.format)
    if paged := _paged(document.format):
        return paged.body(document, targets, mark, main=main)
    return format_.body(document, targets, mark)


def body_traits(document: Document) -> BodyTraits:
    """What pages have to know of what ``body`` gives for a document."""
    return _body_traits(document.format)


def body_of(
    document: Document,
    *,
    main: str = "",
    exact: Callable[[], Document] | None = None,
    keys: Mapping[Key, Key] | None = None,
) -> Written:
    """``body`` of a document for any targets and mark; what is the same for all is done once.

    Where ``exact`` is given its document is meant, which says the same in other words: ``keys`` leads to
    the keys of its segments, and it is asked for only where more is needed than its shape.
    """
    format_ = FORMATS.get(document.format)
    if paged := _paged(document.format):
        return Written(paged.body_of(exact() if exact else document, main=main))
    if pressed := _pressed(document.format):

        def full(targets: Targets, mark: tuple[str, str]) -> str:
            return format_.body(exact() if exact else document, targets, mark)

        return pressed.body_of(document, full, keys)
    return Written(partial(format_.body, exact() if exact else document))


def shown(document: Document, *, main: str = "") -> tuple[Unit, ...]:
    """The units that stand in what ``body`` returns: all of them, but those around a page's main part."""
    inside = replace(document, extra_units=()) if document.extra_units else document
    paged = _paged(document.format)
    return paged.shown(inside, main=main) if paged else inside.units


def merge(document: Document, targets: Targets) -> bytes:
    """The document with its holes filled; a segment without a target keeps its own text.

    ``targets`` maps (context, source) to a target; an empty one counts as none.  Raises
    TargetError, naming the segment, when a target's codes do not fit or its characters do not
    exist in the document's encoding.
    """
    text = fold(document, targets)
    try:
        return FORMATS.get(document.format).save(document, text)
    except UnicodeEncodeError:
        raise _unencodable(document, targets) from None


def merge_into(document: Document, targets: Targets, *, locale: str) -> bytes:
    """As ``merge``; where the format's files say their language, one that was changed says ``locale``."""
    merged = merge(document, targets)
    format_ = FORMATS.get(document.format)
    if isinstance(format_, SaysLanguage) and locale and merged != document.raw:
        return format_.in_language(document, merged, locale=locale)
    return merged


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
            _fill(part, targets, document, format_, out, whole_units=whole_units)
    return "".join(out)


def whole(unit: Unit, targets: Targets) -> bool:
    """Whether every segment of a unit has a target."""
    return all(targets.get(segment.key) for segment in unit.segments)


def _fill(
    unit: Unit,
    targets: Targets,
    document: Document,
    format_: Format,
    out: list[str],
    *,
    whole_units: bool = False,
) -> None:
    last = before = ""
    for part in unit.parts:
        if isinstance(part, str):
            out.append(part)
            last = ""
            continue
        segment = _with_holes_filled(part, targets, document, format_, whole_units=whole_units)
        if target := targets.get(part.key):
            if last and (last, target) != (before, part.source) and _need_space(last, target):
                out.append(" ")
            column = _column(out) if unit.width else 0
            out.append(_encoded(unit, segment, target, column, document, format_))
            last, before = target, part.source
        else:
            out.append(segment.raw)
            last = ""


def _with_holes_filled(
    segment: Segment, targets: Targets, document: Document, format_: Format, *, whole_units: bool
) -> Segment:
    """A segment whose codes say in the target language what they hold for a reader."""
    if not any(code.holes for code in segment.codes):
        return segment
    filled = tuple(
        _code_filled(code, targets, document, format_, whole_units=whole_units) for code in segment.codes
    )
    known = {code.number: (code, new) for code, new in zip(segment.codes, filled, strict=True)}
    out: list[str] = []
    at = 0
    for token in inline.tokens(segment.source):
        if token.role is TEXT:
            continue
        code, new = known[token.number]
        closes = token.role is CLOSE
        old, became = (code.closing or "", new.closing or "") if closes else (code.opening, new.opening)
        begin = segment.raw.index(old, at)
        out.extend((segment.raw[at:begin], became))
        at = begin + len(old)
    return replace(segment, codes=filled, raw="".join((*out, segment.raw[at:])))


def _code_filled(
    code: Code, targets: Targets, document: Document, format_: Format, *, whole_units: bool
) -> Code:
    opening, closing = code.opening, code.closing or ""
    for hole in reversed(code.holes):
        if whole_units and not whole(hole.unit, targets):
            continue
        out: list[str] = []
        _fill(hole.unit, targets, document, format_, out)
        words = "".join(out)
        if hole.closing:
            closing = closing[: hole.start] + words + closing[hole.end :]
        else:
            opening = opening[: hole.start] + words + opening[hole.end :]
    return replace(code, opening=opening, closing=None if code.closing is None else closing)


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
    """Whether targets whose sources touch (Chinese, Japanese, a forgotten space) need one between them."""
    wide = {"W", "F"}
    return not {unicodedata.east_asian_width(before[-1]), unicodedata.east_asian_width(after[0])} & wide


def _column(out: list[str]) -> int:
    width = 0
    for piece in reversed(out):
        width += len(piece) - 1 - piece.rfind("\n")
        if "\n" in piece:
            break
    return width


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
