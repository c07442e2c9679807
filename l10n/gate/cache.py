"""What was seen of catalogues before: looked up by everything it depends on, so that it is never wrong.

The file is `.l10n/cache/check.lines`; it may be deleted at any time, and is shared by processes: each adds
what it saw, and one that finds little of it of use writes it anew.  A line that was cut off is as if it were
not there.
"""

from __future__ import annotations

import json
import time
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from l10n import disk, program
from l10n.catalogue import Counts
from l10n.errors import InputError
from l10n.gate.goals import Goals
from l10n.gate.looking import Place, look, look_at
from l10n.gate.remarks import Remark, Sayings, Sheet
from l10n.model import Severity
from l10n.review import Rule

_FORMAT = 3
_DIGITS = 32  # hexadecimal ones of a digest
# Two changes that lie closer together than this may bear the same time on some file systems.
_TICK = 2_000_000_000
_BREAKING = {9: " ", 10: " ", 13: " "}  # characters that would end a line or its key


@dataclass(slots=True)
class Memory:
    """Lines by their keys: ``before`` as they were read, ``now`` those that this run had use for.

    The key of a sheet is a digest, that of what the file system said of a file is "=" and its name.
    ``head`` is the first line of the file, ``clock`` gives the time in nanoseconds.
    """

    path: Path
    head: str
    clock: Callable[[], int]
    before: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)


def opened(folder: Path, clock: Callable[[], int] = time.time_ns) -> Memory:
    """The memory under a project's state folder; an empty one where there is none that can be read."""
    memory = Memory(folder / "cache" / "check.lines", f"l10n check {_FORMAT} {program.stamp().hex()}", clock)
    try:
        head, *lines = disk.read(memory.path).decode("utf-8", "surrogatepass").split("\n")
    except (InputError, ValueError):
        return memory
    if head == memory.head:
        memory.before = {key: told for key, tab, told in (line.partition("\t") for line in lines) if tab}
    return memory


def looked(memory: Memory, places: Iterable[Place], goals: Goals, only: Sequence[str]) -> list[Sheet]:
    """The sheets of places, looked at anew where anything they depend on changed."""
    wanted = repr(
        (sorted(goals.approved.items()), sorted(goals.translated.items()), sorted(goals.required), only)
    )
    return [_sheet(memory, place, goals, only, wanted) for place in places]


def save(memory: Memory) -> None:
    """Keep what this run saw, when it saw something new; a folder that cannot be written is no failure."""
    new = {key: told for key, told in memory.now.items() if memory.before.get(key) != told}
    if not new:
        return
    try:
        memory.path.parent.mkdir(parents=True, exist_ok=True)
        if memory.before and len(memory.before) + len(new) <= 4 * max(len(memory.now), 1000):
            with memory.path.open("ab", buffering=0) as file:
                file.write(f"\n{_lines(new)}".encode("utf-8", "surrogatepass"))
        else:
            told = f"{memory.head}\n{_lines(memory.now)}"
            disk.write(memory.path, told.encode("utf-8", "surrogatepass"))
    except (InputError, OSError):
        return


def _lines(told: dict[str, str]) -> str:
    return "\n".join(f"{key}\t{line}" for key, line in told.items())


def _sheet(memory: Memory, place: Place, goals: Goals, only: Sequence[str], wanted: str) -> Sheet:
    try:
        seen = disk.mark(place.path)
        name, mark = f"={place.name.translate(_BREAKING)}", f"{seen} "
        if (told := memory.before.get(name, "")).startswith(mark) and len(told) == len(mark) + _DIGITS:
            memory.now[name] = told
            sheet = _remembered(memory, _key(place, wanted, told[-_DIGITS:]))
            if sheet is not None:
                return sheet
        data = disk.read(place.path)
    except InputError:
        return look(place, goals, only)
    digest = blake2b(data, digest_size=_DIGITS // 2).hexdigest()
    if seen and memory.clock() - max(seen[2:]) > _TICK:
        memory.now[name] = mark + digest
    key = _key(place, wanted, digest)
    sheet = _remembered(memory, key)
    if sheet is None:
        sheet = look_at(data, place, goals, only)
        memory.now[key] = _row_of(sheet)
    return sheet


def _remembered(memory: Memory, key: str) -> Sheet | None:
    """What was seen under a key; None where nothing was, or nothing that can be read."""
    row = memory.before.get(key)
    sheet = None if row is None else _sheet_of(row)
    if row is not None and sheet is not None:
        memory.now[key] = row
    return sheet


def _key(place: Place, wanted: str, content: str) -> str:
    told = (place.name, place.locale, place.source_locale, place.release, place.stamp, _told(place.rule))
    parts = "\0".join((*told, wanted, content)).encode("utf-8", "surrogateescape")
    return blake2b(parts, digest_size=_DIGITS // 2).hexdigest()


@lru_cache(maxsize=64)
def _told(rule: Rule) -> str:
    return repr(rule)


def _row_of(sheet: Sheet) -> str:
    remarks = [[*astuple(one)[:2], one.severity.value, *astuple(one)[3:]] for one in sheet.remarks]
    said = (sheet.said.sources, sheet.said.targets, sheet.said.lines)
    packed = [b64encode(numbers.tobytes()).decode() for numbers in said]
    names = [sheet.path, sheet.locale, sheet.release, sheet.source_locale]
    row = [names, astuple(sheet.counts), remarks, sheet.readable, packed]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _sheet_of(row: str) -> Sheet | None:
    """The sheet of a row; None for one that is none."""
    try:
        (path, locale, release, source_locale), counts, remarks, readable, packed = json.loads(row)
        said = Sayings(*map(array, "QQL", map(b64decode, packed)))
        found = tuple(Remark(one[0], one[1], Severity(one[2]), *one[3:]) for one in remarks)
        return Sheet(path, locale, release, Counts(*counts), found, bool(readable), source_locale, said)
    except (TypeError, ValueError):
        return None
