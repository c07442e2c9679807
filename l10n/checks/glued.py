"""Words that no space parts: behind a comma, between two sentences, and by letters that only end a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from l10n.checks.pair import Pair
from l10n.model import Finding, Severity
from l10n.patterns import WORD_MARKS, lazy_pattern

_NO_SPACE = "no space between {before} and {after}"
_UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Khmr", "Laoo", "Mymr", "Tibt"})
_LETTER = r"[^\W\d_]"
# A mark between two words, of which the last may be short (“y quien”, “l'eau”), or an Arabic letter that
# ends one (ة, ى) inside; "N,N" and "e.g." are too short.
_MARKED = re.compile(
    rf"[,;،؛.?!؟…](?={_LETTER})(?:(?<=[,;،؛])(?=.(?:{_LETTER}|['’]{_LETTER}|[ {WORD_MARKS}]))"
    rf"|(?<=[.?!؟…])(?=.{_LETTER}))"
    rf"(?:(?<={_LETTER}{{2}}.)|(?<={_LETTER}[{WORD_MARKS}].)|(?<=[{WORD_MARKS}]{_LETTER}.))"
)
# Behind a time (“5 p.m.and”), and behind the number of a day (“21.November”).
_ABBREVIATED = lazy_pattern(rf"(?<=\d[ \u00a0\u202f][ap]\.m)\.(?={_LETTER}{{2}})", re.IGNORECASE)
_DAY_POINT = lazy_pattern(r"(?<![\d.,])\d{1,2}\.(?=[A-ZÄÖÜ][a-zäöüß]{2})")
_ARABIC_END = re.compile("(?<=[\u0621-\u064a])[ةى][\u064b-\u0652]?(?=[\u0621-\u064a])(?!ىء)")
# A capital amid small letters: "dritteErhöhung"; "McDonald" has fewer before it, „LehrerInnen“ is meant.
_HUMP = lazy_pattern(
    "[A-ZÀ-ÖØ-Þ](?<=[a-zß-öø-ÿ]{3}.)(?=[a-zß-öø-ÿ]{3})(?!nnen)|[А-ЯЁ](?<=[а-яё]{3}.)(?=[а-яё]{3})"
)
_CHUNK = lazy_pattern(r"[^\s<>«»“”„()（）]+")
_ADDRESS = re.compile(r"[@/\\=&_#$%{}|~^+*:\d]")
_WORD_AFTER = re.compile(r"[^\W\d_]+")


def glued(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning for each place where a space is missing; what the source writes so as well is left alone."""
    if pair.target_convention.script in _UNSPACED:
        return
    target = pair.target
    places = sorted({*filter(partial(_is_slip, pair), _places(pair)), *_behind_days(pair)})
    if not places:
        return
    fix, end = "", 0
    for place in places:
        fix, end = f"{fix}{target[end:place]} ", place
    fix += target[end:]
    for place in places:
        start, stop = _around(target, place)
        values = (("before", target[start:place]), ("after", target[place:stop]))
        yield Finding(check, Severity.WARNING, _NO_SPACE, start, stop, fix, values)


def _places(pair: Pair) -> list[int]:
    """Where the missing spaces may belong."""
    target = pair.target
    places = [match.end() for match in _MARKED.finditer(target) if _parts(match)]
    places += [match.end() for match in _ABBREVIATED().finditer(target)] if ".m." in target else []
    if pair.target_convention.language == "ar":
        places += [match.end() for match in _ARABIC_END.finditer(target)]
    elif pair.source_convention.script == pair.target_convention.script:  # else names come from nowhere
        places += [match.start() for match in _HUMP().finditer(target)]
    return places


def _behind_days(pair: Pair) -> Iterator[int]:
    """Where German writes a month on to the number of its day; “2.Liga” may stand in the source."""
    if pair.target_convention.language == "de":
        for match in _DAY_POINT().finditer(pair.target):
            if pair.target[match.start() : match.end() + 3] not in pair.source:
                yield match.end()


def _parts(mark: re.Match[str]) -> bool:
    """Whether a mark ends a clause, or a sentence before another: "java.util" has small letters behind it."""
    if mark.group() in ",;،؛":
        return True
    text, end = mark.string, mark.end()
    if text[end].islower() or text[end].isupper():
        return (
            text[end].isupper()
            and text[end + 1].islower()
            and text[mark.start() - 2 : mark.start()].islower()
        )
    return True


def _is_slip(pair: Pair, place: int) -> bool:
    """Whether the run of characters around a place is words: no address, and not in the source as it is."""
    for chunk in _CHUNK().finditer(pair.target, max(0, pair.target.rfind(" ", 0, place))):
        if chunk.end() >= place:
            start, stop = _around(pair.target, place)
            # A name keeps its capitals before endings of its own: JavaScriptu.
            head = pair.target[start : min(stop, place + 3)]
            return not _ADDRESS.search(chunk.group()) and head not in pair.source
    return False


def _around(text: str, place: int) -> tuple[int, int]:
    """From the word before a place, with its mark, to the end of the word behind it."""
    start = place
    while start and (text[start - 1].isalpha() or (start == place and not text[start - 1].isspace())):
        start -= 1
    after = _WORD_AFTER.match(text, place)
    return start, after.end() if after else place
