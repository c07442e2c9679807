"""Which text may become the target of an entry, with what put right, and in which state."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from l10n import inline, origins
from l10n.checks import check_pair
from l10n.engines import Context, TermHint
from l10n.engines.copy import wordless
from l10n.glossary import Glossary, Status, Term
from l10n.inline import Role
from l10n.model import Entry, Finding, Match, Severity, State
from l10n.substitution import in_target_notation

EXACT = 100
_ORIGIN = 24
_AROUND = 500  # characters of a neighbour that an engine is told
_FOREIGN = frozenset({"language", "untranslated"})
"""Checks whose errors say that a draft is in no language anybody asked for."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_IN_NO_LANGUAGE = "pseudo"
"""The engine whose drafts are the source in other letters, for a look at layouts."""
_ESCAPES = 3  # times that a text may have been escaped one after the other
_MENDED = ("controls", "quotation", "spacing")
"""Checks whose corrections a machine's draft is given: how a language is typed, never what is said."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A draft after a correction of what ``check`` looks at."""

    check: str
    text: str


class Judge:
    """Decides which candidate may become the target of an entry, and in which state."""

    def __init__(self, source_locale: str, target_locale: str, glossary: Glossary | None) -> None:
        self.source_locale = source_locale
        self.target_locale = target_locale
        self.glossary = glossary
        terms = glossary.terms(source_locale, target_locale) if glossary else ()
        self.terms = {term.source: term.target for term in terms if _settles(term.status) and term.target}

    def mended(self, source: str, draft: str) -> tuple[list[Correction], list[Finding]]:
        """The certain corrections of an engine's draft, one by one, and the findings of what comes out.

        Characters that it escaped for a page come first, then numbers that it left as the source writes them.
        """
        mends: list[Correction] = []
        locales = (self.source_locale, self.target_locale)
        if (unescaped := _unescaped(source, draft)) != draft:
            mends.append(Correction("entities", unescaped))
        if (localised := in_target_notation(source, unescaped, locales)) != unescaped:
            mends.append(Correction("numbers", localised))
        findings = self.findings(source, localised)
        for _ in _MENDED:
            correctable = next(
                (finding for finding in findings if finding.check in _MENDED and finding.fix), None
            )
            if correctable is None or not correctable.fix:
                break
            mends.append(Correction(correctable.check, correctable.fix))
            findings = self.findings(source, correctable.fix)
        return mends, findings

    def filled(self, entry: Entry, match: Match) -> Entry | None:
        """The entry with a match as its target, None when it may not be that."""
        target, findings = self._corrected(entry.source, match)
        if _why_unfit(entry.source, target, match, findings):
            return None
        failed_checks = {finding.check for finding in findings if finding.severity is Severity.ERROR}
        if match.kind == "copy":
            failed_checks.discard("untranslated")
        fuzzy = match.kind == "mt" or match.score < EXACT or bool(failed_checks)
        return replace(
            entry,
            target=target,
            fuzzy=fuzzy,
            state=State.TRANSLATED,
            origin=origin(match),
            actor="",
            previous=match.source if fuzzy and match.source != entry.source else "",
        )

    def why_unfit(self, source: str, match: Match) -> str:
        """Why a match may not be the target of a source, "" when it may."""
        target, findings = self._corrected(source, match)
        return _why_unfit(source, target, match, findings)

    def _corrected(self, source: str, match: Match) -> tuple[str, list[Finding]]:
        if match.kind != "mt":
            return match.target, self.findings(source, match.target)
        mends, findings = self.mended(source, match.target)
        return (mends[-1].text if mends else match.target), findings

    def findings(self, source: str, target: str) -> list[Finding]:
        """The findings of the checks in a candidate."""
        return check_pair(
            source,
            target,
            source_locale=self.source_locale,
            target_locale=self.target_locale,
            glossary=self.glossary,
        )

    def context(self, source: str, around: tuple[str | None, str | None]) -> Context:
        """The context of a source for engines: its neighbours without addresses, and its terms."""
        before, after = (_words(neighbour or "") for neighbour in around)
        return Context(before[-_AROUND:], after[:_AROUND], tuple(self._term_hints(source)))

    def _term_hints(self, source: str) -> Iterator[TermHint]:
        if self.glossary is None:
            return
        hits = self.glossary.find(inline.plain(source), self.source_locale, self.target_locale)
        by_source: dict[str, list[Term]] = {}
        for term in dict.fromkeys(hit.term for hit in hits):
            by_source.setdefault(term.source, []).append(term)
        for term_source, terms in by_source.items():
            use = [term.target for term in terms if term.status is Status.REQUIRED]
            use += [term.target for term in terms if term.status is Status.PREFERRED]
            use += [term.target or term_source for term in terms if term.status is Status.DO_NOT_TRANSLATE]
            avoid = (term.target for term in terms if term.status is Status.FORBIDDEN)
            yield TermHint(term_source, tuple(use), tuple(avoid))

    def wordless(self, source: str) -> bool:
        """Whether a source is its own translation."""
        return wordless(source, self.source_locale, self.target_locale)


def _why_unfit(source: str, target: str, match: Match, findings: Sequence[Finding]) -> str:
    errors = {finding.check for finding in findings if finding.severity is Severity.ERROR}
    if not target.strip():
        return "it gave no text"
    if "codes" in errors:
        return "its codes do not fit"
    if match.kind != "mt" or origins.engine(match.origin) == _IN_NO_LANGUAGE:
        return ""
    if any(finding.check == "untranslated" for finding in findings) and _same_words(source, target):
        return "it gave the source again"
    return "it answered in another language" if errors & _FOREIGN else ""


def _same_words(source: str, target: str) -> bool:
    return inline.plain(source).casefold().split() == inline.plain(target).casefold().split()


def _unescaped(source: str, draft: str) -> str:
    """A draft without the escapes of HTML, where its source has none; its codes stay what they are."""
    if "&" not in draft or _ENTITY.search(source):
        return draft
    return "".join(
        inline.escape_literal(_read_escapes(token.text)) if token.role is Role.TEXT else token.text
        for token in inline.tokens(draft)
    )


def _read_escapes(text: str) -> str:
    for _ in range(_ESCAPES):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def _words(source: str) -> str:
    """A neighbour's words; an address or a number to call is nobody's business but its reader's."""
    runs = inline.split_locked_values(inline.plain(source))
    return "".join("…" if run.role is Role.VALUE else run.text for run in runs)


def origin(match: Match) -> str:
    """Where a target came from, short enough for its comment line: ``tm:marseille:100``."""
    name = "".join(char if char.isprintable() and not char.isspace() else "-" for char in match.origin)
    score = f":{match.score}" if match.kind in {"icm", "idm", "tm"} else ""
    return name[: _ORIGIN - len(score)].rstrip(":") + score


def _settles(status: Status) -> bool:
    return status in {Status.REQUIRED, Status.PREFERRED}
