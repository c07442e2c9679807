"""The Glossary: all terms of a project, selected by language pair and found in texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from l10n.glossary.matching import PhraseIndex, contains_phrase, index_of, is_changed_form, may_be
from l10n.glossary.term import ANY, Term


class Inflection(Protocol):
    """Knows the stems of inflected words."""

    def stems(self, word: str, locale: str) -> frozenset[str]:
        """The words of which a word is a form, in small letters; none for a word it does not know."""


@dataclass(frozen=True, slots=True)
class TermHit:
    """An occurrence of a term in a text."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a project, in the order of their files.

    Words are found by their beginnings and short endings; ``inflection`` is asked as well where one is
    known, whenever a finding hangs on it.
    """

    entries: tuple[Term, ...] = ()
    inflection: Inflection | None = field(default=None, compare=False)
    _indexes: dict[tuple[str, str, str], PhraseIndex] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _parts: dict[frozenset[str], Glossary] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def within(self, domains: Iterable[str]) -> Glossary:
        """The glossary for a text of some domains: the terms of one of them, and those of none."""
        folded = frozenset(domain.casefold() for domain in domains)
        if folded not in self._parts:
            entries = tuple(
                term
                for term in self.entries
                if not term.domains or not folded.isdisjoint(map(str.casefold, term.domains))
            )
            complete = len(entries) == len(self.entries)
            self._parts[folded] = self if complete else replace(self, entries=entries)
        return self._parts[folded]

    def terms(self, source_locale: str, target_locale: str) -> tuple[Term, ...]:
        """The terms for a pair of locales; a term for ``pt`` also holds for ``pt-BR``."""
        return tuple(
            term
            for term in self.entries
            if _holds(term.source_locale, source_locale) and _holds(term.target_locale, target_locale)
        )

    def find(self, text: str, source_locale: str, target_locale: str) -> list[TermHit]:
        """The terms whose source stands in a text, in order; the longest wins, none overlap.

        Several terms with the same source are all given for the same place.
        """
        by_source = self._index("source", source_locale, target_locale)
        return [
            TermHit(term, start, end) for start, end, phrase in by_source.find(text) for term in phrase.terms
        ]

    def targets(self, text: str, source_locale: str, target_locale: str) -> list[TermHit]:
        """The terms whose *target* stands in a text, with more room for inflection."""
        by_target = self._index("target", source_locale, target_locale)
        return [
            TermHit(term, start, end)
            for start, end, phrase in by_target.find(text, overlapping=True)
            for term in phrase.terms
        ]

    def is_form(self, text: str, words: Iterable[str], locale: str) -> bool:
        """Whether a stretch of text can be a form of a word, as far as its language's inflection tells."""
        inflection = self.inflection
        return inflection is None or any(
            may_be(phrase, text, lambda word: inflection.stems(word, locale)) for phrase in words
        )

    def has_form(self, text: str, words: Iterable[str], locale: str) -> bool:
        """Whether a form of a word stands in a text that begins otherwise, or is part of a longer word.

        The inflection of its language knows it, or how its language builds words.
        """

        def is_form(phrase_word: str, word: str) -> bool:
            return is_changed_form(phrase_word, word, locale) or self._share_a_stem(phrase_word, word, locale)

        return any(contains_phrase(phrase, text, is_form) for phrase in words)

    def _share_a_stem(self, one: str, other: str, locale: str) -> bool:
        if self.inflection is None:
            return False
        return not {one, *self.inflection.stems(one, locale)}.isdisjoint(
            {other, *self.inflection.stems(other, locale)}
        )

    def _index(self, side: str, source_locale: str, target_locale: str) -> PhraseIndex:
        key = (side, source_locale, target_locale)
        if key not in self._indexes:
            phrases: dict[str, list[Term]] = {}
            for term in self.terms(source_locale, target_locale):
                for phrase in term.sources if side == "source" else term.targets:
                    phrases.setdefault(phrase, []).append(term)
            locale = source_locale if side == "source" else target_locale
            self._indexes[key] = index_of(phrases, locale, loose=side == "target")
        return self._indexes[key]


def _holds(term_locale: str, locale: str) -> bool:
    return term_locale in {"", ANY, locale} or locale.lower().startswith(term_locale.lower() + "-")
