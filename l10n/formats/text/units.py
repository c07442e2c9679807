"""A text's blocks become units, and everything else skeleton."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from l10n import conventions, segment
from l10n.conventions import Convention
from l10n.formats import merge_tags
from l10n.formats.text import (
    abreast,
    boxes,
    contacts,
    embedded,
    folios,
    hyphens,
    justified,
    kinds,
    links,
    locked,
    mail,
    navigation,
    newsroom,
    outlines,
    prompts,
    prose,
    rows,
    signs,
    tables,
    verse,
    wraps,
)
from l10n.formats.text.blocks import blocks
from l10n.formats.text.columns import dense, joint, opening_word
from l10n.formats.text.hyphens import Hyphens
from l10n.formats.text.layout import Block, Layout
from l10n.formats.text.lines import (
    BLANK,
    RULE,
    Line,
    initial_beside,
    is_beside,
    is_initial,
    read,
    stands_apart,
)
from l10n.formats.text.wraps import Wrap
from l10n.formats.text.writing import PAGE_BREAK
from l10n.inline import (
    LONE,
    TEXT,
    VALUE,
    Run,
    text_run,
)
from l10n.model import Kind, Segment, Unit

_CONTROLS = re.compile(
    r"\u202a[^\u202a-\u202e]*\u202c|[\u202a-\u202e]+|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u2028\u2029\ufeff]+|(?<=[\x20-\u02ff])\u200b+"
)
_PAGE_END = "\f"
_WHOLE = frozenset({Kind.TITLE, Kind.CONTACT})


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a text is read: its language, the hyphens and the wrap seen in it, its lines in columns.

    ``narrow`` is the wrap of the lines in ``columned``, columns of prose; ``numbers`` are those of the lines
    in the file.  ``sections`` are the lines with the number of a section, which stays in its unit for a page
    to show; ``justified`` those with wide gaps between words.
    """

    locale: str
    convention: Convention
    hyphens: Hyphens
    wrap: Wrap
    narrow: Wrap
    columned: Collection[int]
    numbers: Sequence[int]
    rowed: Collection[int]
    sections: Collection[int]
    justified: set[int]
    links: bool


