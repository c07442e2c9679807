"""Glossaries of other tools: TBX of 2008 (martif), TBX-Min of 2013 and TBX of 2019, entry by entry."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from l10n import xml_elements
from l10n.glossary import term as terms
from l10n.glossary.term import ANY, Status, Term
from l10n.xml_elements import LANG, ElementFormat, SkippedElement

FROM, BARE, STATUS = "x-passerelle-from", "x-passerelle-banned-from", "x-passerelle-status"
FORM = "x-passerelle-form"
EVERY = "mul"  # ISO 639-2: multiple languages

_TBX = ElementFormat(
    "TBX", ("termEntry", "conceptEntry", "entry"), ("martif", "tbx", "TBX"), "Export it again as TBX-Basic."
)
_NAMESPACE = re.compile(r"""\sxmlns(?::[A-Za-z][\w.-]*)?\s*=\s*(?:"[^"<&]*"|'[^'<&]*')""")
_SPACES = re.compile("[ \t\r\n]+")
LANGUAGE = {"langSet", "langSec", "langGroup"}
_TERM = {"tig", "ntig", "termSec", "termGroup"}
_OURS = {status.value: status for status in Status}
_BANNED = {"deprecatedterm", "supersededterm", "forbidden", "obsolete", "notrecommended"}
_SANCTIONED = {
    "preferredterm",
    "admittedterm",
    "standardizedterm",
    "legalterm",
    "regulatedterm",
    "preferred",
    "admitted",
}
_STANDINGS = ("administrativeStatus", "normativeAuthorization", "termStatus")


@dataclass(frozen=True, slots=True)
class _Word:
    """A term of an entry as the file has it."""

    text: str
    status: Status | None
    note: str
    definition: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Concept:
    """An entry: its words by language, in the order of the file.

    One of ours has the ``origin`` its terms lead from; a ``bare`` one has no word in it.
    """

    languages: tuple[tuple[str, tuple[_Word, ...]], ...]
    origin: str
    bare: bool
    domains: tuple[str, ...]
    definition: str
    note: str


def read(
    path: Path,
    source_locales: Collection[str],
    *,
    usual: Status = Status.PREFERRED,
    on_skipped: Callable[[SkippedElement], None],
    called: Callable[[str], str] = str,
) -> Iterator[Term]:
    """Yield the terms of a TBX file from some source languages to others.

    An entry that we exported names its source language itself.  A term without a status is ``usual``.
    ``called`` maps a locale of another tool to ours.  Invalid entries and terms are skipped and reported to
    ``on_skipped``.  Raises InputError, with the line, for a file that is no TBX; for a truncated file only
    after its complete entries.  Nothing in the file is fetched or expanded: no document type reaches the
    parser.
    """
    names = None
    for element in xml_elements.read(path, _TBX):
        if names is None:
            names = "".join(dict.fromkeys(_NAMESPACE.findall(element.head)))
        try:
            entry = ET.fromstring(f"<e{names}>{element.text}</e>")[0]  # noqa: S314 - no document type, no entities
        except (ET.ParseError, UnicodeError, IndexError) as error:
            line = error.position[0] - 1 if isinstance(error, ET.ParseError) else 0
            on_skipped(SkippedElement(element.line + line, "it is no XML"))
            continue
        concept = _concept(entry)
        if not concept.origin:
            languages = tuple((called(locale), words) for locale, words in concept.languages)
            concept = replace(concept, languages=languages)
        entry_terms = list(_terms(concept, source_locales, usual))
        for term in entry_terms:
            if problem := terms.term_problem(term):
                on_skipped(SkippedElement(element.line, problem.wrong))
            else:
                yield terms.normal(term)
        if not entry_terms and (reason := _why_unusable(concept)):
            on_skipped(SkippedElement(element.line, reason))


def _why_unusable(concept: _Concept) -> str:
    """Why nothing came of an entry, "" when it is only about other languages."""
    if not concept.languages or not any(words for _, words in concept.languages):
        return "it has no term"
    if len(concept.languages) < 2:
        return "it is in one language only"
    if not all(locale for locale, _ in concept.languages):
        return "a language in it has no name"
    return ""


