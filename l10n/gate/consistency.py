"""One source, one target, and the other way round: within a release and across the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby

from l10n.catalogue import Survey
from l10n.catalogue.counts import Progress
from l10n.gate.remarks import Remark, Sayings, Sheet
from l10n.model import Severity

_SHORTEST = 4  # characters: below that a source says too little to have one right target
_TELLING = 30  # bytes of a target that two sources do not share by chance
_TARGETS = "the same source stands with another target in {place}"
_SOURCES = "another source has the same target in {place}"


def sayings(found: Survey) -> Sayings:
    """Digests of the source and the target of every entry that is decided, with its line.

    An entry with a context was set apart from others of its source on purpose.
    """
    said, gone = Sayings(), Progress.GONE
    for message, line in zip(found.messages, found.lines, strict=True):
        context, source = message.key
        if context or message.fuzzy or message.forms or message.progress is gone:
            continue
        if len(source) >= _SHORTEST and message.target:
            said.sources.append(_digest(source))
            said.targets.append(_digest(message.target))
            said.lines.append(line)
    return said


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
    for _, group in groupby(sorted(sheets, key=_languages), key=_languages):
        alike = list(group)
        sources: list[int] = []
        targets: list[int] = []
        for sheet in alike:
            sources += sheet.said.sources.tolist()
            targets += sheet.said.targets.tolist()
        pairs = len(set(zip(sources, targets, strict=True)))
        # Most languages have as many pairs as sources, and nothing has to be looked for.
        if len(set(sources)) < pairs:
            yield from _apart(alike, _TARGETS)
        if len(set(targets)) < pairs:
            yield from _apart(alike, _SOURCES)


def _languages(sheet: Sheet) -> tuple[str, str]:
    return sheet.locale, sheet.source_locale


def _apart(sheets: Sequence[Sheet], told: str) -> Iterator[Remark]:
    first: dict[int, tuple[int, Sheet, int]] = {}
    by_source = told == _TARGETS
    for sheet in sheets:
        said = sheet.said
        ours, theirs = (said.sources, said.targets) if by_source else (said.targets, said.sources)
        for one, other, line in zip(ours, theirs, said.lines, strict=True):
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
