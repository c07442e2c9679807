"""What was seen of catalogues before: looked up by everything it depends on, so that it is never wrong.

The file is `.l10n/cache/check.lines`; it may be deleted at any time, and is shared by processes: each adds
what it saw, and one that finds little of it of use writes it anew.  A line that was cut off or damaged is as
if it were not there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

from l10n import disk, program
from l10n.catalogue import Counts
from l10n.errors import InputError
from l10n.gate.consistency import apart, of_one_pair
from l10n.gate.goals import Goals
from l10n.gate.inspection import Place, look, look_at
from l10n.gate.known_pairs import NOTHING, Past
from l10n.gate.remarks import Remark, Sayings, Sheet
from l10n.model import Severity
from l10n.review import Rule

_FORMAT = 5
_DIGITS = 32  # hexadecimal ones of a digest
# Two changes that lie closer together than this may bear the same time on some file systems.
_TICK = 2_000_000_000
_BREAKING = {9: " ", 10: " ", 13: " "}  # characters that would end a line or its key
_SEVERITIES = {str(one): one for one in Severity}
_SMALL = 1 << 20  # bytes that the file may grow to without a look at what is of use in it


@dataclass(slots=True)
class Memory:
    """Lines by their keys: ``before`` as they were read, ``now`` those that this run had use for.

    The key of a sheet is a digest, as is that of what was seen by comparing sheets; that of what the file
    system said of a file is "=" and its name.  ``head`` is the first line of the file, ``size`` its bytes,
    ``clock`` gives the time in nanoseconds.
    """

    path: Path
    head: bytes
    clock: Callable[[], int]
    before: dict[bytes, bytes] = field(default_factory=dict)
    now: dict[bytes, bytes] = field(default_factory=dict)
    size: int = 0


def opened(folder: Path, clock: Callable[[], int] = time.time_ns) -> Memory:
    """The memory under a project's state folder; an empty one where there is none that can be read."""
    head = f"l10n check {_FORMAT} {program.stamp().hex()}".encode()
    memory = Memory(folder / "cache" / "check.lines", head, clock)
    try:
        told = disk.read(memory.path)
    except InputError:
        return memory
    first, *lines = told.split(b"\n")
    if first == head:
        memory.before = {key: told for key, _, told in (line.partition(b"\t") for line in lines)}
        memory.size = len(told)
    return memory


def looked(memory: Memory, places: Iterable[Place], goals: Goals, only: Sequence[str]) -> list[Sheet]:
    """The sheets of places, looked at anew where anything they depend on changed."""
    wanted = repr(
        (sorted(goals.approved.items()), sorted(goals.translated.items()), sorted(goals.required), only)
    )
    return [_sheet(memory, place, goals, only, wanted) for place in places]


def compared(memory: Memory, sheets: Sequence[Sheet]) -> list[Remark]:
    """What ``inconsistent`` says of sheets, compared anew in those languages in which one changed."""
    out: list[Remark] = []
    for alike in of_one_pair(sheets):
        key = _key_of_group(alike)
        told = _recalled(memory, key)
        if told is not None:
            out += _remarks(_decoded(told))
            continue
        found = list(apart(alike))
        _remember(memory, key, _coded(list(found)))
        out += found
    return out


def save(memory: Memory) -> None:
    """Keep what this run saw, when it saw something new; a folder that cannot be written is no failure."""
    new = {key: told for key, told in memory.now.items() if memory.before.get(key) != told}
    if not new:
        return
    added, whole = _lines(new), _lines(memory.now)
    try:
        memory.path.parent.mkdir(parents=True, exist_ok=True)
        ignored = memory.path.parents[1] / ".gitignore"  # also where nobody ran l10n init
        if not ignored.exists():
            disk.write(ignored, b"*\n")
        if memory.size and memory.size + len(added) <= 4 * max(len(whole), _SMALL):
            with memory.path.open("ab", buffering=0) as file:
                file.write(b"\n" + added)
        else:
            disk.write(memory.path, memory.head + b"\n" + whole)
    except (InputError, OSError):
        return


