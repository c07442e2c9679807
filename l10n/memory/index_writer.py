"""Writes the index file: the contents of the last one merged with the sources added since."""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
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
    targets: Iterable[tuple[int, str, str]],
    generation: str,
    upto: int,
    bits: int,
) -> None:
    """Replace the index at ``path`` by one of what ``old`` holds and of ``targets``: (row, source, locale).

    The targets of one source come one after the other.  ``bits`` are those of ``old``.
    """
    indexed = _flags(old.rows if old else np.empty(0, np.int64))
    added = AddedSources()
    rows_by_language: dict[str, array[int]] = {}
    previous = None
    for row, source, locale in targets:
        if row != previous and not (row < len(indexed) and indexed[row]):
            added.add(row, source)
        previous = row
        rows_by_language.setdefault(language(locale), array("q")).append(row)
    write(path, old, added, rows_by_language, generation=generation, upto=upto, bits=bits)


def _flags(rows: NDArray[Any]) -> bytes:
    """A byte for each row up to the last, 1 for those that are there; a set would take far more."""
    flags = np.zeros(int(rows.max(initial=0)) + 1, np.bool_)
    flags[rows] = True
    return flags.tobytes()


def write(
    path: Path,
    old: Index | None,
    added: AddedSources,
    rows_by_language: Mapping[str, Sequence[int]],
    *,
    generation: str,
    upto: int,
    bits: int,
) -> None:
    """Replace the index at ``path`` by one of what ``old`` holds and what was added.

    ``rows_by_language`` gives for each language the rows, old or new, that have come to have a target in it.
    """
    order = _Order.of(old, added)
    rows = _narrow(order.merged(old.rows if old else np.empty(0, np.int64), np.array(added.rows, np.int64)))
    languages = sorted({*rows_by_language, *(old.languages if old else ())})
    sections = [
        _Section.of("rows", rows),
        *_source_sections(old, added, order, bits),
        *_language_sections(old, order, rows, rows_by_language, languages),
    ]
    fields = {"generation": generation, "upto": upto, "bits": bits, "order": sys.byteorder}
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        _write_header(file, sections, {**fields, "languages": languages})
        for section in sections:
            _pad(file)
            for part in section.parts():
                file.write(part)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


@dataclass(frozen=True, slots=True)
class _Section:
    """So many values of a kind, under a name; ``parts`` makes their bytes only when they are written."""

    name: str
    kind: str
    count: int
    parts: Callable[[], Iterable[bytes]]

    @classmethod
    def of(cls, name: str, values: NDArray[Any]) -> _Section:
        return cls(name, values.dtype.str, len(values), lambda: [values.tobytes()])


def _source_sections(old: Index | None, added: AddedSources, order: _Order, bits: int) -> Iterator[_Section]:
    """What the index has of all sources, whatever their targets are in."""
    starts, common = _cut(old, added, bits)
    shape_sizes = order.merged(
        _sizes(old.shape_starts) if old else np.empty(0, np.int64),
        np.fromiter(map(len, added.shapes), np.int64, len(added.shapes)),
    )
    shape_starts = _narrow(np.concatenate(([0], np.cumsum(shape_sizes))))
    filters = (old.sieve if old else TraitFilter.of(b"")), TraitFilter.of(bytes(added.traits))
    count = len(order.lengths)
    yield _Section.of("by_length", np.searchsorted(order.lengths, np.arange(LONGEST + 2)).astype(np.uint32))
    yield _Section.of("starts", starts)
    yield _Section.of("common", common)
    yield _Section("postings", "u4", int(starts[-1]), lambda: _postings(old, added, order, common, bits))
    yield _Section(
        "bits", "u8", 2 * count, lambda: [order.merged(*(traits.bits for traits in filters)).tobytes()]
    )
    yield _Section(
        "words", "i2", count, lambda: [order.merged(*(traits.words for traits in filters)).tobytes()]
    )
    yield _Section.of("shape_starts", shape_starts)
    yield _Section("shapes", "u1", int(shape_starts[-1]), lambda: _shapes(old, added, order))


def _language_sections(
    old: Index | None,
    order: _Order,
    rows: NDArray[Any],
    rows_by_language: Mapping[str, Sequence[int]],
    languages: Iterable[str],
) -> Iterator[_Section]:
    """Which sources have a target in each language."""
    for name in languages:
        flags = partial(_language_flags, old, order, rows, name, rows_by_language.get(name, ()))
        yield _Section(f"language {name}", "?", len(rows), flags)


@dataclass(frozen=True, slots=True)
class _Order:
    """The sources by length: the numbers that the old and the new ones get, and all lengths in order."""

    old: NDArray[np.intp]
    new: NDArray[np.intp]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, old: Index | None, added: AddedSources) -> _Order:
        old_lengths = _lengths(old) if old else np.empty(0, np.int64)
        lengths = np.concatenate((old_lengths, np.array(added.lengths, np.int64)))
        order = np.argsort(lengths, kind="stable")
        numbers = np.empty(len(order), np.intp)
        numbers[order] = np.arange(len(order))
        return cls(numbers[: len(old_lengths)], numbers[len(old_lengths) :], lengths[order])

    def merged(self, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """What belongs to the old and new sources, in the order of their numbers."""
        merged = np.empty((len(old) + len(new), *new.shape[1:]), new.dtype)
        merged[self.old] = old
        merged[self.new] = new
        return merged


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
) -> Iterator[bytes]:
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
        yield part.astype(np.uint32).tobytes()


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
    written = 0  # old sources written
    for position, new in enumerate(by_number):
        old_before = numbers[new] - position
        if old and old_before > written:
            yield from _stretch(old, written, old_before)
            written = old_before
        yield added.shapes[new]
    if old:
        yield from _stretch(old, written, len(old))


def _stretch(old: Index, first: int, last: int) -> Iterator[bytes]:
    for at in range(first, last, _STRETCH):
        yield old.shapes(at, min(at + _STRETCH, last))


def _language_flags(
    old: Index | None, order: _Order, rows: NDArray[np.int64], name: str, added: Sequence[int]
) -> Iterator[bytes]:
    flags = np.zeros(len(rows), np.bool_)
    if old and name in old.languages:
        flags[order.old] = old.languages[name]
    if len(added):
        by_row = np.argsort(rows)
        added_rows = np.array(added, np.int64)
        positions = np.searchsorted(rows, added_rows, sorter=by_row)
        in_range = positions < len(rows)
        numbers = by_row[positions[in_range]]
        flags[numbers[rows[numbers] == added_rows[in_range]]] = True
    yield flags.tobytes()


def _write_header(file: BinaryIO, sections: Sequence[_Section], fields: Mapping[str, Any]) -> None:
    """Write the header, which says where each section lies; the sections follow in this order."""
    size = 256 + 96 * len(sections)
    at = _aligned(16 + size)
    offsets: dict[str, tuple[str, int, int]] = {}
    for section in sections:
        offsets[section.name] = (section.kind, section.count, at)
        at = _aligned(at + np.dtype(section.kind).itemsize * section.count)
    header = json.dumps({**fields, "sections": offsets}).encode().ljust(size)
    file.write(MAGIC + len(header).to_bytes(8, "little") + header)


def _pad(file: BinaryIO) -> None:
    file.write(bytes(_aligned(file.tell()) - file.tell()))


def _aligned(at: int) -> int:
    return -(-at // _LINE) * _LINE
