"""A cache of catalogue reports, keyed by digests of everything that a report depends on.

The file is `.l10n/cache/check.lines`; it may be deleted at any time, and is shared by processes: each appends
its new lines, and one for which most lines are obsolete rewrites the file.  Truncated or damaged lines are
ignored.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

from l10n import disk, program_stamp
from l10n.catalogue import Counts
from l10n.errors import InputError
from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.consistency import by_language_pair, contradictions
from l10n.gate.findings import CatalogueReport, LocatedFinding, PairDigests
from l10n.gate.goals import Goals
from l10n.gate.inspection import inspect_bytes, inspect_catalogue
from l10n.gate.known_pairs import NO_KNOWN_PAIRS, KnownPairs
from l10n.gate.spreading import inspect_each, locale_of_file
from l10n.gate.wording import Wording
from l10n.model import Severity
from l10n.review_rule import ReviewRule

_FORMAT = 6
_DIGITS = 32  # hexadecimal ones of a digest
# Nanoseconds: two changes closer together than this may have the same time on some file systems.
_TICK = 2_000_000_000
_BREAKING = {9: " ", 10: " ", 13: " "}  # characters that would end a line or its key
_SEVERITIES = {str(severity): severity for severity in Severity}
_SMALL = 1 << 20  # bytes below which obsolete lines are never cleaned up


@dataclass(slots=True)
class CheckCache:
    """Lines by their keys: ``before`` as they were read, ``now`` those that this run used or added.

    Reports, and comparisons of reports, are keyed by digests; file stamps by "=" and the name of the file.
    ``head`` is the first line of the cache file, ``size`` its bytes, ``clock`` gives the time in nanoseconds.
    """

    path: Path
    head: bytes
    clock: Callable[[], int]
    before: dict[bytes, bytes] = field(default_factory=dict)
    now: dict[bytes, bytes] = field(default_factory=dict)
    size: int = 0


def open_cache(folder: Path, clock: Callable[[], int] = time.time_ns) -> CheckCache:
    """Read the cache below a project's state folder; empty when there is none or it cannot be read."""
    head = f"l10n check {_FORMAT} {program_stamp.stamp().hex()}".encode()
    cache = CheckCache(folder / "cache" / "check.lines", head, clock)
    try:
        data = disk.read(cache.path)
    except InputError:
        return cache
    first, *lines = data.split(b"\n")
    if first == head:
        cache.before = {key: data for key, _, data in (line.partition(b"\t") for line in lines)}
        cache.size = len(data)
    return cache


def inspect_all(
    cache: CheckCache, files: Iterable[CatalogueFile], goals: Goals, only: Sequence[str], processes: int = 1
) -> list[CatalogueReport]:
    """The reports of catalogues, from the cache where nothing they depend on changed.

    Where there is enough to do for several processes, up to ``processes`` do it.
    """
    settings = repr(
        (sorted(goals.approved.items()), sorted(goals.translated.items()), sorted(goals.required), only)
    )
    recalled = [_recalled_report(cache, file, settings) for file in files]
    changed = [item for item in recalled if isinstance(item, _Changed)]
    anew = iter(
        inspect_each(partial(_inspected, goals=goals, only=only), changed, _locale, processes if only else 1)
    )
    reports: list[CatalogueReport] = []
    for item in recalled:
        if isinstance(item, _Changed):
            report = next(anew)
            _remember_report(cache, item, report)
        else:
            report = item
        reports.append(report)
    return reports


def compare_all(cache: CheckCache, reports: Sequence[CatalogueReport]) -> list[LocatedFinding]:
    """The findings of ``inconsistent``, from the cache for languages in which no catalogue changed."""
    all_findings: list[LocatedFinding] = []
    for group in by_language_pair(reports):
        key = _key_of_group(group)
        value = _recalled(cache, key)
        if value is not None:
            all_findings += _located(_decoded(value))
            continue
        findings = list(contradictions(group))
        _remember(cache, key, _coded(list(findings)))
        all_findings += findings
    return all_findings


def save(cache: CheckCache) -> None:
    """Write the cache if this run added to it; a folder that cannot be written is no failure."""
    new = {key: value for key, value in cache.now.items() if cache.before.get(key) != value}
    if not new:
        return
    added_lines, all_lines = _lines(new), _lines(cache.now)
    try:
        cache.path.parent.mkdir(parents=True, exist_ok=True)
        ignored = cache.path.parents[1] / ".gitignore"  # also where nobody ran l10n init
        if not ignored.exists():
            disk.write(ignored, b"*\n")
        if cache.size and cache.size + len(added_lines) <= 4 * max(len(all_lines), _SMALL):
            with cache.path.open("ab", buffering=0) as file:
                file.write(b"\n" + added_lines)
        else:
            disk.write(cache.path, cache.head + b"\n" + all_lines)
    except (InputError, OSError):
        return


def _lines(lines: dict[bytes, bytes]) -> bytes:
    return b"\n".join(b"%b\t%b" % line for line in lines.items())


