"""Lets what knows no plural forms handle entries that have some, and puts the forms back as they stood.

A folded entry has both sources in its msgid, with a sign between, and a line for each form in its msgstr,
which is empty where all forms are.  So its sources make its key, and its forms are decided together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from l10n.catalogue import chunks, provenance, style
from l10n.catalogue.chunks import Chunk
from l10n.catalogue.lexer import error_at
from l10n.catalogue.quoting import escaped, unquoted
from l10n.catalogue.reading import File
from l10n.catalogue.wrapping import lines
from l10n.errors import CatalogueError
from l10n.model import Entry

BETWEEN = "\x1e"
"""What stands between the two sources of a folded entry: ASCII's record separator, which no text uses."""
# As a file may have it: by itself, or as an octal or hexadecimal escape.
_SPELLED = re.compile(rf"{BETWEEN}|(?<!\\)(?:\\\\)*+\\(?:036|36(?![0-7])|x0*+1[eE](?![0-9A-Fa-f]))")
_BODY = re.compile(r"^[ \t]*(?:#~[ \t]*)?msg(?:ctxt|id)\b", re.MULTILINE)
_OWN = re.compile(rf"^[ \t]*#[ \t]*{provenance.PREFIX}[ \t].*\n", re.MULTILINE)
_FOLDED_FORM = re.compile(r'msgstr\[(\d+)\] ("(?:[^"\\]|\\.)*")')


def fold(file: File) -> tuple[File, Mapping[str, str]]:
    """A file without plural forms, and the texts of its folded entries as they stood, by the folded ones.

    Raises CatalogueError for what msgfmt would refuse, and for a file in which the sign itself stands, also
    where it has no plural forms: it may be merged with one that has.
    """
    if sign := _SPELLED.search(file.text):
        raise error_at(file.text, sign.start(), file.path, "U+001E stands in it")
    if "msgid_plural" not in file.text:
        return file, {}
    originals: dict[str, str] = {}

    def folded(lead: str, body: str, chunk: Chunk) -> str:
        if not chunk[4][chunks.PLURAL]:
            return lead + body
        text = _folded(file, chunk)
        originals.setdefault(text, body.removesuffix("\n"))
        return lead + text + body[len(body.removesuffix("\n")) :]

    return replace(file, text="".join(_with_bodies(file, folded))), originals


def unfold(file: File, originals: Mapping[str, str]) -> File:
    """The same file with the plural forms of its folded entries; those in ``originals`` as they stood."""
    if BETWEEN not in file.text:
        return file
    width = style.width(file.text, default=79)

    def unfolded(lead: str, body: str, chunk: Chunk) -> str:
        if BETWEEN not in chunk[4][chunks.SOURCE]:
            return lead + body
        bare = body.removesuffix("\n")
        text = originals.get(bare) or _unfolded(file, chunk, width)
        # A line about its state is one about the folded text, and would fit no other.
        return _OWN.sub("", lead) + text + body[len(bare) :]

    return replace(file, text="".join(_with_bodies(file, unfolded)))


def check_sources(entries: Iterable[Entry], path: Path) -> None:
    """See that no two entries, some of them folded, are one to gettext, which looks at the first source only.

    Raises CatalogueError where they are.
    """
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        source = entry.source.partition(BETWEEN)[0]
        if (entry.context, source) in seen:
            raise CatalogueError(f"{source[:60]!r} would stand there with two plural sources", path=path)
        seen.add((entry.context, source))


def _with_bodies(file: File, changed: Callable[[str, str, Chunk], str]) -> Iterator[str]:
    """A text in pieces, the comments and the bodies of its entries put through a function."""
    last = 0
    for chunk in chunks.split(file.text, file.path):
        start, end, *_ = chunk
        match = _BODY.search(file.text, start, end)
        begin = match.start() if match else start
        yield file.text[last:start]
        yield changed(file.text[start:begin], file.text[begin:end], chunk)
        last = end
    yield file.text[last:]


def _folded(file: File, chunk: Chunk) -> str:
    parts = chunk[4]
    targets = [(number, _plain(file, chunk, form)) for number, form in chunks.numbered_forms(parts)]
    told = "\n".join(f'msgstr[{number}] "{escaped(target)}"' for number, target in targets)
    source = BETWEEN.join(_plain(file, chunk, parts[at]) for at in (chunks.SOURCE, chunks.PLURAL))
    return _written(
        file, chunk, ("msgid", source), ("msgstr", told if any(target for _, target in targets) else "")
    )


def _unfolded(file: File, chunk: Chunk, width: int) -> str:
    source, _, plural = _plain(file, chunk, chunk[4][chunks.SOURCE]).partition(BETWEEN)
    forms = [
        (f"msgstr[{number}]", unquoted(text, chunks.JOINT, file.encoding))
        for number, text in _FOLDED_FORM.findall(_plain(file, chunk, chunk[4][chunks.TARGET]))
    ]
    fields = (("msgid", source), ("msgid_plural", plural), *(forms or [("msgstr[0]", "")]))
    return _written(file, chunk, *fields, width=width)


def _plain(file: File, chunk: Chunk, raw: str) -> str:
    joint = chunks.GONE_JOINT if chunk[3] else chunks.JOINT
    try:
        return unquoted(raw, joint, file.encoding)
    except ValueError:
        raise CatalogueError("an escape that gettext does not know", path=file.path, line=chunk[2]) from None


def _written(file: File, chunk: Chunk, *fields: tuple[str, str], width: int = 79) -> str:
    sign = "#~ " if chunk[3] else ""
    context = chunk[4][chunks.CONTEXT]
    every_field = (("msgctxt", _plain(file, chunk, context)), *fields) if context else fields
    return "\n".join(line for keyword, text in every_field for line in lines(keyword, text, width, sign))
