"""Every number of the source stands in the target with the same value, however it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from l10n.checks import converted, figures, fractions, measures, ordinals, ranges
from l10n.checks.figures import Figure
from l10n.checks.matching import Left, unmatched
from l10n.checks.mismatches import CHANGED, mismatch_findings
from l10n.checks.numerals import Numerals, Value, counted, load, of_digits, regnal, spelled
from l10n.checks.pair import Example, Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import word_set
from l10n.conventions import Convention
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "numbers"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Numbers are compared by value: “1.25 million”, “1,25 million” and “1 250 000” are the same, and so "
    "are 3 p.m. and 15 h, 12/05 and “12 May”, 20 and “twenty”, ١٥ and 15. A number written in digits on "
    "one side and nowhere on the other is reported, and one that stands there less often gets a warning; "
    "a number in words, also a half, a third or an ordinal, only when the other side has another in its "
    "place. The two ends of a range keep their order, and an hour its half of the day. A copied “1,250” that "
    "the target language would read as 1.25 gets a warning, and so does “2.5 %” where it writes “2,5 %”."
)
BAD = Example("en", "The budget is 1.25 million euros.", "fr", "Le budget est de 1,52 million d’euros.")
GOOD = Example("en", "The budget is 1.25 million euros.", "fr", "Le budget est de 1 250 000 euros.")

_MISSING = "{number} is missing"
_ADDED = "{number} is not in the source"
_FEWER = "{number} stands here less often than in the source"
_OFTENER = "{number} stands here more often than in the source"
_MISREAD = "{number} has the decimal mark of {language} at its thousands"
_OTHER_MARK = "{number} is written {fix} in {language}"
# The decimal mark of a language and the one that its readers take for something else.
_HOUR = re.compile(r"\D.*")
_BOTH_MARKS = {",": ".", ".": ","}
_DECIMAL_OF = {mark: re.compile(rf"\d+{re.escape(mark)}\d{{1,2}}(?![\d.,])") for mark in _BOTH_MARKS.values()}
# Those that have one mark only in all their countries.
_SOMETIMES = {"es": ",", "ar": "."}
_ONE_MARK = frozenset({"en", "fr", "de", "it", "pt", "ru", "zh", "nl", "sv", "da", "pl", "cs", "ja"})
_SPELLED = 20
# Days of the week that are counted: sexta-feira, 星期五.
_WEEKDAY_ENDS = frozenset({"-feira"})
_WEEKDAY_FRONTS = ("周", "週", "星期", "礼拜", "禮拜")
_WEEKDAY = lazy_pattern(f"(?:{'|'.join(_WEEKDAY_FRONTS)})[一二三四五六]")
# What stands after a number that is another word too: nine, and new, in French.
_PLURAL_AFTER = lazy_pattern(
    r"[ \u00a0](?!(?:dans|sous|sans|pas|plus|mais|vers|lors|après|depuis)\b)[^\W\d_]{2,}[sx]\b"
)
_YEARS = range(1900, 2100)
# What stands before the hundred of per cent.
_PER = (" per", " por", " pour", " في", " بال", " فى")

Said = tuple[Value, int, int]
"""A number in words, with its place."""


def run(pair: Pair) -> Iterator[Finding]:
    """A number that changed has one finding at its new form; a missing one has no place."""
    yield from fractions.run(ID, pair)
    yield from ordinals.run(ID, pair)
    yield from ranges.run(ID, pair)
    source, target = pair.source_plain.text, pair.target_plain.text
    source_numerals = load(pair.source_convention.language)
    target_numerals = load(pair.target_convention.language)
    known = source_numerals.known and target_numerals.known
    ours = pair.source_convention.language
    said = _said(fractions.without(source, ours), source_numerals) if known else ()
    if said and _heard(said, target, target_numerals):
        said = ()
    if not said and figures.same(source, source_numerals, target, target_numerals):
        return
    wanted = list(figures.read(source, source_numerals))
    given = list(figures.read(target, target_numerals))
    if any(len(figure.wholes) > 1 for figure in (*wanted, *given)):
        shown = {figure.text for figure in wanted} & {figure.text for figure in given}
        wanted = [_as_read(figure, pair.source_convention, pair.source_locale, shown) for figure in wanted]
        given = [_as_read(figure, pair.target_convention, pair.target_locale, shown) for figure in given]
    if wanted or given:
        yield from _in_digits(pair, wanted, given, (source_numerals, target_numerals))
    if said:
        yield from _in_words(pair, said, (wanted, given), (source_numerals, target_numerals))


def _as_read(figure: Figure, convention: Convention, locale: str, copied: set[str]) -> Figure:
    """A figure with two readings (6,000) as readers of its language take it.

    One that was copied keeps both, and so does one in a country's variety: es-MX is not es.
    """
    if len(figure.wholes) != 2 or "-" in locale or figure.text in copied or figure.parts:
        return figure
    marks = {mark for mark in figure.text if not mark.isalnum() and not mark.isspace()}
    if marks == {convention.decimal}:
        return figure._replace(wholes=frozenset({min(figure.wholes, key=_size)}))
    if marks and marks.issubset(convention.group):
        return figure._replace(wholes=frozenset({max(figure.wholes, key=_size)}))
    return figure


def _size(value: Value) -> tuple[int, str]:
    digits, power = value
    return len(digits) + power, digits


def _in_digits(
    pair: Pair, wanted: list[Figure], given: list[Figure], numerals: tuple[Numerals, Numerals]
) -> Iterator[Finding]:
    missing, added = unmatched(wanted, given)
    if missing or added:
        loose = not (numerals[0].known and numerals[1].known)
        missing = _unexcused(missing, pair.target_plain.text, numerals[1], given, loose=loose)
        added = _unexcused(added, pair.source_plain.text, numerals[0], wanted, loose=loose)
        if added and not missing:
            target, language = pair.target_plain.text, pair.target_convention.language
            added = [one for one in added if not converted.is_conversion(target, language, one.figure, given)]
        if loose and not (missing and added):
            missing, added = _large(missing), _large(added)
        yield from _findings(pair, missing, added, (_values(wanted), _values(given)))
    yield from _misread(pair, wanted, given)
    yield from _other_marks(pair, wanted, given)
    yield from _other_half(pair, wanted, given)


@per_text
def _said(source: str, numerals: Numerals) -> tuple[Said, ...]:
    """The numbers that a source says in words, and those that count bearers of a name."""
    rows = [each for each in counted(source, numerals) if _telling(each, source, numerals)]
    return (*rows, *regnal(source))


def _heard(said: Sequence[Said], target: str, numerals: Numerals) -> bool:
    """Whether a word of the target says each of the numbers by itself: a quick look."""
    words = word_set(target)
    if not words.isdisjoint(numerals.seconds):
        return False
    named = {value for word in numerals.words.keys() & words for value in numerals.words[word]}
    return all(value in named for value, _, _ in said)


def _in_words(
    pair: Pair,
    said: Sequence[Said],
    in_digits: tuple[list[Figure], list[Figure]],
    numerals: tuple[Numerals, Numerals],
) -> Iterator[Finding]:
    """A number in words on both sides that is another: one without any counterpart on each."""
    source, target = pair.source_plain.text, pair.target_plain.text
    wanted, given = in_digits
    asked, answer = _without_ordinals(pair)
    heard = spelled(answer, numerals[1]) | _values(given)
    kept = ordinals.places(source, pair.source_convention.language, pair.target_convention.language)
    lost = [each for each in said if each[0] not in heard and not _overlaps(each, kept)]
    lost += _without_duals(said, lost, answer, numerals[1], given)
    if not lost:
        return
    there = spelled(asked, numerals[0]) | _values(wanted)
    plain = fractions.without(target, pair.target_convention.language)
    kept = ordinals.places(plain, pair.target_convention.language, pair.source_convention.language)
    rows = [each for each in counted(plain, numerals[1], small=True) if _telling(each, target, numerals[1])]
    often = Counter(each[0] for each in rows)
    often.subtract(each[0] for each in counted(source, numerals[0], small=True))
    new = [
        each
        for each in rows + regnal(target)
        if (each[0] not in there or often[each[0]] > 0) and not _overlaps(each, kept)
    ]
    yield from mismatch_findings(
        ID, pair, [(start, end) for _, start, end in lost], [(start, end) for _, start, end in new]
    )


def _without_ordinals(pair: Pair) -> tuple[str, str]:
    """Both texts without the ordinals that both have, and without Chinese days of the week.

    Neither accounts for a number: a sixteenth festival has no six of anything, nor has 星期六.
    """
    ours, theirs = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    one, other = ordinals.read(source, ours), ordinals.read(target, theirs)
    same = one.keys() & other.keys()
    return (
        _blanked(source, [one[value] for value in same]),
        _blanked(target, [other[value] for value in same]),
    )


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text if text.isascii() else _WEEKDAY().sub("  ", text)


def _without_duals(
    said: Sequence[Said], lost: Sequence[Said], target: str, numerals: Numerals, given: list[Figure]
) -> list[Said]:
    """What only the ending of some noun might say, which many a word has that says no number."""
    if not numerals.duals:
        return []
    heard = spelled(target, replace(numerals, duals=())) | _values(given)
    return [each for each in said if each[0] not in heard and each not in lost]


def _overlaps(row: Said, places: Sequence[tuple[int, int]]) -> bool:
    return any(row[1] < end and start < row[2] for start, end in places)


def _telling(row: Said, text: str, numerals: Numerals) -> bool:
    """Whether words are a number by themselves: "one" is often none, nor is a "couple" or "3 million".

    Nor is the ten of "halb zehn", half past nine, nor the hundred of "per cento".
    """
    (digits, power), start, end = row
    word = text[start:end].lower()
    if word in numerals.doubtful and not (word in numerals.plural and _PLURAL_AFTER().match(text, end)):
        return False
    small = power <= 0 and len(digits) < 2 and digits < "2"
    if (digits, power) == ("1", 2) and text[:start].rstrip().lower().endswith(_PER):
        return False
    if text[max(0, start - 5) : start].lower() == "halb ":
        return False
    if text[end : end + 6].lower() in _WEEKDAY_ENDS or text[:start].endswith(_WEEKDAY_FRONTS):
        return False
    before = text[max(0, start - 3) : start].rstrip(" \u00a0-–")[-1:]
    return not small and not any(map(str.isdigit, before + text[end : end + 2]))


def _misread(pair: Pair, wanted: list[Figure], given: list[Figure]) -> Iterator[Finding]:
    """Thousands copied with a mark that a reader of the target takes for the decimal one.

    Only for a plain language: what holds in ``es`` need not hold in ``es-MX``.
    """
    mark = pair.target_convention.decimal
    if "-" in pair.target_locale or mark not in pair.source_convention.group:
        return
    copied = {figure.text for figure in wanted}
    for figure in given:
        if figure.text in copied and len(figure.wholes) == 2 and figure.text.count(mark) == 1:
            span = pair.target_plain.span(figure.start, figure.end)
            values = (("number", figure.text), ("language", pair.target_convention.english))
            yield Finding(ID, Severity.WARNING, _MISREAD, *span, values=values)


def _other_marks(pair: Pair, wanted: list[Figure], given: list[Figure]) -> Iterator[Finding]:
    """A decimal number with the mark of the other language, where a scale, a currency or a unit counts by it.

    Elsewhere it may be the number of a version, a section or a date.  In a language whose countries have
    both marks, one text has one of them.
    """
    language, text = pair.target_convention.language, pair.target_plain.text
    mark = pair.target_convention.decimal if language in _ONE_MARK else _usual(text, language, given)
    if "-" in pair.target_locale or mark not in _BOTH_MARKS:
        return
    other = _BOTH_MARKS[mark]
    asked = {value for figure in wanted for value in figure.wholes}
    for figure in given:
        found = _DECIMAL_OF[other].match(text, figure.start)
        if not found or asked.isdisjoint(figure.wholes):
            continue
        last = ranges.last_of(text, language, figure.start)
        if not any(measures.counts(text, start, language) for start in (figure.start, last)):
            continue
        span = pair.target_plain.span(*found.span())
        written = found.group().replace(other, mark)
        fix = pair.target[: span[0]] + written + pair.target[span[1] :]
        values = (("number", found.group()), ("language", pair.target_convention.english), ("fix", written))
        yield Finding(ID, Severity.WARNING, _OTHER_MARK, *span, fix, values)


def _usual(text: str, language: str, given: list[Figure]) -> str:
    """The usual mark of a language that has two, where a text has both."""
    usual = _SOMETIMES.get(language, "")
    return usual if usual and any(_DECIMAL_OF[usual].match(text, one.start) for one in given) else ""


def _other_half(pair: Pair, wanted: list[Figure], given: list[Figure]) -> Iterator[Finding]:
    """An hour of the twelve that both texts name, before noon in one and after it in the other."""
    ours, theirs = _halves(wanted), _halves(given)
    for hour, before in ours.items():
        after = theirs.get(hour)
        if after and {one.half for one in before}.isdisjoint({one.half for one in after}):
            places = ((before[0].start, before[0].end), (after[0].start, after[0].end))
            yield from mismatch_findings(ID, pair, [places[0]], [places[1]])


def _halves(figures_: Sequence[Figure]) -> dict[str, list[Figure]]:
    """The hours whose half of the day is said, each by its digits."""
    found: dict[str, list[Figure]] = {}
    for one in figures_:
        if one.half:
            found.setdefault(_HOUR.sub("", one.text).lstrip("0"), []).append(one)
    return found


def _findings(
    pair: Pair, missing: list[Left], added: list[Left], values: tuple[set[Value], set[Value]]
) -> Iterator[Finding]:
    """Where both sides lack something it changed; a number that only stands less often is a warning."""
    in_source, in_target = values
    if not (any(left.figure.name for left in missing) and any(left.figure.name for left in added)):
        missing = [left for left in missing if not left.figure.name]
        added = [left for left in added if not left.figure.name]
    for index, left in enumerate(added):
        figure = left.figure
        span = pair.target_plain.span(figure.start, figure.end)
        if index < len(missing):
            before = missing[index].figure
            place = pair.source_plain.span(before.start, before.end)
            both = (("source", before.text), ("target", figure.text))  # with the word that scales each
            yield Finding(ID, SEVERITY, CHANGED, *span, None, both, *place)
        elif _excused(left, in_source):
            yield Finding(ID, Severity.WARNING, _OFTENER, *span, values=(("number", figure.text),))
        else:
            yield Finding(ID, SEVERITY, _ADDED, *span, values=(("number", figure.text),))
    for left in missing[len(added) :]:
        place = pair.source_plain.span(left.figure.start, left.figure.end)
        severity, said = (Severity.WARNING, _FEWER) if _excused(left, in_target) else (SEVERITY, _MISSING)
        yield Finding(ID, severity, said, 0, 0, None, (("number", left.figure.text),), *place)


def _unexcused(
    lefts: list[Left], text: str, numerals: Numerals, others: Sequence[Figure], *, loose: bool
) -> list[Left]:
    """Figures that neither words nor a short form of a year on the other side account for.

    ``loose``: where a language's number words are unknown, only the digits are compared.
    """
    if not lefts:
        return lefts
    said = spelled(text, numerals)
    there = said | _short_years(said | _values(others))
    digits = {value[0] for value in there | _values(others)} if loose else set()
    return [
        left
        for left in lefts
        if not _excused(left, said if left.figure.text.startswith("00") else there)
        and all(value[0] not in digits for value in left.figure.wholes)
    ]


def _excused(left: Left, there: AbstractSet[Value]) -> bool:
    if not left.figure.wholes.isdisjoint(there):
        return True
    return not any(piece.isdisjoint(there) for piece in left.pieces)


def _large(lefts: list[Left]) -> list[Left]:
    """Figures that nobody spells out."""
    return [
        left for left in lefts if not left.figure.text.isdecimal() or int(left.figure.text[:9]) > _SPELLED
    ]


def _values(figures_: Sequence[Figure]) -> set[Value]:
    there: set[Value] = set()
    for figure in figures_:
        there |= figure.wholes
        for part in figure.parts:
            there |= part
    return there


def _short_years(there: AbstractSet[Value]) -> set[Value]:
    """What a year may be shortened to (2024 to 24), and a short one to be lengthened to."""
    found: set[Value] = set()
    for digits, power in there:
        if not digits or len(digits) + power > 4 or power < 0:
            continue
        number = int(digits) * 10**power
        if number in _YEARS:
            found.add(of_digits(f"{number % 100:02}"))
        elif number < 100:
            found.update(of_digits(str(century + number)) for century in (1900, 2000))
    return found