def _concept(entry: ET.Element) -> _Concept:
    languages = tuple(
        (_locale(child), tuple(filter(None, map(_word, _inside(child, _TERM)))))
        for child in entry
        if _name(child) in LANGUAGE
    )
    own = _facts(entry, but=LANGUAGE)
    local = [fact for child in entry if _name(child) in LANGUAGE for fact in _facts(child, but=_TERM)]
    definitions = [text for kind, text in (*own, *local) if kind == "definition"]
    domains = (text for kind, text in own if kind == "subjectField")
    return _Concept(
        languages,
        next((text for kind, text in own if kind in {FROM, BARE}), ""),
        any(kind == BARE for kind, _ in own),
        tuple(dict.fromkeys(part for text in domains for part in terms.listed(text))),
        definitions[0] if definitions else "",
        "\n".join(text for kind, text in own if kind == "note"),
    )


def _word(element: ET.Element) -> _Word | None:
    term = next((child for child in element.iter() if _name(child) == "term"), None)
    text = _SPACES.sub(" ", "".join(term.itertext())).strip() if term is not None else ""
    if not text:
        return None
    facts = _facts(element, but=set())
    note = "\n".join(text for kind, text in facts if kind == "note")
    definition = next((text for kind, text in facts if kind == "definition"), "")
    forms = tuple(text for kind, text in facts if kind == FORM)
    return _Word(text, _status(facts), note, definition, forms)


def _status(facts: list[tuple[str, str]]) -> Status | None:
    by_kind = dict(facts)
    if (own := by_kind.get(STATUS, "")) in _OURS:
        return _OURS[own]
    if by_kind.get("translationNote", "").lower() == "no":
        return Status.DO_NOT_TRANSLATE
    standing = next((by_kind[kind] for kind in _STANDINGS if by_kind.get(kind)), "")
    standing = standing.partition("-")[0].lower()
    if standing in _BANNED:
        return Status.FORBIDDEN
    return Status.PREFERRED if standing in _SANCTIONED else None


def _terms(concept: _Concept, source_locales: Collection[str], usual: Status) -> Iterator[Term]:
    if concept.origin:
        yield from _ours(concept)
        return
    for locale, words in concept.languages:
        if not any(_same(locale, source_locale) for source_locale in source_locales):
            continue
        sources = [word for word in words if word.status is not Status.FORBIDDEN]
        for source in sources:
            if source.status is Status.DO_NOT_TRANSLATE:
                yield _term(concept, locale, EVERY, source, _wordless(source), source.status)
                continue
            for target_locale, targets in concept.languages:
                if target_locale == locale:
                    continue
                for target in targets:
                    yield _term(concept, locale, target_locale, source, target, target.status or usual)


def _ours(concept: _Concept) -> Iterator[Term]:
    """The rows that an entry of ours was made from."""
    languages = concept.languages
    has_source = not concept.bare and bool(languages) and bool(languages[0][1])
    source = languages[0][1][0] if has_source else None
    if source is not None and source.status is not None:
        yield _term(concept, concept.origin, EVERY, source, _wordless(source), source.status)
    for locale, words in languages[1 if has_source else 0 :]:
        for word in words:
            yield _term(concept, concept.origin, locale, source, word, word.status or Status.PREFERRED)


def _wordless(source: _Word) -> _Word:
    """What is said of a source that has no word in the target, as if it were said of that."""
    return replace(source, text="", forms=())


def _term(
    concept: _Concept,
    source_locale: str,
    target_locale: str,
    source: _Word | None,
    word: _Word,
    status: Status,
) -> Term:
    note = word.note or ("" if concept.origin else concept.note)
    definition = concept.definition or word.definition
    return Term(
        ANY if source_locale == EVERY else source_locale,
        ANY if target_locale == EVERY else target_locale,
        source.text if source is not None else "",
        word.text,
        status,
        note,
        concept.domains,
        definition,
        source.forms if source is not None else (),
        word.forms,
    )


def _facts(element: ET.Element, *, but: Collection[str]) -> list[tuple[str, str]]:
    """What is said of an element: (kind, text), a kind being an attribute or, in newer files, a tag."""
    facts: list[tuple[str, str]] = []
    for child in element:
        name = _name(child)
        if name in but or name == "term":
            continue
        text = "".join(child.itertext()).strip()
        if name == "note":
            facts.append(("note", text))
        elif len(child) and name.endswith("Grp"):
            facts += _facts(child, but=but)
        elif text:
            facts.append((child.get("type") or name, text))
    return facts


def _inside(element: ET.Element, names: Collection[str]) -> Iterator[ET.Element]:
    return (child for child in element if _name(child) in names)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if element.tag[:1] == "{" else element.tag


def _locale(element: ET.Element) -> str:
    name = (element.get(LANG) or element.get("lang") or "").strip()
    return terms.tag(name) or name


def _same(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever the region."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
