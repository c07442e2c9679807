"""Entries edited outside: each told by itself where it waits for a reviewer, and once a file elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.catalogue import Survey
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.wording import Wording, worded, worded_count
from l10n.model import Severity
from l10n.review_rule import ReviewRule

RULE = "provenance"
_MANY = 10  # entries: so many come from a tool or an import, and not from a slip of somebody


def outside_edits(report: CatalogueReport, survey: Survey, rule: ReviewRule) -> Iterator[LocatedFinding]:
    """Findings about the entries whose text is not the one their provenance line was written for.

    Where a project trusts gettext tools such an entry counts as reviewed and nobody has to look at it.
    """
    edited = [
        (message, line)
        for message, line in zip(survey.messages, survey.lines, strict=True)
        if message.edited and not message.obsolete
    ]
    if rule.trusts_gettext or len(edited) >= _MANY:
        if edited:
            yield _of_file(report, survey, rule, len(edited))
        return
    text = worded("edited outside: the text is not the one its line was written for")
    for message, line in edited:
        place = (report.path, line, Severity.WARNING, RULE, text, report.locale, report.release)
        yield LocatedFinding(*place, context=message.context, source=message.source, target=message.target)


def _of_file(report: CatalogueReport, survey: Survey, rule: ReviewRule, count: int) -> LocatedFinding:
    severity = Severity.INFO if rule.trusts_gettext else Severity.WARNING
    text = _trusted(count) if rule.trusts_gettext else _untrusted(count)
    return LocatedFinding(
        report.path, survey.header or 1, severity, RULE, text, report.locale, report.release
    )


def _trusted(count: int) -> Wording:
    return worded_count(
        '{count} entry was edited outside; trust = "gettext" takes it as it stands',
        '{count} entries were edited outside; trust = "gettext" takes them as they stand',
        count,
    )


def _untrusted(count: int) -> Wording:
    return worded_count(
        "{count} entry was edited outside and counts as translated at most",
        "{count} entries were edited outside and count as translated at most",
        count,
    )
