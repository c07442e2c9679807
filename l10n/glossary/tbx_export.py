"""A glossary as TBX-Basic of 2008, which translation tools read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from l10n.glossary.tbx import BARE, EVERY, FORM, FROM, STATUS
from l10n.glossary.term import ANY, Status, Term

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>Passerelle</p></sourceDesc></fileDesc></martifHeader>
<text><body>
"""
_FOOT = "</body></text>\n</martif>\n"
_STANDING = {
    Status.REQUIRED: "preferredTerm-admn-sts",
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}


def write(items: Iterable[Term]) -> Iterator[str]:
    """The file in pieces: one entry for a source, its definition and domains, with all its words."""
    yield _HEAD
    for number, concept in enumerate(_concepts(items), 1):
        yield f'<termEntry id="c{number}">\n{"".join(_entry(concept))}</termEntry>\n'
    yield _FOOT


def _concepts(items: Iterable[Term]) -> Iterable[list[Term]]:
    """Terms that say different words for the same thing, together, in the order of the first of each."""
    concepts: dict[tuple[object, ...], list[Term]] = {}
    for index, term in enumerate(items):
        alone = index if not term.source or not term.target else -1
        key = term.source_locale, term.source, term.forms, term.domains, term.definition, alone
        concepts.setdefault(key, []).append(term)
    return concepts.values()


def _entry(concept: list[Term]) -> Iterator[str]:
    first = concept[0]
    kind, language = FROM if first.source else BARE, _language(first.source_locale)
    yield f'<admin type="{kind}">{_escaped(language)}</admin>\n'
    for domain in first.domains:
        yield f'<descrip type="subjectField">{_escaped(domain)}</descrip>\n'
    if first.definition:
        yield f'<descrip type="definition">{_escaped(first.definition)}</descrip>\n'
    if first.source:
        facts = "" if first.target else _standing(first)
        yield _words(first.source_locale, [(first.source, facts + _forms(first.forms))])
    for locale, group in groupby(sorted(concept, key=lambda term: term.target_locale), key=_target_locale):
        if words := [
            (term.target, _standing(term) + _forms(term.target_forms)) for term in group if term.target
        ]:
            yield _words(locale, words)


def _target_locale(term: Term) -> str:
    return term.target_locale


def _words(locale: str, words: list[tuple[str, str]]) -> str:
    entries = "".join(f"<tig><term>{_escaped(text)}</term>{facts}</tig>\n" for text, facts in words)
    return f"<langSet xml:lang={quoteattr(_language(locale))}>\n{entries}</langSet>\n"


def _standing(term: Term) -> str:
    """The status of a term as other tools know it, as ours where they have none, and its note."""
    facts = []
    if term.status is Status.DO_NOT_TRANSLATE:
        facts.append('<termNote type="translationNote">no</termNote>')
    else:
        facts.append(f'<termNote type="administrativeStatus">{_STANDING[term.status]}</termNote>')
    if term.status is Status.REQUIRED:
        facts.append(f'<termNote type="{STATUS}">{term.status}</termNote>')
    if term.note:
        facts.append(f"<note>{_escaped(term.note)}</note>")
    return "".join(facts)


def _forms(forms: tuple[str, ...]) -> str:
    return "".join(f'<termNote type="{FORM}">{_escaped(form)}</termNote>' for form in forms)


def _language(locale: str) -> str:
    return EVERY if locale in {"", ANY} else locale


def _escaped(text: str) -> str:
    return escape(text)
