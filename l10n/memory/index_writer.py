"""Writes the index file: the contents of the last one merged with the sources added since."""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from l10n.memory.bounds import LONGEST
from l10n.memory.index_file import MAGIC, Index, buckets_of
from l10n.memory.normalising import normalise, traits_of
from l10n.memory.prefilter import TraitFilter, pack_traits
from l10n.memory.rows import language

_AT_ONCE = 1 << 22  # postings sorted at a time
_STRETCH = 10_000  # shapes read at a time
_COMMON = 30_000  # sources from which on a bucket has no list
_LINE = 64  # sections begin at its multiples


@dataclass(frozen=True, slots=True)
class AddedSources:
    """Sources that came since: their rows, shapes, tokens (``counts`` of them each) and packed traits."""

    rows: array[int] = field(default_factory=lambda: array("q"))
    shapes: list[bytes] = field(default_factory=list)
    lengths: array[int] = field(default_factory=lambda: array("q"))
    tokens: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("q"))
    traits: bytearray = field(default_factory=bytearray)

    def add(self, row: int, source: str) -> None:
        """Add a source, unless it is too long to be compared."""
        reading = normalise(source)
        if len(reading.shape) > LONGEST:
            return
        traits = traits_of(reading.shape, stored=True)
        self.rows.append(row)
        self.shapes.append(reading.shape.encode("utf-8", "surrogatepass"))
        self.lengths.append(len(reading.shape))
        self.tokens.extend(traits.tokens)
        self.counts.append(len(traits.tokens))
        self.traits.extend(pack_traits(traits))


def bits_for(sources: int) -> int:
    """How many bits tell the buckets apart: few enough that the table stays small.

    It changes seldom, since the index has to be made from nothing when it does.
    """
    return 18 if sources <= 200_000 else 20 if sources <= 1_600_000 else 22


def extend(
    path: Path,
    old: Index | None,
    told: Iterable[tuple[int, str, str]],
    generation: str,
    upto: int,
    bits: int,
) -> None:
    """Put an index in the place of ``path``, of what ``old`` holds and of (row, source, locale).

    Those of a row come together.  ``bits`` are those of ``old``.
    """
    known = _flags(old.rows if old else np.empty(0, np.int64))
    added = AddedSources()
    spoken: dict[str, array[int]] = {}
    last = None
    for row, source, locale in told:
        if row != last and not (row < len(known) and known[row]):
            added.add(row, source)
        last = row
        spoken.setdefault(language(locale), array("q")).append(row)
    write(path, old, added, spoken, generation=generation, upto=upto, bits=bits)


def _flags(rows: NDArray[Any]) -> bytes:
    """A byte for each row up to the last, 1 for those that are there; a set would take far more."""
    flags = np.zeros(int(rows.max(initial=0)) + 1, np.bool_)
    flags[rows] = True
    return flags.tobytes()


def write(
    path: Path,
    old: Index | None,
    added: AddedSources,
    spoken: Mapping[str, Sequence[int]],
    *,
    generation: str,
    upto: int,
    bits: int,
) -> None:
    """Put an index in the place of ``path``, of what ``old`` holds and what was added.

    ``spoken`` gives for each language the rows, old or new, that have come to have a target in it.
    """
    order = _Order.of(old, added)
    beside = path.with_name(f".{path.name}.new")
    languages = sorted({*spoken, *(old.languages if old else ())})
    starts, common = _cut(old, added, bits)
    shape_sizes = order.merged(
        _sizes(old.shape_starts) if old else np.empty(0, np.int64),
        np.fromiter(map(len, added.shapes), np.int64, len(added.shapes)),
    )
    rows = _narrow(order.merged(old.rows if old else np.empty(0, np.int64), np.array(added.rows, np.int64)))
    shape_starts = _narrow(np.concatenate(([0], np.cumsum(shape_sizes))))
    sieve = (old.sieve if old else TraitFilter.of(b"")), TraitFilter.of(bytes(added.traits))
    head: dict[str, tuple[str, int]] = {
        "rows": (rows.dtype.str, len(rows)),
        "by_length": ("u4", LONGEST + 2),
        "starts": ("u4", len(starts)),
        "common": ("u4", len(common)),
        "postings": ("u4", int(starts[-1])),
        "bits": ("u8", 2 * len(rows)),
        "words": ("i2", len(rows)),
        "shape_starts": (shape_starts.dtype.str, len(shape_starts)),
        "shapes": ("u1", int(shape_starts[-1])),
        **{f"language {name}": ("?", len(rows)) for name in languages},
    }
    with beside.open("wb") as file:
        about = {"generation": generation, "upto": upto, "bits": bits, "order": sys.byteorder}
        _head(file, head, {**about, "languages": languages})
        _put(file, rows)
        _put(file, np.searchsorted(order.lengths, np.arange(LONGEST + 2)).astype(np.uint32))
        _put(file, starts)
        _put(file, common)
        _pad(file)
        for part in _postings(old, added, order, common, bits):
            file.write(part.tobytes())
        _put(file, order.merged(*(one.bits for one in sieve)))
        _put(file, order.merged(*(one.words for one in sieve)))
        _put(file, shape_starts)
        _pad(file)
        for shapes in _shapes(old, added, order):
            file.write(shapes)
        for name in languages:
            _put(file, _said(old, order, rows, name, spoken.get(name, ())))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@dataclass(frozen=True, slots=True)
