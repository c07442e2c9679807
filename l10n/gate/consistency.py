"""One source, one target, and the other way round: within a release and across the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import TypeAlias

from l10n.catalogue import Survey
from l10n.catalogue.counts import Progress
from l10n.gate.remarks import Remark, Sayings, Sheet
from l10n.model import Severity

_SHORTEST = 4  # characters: below that a source says too little to have one right target
_TELLING = 30  # bytes of a target that two sources do not share by chance
_TARGETS = "the same source stands with another target in {place}"
_SOURCES = "another source has the same target in {place}"

_Numbers: TypeAlias = tuple[list[int], list[int], list[int]]


def sayings(found: Survey) -> Sayings:
    """Digests of the source and the target of every entry that is decided, with its line.

    An entry with a context was set apart from others of its source on purpose.
    """
    gone = Progress.GONE
    told = [
        (_digest(one.key[1]), _digest(one.target), line)
        for one, line in zip(found.messages, found.lines, strict=True)
        if one.target
        and not (one.key[0] or one.fuzzy or one.forms or one.progress is gone)
        and len(one.key[1]) >= _SHORTEST
    ]
    return Sayings.of(*zip(*told, strict=True)) if told else Sayings()


@lru_cache(maxsize=1 << 14)
def _digest(text: str) -> int:
    """63 bits of a text, white space and capitals apart, and a last one that is set where it says much."""
    said = " ".join(text.split()).casefold().encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(said, digest_size=8).digest(), "big")
    return number | 1 if len(said) >= _TELLING else number & ~1


def inconsistent(sheets: Sequence[Sheet]) -> Iterator[Remark]:
    """A remark for each entry whose source stands with another target above it or in a sheet before it.

    And one for each whose target, where it says much, stands with another source.
    """
    for alike in of_one_pair(sheets):
        yield from apart(alike)


def of_one_pair(sheets: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    """Sheets in groups that can be compared: those of one language, from one language."""
    told = sorted((sheet for sheet in sheets if sheet.said.packed), key=_languages)
    for _, group in groupby(told, key=_languages):
        yield list(group)


def apart(alike: Sequence[Sheet]) -> Iterator[Remark]:
    """What ``inconsistent`` has to say of the sheets of a group."""
    said = [sheet.said.unpacked() for sheet in alike]
    sources = [one for told, _, _ in said for one in told]
    targets = [one for _, told, _ in said for one in told]
    pairs = len(set(zip(sources, targets, strict=True)))
    # Most languages have as many pairs as sources, and nothing has to be looked for.
    if len(set(sources)) < pairs:
        yield from _apart(alike, said, _TARGETS)
    if len(set(targets)) < pairs:
        yield from _apart(alike, said, _SOURCES)


def _languages(sheet: Sheet) -> tuple[str, str]:
    return sheet.locale, sheet.source_locale


def _apart(sheets: Sequence[Sheet], said: Sequence[_Numbers], told: str) -> Iterator[Remark]:
    first: dict[int, tuple[int, Sheet, int]] = {}
    by_source = told == _TARGETS
    for sheet, (sources, targets, lines) in zip(sheets, said, strict=True):
        ours, theirs = (sources, targets) if by_source else (targets, sources)
        for one, other, line in zip(ours, theirs, lines, strict=True):
            known, where, at = first.setdefault(one, (other, sheet, line))
            if known == other or not (by_source or one & 1):
                continue
            near = where.path == sheet.path or (bool(sheet.release) and where.release == sheet.release)
            yield Remark(
                sheet.path,
                line,
                Severity.WARNING if near else Severity.INFO,
                "consistency",
                told.format(place=f"{where.path}:{at}"),
                sheet.locale,
                sheet.release,
            )
