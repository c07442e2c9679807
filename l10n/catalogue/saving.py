"""Writes a catalogue as the text of a PO file: a new one in our own style, or merged into an existing one.

What did not change in a file that is there stays as it is, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from operator import attrgetter

from l10n.catalogue import chunks, provenance, reading, style
from l10n.catalogue.reading import File, Headers, Messages, Span
from l10n.catalogue.wrapping import lines, strings
from l10n.errors import CatalogueError
from l10n.model import EMPTY_CONTEXT, Catalogue, Entry, State

Piece = tuple[Span | None, str]

WIDTH = 79
"""gettext's own page width: no line of a text is wider, quotes included."""

_content = attrgetter(
    "target",
    "fuzzy",
    "origin",
    "actor",
    "comment",
    "notes",
    "previous",
    "obsolete",
    "flags",
    "state",
    "author",
    "approvers",
)
_LEAD = re.compile(r"(?:[ \t\r\f\v]*+(?:#(?!~(?!\|)).*+)?\n)*+")
_LINE = re.compile(r"[^\n]*+\n")
_NEWLINE = re.compile(r"\r\n?|\n")
_OWN = re.compile(rf"\s*#\s*{provenance.PREFIX}\s")
_ORDER = ("#", "own", "#.", "#:", "#,", "#|")
_NO_WRAP = "no-wrap"
_HAS_CONTEXT = re.compile(r"^[ \t]*+(?:#~[ \t]*+)?+msgctxt\b", re.MULTILINE)
_FORBIDDEN = re.compile("[\0\4\ud800-\udfff]")


def new_file_text(catalogue: Catalogue) -> str:
    """The text of a new file; obsolete entries stand last.

    Raises CatalogueError for a character that would make the file unreadable.
    """
    blocks = [_header(catalogue.comment, catalogue.headers)]
    obsolete: list[str] = []
    for entry in catalogue.entries:
        (obsolete if entry.obsolete else blocks).append(_written(entry, WIDTH))
    text = "\n".join(blocks + obsolete)
    if _FORBIDDEN.search(text):
        for entry in catalogue.entries:
            _check(entry)
    return text


def message(entry: Entry, width: int) -> str:
    """The text of one entry, in the order and form that gettext gives it.

    Raises CatalogueError for a character that would make the file unreadable.
    """
    _check(entry)
    return _written(entry, width)


def _written(entry: Entry, width: int) -> str:
    if not (_settled(entry) or entry.context or entry.obsolete):
        told = "".join(_commented("#.", entry.notes)) if entry.notes else ""
        source = "\n".join(lines("msgid", entry.source, width))
        return f'{told}{source}\nmsgstr ""\n'
    body = _body(entry, width)
    lead = _lead(entry, width)
    return "".join((*(line for block in lead.values() for line in block), body)) if lead else body


def _settled(entry: Entry) -> bool:
    """Whether an entry has anything besides its source and notes."""
    has_content = entry.target or entry.comment or entry.previous or entry.flags
    return bool(has_content or entry.fuzzy)


def merged_text(catalogue: Catalogue, file: File) -> str:
    """The text of a file after a catalogue was saved into it."""
    try:
        messages = reading.messages(file)
    except CatalogueError:
        return new_file_text(catalogue)
    wide = cache(lambda: style.width(file.text, default=WIDTH))
    pieces = list(_pieces(catalogue, file.text, messages, wide))
    order = sorted((*messages.spans, messages.header) if messages.header else messages.spans)
    preceding = dict(zip(order, (None, *order), strict=False))
    if header := _header_text(catalogue, file.text, messages, wide):
        previous = preceding[messages.header] if messages.header else None
        at = next((i for i, (span, _) in enumerate(pieces, 1) if span and span == previous), 0)
        pieces.insert(at, (messages.header, header))
    if styled := _styled(file.text, wide):
        kept = {file.text[start:end] for start, end in order}
        pieces = [(span, told if told in kept else styled(span, told)) for span, told in pieces]
    tail = file.text[order[-1][1] :] if order else ""
    return "".join((*_joined(file.text, pieces, preceding), tail))


def _styled(text: str, wide: Callable[[], int]) -> Callable[[Span | None, str], str] | None:
    """What puts a text for a place of a file into a style that only some tools write; None without one."""
    if style.is_indented(text):
        return lambda _, told: style.indented(told, wide())
    if not style.is_unbroken(text):
        return None

    def joined(span: Span | None, told: str) -> str:
        broken = span is not None and style.is_broken_header(text[span[0] : span[1]])
        return told if broken else style.unbroken(told)

    return joined


