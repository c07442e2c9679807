"""What a page may show of a catalogue, read without making entries of it.

Only a file as we write it is read so, every entry as it was approved; where anything else stands in it,
``read`` has to be asked, which knows all that gettext does and says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from l10n import disk
from l10n.catalogue import chunks, provenance, reading
from l10n.catalogue.quoting import unquoted
from l10n.errors import InputError

_STRING = r'"(?:[^"\\\n]++|\\.)*+"'
_STRINGS = rf"{_STRING}(?:\n{_STRING})*+"
_HEADER = re.compile(rf'(?:#(?: (?!\s*l10n:).*+)?\n)*+msgid ""\nmsgstr ({_STRINGS})\n')
_COMMENTS = r"(?:\#(?:\ (?!\s*l10n:).*+)?\n)*+"
_ENTRY = re.compile(
    rf"""
    (\n
    {_COMMENTS}
    (?:\#\ l10n:\ (initial|translated|reviewed|final)\ \S{{1,24}}\ \S{{1,12}}\ ([0-9a-f]{{16}})\n)?+
    {_COMMENTS}
    (?:\#\.\ .*+\n)*+
    (?:\#:\ .*+\n)*+
    (?:msgctxt\ ({_STRINGS})\n)?+
    msgid\ ({_STRINGS})\n
    msgstr\ ({_STRINGS})\n)
    """,
    re.VERBOSE,
)
_APPROVED = frozenset({"reviewed", "final"})

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The approved targets of a catalogue by (context, source), in the order of the file.

    ``locale`` is the one its header names.
    """

    locale: str
    targets: Mapping[Key, str]


def shown(path: Path) -> Shown | None:
    """What a page may show of a catalogue; None where only ``read`` can tell, or there is none."""
    try:
        text = disk.read(path).decode("utf-8")
    except (InputError, UnicodeDecodeError):
        return None
    head = _HEADER.match(text)
    locale = None if head is None else _locale(head[1])
    if head is None or locale is None or "\r" in text or "\0" in text or "\4" in text or "\\\n" in text:
        return None
    found = _ENTRY.findall(text, head.end())
    end = head.end() + sum(len(each[0]) for each in found)
    if end != len(text) and not _obsolete(text, end):
        return None
    targets: dict[Key, str] = {}
    seen: set[Key] = set()
    try:
        for _, state, digest, context, source, target in found:
            key = _said(context), _said(source)
            seen.add(key)
            said = _said(target)
            if not said:
                continue
            if not digest or provenance.of(*key, said) != digest:
                return None
            if state in _APPROVED:
                targets[key] = said
    except ValueError:
        return None
    return Shown(locale, targets) if len(seen) == len(found) and ("", "") not in seen else None


def _said(raw: str) -> str:
    if "\\" not in raw and "\n" not in raw:
        return raw[1:-1]
    return unquoted(raw, chunks.JOINT, "utf-8")


def _obsolete(text: str, start: int) -> bool:
    """Whether the rest of a file is what its source does not have any more, and nothing to refuse."""
    if "\\" in text[start:]:
        return False
    match = chunks.shape(obsolete=True).match
    while found := match(text, start):
        start = found.end()
        if found[8] is not None:
            return False
    return not text[start:].strip("\n")


@lru_cache(maxsize=256)
def _locale(header: str) -> str | None:
    """The locale that a header names, None where the file is not in UTF-8."""
    try:
        told = reading.fields(unquoted(header, chunks.JOINT, "utf-8"))
    except ValueError:
        return None
    utf_8 = told.get("Content-Type", "").endswith("charset=UTF-8")
    return told.get("Language", "").replace("_", "-") if utf_8 else None
