"""The words an organisation has decided on: what they are called in each language, and where they stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from l10n.errors import ConfigError

HEADER = ("source_locale", "target_locale", "source", "target", "status", "note")

_SUFFIX = 3  # letters an inflected word may have more than its term
_STEM = 4  # letters a word must have to be inflected
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCE_BREAK = frozenset('.!?…:;«»“”„"([{•–—¿¡؟।')
# Thai to Myanmar, Khmer, kana and ideographs: scripts that put no space between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Conjunctions, prepositions and articles that Arabic and Hebrew write on to the next word.
_CLITICS = re.compile("[وفبلكس]{0,2}(?:ال|لل)?|[והבכלמש]{1,3}")
_CLITIC_LETTERS = frozenset("وفبلكساוהבכלמש")


class Status(StrEnum):
    """What is asked of a term."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    FORBIDDEN = "forbidden"
    DO_NOT_TRANSLATE = "do-not-translate"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary.

    A do-not-translate term may have no target and no target locale (it holds for every
    language); a forbidden one may have no source (its target is never to be used).
    """

    source_locale: str
    target_locale: str
    source: str
    target: str
    status: Status
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term and where its source stands in a text."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a project, in the order of their files."""

    entries: tuple[Term, ...] = ()
    _indexes: dict[tuple[str, str, str], PhraseIndex] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

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
            TermHit(term, start, end) for start, end, found in by_source.find(text) for term in found.terms
        ]

    def targets(self, text: str, source_locale: str, target_locale: str) -> list[TermHit]:
        """The terms whose *target* stands in a text, with more room for inflection."""
        by_target = self._index("target", source_locale, target_locale)
        return [
            TermHit(term, start, end)
            for start, end, found in by_target.find(text, overlapping=True)
            for term in found.terms
        ]

    def _index(self, side: str, source_locale: str, target_locale: str) -> PhraseIndex:
        key = (side, source_locale, target_locale)
        if key not in self._indexes:
            phrases: dict[str, list[Term]] = {}
            for term in self.terms(source_locale, target_locale):
                if phrase := term.source if side == "source" else term.target:
                    phrases.setdefault(phrase, []).append(term)
            self._indexes[key] = _index_of(phrases, loose=side == "target")
        return self._indexes[key]


def read(paths: Iterable[str | Path]) -> Glossary:
    """The glossary that CSV files state.

    Raises ConfigError, with file and line, for a file that cannot be read, a wrong header and
    a row that makes no sense.
    """
    return Glossary(tuple(term for path in paths for term in _file(Path(path))))


def _holds(wanted: str, locale: str) -> bool:
    return wanted in {"", "*", locale} or locale.lower().startswith(wanted.lower() + "-")


def _file(path: Path) -> Iterator[Term]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the glossary cannot be read: {error}", path=path, remedy="Save it as a CSV file in UTF-8."
        ) from None
    return parse(text, path=str(path))


