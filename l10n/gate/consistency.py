"""Sources with different targets and targets with different sources, within a release and across the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, groupby
from typing import TypeAlias

from l10n.catalogue import Message, Survey
from l10n.catalogue.counts import Progress
from l10n.gate.findings import CatalogueReport, LocatedFinding, PairDigests
from l10n.gate.wording import worded
from l10n.model import Severity

_SHORTEST = 4  # characters: shorter sources may rightly have several targets
_TELLING = 30  # bytes of a target that two sources do not share by chance
_REMEMBERED = 1 << 14  # entries: catalogues of a project repeat their last paragraphs
_TARGETS = "the same source has another target in {place}"
_SOURCES = "another source has the same target in {place}"

_Numbers: TypeAlias = tuple[list[int], list[int], list[int]]


def pair_digests(survey: Survey) -> PairDigests:
    """Digests of the source and the target of every entry that is not fuzzy, with its line.

    Entries with a context are left out: they were told apart on purpose.
    """
    digests = [*map(_digests, survey.messages)]
    sources, targets = zip(*filter(None, digests), strict=True) if any(digests) else ((), ())
    return PairDigests.of(sources, targets, compress(survey.lines, digests))


@lru_cache(maxsize=_REMEMBERED)
def _digests(message: Message) -> tuple[int, int] | None:
    """Digests of the source and the target of an entry; None for one that is not compared."""
    source, target = message.source, message.target
    if not target or len(source) < _SHORTEST or message.progress is Progress.GONE:
        return None
    if message.context or message.fuzzy or message.forms:
        return None
    # A program's "Saved" may head a column, and its "saved" say what somebody did.
    return _digest(source if len(source) < _TELLING else source.casefold()), _digest(target.casefold())


def _digest(text: str) -> int:
    """A 63-bit digest of a text without spacing; the lowest bit is set for long texts."""
    folded = " ".join(text.split()).encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(folded, digest_size=8).digest(), "big")
    return number | 1 if len(folded) >= _TELLING else number & ~1


def inconsistent(reports: Sequence[CatalogueReport]) -> Iterator[LocatedFinding]:
    """Yield a finding for each entry whose source has another target above it or in an earlier report.

    And one for each long target that has another source.
    """
    for group in by_language_pair(reports):
        yield from contradictions(group)


def by_language_pair(reports: Sequence[CatalogueReport]) -> Iterator[list[CatalogueReport]]:
    """Group reports by source and target language: only those can be compared."""
    comparable = sorted((report for report in reports if report.pair_digests.packed), key=_languages)
    for _, group in groupby(comparable, key=_languages):
        yield list(group)


def contradictions(group: Sequence[CatalogueReport]) -> Iterator[LocatedFinding]:
    """The findings of ``inconsistent`` for one group of reports."""
    digests = [report.pair_digests.unpacked() for report in group]
    sources = [digest for source_digests, _, _ in digests for digest in source_digests]
    targets = [digest for _, target_digests, _ in digests for digest in target_digests]
    pairs = len(set(zip(sources, targets, strict=True)))
    # Most languages have as many pairs as sources, and nothing has to be looked for.
    if len(set(sources)) < pairs:
        yield from _differing(group, digests, _TARGETS)
    if len(set(targets)) < pairs:
        yield from _differing(group, digests, _SOURCES)


def _languages(report: CatalogueReport) -> tuple[str, str]:
    return report.locale, report.source_locale


def _differing(
    reports: Sequence[CatalogueReport], digests: Sequence[_Numbers], template: str
) -> Iterator[LocatedFinding]:
    first_seen: dict[int, tuple[int, CatalogueReport, int]] = {}
    by_source = template == _TARGETS
    for report, (sources, targets, lines) in zip(reports, digests, strict=True):
        keys, values = (sources, targets) if by_source else (targets, sources)
        for key, value, line in zip(keys, values, lines, strict=True):
            first_value, first_report, first_line = first_seen.setdefault(key, (value, report, line))
            if first_value == value or not (by_source or key & 1):
                continue
            near = first_report.path == report.path or (
                bool(report.release) and first_report.release == report.release
            )
            yield LocatedFinding(
                report.path,
                line,
                Severity.WARNING if near else Severity.INFO,
                "consistency",
                worded(template, place=f"{first_report.path}:{first_line}"),
                report.locale,
                report.release,
            )
