"""Words and acronyms in brackets of the source that nothing in the target seems to stand for.

A translator may put them between commas or dashes: then the target has as many marks as the source.  Where
it has fewer brackets, fewer marks and is shorter than is usual, and neither a name, a number nor a word of
theirs stands in it, they are left out.  What stands between semicolons and full stops keeps its order in a
translation, so each such part is compared with its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n import lengths
from l10n.checks.naming import people
from l10n.checks.pair import Pair
from l10n.checks.reading.scripts import EVERY_NOUN, HAN
from l10n.checks.reading.words import folded, word_set
from l10n.checks.sense import clause_words, denials

_BRACKETED = re.compile(r"[(（]([^()（）]{6,300})[)）]")
_CAPITAL = "A-ZÀ-ÞΑ-ΩА-ЯЁ"
_ACRONYM = re.compile(rf"[(（]((?=\w*[{_CAPITAL}]\w*[{_CAPITAL}])[{_CAPITAL}0-9]{{2,8}})[)）]")
_IN_CAPITALS = re.compile(rf"(?<![\w-])(?=\w*[{_CAPITAL}]{{2}})\w{{2,10}}(?![\w-])")
# Where names have acronyms; Arabic says them in full.
_WITH_ACRONYMS = frozenset({"Latn", "Cyrl", "Grek", *HAN})
_SHORTEST = 12  # letters in brackets, as English
_MARK = re.compile(r"[,;:](?=\s)|[،؛，；：—(（]|(?<=\s)[–—](?=\s)")
_SHORTER = -0.5  # deviations that a part of the target is shorter at least
_SHORTER_AND_MISSED = -0.3  # where it lacks a thing that the words in brackets tell, too
_ALIKE = 6  # letters of a word that others of its family share the first five of
_HEAD = 5
_DIGITS = re.compile(r"\d+")

Place = tuple[int, int]


def left_out(pair: Pair) -> Place | None:
    """The place in the source of the first words in brackets that seem to be left out.

    None where nothing is known of one of the languages, or of how long its texts are.
    """
    source, target = pair.source_plain.text, pair.target_plain.text
    band = pair.context.band
    if band is None or _count(source) <= _count(target) or not all(map(clause_words.known, pair.languages)):
        return None
    for start, part, counterpart in _parts(source, target):
        off = lengths.deviation(band, part, counterpart)
        fewer = len(_BRACKETED.findall(part)) > len(_BRACKETED.findall(counterpart))
        if off is None or off >= _SHORTER_AND_MISSED or not fewer or _marks(part) <= _marks(counterpart):
            continue
        for match in _BRACKETED.finditer(part):
            long = lengths.letters(match[1]) >= _SHORTEST * band.scale
            if (
                long
                and off < _limit(pair, match[1])
                and not _stands(pair, match[1], source.replace(match[1], "", 1))
            ):
                return start + match.start(1), start + match.end(1)
    return None


def acronym_left_out(pair: Pair) -> Place | None:
    """The place in the source of the first acronym in brackets, where the target has fewer of both.

    Behind the full name of a body it says by what the rest of the text, and the next one, call it.
    """
    source, target = pair.source_plain.text, pair.target_plain.text
    match = _ACRONYM.search(source)
    if match is None or _count(source) <= _count(target) or pair.scripts[1] not in _WITH_ACRONYMS:
        return None
    fewer = len(_IN_CAPITALS.findall(source)) > len(_IN_CAPITALS.findall(target))
    return match.span(1) if fewer and match[1] not in target else None


def _count(text: str) -> int:
    return text.count("(") + text.count("（")


def _marks(text: str) -> int:
    return len(_MARK.findall(text))


def _parts(source: str, target: str) -> Iterator[tuple[int, str, str]]:
    """What semicolons and full stops part, or full stops alone, side by side where both texts have as many.

    Nothing of a text of several sentences that are others in the target: what went where is not known.
    """
    for cut in (denials.parts, denials.sentences):
        parts, counterparts = cut(source), cut(target)
        if len(parts) == len(counterparts):
            for (start, part), (_, counterpart) in zip(parts, counterparts, strict=True):
                yield start, part, counterpart
            return
    if len(denials.sentences(source)) == 1:
        yield 0, source, target


def _limit(pair: Pair, words: str) -> float:
    """By how much a target has to be shorter, by whether it lacks something that the words tell."""
    told = clause_words.told(words, pair.languages[0])
    missed = told - clause_words.may_be_told(pair.target_plain.text, pair.languages[1])
    return _SHORTER_AND_MISSED if missed else _SHORTER


def _stands(pair: Pair, words: str, rest: str) -> bool:
    """Whether the target has something of the words in brackets that the rest of the source does not say.

    That is a number, a thing, a name or a word alike.
    """
    target, language = pair.target_plain.text, pair.languages[0]
    if not (set(_DIGITS.findall(words)) - set(_DIGITS.findall(rest))).isdisjoint(_DIGITS.findall(target)):
        return True
    told = clause_words.told(words, language) - clause_words.told(rest, language)
    if told & clause_words.may_be_told(target, pair.languages[1]):
        return True
    script, target_script = pair.scripts
    if script == target_script and _has_alike(words, target):
        return True
    return language not in EVERY_NOUN | {"ar"} and any(
        people.stands(name, script, target, target_script)
        for name, _, _ in people.written_names(words, script)
    )


def _has_alike(words: str, target: str) -> bool:
    """Whether a target in another language of the same letters has a long word of some words."""
    heads = {folded(word)[:_HEAD] for word in word_set(target) if len(word) >= _ALIKE}
    return any(folded(word)[:_HEAD] in heads for word in word_set(words) if len(word) >= _ALIKE)
