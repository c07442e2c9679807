"""A text's blocks become units, and everything else skeleton."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from l10n import conventions, segment
from l10n.conventions import Convention
from l10n.formats.text import contacts, hyphens, navigation, wraps
from l10n.formats.text.blocks import Block, Layout, blocks
from l10n.formats.text.columns import dense, joint
from l10n.formats.text.hyphens import Hyphens
from l10n.formats.text.lines import (
    ITEM,
    QUOTE,
    Line,
    read,
    words,
)
from l10n.formats.text.wraps import Wrap
from l10n.inline import (
    VALUE,
    Run,
    text_run,
)
from l10n.model import Kind, Segment, Unit

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST_CUE = 40
_KINDS = {ITEM: Kind.ITEM, QUOTE: Kind.QUOTE}
_WHOLE = frozenset({Kind.TITLE, Kind.CONTACT})


def extract(text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:
    """A plain text taken apart: title, paragraphs, items, quotations, contact lines.

    Navigation, rules and blank lines are skeleton.  A unit's ``width`` is the column its text
    was hard-wrapped at, its ``name`` "ordered" for an item with a number.  Raises ConfigError
    when ``locale`` is no language tag.
    """
    del path
    convention = conventions.load(locale)
    lines = read(text)
    marked = navigation.signs(lines, convention.related)
    cues, contact = contacts.find(lines, marked, convention)
    single = marked.keys() | contact
    wrap = wraps.observed(lines, single)
    found = list(blocks(Layout(lines, single, cues, wrap, convention)))
    release = navigation.body(lines, found, marked, cues | contact)
    kinds = _kinds(lines, release, cues, contact)
    seen = hyphens.observed(lines, cut=convention.cut_words, function_words=convention.function_words)
    inside = _parts(lines, zip(release, kinds, strict=True), wrap, locale, convention, seen)
    return tuple(_joined(inside))


def _kinds(
    lines: Sequence[Line], release: Sequence[Block], cues: Collection[int], contact: Collection[int]
) -> list[Kind]:
    """What each block is to a reader."""
    kinds = [_kind(lines, block, cues, contact) for block in release]
    title = navigation.title(lines, [*_leading(lines, release, kinds)])
    if title is not None:
        kinds[title] = Kind.TITLE
    return kinds


def _kind(lines: Sequence[Line], block: Block, cues: Collection[int], contact: Collection[int]) -> Kind:
    if block.start in contact:
        return Kind.CONTACT
    if block.end - 1 in cues and sum(words(line.content) for line in block.of(lines)) <= _LONGEST_CUE:
        return Kind.CUE
    return _KINDS.get(block.shape, Kind.PARAGRAPH)


def _leading(lines: Sequence[Line], release: Sequence[Block], kinds: Sequence[Kind]) -> Iterator[Block]:
    """The blocks before the first sentence, any of which may be the title."""
    for block, kind in zip(release, kinds, strict=True):
        if kind is not Kind.PARAGRAPH or not navigation.titular(lines, block):
            return
        yield block


def _parts(
    lines: Sequence[Line],
    release: Iterable[tuple[Block, Kind]],
    wrap: Wrap,
    locale: str,
    convention: Convention,
    seen: Hyphens,
) -> Iterator[str | Unit]:
    at = 0
    for block, kind in release:
        yield "".join(map(_raw, lines[at : block.start]))
        members = block.of(lines)
        yield members[0].before
        inside = segment.cut(
            list(_runs(members, convention, seen)), locale, values=kind is Kind.CONTACT, whole=kind in _WHOLE
        )
        if any(isinstance(part, Segment) for part in inside):
            marker = members[0].marker
            ordered = kind is Kind.ITEM and marker != "o" and any(map(str.isalnum, marker))
            yield Unit(inside, kind, block.start + 1, "ordered" if ordered else "", _width(members, wrap))
        else:
            yield "".join(map(str, inside))
        yield members[-1].after
        at = block.end
    yield "".join(map(_raw, lines[at:]))


def _raw(line: Line) -> str:
    return line.before + line.content + line.after


def _width(members: Sequence[Line], wrap: Wrap) -> int:
    if len(members) == 1:
        return 0
    return wrap.shown or max(map(wraps.line_end, members))


def _runs(members: Sequence[Line], convention: Convention, seen: Hyphens) -> Iterator[Run]:
    """A block's text and locked values, with each line wrap as a run of its own."""
    tight = dense("\n".join(line.content for line in members))
    for line, following in zip_longest(members, members[1:]):
        hyphen = _hyphen(line.content, following.content, seen) if following else ""
        content = line.content.removesuffix(hyphen) if hyphen else line.content
        for run in contacts.values(content, convention.phone_labels):
            yield from [run] if run.role is VALUE else _visible(run.text)
        if following:
            gap = "" if hyphen else joint(content, following.content, convention.function_words, dense=tight)
            yield Run(hyphen + line.after + following.before, gap)


def _hyphen(left: str, right: str, seen: Hyphens) -> str:
    """The hyphen at a line's end that is no letter of its word."""
    return left[-1:] if left.endswith("\u00ad") or seen.divide(left, right) else ""


def _visible(text: str) -> Iterator[Run]:
    """Text with control characters as runs that show a space or nothing."""
    at = 0
    for found in _CONTROLS.finditer(text):
        if found.start() > at:
            yield text_run(text[at : found.start()])
        yield Run(found.group(), " " if any(map(str.isspace, found.group())) else "")
        at = found.end()
    if at < len(text):
        yield text_run(text[at:])


def _joined(parts: Iterable[str | Unit]) -> Iterator[str | Unit]:
    """Parts with neighbouring strings made one."""
    for apart, group in groupby(parts, key=lambda part: isinstance(part, Unit)):
        if apart:
            yield from group
        elif joined := "".join(map(str, group)):
            yield joined
