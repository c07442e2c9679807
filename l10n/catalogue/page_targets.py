"""A fast path that reads the approved targets of a catalogue, without making entries.

It reads only files in the form that we write; for any other, ``read`` has to be used, which knows all of
gettext's syntax and reports errors.  It works on bytes with the strings of each text joined, and of most
files decodes nothing but the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path
from typing import Any

from l10n import disk
from l10n.catalogue import chunks, provenance, reading
from l10n.catalogue.quoting import unquoted
from l10n.errors import InputError
from l10n.model import Key

_JOINT = chunks.JOINT.encode()
_STRING = rb'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"\n'
_HEADER = re.compile(rb'(?:#(?: (?!.*l10n:).*+)?\n)*+msgid ""\nmsgstr ' + _STRING)
_WRITTEN = len(b'\nmsgid ""\nmsgstr ""\n')
_CONTEXT = len(b'msgctxt ""\n')
_PLAIN = rb"(?:#(?: (?!.*l10n:).*+)?\n)*+"
_COMMENTS = (
    _PLAIN
    + rb"(?:# l10n: (initial|translated|reviewed|final) [!-~]{1,24} [!-~]{1,12} ([0-9a-f]{16})\n)?+"
    + _PLAIN
    + rb"(?:#\. .*+\n)*+(?:#: .*+\n)*+"
)
_ENTRY = re.compile(
    rb"\n(" + _COMMENTS + rb")(?:msgctxt " + _STRING + rb")?+msgid " + _STRING + rb"msgstr " + _STRING
)
# What making the strings of a text one would hide: a comment that ends like one.
_QUOTED_COMMENT = re.compile(rb'\n#.*"\n"')
_NUMBERED = re.compile(rb"\\[0-7x]")
# What gettext reads in a way of its own, or refuses; a string that ends in an escaped sign is one of them.
_REFUSED = (b"\r", b"\0", b"\4")
_CUT_OFF = (b"\\\n", b'\\"\n')
_APPROVED = frozenset({b"reviewed", b"final"})

# What stands between texts that are joined: none of them has one.
_JOINED = b"\0"


@dataclass(frozen=True, slots=True)
class PageTargets:
    """The approved targets of a catalogue by (context, source), in the order of the file.

    ``locale`` is the one its header names.
    """

    locale: str
    targets: Mapping[Key, str]


def read_page_targets(path: Path | str) -> PageTargets | None:
    """The approved targets of a catalogue; None when ``read`` is needed, or there is no file."""
    try:
        data = disk.read(path)
        data.decode("utf-8")
    except (InputError, UnicodeDecodeError):
        return None
    if _QUOTED_COMMENT.search(data):
        return None
    for sign in _REFUSED:
        if sign in data:
            return None
    flat = data.replace(_JOINT, b"")
    header = _HEADER.match(flat)
    locale = None if header is None else _locale(data[: data.find(b"\n\n") + 1], header[1])
    if header is None or locale is None:
        return None
    if flat.find(b"\\", header.end()) >= 0 and any(sign in data for sign in _CUT_OFF):
        return None
    targets = _targets(flat, header.end())
    return None if targets is None else PageTargets(locale, targets)


def _targets(flat: bytes, start: int) -> dict[Key, str] | None:
    """The approved targets of a file's entries, from where its header ends.

    None where one is not as we write it.
    """
    entries = _ENTRY.findall(flat, start)
    if not entries:
        return None if _has_unread_rest(flat, start) else {}
    comments, states, digests, *texts = zip(*entries, strict=True)
    size = _WRITTEN * len(entries) + _CONTEXT * (len(entries) - texts[0].count(b""))
    end = start + size + sum([len(b"".join(column)) for column in (comments, *texts)])
    if _has_unread_rest(flat, end):
        return None
    if flat.find(b"\\", start, end) >= 0:
        if _NUMBERED.search(flat, start, end):
            return None
        try:
            texts = [tuple(map(_unescaped, column)) for column in texts]
        except ValueError:
            return None
    contexts, sources, targets = texts
    return _approved(_sources(_JOINED.join(contexts), _JOINED.join(sources)), states, digests, targets)


@dataclass(frozen=True, slots=True)
class _Sources:
    """The keys of a file's entries, and what the digest of each begins with."""

    keys: tuple[Key, ...]
    packed: tuple[bytes, ...]


# The catalogues of a release, one after the other, have the same.
@lru_cache(maxsize=8)
def _sources(contexts: bytes, sources: bytes) -> _Sources | None:
    """Those of entries with these texts, joined; None where two are the same, or one is none."""
    keys = tuple(zip(_decoded(contexts), _decoded(sources), strict=True))
    if len({("", ""), *keys}) <= len(keys):
        return None
    texts = zip(contexts.split(_JOINED), sources.split(_JOINED), strict=True)
    return _Sources(keys, tuple([provenance.packed(*each) for each in texts]))


def _approved(
    known: _Sources | None, states: Sequence[bytes], digests: Sequence[bytes], targets: Sequence[bytes]
) -> dict[Key, str] | None:
    """The approved targets of entries; None where one is not as we write it."""
    if known is None:
        return None
    if not any(targets):
        return {}
    keys, packed = known.keys, known.packed
    if not all(targets):
        keys, packed, states, digests, targets = _filtered(targets, keys, packed, states, digests, targets)
    if [*map(provenance.digest_of_packed, packed, targets)] != _decoded(_JOINED.join(digests)):
        return None
    if not _APPROVED.issuperset(states):
        keys, targets = _filtered([state in _APPROVED for state in states], keys, targets)
    return dict(zip(keys, _decoded(_JOINED.join(targets)), strict=True)) if targets else {}


def _filtered(wanted: Iterable[object], *columns: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Columns of the rows that are wanted."""
    kept = [*map(bool, wanted)]
    return [tuple(compress(column, kept)) for column in columns]


def _has_unread_rest(flat: bytes, end: int) -> bool:
    """Whether something stands behind a file's entries that only ``read`` can tell."""
    # What was not read may have left the end in the middle of a letter.
    return end != len(flat) and not _obsolete(flat[end:].decode("utf-8", "replace"))


def _decoded(joined: bytes) -> list[str]:
    """Joined texts, decoded in one go."""
    return joined.decode().split("\0")


def _unescaped(raw: bytes) -> bytes:
    if b"\\" not in raw:
        return raw
    return unquoted(f'"{raw.decode()}"', chunks.JOINT, "utf-8").encode()


def _obsolete(rest: str) -> bool:
    """Whether the rest of a file is what its source does not have any more, and nothing to refuse."""
    if "\\" in rest:
        return False
    match = chunks.shape(obsolete=True).match
    start = 0
    while message := match(rest, start):
        start = message.end()
        if message[8] is not None:
            return False
    return not rest[start:].strip("\n")


@lru_cache(maxsize=256)
def _locale(written: bytes, header: bytes) -> str | None:
    """The locale that a header names; None where it is not in UTF-8, or not ``written`` as we do."""
    if any(sign in written for sign in _CUT_OFF):
        return None
    try:
        fields = reading.fields(unquoted(f'"{header.decode()}"', chunks.JOINT, "utf-8"))
    except ValueError:
        return None
    utf_8 = fields.get("Content-Type", "").endswith("charset=UTF-8")
    return fields.get("Language", "").replace("_", "-") if utf_8 else None
