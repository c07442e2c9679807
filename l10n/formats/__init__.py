"""Source files: one extract and one encode each, and the merge they all share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib import import_module

from l10n.errors import TargetError, UsageError
from l10n.formats import loading
from l10n.formats.filling import fold, whole
from l10n.formats.loading import Loaded
from l10n.formats.seam import (
    Body,
    BodyTraits,
    Dated,
    DescribesBody,
    Format,
    Key,
    Paged,
    Pressed,
    SaysLanguage,
    Targets,
    Woven,
    Written,
)
from l10n.formats.table import FORMATS, bare, for_path, known, suffixes
from l10n.gc_tuning import paused_gc
from l10n.model import Document, Unit

__all__ = [
    "FORMATS",
    "Body",
    "BodyTraits",
    "Dated",
    "Format",
    "Key",
    "Loaded",
    "Paged",
    "Pressed",
    "SaysLanguage",
    "Targets",
    "Woven",
    "Written",
    "bare",
    "body",
    "body_of",
    "body_traits",
    "extract",
    "fold",
    "for_path",
    "in_utf_8",
    "known",
    "located",
    "merge",
    "merge_into",
    "shown",
    "stated_date",
    "suffixes",
    "whole",
]


def in_utf_8(data: bytes, encoding: str, *, path: str) -> bytes:
    """A text or Markdown file that is in another encoding, in UTF-8.

    Raises UsageError for a format whose files name their own and for an encoding nobody knows,
    EncodingError where the bytes are not in it.
    """
    if not bare(path):
        raise UsageError("such a file names its encoding itself", path=path, remedy="Leave --encoding out.")
    return loading.in_utf_8(data, encoding, path=path)


@paused_gc()
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
    text, encoding, container = [loaded.text], loaded.encoding, loaded.container
    del data, loaded  # of a large file there is one copy less while it is taken apart
    if paged is not None:
        parts = paged.extract_main(text.pop(), path=path, locale=locale, main=main)
    else:
        parts = format_.extract(text.pop(), path=path, locale=locale)
    return Document(parts, path, name, locale, encoding, container)


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