def extract(text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:
    """A plain text taken apart: title, paragraphs, items, quotations, contact lines.

    Navigation, rules and blank lines are skeleton.  A unit's ``width`` is the column its text
    was hard-wrapped at, its ``name`` "ordered" for an item with a number.  Raises ConfigError
    when ``locale`` is no language tag.
    """
    del path
    convention = conventions.load(locale)
    printed, sections = outlines.marked(folios.marked(newsroom.marked(read(text))))
    lines = links.marked(prompts.marked(mail.marked(printed)))
    marked = signs.signs(lines, convention)
    cues, contact = contacts.find(lines, marked, convention)
    rowed = rows.find(lines, contact)
    headings = {at for at, line in enumerate(lines) if stands_apart(line)}
    single = marked.keys() | contact | rowed | headings | verse.find(lines)
    columned, numbers = _columned(lines) if _is_apart(text) else (set[int](), range(1, len(lines) + 1))
    layout = Layout(lines, single, rowed, cues, wraps.observed(lines, single | columned), convention, locale)
    narrow = _narrow(lines, single, columned) if columned else layout.wrap
    all_blocks = list(_blocks(layout, narrow, columned))
    dumped = links.numbered(lines)
    release = navigation.body(
        lines, all_blocks, marked, cues | contact, convention, rowed=rowed, dumped=dumped
    )
    reading = _Reading(
        locale=locale,
        convention=convention,
        hyphens=hyphens.observed(lines, convention),
        wrap=layout.wrap,
        narrow=narrow,
        columned=columned,
        numbers=numbers,
        rowed=rowed,
        sections=sections,
        justified=justified.find(lines),
        links=dumped,
    )
    named = kinds.kinds(lines, release, cues, contact, rowed, convention)
    inside = _parts(lines, zip(release, _with_sections(release, named, sections), strict=True), reading)
    return tuple(_joined(inside))


def _with_sections(
    release: Sequence[Block], named: Iterable[Kind], sections: Collection[int]
) -> Iterator[Kind]:
    """The kinds of blocks, where one that begins with the number of a section is a paragraph and no item."""
    for block, kind in zip(release, named, strict=True):
        yield Kind.PARAGRAPH if kind is Kind.ITEM and block.start in sections else kind


def _is_apart(text: str) -> bool:
    """Whether a text had columns or boxes."""
    return abreast.BEGIN in text or boxes.MARK in text


def _columned(lines: Sequence[Line]) -> tuple[set[int], Sequence[int]]:
    """The lines in columns of prose, or in boxes, and the number of each line in the file."""
    raws = [line.before if line.shape is BLANK else "" for line in lines]
    framed = boxes.inside([(line.before, line.after) if line.shape is RULE else ("", "") for line in lines])
    return abreast.inside(raws) | framed, abreast.numbers(raws)


def _narrow(lines: Sequence[Line], single: Collection[int], columned: Collection[int]) -> Wrap:
    """The wrap of the lines in columns of prose, or that of the boxes where there are no columns."""
    others = set(range(len(lines))).difference(columned)
    wrap = wraps.observed(lines, others.union(single), narrowest=prose.NARROWEST)
    if any(abreast.BEGIN in line.before for line in lines):
        return wrap
    room = boxes.room([line.content for line in lines if line.shape is RULE and boxes.MARK in line.after])
    return replace(wrap, column=wrap.column or room, shown=room)


def _blocks(layout: Layout, narrow: Wrap, columned: Collection[int]) -> Iterator[Block]:
    """The text's blocks; lines in columns of prose have a wrap of their own."""
    if not columned:
        yield from blocks(layout, 0, len(layout.lines))
        return
    start = 0
    for inside, group in groupby(range(len(layout.lines)), key=columned.__contains__):
        stop = [*group][-1] + 1
        for block in blocks(replace(layout, wrap=narrow) if inside else layout, start, stop):
            yield block
            start = block.end
        start = max(start, stop)


def _parts(
    lines: Sequence[Line],
    release: Iterable[tuple[Block, Kind]],
    reading: _Reading,
) -> Iterator[str | Unit]:
    at = 0
    for block, kind in release:
        yield "".join(map(_raw, lines[at : block.start]))
        members = block.of(lines)
        before = members[0].before
        number = before[before.index(members[0].marker) :] if block.start in reading.sections else ""
        yield before.removesuffix(number)
        inside = tuple(_inside(block, members, kind, reading))
        if number:
            inside = (number, *inside)
        if any(isinstance(part, Segment) for part in inside):
            marker = members[0].marker
            ordered = kind is Kind.ITEM and marker != "o" and any(map(str.isalnum, marker))
            wrap = reading.narrow if block.start in reading.columned else reading.wrap
            line = reading.numbers[block.start]
            name = tables.ROW if block.start in reading.rowed else "ordered" if ordered else ""
            yield Unit(inside, kind, line, name, _width(members, wrap))
        else:
            yield "".join(map(str, inside))
        yield members[-1].after
        at = block.end
    yield "".join(map(_raw, lines[at:]))


def _inside(block: Block, members: Sequence[Line], kind: Kind, reading: _Reading) -> Iterator[str | Segment]:
    """A block's segments; those of a line in columns stand in one column each."""
    columns: list[tuple[Sequence[Line], str]] = [(members, "")]
    if block.start in reading.rowed:
        columns = [([members[0]._replace(content=cell)], gap) for cell, gap in rows.cells(members[0].content)]
        last, gap = columns[-1]
        columns[-1] = ([last[0]._replace(after=members[0].after), *members[1:]], gap)
    widened = not reading.justified.isdisjoint(range(block.start, block.end))
    for column, gap in columns:
        runs = list(_evened(_runs(column, reading)) if widened else _runs(column, reading))
        yield from segment.cut(runs, reading.locale, values=kind is Kind.CONTACT, whole=kind in _WHOLE)
        yield gap


def _raw(line: Line) -> str:
    return line.before + line.content + line.after


def _width(members: Sequence[Line], wrap: Wrap) -> int:
    printed = _without_page_edges(members)
    if len(printed) == 1 or (len(printed) == 2 and is_initial(*printed)):
        return 0
    return wrap.shown or max(map(wraps.line_end, printed))


def _without_page_edges(members: Sequence[Line]) -> list[Line]:
    """A block's lines without those between two pages."""
    return [line for line in members if line.shape not in (BLANK, RULE)]


def _runs(members: Sequence[Line], reading: _Reading) -> Iterator[Run]:
    """A block's text and locked values, with each line wrap as a run of its own."""
    convention, suspended = reading.convention, hyphens.suspended(reading.convention)
    tight = dense("\n".join(line.content for line in members))
    printed = _without_page_edges(members)
    gaps = _gaps(members)
    for line, following in zip_longest(printed, printed[1:]):
        hyphen = _hyphen(line.content, following.content, reading.hyphens) if following else ""
        content = line.content.removesuffix(hyphen) if hyphen else line.content
        if line is printed[0] and (initial := initial_beside(printed)):
            content = content[len(initial) :]
            letter = line._replace(content=initial[0])
            joined = _is_initial(letter, line._replace(content=content), convention)
            yield from (text_run(initial[0]), Run(initial[1:], "" if joined else " "))
        for run in locked.values(content, convention.phone_labels):
            yield from [run] if run.role is VALUE else _visible(run.text, reading)
        if not following:
            return
        if hyphen or _is_initial(line, following, convention):
            gap = ""
        else:
            gap = joint(content, following.content, suspended, dense=tight)
        raw, turned = next(gaps)
        if turned:
            yield from _turned(hyphen + raw, gap)
        else:
            yield Run(hyphen + raw, gap)


def _evened(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs of a justified text, with one blank for each of its wide gaps."""
    for run in runs:
        if run.role is not TEXT or run.raw != run.text:
            yield run
            continue
        at = 0
        for gap in justified.WIDENED.finditer(run.text):
            yield from (text_run(run.text[at : gap.start()]), Run(gap[0], " "))
            at = gap.end()
        yield text_run(run.text[at:])


def _is_initial(line: Line, following: Line, convention: Convention) -> bool:
    """Whether a large letter belongs to the word below it, and is no word by itself, as "A" may be."""
    letter, function_words = line.content.casefold(), convention.function_words
    return is_initial(line, following) and (
        letter not in function_words or letter + opening_word(following.content).casefold() in function_words
    )


def _gaps(members: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    """What stands between each two lines with words, and whether a page ends there."""
    between, turned = members[0].after, False
    for line in members[1:]:
        if line.shape in (BLANK, RULE):
            between += _raw(line)
            turned = turned or not is_beside(line)
        else:
            raw = between + line.before
            yield raw, turned or _PAGE_END in raw
            between, turned = line.after, False


def _turned(raw: str, gap: str) -> Iterator[Run]:
    """The end of a page inside a sentence: a code, so that foot and head are kept."""
    space = [Run("", gap)] if gap else []
    yield from (*space, Run(raw, "", LONE, "page", PAGE_BREAK), *space)


def _hyphen(left: str, right: str, seen: Hyphens) -> str:
    """The hyphen at a line's end that is no letter of its word."""
    return left[-1:] if left.endswith("\u00ad") or seen.divide(left, right) else ""


def _visible(text: str, reading: _Reading) -> Iterator[Run]:
    """Text with control characters as runs that show a space or nothing.

    Numbers of links, or tags of mailing systems, are codes.  Soft hyphens and zero-width spaces between Latin
    letters only say where a line may be broken, and embeddings which way it was printed.
    """
    said = links.runs if reading.links else merge_tags.runs
    if text.isprintable():  # controls and signs without width are not
        yield from said(text)
        return
    at = 0
    for found in _CONTROLS.finditer(text):
        yield from said(text[at : found.start()])
        shown = _shown(found.group())
        yield Run(found.group(), shown.rstrip() or shown)
        if shown.strip() != shown.lstrip():
            yield Run("", " ")
        at = found.end()
    yield from said(text[at:])


def _shown(controls: str) -> str:
    """What control characters, or figures between signs of direction, show."""
    if chunk := embedded.CHUNK.fullmatch(controls):
        return embedded.read(chunk[1])
    return " " if any(map(str.isspace, controls)) else _left_over(controls)


def _left_over(controls: str) -> str:
    """What control characters were in windows-1252, misread as ISO 8859-1: dashes, quotes, €."""
    return bytes(ord(char) for char in controls if "\x80" <= char <= "\x9f").decode("cp1252", "ignore")


def _joined(parts: Iterable[str | Unit]) -> Iterator[str | Unit]:
    """Parts with neighbouring strings made one."""
    for apart, group in groupby(parts, key=lambda part: isinstance(part, Unit)):
        if apart:
            yield from group
        elif joined := "".join(map(str, group)):
            yield joined
