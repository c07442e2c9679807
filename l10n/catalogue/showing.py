"""What a page may show of a catalogue, read without making entries of it.

Only a file as we write it is read so, every entry as it was approved; where anything else stands in it,
``read`` has to be asked, which knows all that gettext does and says what is wrong.  The bytes are taken
apart with the strings of each text made one; of most files nothing but the texts is ever decoded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from l10n import disk
from l10n.catalogue import chunks, provenance, reading
from l10n.catalogue.quoting import unquoted
from l10n.errors import InputError

_JOINT = chunks.JOINT.encode()
_STRING = rb'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"\n'
_HEADER = re.compile(rb'(?:#(?: (?!.*l10n:).*+)?\n)*+msgid ""\nmsgstr ' + _STRING)
_ENTRY = re.compile(
    rb"\n((?:#.*+\n)*+)(?:msgctxt " + _STRING + rb")?+msgid " + _STRING + rb"msgstr " + _STRING
)
_WRITTEN = len(b'\nmsgid ""\nmsgstr ""\n')
_CONTEXT = len(b'msgctxt ""\n')
_PLAIN = rb"(?:#(?: (?!.*l10n:).*+)?\n)*+"
_COMMENTS = re.compile(
    _PLAIN
    + rb"(?:# l10n: (initial|translated|reviewed|final) [!-~]{1,24} [!-~]{1,12} ([0-9a-f]{16})\n)?+"
    + _PLAIN
    + rb"(?:#\. .*+\n)*+(?:#: .*+\n)*+"
)
# What making the strings of a text one would hide: a comment that ends like one.
_QUOTED_COMMENT = re.compile(rb'\n#.*"\n"')
_NUMBERED = re.compile(rb"\\[0-7x]")
# What gettext reads in a way of its own, or refuses; a string that ends in an escaped sign is one of them.
_REFUSED = (b"\r", b"\0", b"\4", b"\\\n", b'\\"\n')
_APPROVED = frozenset({b"reviewed", b"final"})

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The approved targets of a catalogue by (context, source), in the order of the file.

    ``locale`` is the one its header names.
    """

    locale: str
    targets: Mapping[Key, str]


def shown(path: Path | str) -> Shown | None:
    """What a page may show of a catalogue; None where only ``read`` can tell, or there is none."""
    try:
        data = disk.read(path)
        data.decode("utf-8")
    except (InputError, UnicodeDecodeError):
        return None
    if any(sign in data for sign in _REFUSED) or _QUOTED_COMMENT.search(data):
        return None
    flat = data.replace(_JOINT, b"")
    head = _HEADER.match(flat)
    locale = None if head is None else _locale(head[1])
    if head is None or locale is None:
        return None
    targets = _targets(flat, head.end())
    return None if targets is None else Shown(locale, targets)


def _targets(flat: bytes, start: int) -> dict[Key, str] | None:
    """The approved targets of a file's entries, from where its header ends."""
    found = _ENTRY.findall(flat, start)
    end = start + _WRITTEN * len(found)
    for comments, context, source, target in found:
        end += len(comments) + len(context) + len(source) + len(target) + (_CONTEXT if context else 0)
    if end != len(flat) and not _obsolete(flat[end:].decode()):
        return None
    if flat.find(b"\\", start, end) < 0:
        return _approved(found)
    if _NUMBERED.search(flat, start, end):
        return None
    try:
        return _approved([(comments, *map(_said, texts)) for comments, *texts in found])
    except ValueError:
        return None


def _approved(found: Sequence[tuple[bytes, ...]]) -> dict[Key, str] | None:
    """The approved targets of (comments, context, source, target); None where one is not as we write it."""
    fitting, comments_of = provenance.fitting, _COMMENTS.fullmatch
    if len({(b"", b""), *[(context, source) for _, context, source, _ in found]}) <= len(found):
        return None
    shown: list[bytes] = []
    for comments, context, source, target in found:
        told = comments_of(comments)
        if told is None:
            return None
        if not target:
            continue
        state, digest = told.groups()
        if not digest or fitting(context, source, target) != digest.decode():
            return None
        if state in _APPROVED:
            shown += (context, source, target)
    # No text has a NUL, so that all are decoded in one go.
    texts = b"\0".join(shown).decode().split("\0")
    return dict(zip(zip(texts[::3], texts[1::3], strict=True), texts[2::3], strict=True)) if shown else {}


def _said(raw: bytes) -> bytes:
    if b"\\" not in raw:
        return raw
    return unquoted(f'"{raw.decode()}"', chunks.JOINT, "utf-8").encode()


def _obsolete(rest: str) -> bool:
    """Whether the rest of a file is what its source does not have any more, and nothing to refuse."""
    if "\\" in rest:
        return False
    match = chunks.shape(obsolete=True).match
    start = 0
    while found := match(rest, start):
        start = found.end()
        if found[8] is not None:
            return False
    return not rest[start:].strip("\n")


@lru_cache(maxsize=256)
def _locale(header: bytes) -> str | None:
    """The locale that a header names, None where the file is not in UTF-8."""
    try:
        told = reading.fields(unquoted(f'"{header.decode()}"', chunks.JOINT, "utf-8"))
    except ValueError:
        return None
    utf_8 = told.get("Content-Type", "").endswith("charset=UTF-8")
    return told.get("Language", "").replace("_", "-") if utf_8 else None
