"""The index file: which sources hold a token, read where it lies on disk.

It is a copy for speed of what the database holds, made by ``l10n.memory.index_writer`` and put in place in
one step, so that readers keep the one they opened.  Sources have numbers of its own, in the order
of their lengths: those of about one length are one range of numbers, cut from a list by binary search.
A token stands for the bucket of its hash, so that a bucket's list is found without a search.  A bucket that
very many sources hold has no list, as it tells next to nothing.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from l10n.memory.bounds import length_bounds
from l10n.memory.normalising import Traits
from l10n.memory.prefilter import TraitFilter

MAGIC = b"l10n-tm6"
_POSTINGS = 4_000  # numbers looked at for one source
_CANDIDATES = 100  # sources compared for one source
_TOLD = 2  # of the tokens that are looked up, how many a source near enough has at least
_FEW = 64  # postings of which it takes longer to say which are of a length than to look at all
_MIX, _WHOLE = 2654435769, 1 << 32  # of the hash


@dataclass(frozen=True, slots=True)
class Index:
    """An index in a file.

    ``generation`` names the memory it was made from and ``upto`` the last target in it.
    ``rows`` gives a source's row by its number, ``by_length`` the first number of each length;
    ``starts`` cuts ``postings`` into buckets, of which the ``common`` ones have none.  ``sieve`` has the
    traits of the sources.  ``shape_starts`` cuts
    the shapes, which lie in ``file`` from ``shapes_at`` on and are read from there, as mapping them would
    keep them all in memory.
    ``languages`` says for each language which sources have a target in it.
    """

    generation: str
    upto: int
    bits: int
    rows: NDArray[np.signedinteger]
    by_length: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    postings: NDArray[np.uint32]
    common: frozenset[int]
    sieve: TraitFilter
    shape_starts: NDArray[np.unsignedinteger]
    file: BinaryIO
    shapes_at: int
    languages: Mapping[str, NDArray[np.bool_]]

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """The index in a file; None when there is none or it cannot be used."""
        try:
            file = path.open("rb")
        except OSError:
            return None
        try:
            return cls._of(file)
        except (OSError, ValueError, KeyError, TypeError):
            file.close()
            return None

    @classmethod
    def _of(cls, file: BinaryIO) -> Self:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if mapped[:8] != MAGIC:
            raise ValueError
        size = int.from_bytes(mapped[8:16], "little")
        header = json.loads(mapped[16 : 16 + size])
        if header["order"] != sys.byteorder:
            raise ValueError

        def section(name: str) -> NDArray[Any]:
            dtype, count, offset = header["sections"][name]
            return np.frombuffer(mapped, dtype=dtype, count=count, offset=offset)

        return cls(
            generation=header["generation"],
            upto=header["upto"],
            bits=header["bits"],
            rows=section("rows"),
            by_length=section("by_length"),
            starts=section("starts"),
            postings=section("postings"),
            common=frozenset(section("common").tolist()),
            sieve=TraitFilter(section("bits").reshape(-1, 2), section("words")),
            shape_starts=section("shape_starts"),
            file=file,
            shapes_at=header["sections"]["shapes"][2],
            languages={name: section(f"language {name}") for name in header["languages"]},
        )

    def __len__(self) -> int:
        return len(self.rows)

    def nearest(
        self, traits: Traits, length: int, *, threshold: float, lost: int, language: str
    ) -> dict[int, str]:
        """The shapes that may be near one of a length, by their rows.

        They have enough of its rarest tokens to lack ``lost`` of all at most, are of a length that a likeness
        of ``threshold`` allows, pass the sieve, and have a target in a language.
        """
        in_language = self.languages.get(language)
        low, high = self._window(length, threshold)
        if in_language is None or low >= high:
            return {}
        candidates = self._sharing_tokens(traits.tokens, low, high, lost)
        if not len(candidates):
            return {}
        numbers = self.sieve.near(
            traits, candidates, threshold=threshold, most=_CANDIDATES, among=in_language
        )
        starts = self.shape_starts[numbers].tolist()
        ends = self.shape_starts[numbers + 1].tolist()
        pread, descriptor, offset = os.pread, self.file.fileno(), self.shapes_at
        return {
            row: pread(descriptor, end - start, offset + start).decode("utf-8", "surrogatepass")
            for row, start, end in zip(self.rows[numbers].tolist(), starts, ends, strict=True)
        }

    def shapes(self, first: int, last: int) -> bytes:
        """The shapes from one number to another, one after the other."""
        start, end = int(self.shape_starts[first]), int(self.shape_starts[last])
        return os.pread(self.file.fileno(), end - start, start + self.shapes_at)

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def _window(self, length: int, threshold: float) -> tuple[int, int]:
        shortest, longest = length_bounds(length, threshold)
        return int(self.by_length[shortest]), int(self.by_length[longest + 1])

    def _sharing_tokens(self, tokens: Collection[int], low: int, high: int, lost: int) -> NDArray[np.uint32]:
        """The numbers between two that hold enough of the rarest tokens, some of them repeatedly.

        A source that lacks at most ``lost`` tokens has one at least of any ``lost`` + 1, and two of any
        ``lost`` + 2 (prefix filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006).  Where there are too many
        postings to look at so many tokens, one is enough.
        """
        buckets = buckets_of(np.fromiter(tokens, np.uint32, len(tokens)), self.bits)
        starts = self.starts[buckets]
        sizes = self.starts[buckets + 1] - starts
        rarest = sizes.argsort()
        edges = np.array((low, high), np.uint32)
        budget = _POSTINGS
        lists: list[NDArray[np.uint32]] = []
        short_lists: list[NDArray[np.uint32]] = []
        seen: set[int] = set()
        for bucket, start, size in zip(
            buckets[rarest].tolist(), starts[rarest].tolist(), sizes[rarest].tolist(), strict=True
        ):
            if bucket in seen or bucket in self.common:
                continue
            seen.add(bucket)
            if size <= _FEW:
                short_lists.append(self.postings[start : start + size])
            else:
                first, last = (start + self.postings[start : start + size].searchsorted(edges)).tolist()
                if last - first > budget:
                    if not lists and not short_lists:
                        middle = (first + last - budget) // 2
                        lists.append(self.postings[middle : middle + budget])
                    break
                budget -= last - first
                lists.append(self.postings[first:last])
            if len(lists) + len(short_lists) == lost + _TOLD:
                break
        enough = len(lists) + len(short_lists) - lost
        if short_lists:
            joined = np.concatenate(short_lists)
            lists.append(joined[(joined >= low) & (joined < high)])
        if not lists:
            return self.postings[:0]
        numbers = np.concatenate(lists)
        if enough > 1:
            numbers.sort()
            numbers = numbers[enough - 1 :][numbers[enough - 1 :] == numbers[: 1 - enough]]
        return numbers


def buckets_of(tokens: NDArray[np.uint32], bits: int) -> NDArray[np.intp]:
    """The buckets that tokens fall into, the high bits of a multiplicative hash."""
    return ((tokens * np.uint32(_MIX)) >> np.uint32(32 - bits)).astype(np.intp)