def is_unchanged(entry: Entry, written: Entry) -> bool:
    """Whether an entry is the one in the file, so that it need not be written again.

    It is not when the file's line about it is one of an older text.
    """
    if _is_stale(written):
        return False
    if _content(entry) == _content(written):
        return True
    trusted = not written.base and written.state is State.TRANSLATED and not written.fuzzy
    return trusted and _content(entry) == _content(replace(written, state=State.REVIEWED))


def _is_stale(written: Entry) -> bool:
    if not written.base or (written.target and written.origin != provenance.OUTSIDE):
        return False
    return provenance.edited_outside(written)


def _pieces(catalogue: Catalogue, text: str, messages: Messages, wide: Callable[[], int]) -> Iterator[Piece]:
    """The entries of a catalogue as they go into a file that has them or not."""
    positions: dict[tuple[str, str, bool], list[int]] = {}
    for index in range(len(messages.entries) - 1, -1, -1):
        written = messages.entries[index]
        positions.setdefault((written.context, written.source, written.obsolete), []).append(index)
    for entry in catalogue.entries:
        indexes = positions.get((entry.context, entry.source, entry.obsolete))
        indexes = indexes or positions.get((entry.context, entry.source, not entry.obsolete))
        if not indexes:
            yield None, message(entry, wide())
            continue
        index = indexes.pop()
        span, written = messages.spans[index], messages.entries[index]
        old = text[span[0] : span[1]]
        yield span, old if is_unchanged(entry, written) else revised_text(entry, written, old, wide())


def _joined(text: str, pieces: Iterable[Piece], before: dict[Span, Span | None]) -> Iterator[str]:
    """Pieces in their order; text between two that are still neighbours is kept."""
    begin = 1 if text.startswith("\ufeff") else 0
    yield text[:begin]
    ended, last = True, (0, begin)
    for number, (span, piece_text) in enumerate(pieces):
        if span and (before[span] or (0, begin)) == last:
            between = text[last[1] : span[0]]
            unchanged = piece_text == text[span[0] : span[1]]
            yield between if ended or between or unchanged else "\n"
        elif number:
            yield "\n" if ended else "\n\n"
        yield piece_text
        ended, last = piece_text.endswith("\n"), span or (-1, -1)


def _header_text(catalogue: Catalogue, text: str, messages: Messages, wide: Callable[[], int]) -> str:
    if messages.header is None:
        return _header(catalogue.comment, catalogue.headers) if catalogue.headers else ""
    old = text[messages.header[0] : messages.header[1]]
    if (catalogue.comment, catalogue.headers) == (messages.comment, messages.headers):
        return old
    return _revised_header(catalogue, messages, old, wide())


def revised_text(entry: Entry, written: Entry, old: str, width: int) -> str:
    """The text of a changed entry, with as much of its old text as possible.

    Raises CatalogueError for a character that would make the file unreadable.
    """
    _check(entry)
    old_blocks, new_blocks = _old_lead(old), _lead(entry, width)
    unchanged = {
        "#": entry.comment == written.comment,
        "#.": entry.notes == written.notes or entry.obsolete,
        "#:": True,
        "#,": (entry.fuzzy, entry.flags) == (written.fuzzy, written.flags),
        "#|": (entry.previous, entry.obsolete) == (written.previous, written.obsolete),
    }
    blocks = (
        old_blocks.get(kind, []) if unchanged.get(kind) else new_blocks.get(kind, [])
        for kind in _in_order(old_blocks)
    )
    lead = "".join(line for block in blocks for line in block)
    match = chunks.shape(obsolete=written.obsolete).fullmatch(old)
    if match is None or entry.obsolete != written.obsolete:
        if not entry.context and _HAS_CONTEXT.search(old):
            entry = replace(entry, context=EMPTY_CONTEXT)
        return lead + _body(entry, width)
    raw = dict(zip(chunks.Parts._fields, match.groups(""), strict=True))
    if entry.target != written.target:
        raw["target"] = ""
    return lead + _body(entry, width, raw)


def _check(entry: Entry) -> None:
    context = "" if entry.context == EMPTY_CONTEXT else entry.context
    texts = (entry.source, entry.target, context, entry.previous, entry.comment, *entry.notes)
    if match := _FORBIDDEN.search("".join(texts)):
        raise CatalogueError(
            f"no catalogue can hold the character U+{ord(match[0]):04X}, as {entry.source[:60]!a} does",
            remedy="Take the character out.",
        )


def _room(entry: Entry, width: int) -> int:
    """How wide the texts of an entry may stand: its flag may say that their lines are not broken."""
    return style.UNLIMITED if _NO_WRAP in entry.flags else width


