"""Parses the bytes of a PO file into entries, each with its position in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NoReturn, TypeAlias

from l10n import disk
from l10n.catalogue import chunks, provenance
from l10n.catalogue.chunks import Chunk
from l10n.catalogue.lexer import error_at
from l10n.catalogue.quoting import BAD_ESCAPE, unquoted
from l10n.errors import CatalogueError
from l10n.model import EMPTY_CONTEXT, Entry, Key, State
from l10n.review_rule import DEFAULT_RULE, ReviewRule

Headers = tuple[tuple[str, str], ...]
EntryFields: TypeAlias = (
    "tuple[str, str, str, bool, State, str, str, str, tuple[str, ...], str, bool, tuple[str, ...], str, int,"
    " str, tuple[str, ...]]"
)
"""The fields of ``Entry``, in its order; a plain tuple, since files have tens of thousands of entries."""
Span = tuple[int, int]

_CHARSET = re.compile(rb'Content-Type:(?:[^"\\\n]|"\s*"){0,200}?charset=([\w.:-]+)')
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n"
_UNSAID = "CHARSET"
# https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
_COMPILED = (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")


@dataclass(frozen=True, slots=True)
class File:
    """A PO file's text, with plain newlines when all its lines end the same, in ``newline``."""

    text: str
    path: str = ""
    encoding: str = "utf-8"
    newline: str = "\n"

    @property
    def raw(self) -> bytes:
        """The file's bytes."""
        return self.text.replace("\n", self.newline).encode(self.encoding)


@dataclass(frozen=True, slots=True)
class Messages:
    """The contents of a file; ``spans`` are the positions of the entries in its text, in the same order."""

    entries: tuple[Entry, ...]
    spans: tuple[Span, ...]
    header: Span | None
    headers: Headers
    comment: str


def read_file(path: Path) -> File:
    """Read the text of a file.

    Raises InputError when it cannot be read, CatalogueError when its bytes are not in its charset.
    """
    return decode_file(disk.read(path), path)


def decode_file(data: bytes, path: Path) -> File:
    """Decode the bytes of a file.

    Raises CatalogueError when they are not in its charset, or no lines.
    """
    encoding, text = _decoded(data, path)
    if "\r" not in text:
        return File(text, str(path), encoding)
    if "\r#" in text and "\n" not in text[:-1]:
        raise CatalogueError(
            "its lines end in CR alone: to gettext it is one line, and a comment from its first # on",
            path=path,
            line=1,
            remedy="Save it with line ends of Unix or Windows.",
        )
    lines = text.replace("\r\n", "\n")
    if lines.replace("\n", "\r\n") == text:
        return File(lines, str(path), encoding, "\r\n")
    return File(text, str(path), encoding)


def messages(file: File, *, rule: ReviewRule = DEFAULT_RULE) -> Messages:
    """The entries of a file.

    Raises CatalogueError, with file and line, for what msgfmt would refuse and for plural forms.
    """
    entries: list[Entry] = []
    spans: list[Span] = []
    header: Chunk | None = None
    first_lines: dict[tuple[str, str], int] = {}
    for chunk in chunks.split(file.text, file.path):
        start, end, line, obsolete, parts = chunk
        if parts[chunks.PLURAL]:
            raise CatalogueError(
                "release catalogues hold no plural forms",
                path=file.path,
                line=line,
                remedy="Use plain msgid and msgstr.",
            )
        if parts[chunks.SOURCE] == '""' and not obsolete and not parts[chunks.CONTEXT]:
            key, header = ("", ""), header or chunk
        else:
            entry = entry_of(file, chunk, rule=rule)
            entries.append(entry)
            spans.append((start, end))
            key = entry.context, entry.source
        if not obsolete and first_lines.setdefault(key, line) != line:
            raise CatalogueError(
                f"{key[1][:60]!r} stands twice, first on line {first_lines[key]}",
                path=file.path,
                line=line,
                remedy="Keep one of the two; msguniq shows them together.",
            )
    header_text = _text(file, header, header[4][chunks.TARGET]) if header else ""
    if "msgctxt" in file.text:
        for index in needless_contexts([entry.key for entry in entries]):
            entries[index] = replace(entries[index], context="")
    return Messages(
        tuple(entries),
        tuple(spans),
        header[:2] if header else None,
        tuple(fields(header_text).items()),
        "\n".join(_lines(header[4][0])).lstrip("\n") if header else "",
    )


def needless_contexts(keys: Sequence[Key]) -> list[int]:
    """Which of the keys of a file's entries have an empty context that tells nothing apart.

    An empty source is never among them: without a context it would be the header's.
    """
    if EMPTY_CONTEXT not in {context for context, _ in keys}:
        return []
    bare = {source for context, source in keys if not context}
    return [
        index
        for index, (context, source) in enumerate(keys)
        if context == EMPTY_CONTEXT and source and source not in bare
    ]


# The provenance of an entry with a target and without comments: most entries of other programs.
_TRANSLATED: provenance.Provenance = (State.TRANSLATED, "", "", "", "", "", ())


