"""The Term: a word in one language and the decided word for it in another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from l10n import conventions
from l10n.locale_tags import read_tag
from l10n.patterns import lazy_pattern

ANY = "*"

_REGION = re.compile(r"-(?:[A-Za-z]{2}|[0-9]{3})\b")
_CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?")
_SPACES = re.compile(" {2,}")
_BREAK = re.compile("[\r\n\t]")


class Status(StrEnum):
    """How a term is to be used."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    FORBIDDEN = "forbidden"
    DO_NOT_TRANSLATE = "do-not-translate"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary.

    A do-not-translate term may have no target and no target locale (it holds for every
    language); a forbidden one may have no source (its target is never to be used).  ``domains`` are
    the fields it belongs to; one without any holds in all of them.  ``forms`` and ``target_forms`` are
    further forms of either word, which do not begin as it does (*travaux* of *travail*).
    """

    source_locale: str
    target_locale: str
    source: str
    target: str
    status: Status
    note: str = ""
    domains: tuple[str, ...] = ()
    definition: str = ""
    forms: tuple[str, ...] = ()
    target_forms: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The word in the source and its further forms."""
        return (self.source, *self.forms) if self.source else ()

    @property
    def targets(self) -> tuple[str, ...]:
        """The word in the target and its further forms."""
        return (self.target, *self.target_forms) if self.target else ()


@dataclass(frozen=True, slots=True)
class TermProblem:
    """Why a term is invalid: the field, what is wrong with it, and the remedy."""

    field: str
    wrong: str
    remedy: str


def normal(term: Term) -> Term:
    """A term as it is kept: locales in the letter case of BCP 47, what goes without saying said one way."""
    source_locale, target_locale = tag(term.source_locale), tag(term.target_locale)
    untranslated = term.status is Status.DO_NOT_TRANSLATE
    if untranslated and target_locale == ANY:
        target_locale = ""
    return Term(
        source_locale,
        target_locale,
        _SPACES.sub(" ", term.source),
        _SPACES.sub(" ", term.source if untranslated and target_locale and not term.target else term.target),
        term.status,
        _NEWLINE.sub("\n", term.note),
        tuple(dict.fromkeys(term.domains)),
        _NEWLINE.sub("\n", term.definition),
        _forms(term.forms, term.source),
        _forms(term.target_forms, term.target),
    )


def _forms(forms: tuple[str, ...], word: str) -> tuple[str, ...]:
    """Forms as they are kept: each once, and not the word itself."""
    if not forms:
        return forms
    return tuple(
        dict.fromkeys(cleaned for cleaned in (_SPACES.sub(" ", form) for form in forms) if cleaned != word)
    )


def term_problem(term: Term) -> TermProblem | None:
    """What is wrong with a term, None for a valid one."""
    if lacking := _lacking(term):
        return TermProblem(lacking, f"the term has no {lacking}", "Fill the column.")
    for name in ("source_locale", "target_locale"):
        value = getattr(term, name)
        if value and not tag(value):
            return TermProblem(
                name, f"{value!r} is no locale", "Use a tag with hyphens, such as fr or pt-BR."
            )
    if tag(term.source_locale) == tag(term.target_locale) and term.target_locale != ANY:
        return TermProblem("target_locale", "both locales are the same", "A term leads from one to another.")
    for name, value in (
        ("source", term.source),
        ("target", term.target),
        ("note", term.note),
        ("definition", term.definition),
        ("domains", "".join(term.domains)),
        ("forms", "".join(term.forms)),
        ("target_forms", "".join(term.target_forms)),
    ):
        if not value or value.isprintable():
            continue
        if _CONTROL().search(value):
            return TermProblem(name, "there is a control character in it", "Take it out.")
        if name not in {"note", "definition"} and _BREAK.search(value):
            return TermProblem(name, "there is a line break or a tab in it", "Write it on one line.")
    return None


@lru_cache(maxsize=256)
def tag(locale: str) -> str:
    """A locale of a term as a tag of BCP 47, or for any; "" for what is none."""
    return locale if locale == ANY else read_tag(locale)


def project_locale(locale: str, locales: Iterable[str]) -> str:
    """The locale of a project that corresponds to another tool's locale.

    That is the language as it stands there, where only the region is not one of theirs: ``en-GB`` is ``en``
    where nothing is said of regions, and stays where somebody writes ``en-US``.
    """
    same_language = [candidate for candidate in locales if _language(candidate) == _language(locale)]
    if not tag(locale) or not same_language:
        return locale
    if any(candidate == locale or candidate.startswith(f"{locale}-") for candidate in same_language):
        return locale
    script = conventions.load(locale).script
    fitting = [
        candidate
        for candidate in same_language
        if not _REGION.search(candidate) and conventions.load(candidate).script == script
    ]
    return fitting[0] if fitting and _REGION.search(locale) else locale


def listed(text: str) -> tuple[str, ...]:
    """What a cell or a field names, domains or forms: between semicolons, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip())) if text else ()


@lru_cache(maxsize=256)
def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()


def _lacking(term: Term) -> str:
    """The field a term needs and has not."""
    if not term.source_locale:
        return "source_locale"
    for forms, name in ((term.forms, "source"), (term.target_forms, "target")):
        if forms and not getattr(term, name):
            return name
    if term.status is Status.DO_NOT_TRANSLATE:
        return "" if term.source else "source"
    if not term.target_locale:
        return "target_locale"
    if not term.target:
        return "target"
    return "" if term.source or term.status is Status.FORBIDDEN else "source"