def _lead(entry: Entry, width: int) -> dict[str, list[str]]:
    """The comment lines of an entry by kind, those it has, in gettext's order."""
    blocks: dict[str, list[str]] = {}
    if entry.comment:
        blocks["#"] = _commented("#", entry.comment.split("\n"))
    if own := provenance.lines(entry):
        blocks["own"] = [f"# {line}\n" for line in own]
    if entry.notes and not entry.obsolete:
        blocks["#."] = _commented("#.", entry.notes)
    if entry.fuzzy or entry.flags:
        blocks["#,"] = [f"#, {', '.join(('fuzzy', *entry.flags) if entry.fuzzy else entry.flags)}\n"]
    if entry.previous:
        sign = "#~| " if entry.obsolete else "#| "
        blocks["#|"] = [f"{line}\n" for line in lines("msgid", entry.previous, _room(entry, width), sign)]
    return blocks


def _commented(sign: str, texts: Iterable[str]) -> list[str]:
    comment_lines: list[str] = []
    for line in texts:
        for part in _NEWLINE.split(line) if "\n" in line or "\r" in line else (line,):
            bare = f"{sign} {part}".rstrip()
            # gettext would take the line after a backslash for a part of the comment
            comment_lines.append(f"{bare} \n" if bare[-1] == "\\" else f"{bare}\n")
    return comment_lines


def _body(entry: Entry, width: int, old_strings: dict[str, str] | None = None) -> str:
    """An entry's texts; those in ``old_strings`` as they stood."""
    sign = "#~ " if entry.obsolete else ""
    old_strings, room = old_strings or {}, _room(entry, width)
    body_lines: list[str] = []
    for keyword, text, raw in (
        ("msgctxt", entry.context, old_strings.get("context")),
        ("msgid", entry.source, old_strings.get("source")),
        ("msgstr", entry.target, old_strings.get("target")),
    ):
        if raw:
            body_lines.append(f"{sign}{keyword} {raw}")
        elif text == EMPTY_CONTEXT:
            body_lines.append(f'{sign}{keyword} ""')
        elif text or keyword != "msgctxt":
            body_lines += lines(keyword, text, room, sign)
    body_lines.append("")
    return "\n".join(body_lines)


def _old_lead(old: str) -> dict[str, list[str]]:
    """The comment lines of a chunk by kind, kinds in the order they first stand there."""
    blocks: dict[str, list[str]] = {}
    kind = "#"
    lead = _LEAD.match(old)
    for line in _LINE.findall(lead[0]) if lead else ():
        kind = _kind(line) or kind
        blocks.setdefault(kind, []).append(line)
    return blocks


def _kind(line: str) -> str:
    sign = line.strip()[:2]
    if _OWN.match(line):
        return "own"
    if sign in {"#~", "#|"}:
        return "#|"
    if sign in {"#,", "#!"}:
        return "#,"
    return sign if sign in {"#.", "#:"} else sign[:1]


def _in_order(old_kinds: Iterable[str]) -> list[str]:
    """The kinds of comment lines as they stood, those that were not there in their usual place."""
    order = list(old_kinds)
    for index, kind in enumerate(_ORDER):
        if kind not in order:
            later = (i for i, other in enumerate(order) if _ORDER.index(other) > index)
            order.insert(next(later, len(order)), kind)
    return order


def _header(comment: str, headers: Headers) -> str:
    fields = "".join(f"{name}: {value}\n" for name, value in headers)
    comment_lines = _commented("#", comment.split("\n")) if comment else []
    return "".join([*comment_lines, 'msgid ""\n', *(f"{line}\n" for line in lines("msgstr", fields, WIDTH))])


def _revised_header(catalogue: Catalogue, messages: Messages, old: str, width: int) -> str:
    """The header with its changed fields, the lines of the others as they stood."""
    match = chunks.shape().fullmatch(old)
    lead = _LEAD.match(old)
    comments = lead[0] if lead else ""
    body = old[len(comments) :]
    if catalogue.comment != messages.comment:
        kept = [line for line in _LINE.findall(comments) if _kind(line) != "#"]
        comments = "".join([*_commented("#", catalogue.comment.split("\n")), *kept])
    if catalogue.headers != messages.headers:
        old_fields = _field_lines(match[10]) if match else {}
        old_values = dict(messages.headers)
        header_lines = ['msgid ""', 'msgstr ""']
        for name, value in catalogue.headers:
            kept = old_fields.get(name, []) if old_values.get(name) == value else []
            header_lines += kept or strings(f"{name}: {value}\n", width)
        body = "".join(f"{line}\n" for line in header_lines)
    return comments + body


def _field_lines(raw: str) -> dict[str, list[str]]:
    """The lines of each field that stands on lines of its own."""
    fields: dict[str, list[str]] = {}
    field_lines: list[str] = []
    for line in raw.split("\n"):
        field_lines.append(line)
        if line.endswith('\\n"'):
            name, colon, _ = field_lines[0][1:].partition(":")
            if colon and "\\" not in name and "".join(field_lines).count("\\n") == 1:
                fields[name] = field_lines
            field_lines = []
        elif line == '""':
            field_lines = []
    return fields
