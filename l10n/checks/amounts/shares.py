"""Per cent, percentage points and basis points of the source are those of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import repeat

from l10n.checks.amounts.quantity_names import INSIDE, Names, lexicon
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.numerals import counted, load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import spans, word_list, word_set
from l10n.model import Finding, Severity
from l10n.patterns import any_of

POINTED = re.compile(
    r"[\s\u00a0\u202f-]?(?:percentage points?|points? de pourcentage|puntos? porcentual|pontos? percentua"
    r"|punt[oi] percentual|prozentpunkt|процентн\w+ пункт|نقطة مئوية|نقاط مئوية|个?百分点|個百分點)",
    re.IGNORECASE,
)
"""What makes percentage points of a number, right behind it."""
REACH = 24
"""How many characters after a number may stand before the word for per cent."""

_NO_PERCENT = "the source speaks of per cent, the target does not"
_NEW_PERCENT = "the target speaks of per cent, the source does not"
_POINTS = "the source speaks of percentage points, the target of per cent"
_NEW_POINTS = "the target speaks of percentage points, the source of per cent"
_SHARE = re.compile(r"[0-9٠-٩][\s\u00a0\u202f]?[%٪％]")
_PERCENT_SIGNS = re.compile("[%٪％﹪]")
_ARABIC_POINTS = ("نقطة مئوية", "نقاط مئوية", "نقطتين مئويتين", "نقطتان مئويتان")
_SIGN_AFTER = re.compile(r"(?:[.,٫]\d+)?[\s\u00a0\u202f]?[%٪％﹪]")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_WORD_BEHIND = re.compile(r"[\s\u00a0\u202f-]?[^\W\d_]")
_FEW = 3  # digits of points that are said in words
_BASIS, _POINT, _BARE, _CENT = "basis points", "percentage points", "points", "per cent"


def compared(check: str, pair: Pair) -> Iterator[Finding]:
    """What a check tells of per cent and points that one side lacks, or has instead of the other."""
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    in_source, in_target = _has(source, source_language, "percent"), _has(target, target_language, "percent")
    if not in_source and not in_target:
        return
    if in_source and in_target:
        if finding := _point_for_cent(check, pair):
            yield finding
            return
        source_points = _has(source, source_language, "points")
        target_points = _has(target, target_language, "points")
        if source_points and not target_points and _pointed(source, source_language):
            yield _share(check, pair, _POINTS)
        elif target_points and not source_points and _pointed(target, target_language):
            yield _share(check, pair, _NEW_POINTS)
    elif in_source and _counts_anew(source, source_language, target):
        yield _share(check, pair, _NO_PERCENT)
    elif in_target and _counts_anew(target, target_language, source):
        yield _share(check, pair, _NEW_PERCENT)


def _point_for_cent(check: str, pair: Pair) -> Finding | None:
    """A number that counts points in one text and per cent in the other, or points of another size."""
    source_language, target_language = pair.languages
    source, target = pair.source_plain, pair.target_plain
    worded = _has(source.text, source_language, "points") or _has(target.text, target_language, "points")
    by_number = _shares(source.text, source_language, worded=worded)
    new_by_number = _shares(target.text, target_language, worded=worded)
    for number in by_number.keys() & new_by_number.keys():
        kinds, new_kinds = by_number[number], new_by_number[number]
        if any(kind in new_kinds or _same_points(kind, new) for kind in kinds for new in new_kinds):
            continue
        (kind, place), (new, span) = next(iter(kinds.items())), next(iter(new_kinds.items()))
        if _BASIS in {kind, new}:
            return next(mismatch_findings(check, pair, [place], [span], severity=Severity.WARNING))
        template = _NEW_POINTS if kind == _CENT else _POINTS
        return Finding(check, Severity.WARNING, template, *target.span(*span), None, (), *source.span(*place))
    return None


def _same_points(kind: str, other: str) -> bool:
    """Whether points that only one of two texts names more closely may be the same."""
    return _BARE in {kind, other} and _CENT not in {kind, other}


def _shares(text: str, language: str, *, worded: bool) -> dict[str, dict[str, Place]]:
    """The numbers that count points or per cent: for each, what it counts, with the place of that.

    Those in words too, where they are asked for.
    """
    counting: dict[str, dict[str, Place]] = {}
    for number, start, end in _numbers(text, language, worded=worded):
        kind, length = _counted(text[end : end + REACH], language)
        if kind:
            counting.setdefault(number, {}).setdefault(kind, (start, end + length))
    return counting


def _numbers(text: str, language: str, *, worded: bool) -> Iterator[tuple[str, int, int]]:
    for match in _NUMBER.finditer(ascii_digits(text)):
        yield match.group().replace(",", "."), *match.span()
    if worded:
        for (digits, power), start, end in counted(text, load(language), small=True):
            if 0 <= power < _FEW:
                yield f"{digits}{'0' * power}", start, end


def _counted(after: str, language: str) -> tuple[str, int]:
    """What a number counts and how long its name is, by the text right behind it; "" for anything else."""
    for kind, pattern in ((_BASIS, _basis(language)), (_POINT, POINTED), (_CENT, _SIGN_AFTER)):
        if match := pattern.match(after):
            end = match.end()
            while language not in INSIDE and after[end : end + 1].isalpha():  # "процентн… пункт" goes on
                end += 1
            return kind, end
    words, names = spans(after)[:2], lexicon(language)
    if words and _WORD_BEHIND.match(after) and names["points"][""].has(words[0][0]):
        return _BARE, words[0][2]
    return next(((_CENT, end) for word, _, end in words if names["percent"][""].has(word)), ("", 0))


@cache
def _basis(language: str) -> re.Pattern[str]:
    """The words for basis points, a hundredth of a percentage point each, behind a number."""
    words = table("measures")["basis"].get(language, "").split()
    return re.compile(rf"[\s\u00a0\u202f-]?{any_of(words)}", re.IGNORECASE)


def _share(check: str, pair: Pair, template: str) -> Finding:
    """A warning at the per cent sign of either text, where it has one."""
    signs = (_SHARE.search(pair.target_plain.text), _SHARE.search(pair.source_plain.text))
    span, place = (
        text.span(*sign.span()) if sign else (0, 0)
        for sign, text in zip(signs, (pair.target_plain, pair.source_plain), strict=True)
    )
    return Finding(check, Severity.WARNING, template, *span, None, (), *place)


def _counts_anew(text: str, language: str, other_text: str) -> bool:
    """Whether the number of a share stands in the other text, where it counts something else.

    Where it does not, the share was said another way: 50 % is a half.
    """
    names = lexicon(language)["percent"][""]
    other_numbers = set(_DIGITS.findall(ascii_digits(other_text)))
    for match in _DIGITS.finditer(ascii_digits(text)):
        after = text[match.end() : match.end() + REACH]
        if match.group() in other_numbers and (_SIGN_AFTER.match(after) or _worded(after, names)):
            return True
    return False


def _worded(after: str, names: Names) -> bool:
    """Whether one of the next two words is one for per cent."""
    if names.inside is not None:
        return False
    return any(names.has(word) for word in word_list(after)[:2])


def _pointed(text: str, language: str) -> bool:
    """Whether the points stand right beside the per cent."""
    if language in INSIDE:
        return "百分点" in text
    if language == "ar":
        return any(words in text for words in _ARABIC_POINTS)
    percent, points = lexicon(language)["percent"][""], lexicon(language)["points"][""]
    row = [word for word, _, _ in spans(text)]
    return any(
        points.has(point) and any(percent.has(word) for word in row[max(0, at - 2) : at + 3])
        for at, point in enumerate(row)
    )


@per_text
def _has(text: str, language: str, group: str) -> bool:
    if group == "percent" and _PERCENT_SIGNS.search(text):
        return True
    names = lexicon(language)[group][""]
    if names.inside is not None:
        return names.inside.search(text) is not None
    if not names.words.isdisjoint(word_set(text)):
        return True
    return bool(names.stems) and any(map(str.startswith, word_set(text), repeat(names.stems)))
