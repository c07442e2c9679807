"""What was seen of catalogues before: looked up by everything it depends on, so that it is never wrong.

The file is `.l10n/cache/check.json`; it may be deleted at any time, and is shared by processes: each writes
it whole, and what another wrote in between is seen again at the next run.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from l10n import disk, program
from l10n.catalogue import Counts
from l10n.errors import InputError
from l10n.gate.goals import Goals
from l10n.gate.looking import Place, look, look_at
from l10n.gate.remarks import Remark, Sayings, Sheet
from l10n.model import Severity

_FORMAT = 2


@dataclass(slots=True)
class Memory:
    """Sheets by their keys: ``before`` as they were read, ``now`` those of this run."""

    path: Path
    before: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    stamp: bytes = b""


def opened(folder: Path) -> Memory:
    """The memory under a project's state folder; an empty one where there is none that can be read."""
    path = folder / "cache" / "check.json"
    stamp = program.stamp()
    try:
        kept = json.loads(disk.read(path))
        known = kept["sheets"] if kept["format"] == _FORMAT and kept["program"] == stamp.hex() else {}
    except (InputError, ValueError, KeyError, TypeError):
        known = {}
    return Memory(path, known if isinstance(known, dict) else {}, {}, stamp)


def looked(memory: Memory, places: Iterable[Place], goals: Goals, only: Sequence[str]) -> list[Sheet]:
    """The sheets of places, looked at anew where anything they depend on changed."""
    wanted = repr(
        (sorted(goals.approved.items()), sorted(goals.translated.items()), sorted(goals.required), only)
    )
    return [_sheet(memory, place, goals, only, wanted.encode()) for place in places]


def save(memory: Memory) -> None:
    """Write what this run saw, when it saw something new; a folder that cannot be written is no failure."""
    if memory.now.keys() <= memory.before.keys():
        return
    sheets = memory.before | memory.now
    if len(sheets) > 4 * max(len(memory.now), 1000):
        sheets = memory.now
    kept = {"format": _FORMAT, "program": memory.stamp.hex(), "sheets": sheets}
    try:
        memory.path.parent.mkdir(parents=True, exist_ok=True)
        disk.write(
            memory.path,
            json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"),
        )
    except (InputError, OSError):
        return


def _sheet(memory: Memory, place: Place, goals: Goals, only: Sequence[str], wanted: bytes) -> Sheet:
    try:
        data = disk.read(place.path)
    except InputError:
        return look(place, goals, only)
    key = _key(place, data, wanted)
    if (row := memory.before.get(key)) is not None and (sheet := _sheet_of(row)) is not None:
        memory.now[key] = row
        return sheet
    sheet = look_at(data, place, goals, only)
    memory.now[key] = _row_of(sheet)
    return sheet


def _key(place: Place, data: bytes, wanted: bytes) -> str:
    digest = blake2b(digest_size=16)
    told = (
        place.name,
        place.locale,
        place.source_locale,
        place.release,
        place.stamp,
        repr(place.rule),
    )
    for part in ("\0".join(told).encode("utf-8", "surrogateescape"), wanted, data):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _row_of(sheet: Sheet) -> list[Any]:
    remarks = [[*astuple(one)[:2], one.severity.value, *astuple(one)[3:]] for one in sheet.remarks]
    said = (sheet.said.sources, sheet.said.targets, sheet.said.lines)
    packed = [b64encode(numbers.tobytes()).decode() for numbers in said]
    names = [sheet.path, sheet.locale, sheet.release, sheet.source_locale]
    return [names, astuple(sheet.counts), remarks, sheet.readable, packed]


def _sheet_of(row: Any) -> Sheet | None:  # noqa: ANN401 - what a file holds may be anything
    """The sheet of a row; None for one that is none."""
    try:
        (path, locale, release, source_locale), counts, remarks, readable, packed = row
        said = Sayings(*map(array, "QQL", map(b64decode, packed)))
        found = tuple(Remark(one[0], one[1], Severity(one[2]), *one[3:]) for one in remarks)
        return Sheet(path, locale, release, Counts(*counts), found, bool(readable), source_locale, said)
    except (TypeError, ValueError):
        return None
