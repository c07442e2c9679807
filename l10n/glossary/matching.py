"""Finds phrases in a text: whole words with their endings, or characters in scripts without spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from l10n.glossary.endings import regular_forms
from l10n.glossary.spellings import folded
from l10n.glossary.term import Term
from l10n.glossary.word_building import is_built_on
from l10n.patterns import WORD_MARKS

_SUFFIX = 3  # letters an inflected word may have more than its term
_STEM = 4  # letters a word must have to be inflected
_TOKEN = re.compile(rf"[\w{WORD_MARKS}\xad]+|[^\w\s]")
_SENTENCE_BREAK = frozenset('.!?…:;«»“”„"([{•–—¿¡؟।')
# Thai to Myanmar, Khmer, kana and ideographs: scripts that put no space between words.
_UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
# Conjunctions, prepositions and articles that Arabic and Hebrew write on to the next word.
_CLITICS = re.compile("[והבכלמש]{1,3}|[وفبلكس]{0,2}(?:ال|لل)?")
_ARABIC = frozenset("وفبلكسا")
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
_CLITIC_LETTERS = frozenset("وفبلكساוהבכלמש")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a term's side, the regular forms of each in small letters, and the terms that share it."""

    words: tuple[str, ...]
    exact_case: bool
    terms: tuple[Term, ...]
    forms: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases by the stem of their first word or, in scripts without spaces, their first character."""

    spaced: dict[str, list[Phrase]]
    unspaced: dict[str, list[Phrase]]
    loose: bool

    def find(self, text: str, *, overlapping: bool = False) -> Iterator[tuple[int, int, Phrase]]:
        """Each (start, end, phrase), the longest first at a place."""
        yield from sorted(
            (*self._spaced(text, overlapping=overlapping), *self._unspaced(text, overlapping=overlapping)),
            key=lambda hit: hit[:2],
        )

    def _spaced(self, text: str, *, overlapping: bool) -> Iterator[tuple[int, int, Phrase]]:
        if not self.spaced:
            return
        tokens = [
            (folded(match.group()) or match.group(), match.start(), match.end())
            for match in _TOKEN.finditer(text)
        ]
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

    def _starting(self, word: str) -> list[Phrase]:
        """Phrases that may begin with a word, the longest first."""
        phrases = list(self.spaced.get(word.lower(), ()))
        for stem in _stems(word.lower(), loose=self.loose):
            phrases += self.spaced.get(stem, ())
        if len(phrases) > 1:
            phrases = list({id(phrase): phrase for phrase in phrases}.values())
            phrases.sort(key=lambda phrase: -len(phrase.words))
        return phrases

    def _stands(self, phrase: Phrase, tokens: list[tuple[str, int, int]], index: int) -> bool:
        if index + len(phrase.words) > len(tokens):
            return False
        first = index == 0 or tokens[index - 1][0] in _SENTENCE_BREAK
        return all(
            self._same(
                phrase,
                offset,
                tokens[index + offset][0],
                first=first and offset == 0,
            )
            for offset in range(len(phrase.words))
        )

    def _same(self, phrase: Phrase, offset: int, word: str, *, first: bool) -> bool:
        term_word, exact_case = phrase.words[offset], phrase.exact_case
        if not exact_case and (first or self.loose or (len(word) > 1 and word.isupper())):
            word = word.lower()
        if word == term_word:
            return True
        if not exact_case and self.loose:
            term_word = term_word.lower()
        return _inflected(term_word, word, loose=self.loose) or (
            bool(phrase.forms[offset])
            and (not exact_case or _has_capitals(phrase.words[offset], word))
            and not phrase.forms[offset].isdisjoint(_without_clitics(word.lower()))
        )

    def _unspaced(self, text: str, *, overlapping: bool) -> Iterator[tuple[int, int, Phrase]]:
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


def index_of(phrases: dict[str, list[Term]], locale: str, *, loose: bool) -> PhraseIndex:
    """An index of phrases of a locale; ``loose`` also lets the last letters of a word change."""
    spaced: dict[str, list[Phrase]] = {}
    unspaced: dict[str, list[Phrase]] = {}
    for text, terms in phrases.items():
        if is_unspaced(text[:1]):
            unspaced.setdefault(text[0], []).append(Phrase((text,), exact_case=True, terms=tuple(terms)))
        elif words := tuple(_TOKEN.findall(folded(text))):
            exact_case = any(map(str.isupper, text))
            forms = tuple(_forms(word.lower(), locale) for word in words)
            phrase = Phrase(words, exact_case, tuple(terms), forms)
            for key in {_stem(words[0].lower(), loose=loose), *forms[0]}:
                spaced.setdefault(key, []).append(phrase)
    for group in (*spaced.values(), *unspaced.values()):
        group.sort(key=lambda phrase: -sum(map(len, phrase.words)))
    return PhraseIndex(spaced, unspaced, loose)


def _forms(word: str, locale: str) -> frozenset[str]:
    """The regular forms of a word; an Arabic one with an article is found without it, too."""
    without = bare(word)
    forms = frozenset(map(folded, regular_forms(without, locale)))
    return forms if without == word else forms | {without}


def _stem(word: str, *, loose: bool) -> str:
    """What every form of a word begins with; ``loose`` also lets its last letters change."""
    return word[: max(_STEM, len(word) - 2)] if loose else word


def _stems(word: str, *, loose: bool) -> Iterator[str]:
    """Every stem, other than itself, of which a word may be a form."""
    longest = _SUFFIX + (2 if loose else 0)
    forms = [word]
    if word[0] in _CLITIC_LETTERS and (clitics := _CLITICS.match(word)):
        forms += [word[cut:] for cut in range(1, clitics.end() + 1) if len(word) - cut >= 2]
    seen = {word}
    for form in forms:
        for size in range(len(form), max(_STEM, len(form) - longest) - 1, -1):
            if form[:size] not in seen:
                seen.add(form[:size])
                yield form[:size]
        if form not in seen:
            seen.add(form)
            yield form


def _has_capitals(term_word: str, word: str) -> bool:
    """Whether a form of a word in capitals has them (*NGOs*, not *Its* of *IT*); of a name, the first."""
    if len(term_word) > 1 and term_word.isupper():
        return word.startswith(term_word)
    return not term_word[0].isupper() or word[0].isupper()


def _inflected(term_word: str, word: str, *, loose: bool) -> bool:
    """Whether a word is its term with a short suffix, or with an Arabic or Hebrew clitic."""
    for form in _without_clitics(word):
        if form == term_word:
            return True
        if len(term_word) >= _STEM and form.startswith(_stem(term_word, loose=loose)):
            return len(form) <= len(term_word) + _SUFFIX
    return False


def _without_clitics(word: str) -> list[str]:
    """A word, and what is left of it behind each of the clitics it may begin with."""
    forms = [word]
    if word[0] in _CLITIC_LETTERS and (clitics := _CLITICS.match(word)):
        forms += [word[cut:] for cut in range(1, clitics.end() + 1)]
    return forms


def is_unspaced(char: str) -> bool:
    """Whether a character is of a script that puts no space between words."""
    return any(first <= char <= last for first, last in _UNSPACED)


def bare(word: str) -> str:
    """A word in small letters without the Arabic article and what is written on to it before that."""
    if word[:1] not in _ARABIC:
        return word
    article = _ARTICLE.match(word)
    return word[article.end() :] if article and len(word) - article.end() > 2 else word


def may_be(words: str, text: str, stems: Callable[[str], frozenset[str]]) -> bool:
    """Whether a stretch of text can be a form of a phrase, so far as the stems of its words tell.

    A word that is its own stem tells nothing: dictionaries list "children" as a word by itself.
    """
    phrase_words, text_words = _lowered(words), _lowered(text)

    def fits(phrase_word: str, text_word: str) -> bool:
        if folded(phrase_word) == folded(text_word):
            return True
        phrase_stems, text_stems = stems(phrase_word), stems(text_word)
        return (
            not text_stems
            or not phrase_stems
            or text_word in text_stems
            or not {phrase_word, *phrase_stems}.isdisjoint(text_stems)
        )

    return len(phrase_words) != len(text_words) or all(map(fits, phrase_words, text_words))


def contains_phrase(words: str, text: str, is_form: Callable[[str, str], bool]) -> bool:
    """Whether the words of a phrase stand in a text one after the other, or what ``is_form`` of them.

    It is asked for a word of the phrase and one of the text, in small letters.
    """
    phrase_words, text_words = _lowered(words), _lowered(text)

    def same(phrase_word: str, text_word: str) -> bool:
        return folded(phrase_word) == folded(text_word) or is_form(phrase_word, text_word)

    return any(
        all(map(same, phrase_words, text_words[start : start + len(phrase_words)]))
        for start in range(len(text_words) - len(phrase_words) + 1)
    )


def _lowered(text: str) -> list[str]:
    return [word.lower() for word in _TOKEN.findall(text)]


def is_changed_form(term_word: str, word: str, locale: str) -> bool:
    """Whether a word may be another that is changed within, as ``word_building`` knows them."""
    return any(is_built_on(form, bare(term_word), locale) for form in _without_clitics(folded(word)))
