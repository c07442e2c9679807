"""Caches of what was read from files, valid while the files stay the same."""

from __future__ import annotations

import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, cast

from l10n import disk
from l10n.model import Catalogue, Entry
from workflow.store import segment_id

_TICK = 1_000_000_000


@dataclass(slots=True)
class StampedCache:
    """An LRU cache of values by name, each with the stamp of the file it was read from.

    ``most`` is what they may weigh together; a value weighs 1 where nobody says otherwise.
    """

    most: int
    _kept: OrderedDict[tuple[str, ...], tuple[object, Any, int]] = field(
        default_factory=OrderedDict, repr=False
    )
    _weight: int = field(default=0, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def get(self, name: tuple[str, ...]) -> tuple[object, Any]:
        """(stamp, value), or (None, None)."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name, (None, None))[:2]

    def put(self, name: tuple[str, ...], stamp: object, value: object, *, weight: int = 1) -> None:
        """Keep a value with the stamp it is valid for."""
        with self._lock:
            self._weight += weight - self._kept.pop(name, (None, None, 0))[2]
            self._kept[name] = stamp, value, weight
            while self._weight > self.most:
                self._weight -= self._kept.popitem(last=False)[1][2]


@dataclass(frozen=True, slots=True)
class EntryPositions:
    """The positions of segments in their catalogues, which a decision does not change."""

    _known: StampedCache = field(default_factory=lambda: StampedCache(200), repr=False)

    def entry(self, name: tuple[str, str], catalogue: Catalogue, segment: str) -> Entry | None:
        """The entry of a segment by its id, None without a live one; ``name`` tells catalogues apart."""
        entry = self._at(catalogue, self._known.get(name)[1], segment)
        if entry is None:
            places = {
                segment_id(listed.key): place
                for place, listed in enumerate(catalogue.entries)
                if not listed.obsolete
            }
            self._known.put(name, None, places)
            entry = self._at(catalogue, places, segment)
        return entry

    def _at(self, catalogue: Catalogue, places: Mapping[str, int] | None, segment: str) -> Entry | None:
        place = places.get(segment) if places else None
        if place is None or place >= len(catalogue.entries):
            return None
        entry = catalogue.entries[place]
        return entry if not entry.obsolete and segment_id(entry.key) == segment else None


@dataclass(frozen=True, slots=True)
class DigestCache:
    """Digests of files and names in folders, each read once while the file system says they are the same.

    A name is taken as it is: to make a Path of one costs more than to ask the file system about it.

    What changed within the last second is always read: a clock may not tell two changes
    apart that lie closer than its tick.
    """

    _known: dict[str, tuple[tuple[int, ...], Any]] = field(default_factory=dict, repr=False)

    def of(self, path: Path | str) -> str:
        """The digest of a file, "" when there is none."""
        return cast("str", self._read(str(path), _digest)) or ""

    def names(self, folder: Path | str) -> frozenset[str]:
        """The names of what is in a folder, none when there is none."""
        return cast("frozenset[str]", self._read(str(folder), _names)) or frozenset()

    def _read(self, path: str, read: Callable[[Path], object]) -> object:
        if not (stamp := disk.file_stamp(path)):
            return None
        cached = self._known.get(path)
        if cached and cached[0] == stamp:
            return cached[1]
        value = read(Path(path))
        if time.time_ns() - max(stamp[2:]) > _TICK:
            self._known[path] = stamp, value
        return value


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _names(folder: Path) -> frozenset[str]:
    return frozenset(os.listdir(folder)) if folder.is_dir() else frozenset()  # noqa: PTH208 - names are enough