class _Order:
    """The sources by length: the numbers that the old and the new ones get, and all lengths in order."""

    old: NDArray[np.intp]
    new: NDArray[np.intp]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, old: Index | None, added: AddedSources) -> _Order:
        before = _lengths(old) if old else np.empty(0, np.int64)
        lengths = np.concatenate((before, np.array(added.lengths, np.int64)))
        order = np.argsort(lengths, kind="stable")
        numbers = np.empty(len(order), np.intp)
        numbers[order] = np.arange(len(order))
        return cls(numbers[: len(before)], numbers[len(before) :], lengths[order])

    def merged(self, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """What belongs to the old and new sources, in the order of their numbers."""
        out = np.empty((len(old) + len(new), *new.shape[1:]), new.dtype)
        out[self.old] = old
        out[self.new] = new
        return out


def _lengths(index: Index) -> NDArray[np.int64]:
    counts = _sizes(index.by_length)
    return np.repeat(np.arange(len(counts)), counts)


def _sizes(starts: NDArray[Any]) -> NDArray[np.int64]:
    """How many lie from each start to the next."""
    wide = starts.astype(np.int64)
    return wide[1:] - wide[:-1]


def _narrow(values: NDArray[np.int64]) -> NDArray[Any]:
    """Values of 0 and more in four bytes each, unless they need eight."""
    return values.astype(np.uint32) if values.max(initial=0) < 1 << 32 else values


def _cut(old: Index | None, added: AddedSources, bits: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Where each bucket's list starts, and the buckets that have none."""
    counts = np.bincount(buckets_of(np.frombuffer(added.tokens, np.uint32), bits), minlength=1 << bits)
    left_out: list[int] = []
    if old:
        counts += _sizes(old.starts)
        left_out = sorted(old.common)
    common = np.union1d(np.flatnonzero(counts > _COMMON), left_out).astype(np.uint32)
    counts[common] = 0
    return np.concatenate(([0], np.cumsum(counts))).astype(np.uint32), common


def _postings(
    old: Index | None, added: AddedSources, order: _Order, common: NDArray[np.uint32], bits: int
) -> Iterator[NDArray[np.uint32]]:
    """The numbers of all buckets but the common ones, in order in each, a range of buckets at a time."""
    listed = np.ones(1 << bits, np.bool_)
    listed[common] = False
    # In place: these are the largest of all that is held meanwhile.
    keys = buckets_of(np.frombuffer(added.tokens, np.uint32), bits).view(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.repeat(order.new.view(np.uint64), np.frombuffer(added.counts, np.int64))
    keys.sort()
    total = len(keys) + (len(old.postings) if old else 0)
    ranges = max(1, total // _AT_ONCE)
    edges = [(1 << bits) * at // ranges for at in range(ranges + 1)]
    cuts = np.searchsorted(keys, np.array([edge << 32 for edge in edges], np.uint64)).tolist()
    for at in range(ranges):
        part = keys[cuts[at] : cuts[at + 1]]
        if old:
            part = np.concatenate((_old_keys(old, order, edges[at], edges[at + 1]), part))
            part.sort(kind="stable")
        part = part[listed[(part >> np.uint64(32)).astype(np.intp)]]
        yield part.astype(np.uint32)


def _old_keys(old: Index, order: _Order, first: int, last: int) -> NDArray[np.uint64]:
    starts = old.starts[first : last + 1].astype(np.int64)
    buckets = np.repeat(np.arange(first, last, dtype=np.uint64), _sizes(starts))
    numbers = order.old[old.postings[int(starts[0]) : int(starts[-1])]]
    keys: NDArray[np.uint64] = buckets << np.uint64(32) | numbers.astype(np.uint64)
    return keys


def _shapes(old: Index | None, added: AddedSources, order: _Order) -> Iterator[bytes]:
    """The shapes in order: stretches of the old ones with the new ones between them."""
    by_number = np.argsort(order.new, kind="stable").tolist()
    numbers = order.new.tolist()
    done = 0  # old sources written
    for position, which in enumerate(by_number):
        before = numbers[which] - position
        if old and before > done:
            yield from _stretch(old, done, before)
            done = before
        yield added.shapes[which]
    if old:
        yield from _stretch(old, done, len(old))


def _stretch(old: Index, first: int, last: int) -> Iterator[bytes]:
    for at in range(first, last, _STRETCH):
        yield old.shapes(at, min(at + _STRETCH, last))


def _said(
    old: Index | None, order: _Order, rows: NDArray[np.int64], name: str, more: Sequence[int]
) -> NDArray[np.bool_]:
    said = np.zeros(len(rows), np.bool_)
    if old and name in old.languages:
        said[order.old] = old.languages[name]
    if len(more):
        by_row = np.argsort(rows)
        wanted = np.array(more, np.int64)
        found = np.searchsorted(rows, wanted, sorter=by_row)
        there = found < len(rows)
        places = by_row[found[there]]
        said[places[rows[places] == wanted[there]]] = True
    return said


def _head(file: BinaryIO, sections: Mapping[str, tuple[str, int]], about: Mapping[str, Any]) -> None:
    """Where everything lies; the sections follow in this order."""
    room = 256 + 96 * len(sections)
    at = _up(16 + room)
    placed: dict[str, tuple[str, int, int]] = {}
    for name, (kind, count) in sections.items():
        placed[name] = (kind, count, at)
        at = _up(at + np.dtype(kind).itemsize * count)
    said = json.dumps({**about, "sections": placed}).encode().ljust(room)
    file.write(MAGIC + len(said).to_bytes(8, "little") + said)


def _put(file: BinaryIO, values: NDArray[Any]) -> None:
    _pad(file)
    file.write(values.tobytes())


def _pad(file: BinaryIO) -> None:
    file.write(bytes(_up(file.tell()) - file.tell()))


def _up(at: int) -> int:
    return -(-at // _LINE) * _LINE
