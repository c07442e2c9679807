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
    together: dict[tuple[object, ...], list[Term]] = {}
    for place, one in enumerate(items):
        alone = place if not one.source or not one.target else -1
        key = one.source_locale, one.source, one.forms, one.domains, one.definition, alone
        together.setdefault(key, []).append(one)
    return together.values()


def _entry(concept: list[Term]) -> Iterator[str]:
    first = concept[0]
    yield f'<admin type="{FROM if first.source else BARE}">{_said(_language(first.source_locale))}</admin>\n'
    for domain in first.domains:
        yield f'<descrip type="subjectField">{_said(domain)}</descrip>\n'
    if first.definition:
        yield f'<descrip type="definition">{_said(first.definition)}</descrip>\n'
    if first.source:
        facts = "" if first.target else _standing(first)
        yield _words(first.source_locale, [(first.source, facts + _forms(first.forms))])
    for locale, same in groupby(sorted(concept, key=lambda one: one.target_locale), key=_target_locale):
        if words := [(one.target, _standing(one) + _forms(one.target_forms)) for one in same if one.target]:
            yield _words(locale, words)


def _target_locale(term: Term) -> str:
    return term.target_locale


def _words(locale: str, words: list[tuple[str, str]]) -> str:
    said = "".join(f"<tig><term>{_said(text)}</term>{facts}</tig>\n" for text, facts in words)
    return f"<langSet xml:lang={quoteattr(_language(locale))}>\n{said}</langSet>\n"


def _standing(term: Term) -> str:
    """What is asked of a term, as tools know it, and in our own words where they have none for it."""
    facts = []
    if term.status is Status.DO_NOT_TRANSLATE:
        facts.append('<termNote type="translationNote">no</termNote>')
    else:
        facts.append(f'<termNote type="administrativeStatus">{_STANDING[term.status]}</termNote>')
    if term.status is Status.REQUIRED:
        facts.append(f'<termNote type="{STATUS}">{term.status}</termNote>')
    if term.note:
        facts.append(f"<note>{_said(term.note)}</note>")
    return "".join(facts)


def _forms(forms: tuple[str, ...]) -> str:
    return "".join(f'<termNote type="{FORM}">{_said(one)}</termNote>' for one in forms)


def _language(locale: str) -> str:
    return EVERY if locale in {"", ANY} else locale


def _said(text: str) -> str:
    return escape(text)
