"""Names that stand in a target of the same script with other letters only: Dunmore that became Dunmare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks.mismatches import RESPELLED
from l10n.checks.naming import people, portfolios, respelled_people, titles
from l10n.checks.naming.cldr import words_of_names
from l10n.checks.naming.gazetteer import same_place
from l10n.checks.naming.persons import of_bodies
from l10n.checks.pair import Pair
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import NAME, folded
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_LEANING = re.compile(r"(?:[CDJLMNST]|Qu|Dell|Dall|Nell|All|Sull|Un)['’](?=\w)")
_POSSESSIVE = re.compile("['’](?:s|S)?\\Z")
_LATIN_ACRONYM = re.compile(r"(?<![A-Za-z0-9@/._-])[A-Z]{5,30}(?![A-Za-z0-9@/_-])")
_CASED = frozenset({"Latn", "Cyrl", "Grek"})
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜ")
_SHORTEST = 5
_ACRONYM = 5
_LONGEST = 30
_ENDINGS = frozenset("aeiosn")
_WORDLIKE = lazy_pattern(
    r"(?:[st]i(?:on|one|ón)e?n?s?|[sc]ao|ment[eo]?s?|it[aeéy]|i[ck]|i[qk]ue|ic[ao]|[ai]r[eyio]|"
    r"[eo]r[es]?|ents?|ente|ants?|[ai]sm[eous]*|ist[aes]*|log[yiea]+|urs?|ure[ns]?|an[oaes]?|ian[oae]?|[iy]e?s?)\Z"
)


Name = tuple[str, int, int]
"""A word with a capital, and its place."""


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A finding for each name of the source that the target has with a letter or two changed.

    An error in a long acronym and beside a name that is right, a warning elsewhere.
    """
    source_convention, target_convention = pair.source_convention, pair.target_convention
    source, target = pair.source_plain, pair.target_plain
    same_script = source_convention.script == target_convention.script and source_convention.script in _CASED
    source_names = _names(source.text, acronyms=not same_script)
    if not source_names:
        return
    target_names = _names(target.text, acronyms=not same_script)
    if not _may_differ(source_names, target_names):
        return
    target_words = [folded(word) for word, _, _ in target_names]
    source_words = [folded(word) for word, _, _ in source_names]
    said, said_there = frozenset(source_words), frozenset(target_words)
    fresh = [index for index, word in enumerate(target_words) if word not in said]
    for at, (word, start, end) in enumerate(source_names):
        if source_words[at] in said_there or not _SHORTEST <= len(word) <= _LONGEST:
            continue
        if word.isupper() and (_shouted(source.text, start, end) or _said_small(source.text, word)):
            continue
        length = len(source_words[at])
        for index in [index for index in fresh if -1 <= len(target_words[index]) - length <= 1]:
            other, begin, stop = target_names[index]
            if not _changed(word, other) or _is_habit(pair, word, other):
                continue
            severity = _severity(
                word, other, _beside(source_names, at, source.text), _beside(target_names, index, target.text)
            )
            if severity is None or _translated(pair, word, other) or _explained(pair, word, other):
                continue
            values = (("source", word), ("target", other))
            place = source.span(start, end)
            yield Finding(check, severity, RESPELLED, *target.span(begin, stop), None, values, *place)
            fresh.remove(index)
            break


def _may_differ(source_names: Sequence[Name], target_names: Sequence[Name]) -> bool:
    """Whether each side has a word of some length that the other does not have as it is: a quick look."""
    source_words, target_words = {word for word, _, _ in source_names}, {word for word, _, _ in target_names}
    longest = max(map(len, target_words - source_words), default=0)
    return longest >= _SHORTEST - 1 and any(len(word) >= _SHORTEST for word in source_words - target_words)