def parse(text: str, *, path: str) -> Iterator[Term]:
    """The terms of one CSV text; raises as ``read`` does, naming ``path``."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in rows:
            if line == 1:
                _header(row, path)
            elif any(cell.strip() for cell in row):
                yield _term(row, path, line)
            line = rows.line_num + 1
    except csv.Error as error:
        raise ConfigError(
            f"this is not CSV: {error}", path=path, line=line, remedy="Close every quotation mark."
        ) from None


def _header(row: list[str], path: str) -> None:
    if tuple(cell.strip().lower() for cell in row) != HEADER:
        raise ConfigError(
            "the first line should name the columns", path=path, line=1, remedy=f"Write: {','.join(HEADER)}"
        )


def _term(row: list[str], path: str, line: int) -> Term:
    cells = [cell.strip() for cell in row]
    if len(cells) not in {len(HEADER) - 1, len(HEADER)}:
        raise ConfigError(
            f"{len(cells)} columns instead of {len(HEADER)}",
            path=path,
            line=line,
            remedy="Put a text that holds a comma between quotation marks.",
        )
    source_locale, target_locale, source, target, said, note = (*cells, "")[:6]
    if said not in set(Status):
        known = ", ".join(Status)
        raise ConfigError(
            f"{said!r} is no status", path=path, line=line, remedy=f"Write one of these: {known}."
        )
    term = Term(source_locale, target_locale, source, target, Status(said), note)
    if problem := _lacking(term):
        raise ConfigError(f"the term has no {problem}", path=path, line=line, remedy="Fill the column.")
    return term


def _lacking(term: Term) -> str:
    """The column a term needs and has not."""
    if not term.source_locale:
        return "source_locale"
    if term.status is Status.DO_NOT_TRANSLATE:
        return "" if term.source else "source"
    if not term.target_locale:
        return "target_locale"
    if not term.target:
        return "target"
    return "" if term.source or term.status is Status.FORBIDDEN else "source"


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    exact_case: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases by the stem of their first word or, in scripts without spaces, their first character."""

    spaced: dict[str, list[_Phrase]]
    unspaced: dict[str, list[_Phrase]]
    loose: bool

    def find(self, text: str, *, overlapping: bool = False) -> Iterator[tuple[int, int, _Phrase]]:
        """Each (start, end, phrase), the longest first at a place."""
        yield from sorted(
            (*self._spaced(text, overlapping=overlapping), *self._unspaced(text, overlapping=overlapping)),
            key=lambda hit: hit[:2],
        )

    def _spaced(self, text: str, *, overlapping: bool) -> Iterator[tuple[int, int, _Phrase]]:
        if not self.spaced:
            return
        tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
        index = 0
        while index < len(tokens):
            step = 1
            for phrase in self._starting(tokens[index][0]):
                size = len(phrase.words)
                if self._stands(phrase, tokens, index):
                    yield tokens[index][1], tokens[index + size - 1][2], phrase
                    if not overlapping:
                        step = size
                        break
            index += step

    def _starting(self, word: str) -> list[_Phrase]:
        """Phrases that may begin with a word, the longest first."""
        found = list(self.spaced.get(word.lower(), ()))
        for stem in _stems(word.lower(), loose=self.loose):
            found += self.spaced.get(stem, ())
        if len(found) > 1:
            found.sort(key=lambda phrase: -len(phrase.words))
        return found

    def _stands(self, phrase: _Phrase, tokens: list[tuple[str, int, int]], index: int) -> bool:
        if index + len(phrase.words) > len(tokens):
            return False
        first = index == 0 or tokens[index - 1][0] in _SENTENCE_BREAK
        return all(
            self._same(
                term_word,
                tokens[index + offset][0],
                exact_case=phrase.exact_case,
                first=first and offset == 0,
            )
            for offset, term_word in enumerate(phrase.words)
        )

    def _same(self, term_word: str, word: str, *, exact_case: bool, first: bool) -> bool:
        if not exact_case and (first or self.loose or (len(word) > 1 and word.isupper())):
            word = word.lower()
        if word == term_word:
            return True
        if not exact_case and self.loose:
            term_word = term_word.lower()
        return _inflected(term_word, word, loose=self.loose)

    def _unspaced(self, text: str, *, overlapping: bool) -> Iterator[tuple[int, int, _Phrase]]:
        if not self.unspaced:
            return
        at = 0
        while at < len(text):
            step = 1
            for phrase in self.unspaced.get(text[at], ()):
                if text.startswith(phrase.words[0], at):
                    yield at, at + len(phrase.words[0]), phrase
                    if not overlapping:
                        step = len(phrase.words[0])
                        break
            at += step


def _index_of(phrases: dict[str, list[Term]], *, loose: bool) -> PhraseIndex:
    spaced: dict[str, list[_Phrase]] = {}
    unspaced: dict[str, list[_Phrase]] = {}
    for text, terms in phrases.items():
        if _UNSPACED.match(text):
            unspaced.setdefault(text[0], []).append(_Phrase((text,), exact_case=True, terms=tuple(terms)))
        elif words := tuple(_TOKEN.findall(text)):
            exact_case = any(map(str.isupper, text))
            key = _stem(words[0].lower(), loose=loose)
            spaced.setdefault(key, []).append(_Phrase(words, exact_case, tuple(terms)))
    for listed in (*spaced.values(), *unspaced.values()):
        listed.sort(key=lambda phrase: -sum(map(len, phrase.words)))
    return PhraseIndex(spaced, unspaced, loose)


def _stem(word: str, *, loose: bool) -> str:
    """What every form of a word begins with; ``loose`` also lets its last letters change."""
    return word[: max(_STEM, len(word) - 2)] if loose else word


def _stems(word: str, *, loose: bool) -> Iterator[str]:
    """Every stem, other than itself, of which a word may be a form."""
    longest = _SUFFIX + (2 if loose else 0)
    forms = [word]
    if word[0] in _CLITIC_LETTERS and (found := _CLITICS.match(word)):
        forms += [word[cut:] for cut in range(1, found.end() + 1) if len(word) - cut >= 2]
    seen = {word}
    for form in forms:
        for size in range(len(form), max(_STEM, len(form) - longest) - 1, -1):
            if form[:size] not in seen:
                seen.add(form[:size])
                yield form[:size]
        if form not in seen:
            seen.add(form)
            yield form


def _inflected(term_word: str, word: str, *, loose: bool) -> bool:
    """Whether a word is its term with a short suffix, or with an Arabic or Hebrew clitic."""
    forms = [word]
    if word[0] in _CLITIC_LETTERS and (found := _CLITICS.match(word)):
        forms += [word[cut:] for cut in range(1, found.end() + 1)]
    for form in forms:
        if form == term_word:
            return True
        if len(term_word) >= _STEM and form.startswith(_stem(term_word, loose=loose)):
            return len(form) <= len(term_word) + _SUFFIX
    return False
