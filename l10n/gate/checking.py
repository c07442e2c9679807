"""What the checks see in the targets of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from l10n import checks, conventions
from l10n.catalogue import Message, Survey, silences
from l10n.checks import Between
from l10n.errors import ConfigError
from l10n.gate.known_pairs import NOTHING, Past
from l10n.gate.remarks import Remark, Sheet
from l10n.lengths import LengthRatio
from l10n.model import Finding, Kind, Severity

if TYPE_CHECKING:
    from l10n.gate.inspection import Place
    from l10n.glossary import Glossary

_KINDS = frozenset(kind.value for kind in Kind)
_REMEMBERED = 1 << 12  # pairs of one language, and those of one catalogue more


def checked(
    sheet: Sheet, place: Place, found: Survey, only: Sequence[str], past: Past = NOTHING
) -> Iterator[Remark]:
    """What the checks see in the targets that people may be shown; a fuzzy draft is nobody's word yet.

    What ``past`` knows is not looked at.
    """
    try:
        conventions.load(sheet.locale or "und")
        conventions.load(sheet.source_locale)
    except ConfigError as error:
        yield Remark(
            sheet.path,
            found.header or 1,
            Severity.ERROR,
            "header",
            error.message,
            sheet.locale,
            sheet.release,
        )
        return
    locales = _between(sheet.source_locale, sheet.locale or "und", place.glossary, place.band)
    names = tuple(only)
    known = _known(locales, names)
    if len(known) >= _REMEMBERED:
        known.clear()
    for message, line in zip(found.messages, found.lines, strict=True):
        if not message.public:
            continue
        findings: list[tuple[str, str, Sequence[Finding]]] = []
        for source, target in message.pairs:
            seen = known.get((source, target, message.kind))
            if seen is None:
                seen = _looked(source, target, message.kind, locales, names, past)
                known[source, target, message.kind] = seen
            if seen:
                findings.append((source, target, seen))
        if findings or "l10n-ok:" in message.comment:
            yield from _said(sheet, message, line, findings)


@lru_cache(maxsize=64)
def _between(
    source_locale: str,
    target_locale: str,
    glossary: Callable[[], Glossary | None] | None,
    band: LengthRatio | None,
) -> Between:
    """What the catalogues of one language share: the same object for all of them."""
    terms = glossary() if glossary else None
    return checks.between(source_locale, target_locale, glossary=terms, band=band)


def _looked(
    source: str, target: str, kind: str, locales: Between, only: tuple[str, ...], past: Past
) -> Sequence[Finding]:
    """What the checks see in a pair, or saw in it before."""
    seen = past.findings(source, target, kind)
    if seen is None:
        of = kind if kind in _KINDS else Kind.PARAGRAPH.value
        seen = checks.look(source, target, locales, kind=of, only=only)
    return seen


@lru_cache(maxsize=64)
def _known(locales: Between, only: tuple[str, ...]) -> dict[tuple[str, str, str], Sequence[Finding]]:  # noqa: ARG001 - findings depend on them
    """What was found in pairs by source, target and kind: what every release repeats is looked at once."""
    return {}


def _said(
    sheet: Sheet, message: Message, line: int, findings: Sequence[tuple[str, str, Sequence[Finding]]]
) -> Iterator[Remark]:
    """Remarks about an entry: ``findings`` are those of each of its pairs, and what is silenced wrongly."""
    quiet = silences(message.comment)
    silenced = {one.check: one.reason for one in quiet if one.reason}
    for source, target, seen in findings:
        for finding in seen:
            reason = silenced.get(finding.check, "")
            yield Remark(
                sheet.path,
                line,
                Severity.INFO if reason else finding.severity,
                finding.check,
                f"{finding.message} (silenced: {reason})" if reason else finding.message,
                sheet.locale,
                sheet.release,
                message.context,
                source,
                target,
                finding.start,
                finding.end,
                finding.source_start,
                finding.source_end,
                reason,
            )
    for one in quiet:
        if one.check not in _silenceable() or not one.reason:
            lacks = "gives no reason" if one.check in _silenceable() else f"names no check ({one.check!r})"
            said = f"a line “l10n-ok:” {lacks}; write “# l10n-ok: numbers -- why it is right”"
            yield Remark(
                sheet.path,
                line,
                Severity.WARNING,
                "silence",
                said,
                sheet.locale,
                sheet.release,
                message.context,
                message.source,
                message.target,
            )


@cache
def _silenceable() -> frozenset[str]:
    return frozenset((*checks.names(), "spelling"))