@per_text
def _names(text: str, *, acronyms: bool) -> tuple[Name, ...]:
    """Words with a capital and their places; only Latin acronyms where scripts differ."""
    if acronyms:
        return tuple((match.group(), *match.span()) for match in _LATIN_ACRONYM.finditer(text))
    if text.isupper():
        return ()
    names = []
    for match in NAME.finditer(text):
        name, start = match.group(), match.start()
        if "'" in name or "’" in name:
            leaning = _LEANING.match(name)
            start += leaning.end() if leaning else 0
            name = _POSSESSIVE.sub("", name[leaning.end() if leaning else 0 :])
        if name[:1].isupper():
            names.append((name, start, start + len(name)))
    return tuple(names)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether a word in capitals stands beside another: a heading or a warning, no acronym."""
    beside = (*text[max(0, start - _LONGEST) : start].split()[-1:], *text[end : end + _LONGEST].split()[:1])
    return any(word.isupper() and len(word) > 2 for word in beside)


def _said_small(text: str, word: str) -> bool:
    """Whether a word in capitals stands in small letters too: an example of writing, no acronym."""
    return word.lower() in text or word.capitalize() in text


def _beside(names: Sequence[Name], at: int, text: str) -> set[tuple[str, str]]:
    """The names right before and after one, folded, with the side they stand on: Tor Project, Projet Tor."""
    neighbours = set()
    _, start, end = names[at]
    if at and text[names[at - 1][2] : start] in {" ", "\u00a0", ". "}:
        neighbours.add(("before", folded(names[at - 1][0])))
    if at + 1 < len(names) and text[end : names[at + 1][1]] in {" ", "\u00a0", ". "}:
        neighbours.add(("after", folded(names[at + 1][0])))
    return neighbours


def _severity(
    word: str, other: str, before: set[tuple[str, str]], after: set[tuple[str, str]]
) -> Severity | None:
    if word.isupper() and other.isupper():
        return Severity.ERROR if _is_other_acronym(word, other) else None
    if word.isupper() or other.isupper():
        return None
    first, second = folded(word), folded(other)
    if people.NOUN.search(first) or people.NOUN.search(second) or _kin(first, second):
        return None
    if {name for _, name in before & after if len(name) > 2}:
        return Severity.ERROR
    if len(word) <= _SHORTEST or is_wordlike(first) or is_wordlike(second) or _kin_vowels(first, second):
        return None
    return Severity.WARNING


def is_wordlike(word: str) -> bool:
    """Whether a folded word ends as nouns and adjectives of several languages do."""
    return _WORDLIKE().search(word) is not None


def _is_other_acronym(word: str, other: str) -> bool:
    """Whether two words in capitals are acronyms: SÉCURITÉ, which has accents, is a word."""
    long_ = len(word) >= _ACRONYM and len(word) == len(other)
    if people.NOUN.search(folded(word)) or people.NOUN.search(folded(other)):
        return False  # WARNING, WARNUNG
    accented = word[0] in _LATIN and not (word.isascii() and other.isascii())
    return long_ and not accented and not _inflected(word, other)


def _is_habit(pair: Pair, word: str, other: str) -> bool:
    """Whether two languages spell a name each in its way: Roumen, Rumen; Marrakech, Marrakesch."""
    source_language, target_language = pair.languages
    if source_language == target_language:
        return False
    return respelled_people.written_alike(folded(word), source_language, folded(other), target_language)


def _inflected(word: str, other: str) -> bool:
    """Whether two words in capitals are one that both languages have: CULTURE, CULTURA."""
    first, second = folded(word), folded(other)
    return first[:-1] == second[:-1] and first[-1] in _ENDINGS and second[-1] in _ENDINGS


def _changed(word: str, other: str) -> bool:
    """Whether one is the other with a letter or two changed, and not in its ending only."""
    first, second = folded(word), folded(other)
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    if first[0] != second[0] and first[-1] != second[-1]:  # one change leaves either end as it was
        return False
    if _transposed(first, second):
        return True
    stem = min(len(first), len(second)) - (2 if max(len(first), len(second)) > 5 else 1)
    if first[:stem] == second[:stem] and first[-1] != second[-1] and not (word.isupper() and other.isupper()):
        return False
    return _distance_at_most_one(first, second)


def _distance_at_most_one(first: str, second: str) -> bool:
    short, long_ = sorted((first, second), key=len)
    at = 0
    while at < len(short) and short[at] == long_[at]:
        at += 1
    if len(short) == len(long_):
        return short[at + 1 :] == long_[at + 1 :]
    return short[at:] == long_[at + 1 :]


def _transposed(first: str, second: str) -> bool:
    if len(first) != len(second):
        return False
    places = [at for at in range(len(first)) if first[at] != second[at]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and first[places[0]] == second[places[1]]
        and first[places[1]] == second[places[0]]
    )


# Letters that the same word has in two languages: Organization, Organisation; Direktor, Director.
_KIN = frozenset(
    map(
        frozenset,
        (
            "sz",
            "ck",
            "cz",
            "iy",
            "fp",
            "vw",
            "cs",
            "cq",
            "ij",
            "kq",
            "gj",
            "bv",
            "dt",
            "xs",
            "xj",
            "cg",
            "ct",
        ),
    )
)
_BEFORE_SILENT_H = frozenset("gkrt")
_UMLAUTS = frozenset("aou")
_ROMANCE = frozenset({"fr", "es", "pt", "it"})
_SHORT_WORD = 4
_KIN_VOWELS = frozenset(map(frozenset, ("ae", "ei", "ao", "uo")))


def _kin(first: str, second: str) -> bool:
    """Whether the difference is one of spelling between languages: kin letters, or a letter doubled."""
    if len(first) != len(second):
        short, long_ = sorted((first, second), key=len)
        at = next((at for at in range(len(short)) if short[at] != long_[at]), len(short))
        if long_[at : at + 3] == "sch" and short[at : at + 2] == "ch":  # Machine, Maschine
            return True
        if at > 0 and long_[at] == "h" and long_[at - 1] in _BEFORE_SILENT_H:  # Genghis, Gengis
            return True
        if at > 0 and long_[at] == "e" and long_[at - 1] in _UMLAUTS:  # Caesar, Cäsar
            return True
        return at > 0 and long_[at] == long_[at - 1]
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differing) == 1 and frozenset(differing[0]) in _KIN


def _kin_vowels(first: str, second: str) -> bool:
    """Whether a name alone may be a word of both languages: a letter more, or another vowel."""
    if len(first) != len(second):
        return True
    return any(frozenset((a, b)) in _KIN_VOWELS for a, b in zip(first, second, strict=True) if a != b)


def _explained(pair: Pair, word: str, other: str) -> bool:
    """Whether a glossary, titles or the names of countries have the two as each other's."""
    if pair.glossary is not None:
        targets = {
            term.target.lower() for term in pair.glossary.entries if word.lower() in term.source.lower()
        }
        if any(other.lower() in target for target in targets):
            return True
    source_language, target_language = pair.languages
    if titles.is_title(word, source_language) and titles.is_title(other, target_language):
        return True
    if portfolios.is_portfolio(word, source_language) and portfolios.is_portfolio(other, target_language):
        return True
    if _ROMANCE.issuperset(pair.languages) and min(len(word), len(other)) <= _SHORT_WORD:
        return True  # Negro and Nero, Medio and Meio
    if same_place(word, source_language, other, target_language):
        return True
    return folded(word) in words_of_names(source_language) or folded(other) in words_of_names(target_language)


def _translated(pair: Pair, word: str, other: str) -> bool:
    """Whether either is a small word that begins a sentence, or one of which names are made: Mount, Minor."""
    conventions = (pair.source_convention, word), (pair.target_convention, other)
    return any(
        either.lower() in convention.function_words or folded(either) in of_bodies()
        for convention, either in conventions
    )
