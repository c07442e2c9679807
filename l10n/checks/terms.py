"""The terms an organisation has decided on are used, and those it has banned are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n import glossary as words
from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

if TYPE_CHECKING:
    from l10n.glossary import Glossary, Term, TermHit

ID = "glossary"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Where the source uses a term of the glossary, the target must use the word chosen for it, inflected or "
    "not; a name that is not to be translated must stay as it is; a forbidden word must not appear. A "
    "preferred word that is missing is only mentioned."
)


def _example() -> Glossary:
    return words.Glossary((words.Term("en", "fr", "shelter", "hébergement", words.Status.REQUIRED),))


BAD = Example("en", "Two shelters opened.", "fr", "Deux refuges ont ouvert.", _example)
GOOD = Example("en", "Two shelters opened.", "fr", "Deux hébergements ont ouvert.", _example)


def run(pair: Pair) -> Iterator[Finding]:
    """Nothing when no glossary was given."""
    if pair.glossary is None or not pair.glossary.entries:
        return
    locales = pair.source_locale, pair.target_locale
    source_hits = pair.glossary.find(pair.source_plain.text, *locales)
    target_hits = pair.glossary.targets(pair.target_plain.text, *locales)
    yield from _untranslated(pair, source_hits)
    yield from _decided(pair, pair.glossary, source_hits, target_hits)
    yield from _banned(pair, pair.glossary, source_hits, target_hits)


def _untranslated(pair: Pair, source_hits: list[TermHit]) -> Iterator[Finding]:
    for name in _unique(hit.term for hit in source_hits if hit.term.status is words.Status.DO_NOT_TRANSLATE):
        written = name.target or name.source
        if not any(form in pair.target_plain.text for form in (written, *name.target_forms)):
            values = (("term", written), ("why", _why(name)))
            template = "“{term}” is not to be translated, and is missing{why}"
            yield Finding(ID, SEVERITY, template, 0, 0, None, values, *_place(pair, source_hits, name))


def _decided(
    pair: Pair, glossary: Glossary, source_hits: list[TermHit], target_hits: list[TermHit]
) -> Iterator[Finding]:
    """A source term is served by any of the words decided for it, required or preferred.

    Before one is missed, the inflection of both languages is asked: whether it is this term at all,
    and whether a form of its word stands there that begins otherwise ("venir", "viendra").
    """
    present = {hit.term for hit in _outermost(target_hits)}
    choices: dict[str, list[Term]] = {}
    for term in _unique(hit.term for hit in source_hits):
        if term.status in {words.Status.REQUIRED, words.Status.PREFERRED}:
            choices.setdefault(term.source, []).append(term)
    for source, terms in choices.items():
        if present.isdisjoint(terms) and _missed(pair, glossary, source_hits, terms):
            required = any(term.status is words.Status.REQUIRED for term in terms)
            decided = " / ".join(f"“{term.target}”" for term in terms)
            template = (
                "“{term}” is to be {words}{why}" if required else "“{term}” is better called {words}{why}"
            )
            values = (("term", source), ("words", decided), ("why", _why(terms[0])))
            severity = SEVERITY if required else Severity.INFO
            yield Finding(ID, severity, template, 0, 0, None, values, *_place(pair, source_hits, terms[0]))


def _place(pair: Pair, source_hits: list[TermHit], term: Term) -> tuple[int, int]:
    """Where a term first stands in the source."""
    hit = next(hit for hit in source_hits if hit.term == term)
    return pair.source_plain.span(hit.start, hit.end)


def _missed(pair: Pair, glossary: Glossary, source_hits: list[TermHit], terms: list[Term]) -> bool:
    text = pair.source_plain.text
    is_meant = any(
        glossary.is_form(text[hit.start : hit.end], hit.term.sources, pair.source_locale)
        for hit in source_hits
        if hit.term in terms
    )
    return is_meant and not any(
        glossary.has_form(pair.target_plain.text, term.targets, pair.target_locale) for term in terms
    )


def _banned(
    pair: Pair, glossary: Glossary, source_hits: list[TermHit], target_hits: list[TermHit]
) -> Iterator[Finding]:
    """A forbidden word is reported where its source stands, or anywhere when it has none.

    It is no fault inside a longer word that was decided ("refugees" in "refugees' council").
    """
    source_terms = {hit.term for hit in source_hits}
    for hit in _outermost(target_hits):
        written = pair.target_plain.text[hit.start : hit.end]
        if (
            hit.term.status is words.Status.FORBIDDEN
            and (not hit.term.source or hit.term in source_terms)
            and glossary.is_form(written, hit.term.targets, pair.target_locale)
        ):
            start, end = pair.target_plain.span(hit.start, hit.end)
            values = (("term", hit.term.target), ("why", _why(hit.term)))
            yield Finding(ID, SEVERITY, "“{term}” is not to be used{why}", start, end, None, values)


def _outermost(hits: list[TermHit]) -> list[TermHit]:
    """Hits that do not stand inside a longer one: a word is not a term of its own there."""
    out: list[TermHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not out or hit.end > out[-1].end or (hit.start, hit.end) == (out[-1].start, out[-1].end):
            out.append(hit)
    return out


def _unique(terms: Iterator[Term]) -> list[Term]:
    return list(dict.fromkeys(terms))


def _why(term: Term) -> str:
    return f" ({term.note})" if term.note else ""