def _lines(told: dict[bytes, bytes]) -> bytes:
    return b"\n".join(b"%b\t%b" % line for line in told.items())


def _sheet(memory: Memory, place: Place, goals: Goals, only: Sequence[str], wanted: str) -> Sheet:
    try:
        seen = disk.file_stamp(place.path)
        name = f"={place.name.translate(_BREAKING)}".encode("utf-8", "surrogateescape")
        mark = f"{seen} ".encode()
        told = memory.before.get(name, b"")
        if told.startswith(mark) and len(told) == len(mark) + _DIGITS:
            memory.now[name] = told
            sheet = _remembered(memory, _key(place, wanted, told[-_DIGITS:]), place)
            if sheet is not None:
                return sheet
        data = disk.read(place.path)
    except InputError:
        return look(place, goals, only)
    digest = _digest(data)
    if seen and memory.clock() - max(seen[2:]) > _TICK:
        memory.now[name] = mark + digest
    key = _key(place, wanted, digest)
    sheet = _remembered(memory, key, place)
    if sheet is None:
        past = _past(memory, _key(place, wanted, told[-_DIGITS:]))
        sheet = look_at(data, place, goals, only, past)
        row = (sheet.locale, sheet.source_locale, astuple(sheet.counts), sheet.readable)
        _remember(memory, key, b"\t".join((_coded((*row, sheet.remarks)), sheet.said.packed, sheet.pairs)))
    return sheet


def _past(memory: Memory, key: bytes) -> Past:
    """What was seen of a catalogue before it changed, all else being as it was, where its line is whole."""
    told = _whole(memory.before.get(key, b""))
    if told is None:
        return NOTHING
    row, _, packed = told.split(b"\t")
    *_, remarks = _decoded(row)
    return Past.of(packed, _remarks(remarks))


def _remembered(memory: Memory, key: bytes, place: Place) -> Sheet | None:
    """What was seen of a place under a key; None where nothing was."""
    told = _recalled(memory, key)
    if told is None:
        return None
    row, said, _ = told.split(b"\t")
    locale, source_locale, counts, readable, remarks = _decoded(row)
    return Sheet(
        place.name,
        locale,
        place.release,
        Counts(*counts),
        _remarks(remarks),
        readable,
        source_locale,
        Sayings(said),
    )


def _recalled(memory: Memory, key: bytes) -> bytes | None:
    """What is told under a key; None where nothing is, or not all that was written."""
    line = memory.before.get(key, b"")
    told = _whole(line)
    if told is not None:
        memory.now[key] = line
    return told


def _whole(line: bytes) -> bytes | None:
    """What a line tells, None where it is not all that was written."""
    told = line[:-9]
    return told if line[-9:] == b"\t%08x" % crc32(told) else None


def _remember(memory: Memory, key: bytes, told: bytes) -> None:
    memory.now[key] = b"%b\t%08x" % (told, crc32(told))


def _key(place: Place, wanted: str, content: bytes) -> bytes:
    told = (place.name, place.locale, place.source_locale, place.release, place.stamp, _told(place.rule))
    return _digest("\0".join((*told, wanted)).encode("utf-8", "surrogateescape") + content)


def _key_of_group(alike: Sequence[Sheet]) -> bytes:
    parts: list[bytes] = []
    for sheet in alike:
        named = f"{sheet.locale}\0{sheet.path}\0{sheet.release}\0".encode("utf-8", "surrogateescape")
        parts += (named, sheet.said.packed)
    return _digest(b"\n".join(parts))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGITS // 2).hexdigest().encode()


@lru_cache(maxsize=64)
def _told(rule: Rule) -> str:
    return repr(rule)


def _coded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _decoded(told: bytes) -> Any:  # noqa: ANN401  the rows of a file
    return json.loads(told.decode("utf-8", "surrogatepass"))


def _remarks(rows: Iterable[Sequence[Any]]) -> tuple[Remark, ...]:
    return tuple(Remark._make((path, line, _SEVERITIES[of], *rest)) for path, line, of, *rest in rows)