@dataclass(frozen=True, slots=True)
class _Changed:
    """A catalogue to inspect: its bytes with the key of their report, and the pairs it had before.

    Without bytes it could not be read, and is not remembered.
    """

    file: CatalogueFile
    data: bytes | None = None
    key: bytes = b""
    past: KnownPairs = NO_KNOWN_PAIRS


def _recalled_report(cache: CheckCache, file: CatalogueFile, settings: str) -> CatalogueReport | _Changed:
    try:
        stamp = disk.file_stamp(file.path)
        name = f"={file.name.translate(_BREAKING)}".encode("utf-8", "surrogateescape")
        mark = f"{stamp} ".encode()
        known_line = cache.before.get(name, b"")
        if known_line.startswith(mark) and len(known_line) == len(mark) + _DIGITS:
            cache.now[name] = known_line
            report = _remembered(cache, _key(file, settings, known_line[-_DIGITS:]), file)
            if report is not None:
                return report
        data = disk.read(file.path)
    except InputError:
        return _Changed(file)
    digest = _digest(data)
    if stamp and cache.clock() - max(stamp[2:]) > _TICK:
        cache.now[name] = mark + digest
    key = _key(file, settings, digest)
    report = _remembered(cache, key, file)
    if report is not None:
        return report
    return _Changed(file, data, key, _past(cache, _key(file, settings, known_line[-_DIGITS:])))


def _locale(changed: _Changed) -> str:
    return locale_of_file(changed.file)


def _inspected(changed: _Changed, goals: Goals, only: Sequence[str]) -> CatalogueReport:
    if changed.data is None:
        return inspect_catalogue(changed.file, goals, only)
    return inspect_bytes(changed.data, changed.file, goals, only, changed.past)


def _remember_report(cache: CheckCache, changed: _Changed, report: CatalogueReport) -> None:
    if changed.data is None:
        return
    row = (report.locale, report.source_locale, astuple(report.counts), report.readable)
    _remember(
        cache,
        changed.key,
        b"\t".join((_coded((*row, report.findings)), report.pair_digests.packed, report.known_pairs)),
    )


def _past(cache: CheckCache, key: bytes) -> KnownPairs:
    """The pairs known from the previous version of a catalogue, checked with the same settings."""
    value = _valid_value(cache.before.get(key, b""))
    if value is None:
        return NO_KNOWN_PAIRS
    row, _, packed = value.split(b"\t")
    *_, findings = _decoded(row)
    return KnownPairs.of(packed, _located(findings))


def _remembered(cache: CheckCache, key: bytes, file: CatalogueFile) -> CatalogueReport | None:
    """The cached report of a catalogue, None when there is none."""
    value = _recalled(cache, key)
    if value is None:
        return None
    row, digests, _ = value.split(b"\t")
    locale, source_locale, counts, readable, findings = _decoded(row)
    return CatalogueReport(
        file.name,
        locale,
        file.release,
        Counts(*counts),
        _located(findings),
        readable,
        source_locale,
        PairDigests(digests),
    )


def _recalled(cache: CheckCache, key: bytes) -> bytes | None:
    """The cached value of a key; None when it is missing or damaged."""
    line = cache.before.get(key, b"")
    value = _valid_value(line)
    if value is not None:
        cache.now[key] = line
    return value


def _valid_value(line: bytes) -> bytes | None:
    """The value of a line, None when its checksum does not match."""
    value = line[:-9]
    return value if line[-9:] == b"\t%08x" % crc32(value) else None


def _remember(cache: CheckCache, key: bytes, value: bytes) -> None:
    cache.now[key] = b"%b\t%08x" % (value, crc32(value))


def _key(file: CatalogueFile, settings: str, content: bytes) -> bytes:
    parts = (file.name, file.locale, file.source_locale, file.release, file.stamp, _rule_text(file.rule))
    return _digest("\0".join((*parts, settings)).encode("utf-8", "surrogateescape") + content)


def _key_of_group(group: Sequence[CatalogueReport]) -> bytes:
    parts: list[bytes] = []
    for report in group:
        header = f"{report.locale}\0{report.path}\0{report.release}\0".encode("utf-8", "surrogateescape")
        parts += (header, report.pair_digests.packed)
    return _digest(b"\n".join(parts))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGITS // 2).hexdigest().encode()


@lru_cache(maxsize=64)
def _rule_text(review_rule: ReviewRule) -> str:
    return repr(review_rule)


def _coded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _decoded(value: bytes) -> Any:  # noqa: ANN401  the rows of a file
    return json.loads(value.decode("utf-8", "surrogatepass"))


def _located(rows: Iterable[Sequence[Any]]) -> tuple[LocatedFinding, ...]:
    return tuple(
        LocatedFinding._make(
            (path, line, _SEVERITIES[of], check, text if isinstance(text, str) else Wording.of(text), *rest)
        )
        for path, line, of, check, text, *rest in rows
    )