@cache
def codec(charset: str) -> str:
    """Python's codec for the charset a header names, "" if a PO file cannot be in it."""
    encoding = "utf-8" if charset in {"", _UNSAID, "UTF-8"} else charset
    try:
        return encoding if _PLAIN.decode(encoding) == _PLAIN.decode("ascii") else ""
    except (LookupError, UnicodeError):
        return ""


def fields(text: str) -> dict[str, str]:
    """The fields of a header; a line without a colon continues the one before."""
    by_name: dict[str, str] = {}
    name = ""
    for line in text.removesuffix("\n").split("\n") if text else ():
        before, colon, value = line.partition(":")
        if colon:
            name = before
            by_name[name] = value.strip()
        elif name:
            by_name[name] += f"\n{line.strip()}"
    return by_name


def entry_of(file: File, chunk: Chunk, *, rule: ReviewRule = DEFAULT_RULE) -> Entry:
    """Parse the entry in a chunk of a file.  Raises CatalogueError for an escape gettext does not know."""
    return Entry(*entry_fields(file, chunk, rule=rule))


def entry_fields(file: File, chunk: Chunk, *, rule: ReviewRule = DEFAULT_RULE) -> EntryFields:
    """Parse the fields of the entry in a chunk, as ``entry_of`` does."""
    _, _, line, obsolete, parts = chunk
    comments, notes, _, flags, previous, context, source, _, _, target = parts
    joint = chunks.GONE_JOINT if obsolete else chunks.JOINT
    encoding = file.encoding
    try:
        # most texts stand in one string and without a backslash: no call for those
        plain = "\n" not in source and "\\" not in source
        source = source[1:-1] if plain else unquoted(source, joint, encoding)
        plain = "\n" not in target and "\\" not in target
        target = target[1:-1] if plain else unquoted(target, joint, encoding)
        if context:
            context = unquoted(context, joint, encoding) or EMPTY_CONTEXT
        if previous:
            previous = unquoted(previous, chunks.old_joint(obsolete=obsolete), encoding)
    except ValueError:
        _refuse_escape(file, chunk)
    fuzzy, other_flags = _flags(flags) if flags else (False, ())
    lines = _lines(comments) if comments else ()
    state, origin, actor, base, comment, author, approvers = (
        provenance.read_provenance(source, target, context, lines, fuzzy=fuzzy, rule=rule)
        if lines or rule.gettext or not target
        else _TRANSLATED
    )
    return (
        source,
        target,
        context,
        fuzzy,
        state,
        origin,
        actor,
        comment,
        tuple(_lines(notes, 3)) if notes else (),
        previous,
        obsolete,
        other_flags,
        base,
        line,
        author,
        approvers,
    )


def _lines(block: str, skip: int = 2) -> list[str]:
    """Comment lines without their sign."""
    if block.count("\n") == 1:
        return [block[skip:].rstrip()]
    return [line[skip:].rstrip() for line in block.split("\n")[:-1]]


def _flags(text: str) -> tuple[bool, tuple[str, ...]]:
    """(fuzzy, the other flags); white space separates two flags as well as a comma does."""
    if text == "fuzzy":
        return True, ()
    flags: list[str] = []
    for part in text.split(","):
        flags += [part.strip()] if part.strip().startswith("range:") else part.split()
    return "fuzzy" in flags, tuple(flag for flag in flags if flag != "fuzzy")


def _text(file: File, chunk: Chunk, raw: str) -> str:
    try:
        return unquoted(raw, chunks.JOINT, file.encoding)
    except ValueError:
        _refuse_escape(file, chunk)


def _refuse_escape(file: File, chunk: Chunk) -> NoReturn:
    escape = BAD_ESCAPE.search(file.text, chunk[0], chunk[1])
    at = escape.start() if escape else chunk[0]
    raise error_at(
        file.text,
        at,
        file.path,
        f"{escape[0] if escape else 'an octal escape'} is no escape that gettext knows",
        "A backslash itself is written \\\\.",
    ) from None


def _decoded(data: bytes, path: Path) -> tuple[str, str]:
    """(codec, text) of a file."""
    match = _CHARSET.search(data)
    charset = match[1].decode("ascii", "replace") if match else _UNSAID
    encoding = codec(charset)
    if not encoding:
        raise CatalogueError(
            f"the header names an unknown charset {charset!r}", path=path, remedy="Save the file as UTF-8."
        )
    try:
        return encoding, data.decode(encoding)
    except UnicodeDecodeError as error:
        if data.startswith(_COMPILED):
            raise CatalogueError(
                "this is a compiled catalogue (MO)",
                path=path,
                line=1,
                remedy="Name the PO file it was made of.",
            ) from None
        reason = "which the header names" if match else "and the header names no charset"
        raise CatalogueError(
            f"byte 0x{data[error.start]:02x} is not {encoding}, {reason}",
            path=path,
            line=data[: error.start].count(b"\n") + 1,
            remedy="Save the file as UTF-8 and say so in its Content-Type header.",
        ) from None
