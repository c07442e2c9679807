"""Names of people and places, and acronyms, are those of the source, in the letters of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks import (
    full_names,
    halved_names,
    organisations,
    people,
    places,
    portfolios,
    titles,
    unlisted_places,
)
from l10n.checks.cldr import words_of_names
from l10n.checks.gazetteer import same_place
from l10n.checks.mismatches import MISSING
from l10n.checks.pair import Example, Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import NAME, folded
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "names"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A name keeps its letters between languages of one script, and its consonants between scripts: Sandoval "
    "is Сандоваль, ساندوفال and 桑多瓦尔. A name beside another that is right, and an acronym of five "
    "letters and more, in which a letter or two are changed, are errors, and so is a country, a city or a "
    "known organisation that became another; a name alone gets a warning, and so does a family name, country "
    "or city that is not there, and a title (minister, mayor) that became another. Accents, endings, other "
    "names of countries and words of the glossary may differ."
)
BAD = Example("en", "Brunson McKinley spoke.", "fr", "Bronson McKinley a pris la parole.")
GOOD = Example("en", "Brunson McKinley spoke.", "fr", "Brunson McKinley a pris la parole.")

_CHANGED = "{source} is spelled {target} here"
_LEANING = re.compile(r"(?:[CDJLMNST]|Qu|Dell|Dall|Nell|All|Sull|Un)['’](?=\w)")
_POSSESSIVE = re.compile("['’](?:s|S)?\\Z")
_LATIN_ACRONYM = re.compile(r"(?<![A-Za-z0-9@/._-])[A-Z]{5,30}(?![A-Za-z0-9@/_-])")
_CASED = frozenset({"Latn", "Cyrl", "Grek"})
_SHORTEST = 5
_ACRONYM = 5
_LONGEST = 30
_ENDINGS = frozenset("aeiosn")
_WORDLIKE = lazy_pattern(
    r"(?:[st]i(?:on|one|ón)e?n?s?|[sc]ao|ment[eo]?s?|it[aeéy]|i[ck]|i[qk]ue|ic[ao]|[ai]r[eyio]|"
    r"[eo]r[es]?|ents?|ente|ants?|[ai]sm[eous]*|ist[aes]*|log[yiea]+|urs?|ure[ns]?|an[oaes]?|ian[oae]?|[iy]e?s?)\Z"
)


Name = tuple[str, int, int]


def run(pair: Pair) -> Iterator[Finding]:
    """A finding for each name of the source that the target lacks or has with other letters only."""
    spelled = list(_spelled(pair))
    yield from spelled
    placed = list(places.run(ID, pair))
    yield from placed
    yield from organisations.run(ID, pair)
    yield from titles.run(ID, pair)
    yield from portfolios.run(ID, pair)
    told = list(people.run(ID, pair, frozenset(one.source_start for one in spelled)))
    alone = (MISSING, people.ADDED)
    kept = [one for one in told if one.template not in alone]
    others = list(full_names.run(ID, pair, frozenset(one.source_start for one in (*spelled, *kept))))
    known = {one.source_start for one in (*spelled, *placed, *told, *others)}
    # What stands in the place of a name says more than that it is gone, or that the other is new.
    lost, new = {one.source_start for one in others}, {one.start for one in others}
    for one in told:
        replaced = one.template == MISSING and one.source_start in lost
        if not replaced and not (one.template == people.ADDED and one.start in new):
            yield one
    yield from others
    halved = list(halved_names.run(ID, pair, frozenset(known)))
    yield from halved
    if not placed and not halved:
        yield from (one for one in unlisted_places.run(ID, pair) if one.source_start not in known)


def _spelled(pair: Pair) -> Iterator[Finding]:
    """Names that stand in a target of the same script with other letters only."""
    ours, theirs = pair.source_convention, pair.target_convention
    source, target = pair.source_plain, pair.target_plain
    same = ours.script == theirs.script and ours.script in _CASED
    wanted = _names(source.text, acronyms=not same)
    if not wanted:
        return
    given = _names(target.text, acronyms=not same)
    if not _may_differ(wanted, given):
        return
    there = {folded(word) for word, _, _ in given}
    asked = {folded(word) for word, _, _ in wanted}
    fresh = [index for index, (word, _, _) in enumerate(given) if folded(word) not in asked]
    for at, (word, start, end) in enumerate(wanted):
        if folded(word) in there or len(word) < _SHORTEST or len(word) > _LONGEST:
            continue
        if word.isupper() and (_shouted(source.text, start, end) or _said_small(source.text, word)):
            continue
        for index in fresh:
            other, begin, stop = given[index]
            if not _changed(word, other):
                continue
            severity = _severity(
                word, other, _beside(wanted, at, source.text), _beside(given, index, target.text)
            )
            if severity is None or _explained(pair, word, other):
                continue
            values = (("source", word), ("target", other))
            place = source.span(start, end)
            yield Finding(ID, severity, _CHANGED, *target.span(begin, stop), None, values, *place)
            fresh.remove(index)
            break


def _may_differ(wanted: Sequence[Name], given: Sequence[Name]) -> bool:
    """Whether each side has a word of some length that the other does not have as it is: a quick look."""
    ours, theirs = {word for word, _, _ in wanted}, {word for word, _, _ in given}
    longest = max(map(len, theirs - ours), default=0)
    return longest >= _SHORTEST - 1 and any(len(word) >= _SHORTEST for word in ours - theirs)


@per_text
def _names(text: str, *, acronyms: bool) -> tuple[Name, ...]:
    """Words with a capital and their places; only Latin acronyms where scripts differ."""
    if acronyms:
        return tuple((found.group(), *found.span()) for found in _LATIN_ACRONYM.finditer(text))
    if text.isupper():
        return ()
    names = []
    for found in NAME.finditer(text):
        name, start = found.group(), found.start()
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
    found = set()
    _, start, end = names[at]
    if at and text[names[at - 1][2] : start] in {" ", "\u00a0", ". "}:
        found.add(("before", folded(names[at - 1][0])))
    if at + 1 < len(names) and text[end : names[at + 1][1]] in {" ", "\u00a0", ". "}:
        found.add(("after", folded(names[at + 1][0])))
    return found


def _severity(
    word: str, other: str, before: set[tuple[str, str]], after: set[tuple[str, str]]
) -> Severity | None:
    if word.isupper() and other.isupper():
        long_ = len(word) >= _ACRONYM and len(word) == len(other)
        return SEVERITY if long_ and not _inflected(word, other) else None
    if word.isupper() or other.isupper():
        return None
    one, two = folded(word), folded(other)
    if people.NOUN.search(one) or people.NOUN.search(two) or _kin(one, two):
        return None
    if {name for _, name in before & after if len(name) > 2}:
        return SEVERITY
    if len(word) <= _SHORTEST or _WORDLIKE().search(one) or _WORDLIKE().search(two) or _kin_vowels(one, two):
        return None
    return Severity.WARNING


def _inflected(word: str, other: str) -> bool:
    """Whether two words in capitals are one that both languages have: CULTURE, CULTURA."""
    one, two = folded(word), folded(other)
    return one[:-1] == two[:-1] and one[-1] in _ENDINGS and two[-1] in _ENDINGS


def _changed(word: str, other: str) -> bool:
    """Whether one is the other with a letter or two changed, and not in its ending only."""
    one, two = folded(word), folded(other)
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    if _transposed(one, two):
        return True
    stem = min(len(one), len(two)) - (2 if max(len(one), len(two)) > 5 else 1)
    if one[:stem] == two[:stem] and one[-1] != two[-1] and not (word.isupper() and other.isupper()):
        return False
    return _distance_at_most_one(one, two)


def _distance_at_most_one(one: str, two: str) -> bool:
    short, long_ = sorted((one, two), key=len)
    at = 0
    while at < len(short) and short[at] == long_[at]:
        at += 1
    if len(short) == len(long_):
        return short[at + 1 :] == long_[at + 1 :]
    return short[at:] == long_[at + 1 :]


def _transposed(one: str, two: str) -> bool:
    if len(one) != len(two):
        return False
    places = [at for at in range(len(one)) if one[at] != two[at]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    )


# Letters that the same word has in two languages: Organization, Organisation; Direktor, Director.
_KIN = frozenset(
    map(
        frozenset,
        ("sz", "ck", "cz", "iy", "fp", "vw", "cs", "cq", "ij", "kq", "gj", "bv", "dt", "xs", "cg", "ct"),
    )
)
_KIN_VOWELS = frozenset(map(frozenset, ("ae", "ei", "ao", "uo")))


def _kin(one: str, two: str) -> bool:
    """Whether the difference is one of spelling between languages: kin letters, or a letter doubled."""
    if len(one) != len(two):
        short, long_ = sorted((one, two), key=len)
        at = next((at for at in range(len(short)) if short[at] != long_[at]), len(short))
        return at > 0 and long_[at] == long_[at - 1]
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(differing) == 1 and frozenset(differing[0]) in _KIN


def _kin_vowels(one: str, two: str) -> bool:
    """Whether a name alone may be a word of both languages: a letter more, or another vowel."""
    if len(one) != len(two):
        return True
    return any(frozenset((a, b)) in _KIN_VOWELS for a, b in zip(one, two, strict=True) if a != b)


def _explained(pair: Pair, word: str, other: str) -> bool:
    """Whether a glossary, titles or the names of countries have the two as each other's."""
    if pair.glossary is not None:
        said = {term.target.lower() for term in pair.glossary.entries if word.lower() in term.source.lower()}
        if any(other.lower() in target for target in said):
            return True
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if titles.is_title(word, ours) and titles.is_title(other, theirs):
        return True
    if same_place(word, ours, other, theirs):
        return True
    return folded(word) in words_of_names(ours) or folded(other) in words_of_names(theirs)
