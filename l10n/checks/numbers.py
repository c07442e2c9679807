"""Every number of the source stands in the target with the same value, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks import figures
from l10n.checks.figures import Figure
from l10n.checks.numerals import Numerals, Value, load, of_digits, spelled
from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "numbers"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Numbers are compared by value: “1.25 million”, “1,25 million” and “1 250 000” are the same, and so "
    "are 3 p.m. and 15 h, 12/05 and “12 May”, 20 and “twenty”, ١٥ and 15. A number written in digits on "
    "one side and nowhere on the other is reported; a number in words never is. A copied “1,250” that the "
    "target language would read as 1.25 gets a warning."
)
BAD = Example("en", "The budget is 1.25 million euros.", "fr", "Le budget est de 1,52 million d’euros.")
GOOD = Example("en", "The budget is 1.25 million euros.", "fr", "Le budget est de 1 250 000 euros.")

_DIGIT = re.compile(r"\d")
_SPELLED = 20
_YEARS = range(1900, 2100)


def run(pair: Pair) -> Iterator[Finding]:
    """A number that changed has one finding at its new form; a missing one has no place."""
    source, target = pair.source_plain.text, pair.target_plain.text
    if _DIGIT.search(source) is None and _DIGIT.search(target) is None:
        return
    source_numerals = load(pair.source_convention.language)
    target_numerals = load(pair.target_convention.language)
    wanted = figures.read(source, source_numerals)
    given = figures.read(target, target_numerals)
    missing = _uncovered(wanted, given)
    added = _uncovered(given, wanted)
    if missing or added:
        loose = not (source_numerals.known and target_numerals.known)
        missing = _unexcused(missing, given, target, target_numerals, loose=loose)
        added = _unexcused(added, wanted, source, source_numerals, loose=loose)
        if loose and not (missing and added):
            missing, added = _large(missing), _large(added)
        yield from _findings(pair, missing, added)
    yield from _misread(pair, wanted, given)


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
            said = f"{figure.text} has the decimal mark of {pair.target_convention.english} at its thousands"
            span = pair.target_plain.span(figure.start, figure.end)
            yield Finding(ID, Severity.WARNING, said, *span)


def _findings(pair: Pair, missing: list[Figure], added: list[Figure]) -> Iterator[Finding]:
    if not (any(figure.name for figure in missing) and any(figure.name for figure in added)):
        missing = [figure for figure in missing if not figure.name]
        added = [figure for figure in added if not figure.name]
    for index, figure in enumerate(added):
        said = f"{figure.text} is not in the source"
        if index < len(missing):
            said = f"the source has {missing[index].text}, the target {figure.text}"
        yield Finding(ID, SEVERITY, said, *pair.target_plain.span(figure.start, figure.end))
    for figure in missing[len(added) :]:
        yield Finding(ID, SEVERITY, f"{figure.text} is missing")


def _uncovered(figures_: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    there = _values(others)
    return [figure for figure in figures_ if not figure.idle and not _covered(figure, there)]


def _unexcused(
    figures_: list[Figure], others: list[Figure], text: str, numerals: Numerals, *, loose: bool
) -> list[Figure]:
    """Figures that neither words nor a short form of a year on the other side account for.

    ``loose``: where a language's number words are unknown, only the digits are compared.
    """
    if not figures_:
        return figures_
    exact = _values(others) | spelled(text, numerals)
    there = exact | _short_years(exact)
    digits = {value[0] for value in there} if loose else set()
    return [
        figure
        for figure in figures_
        if not _covered(figure, exact if figure.text.startswith("00") else there)
        and all(value[0] not in digits for value in figure.wholes)
    ]


def _large(figures_: list[Figure]) -> list[Figure]:
    """Figures that nobody spells out."""
    return [figure for figure in figures_ if not figure.text.isdecimal() or int(figure.text[:9]) > _SPELLED]


def _values(figures_: Sequence[Figure]) -> set[Value]:
    there: set[Value] = set()
    for figure in figures_:
        there |= figure.wholes
        for part in figure.parts:
            there |= part
    return there


def _covered(figure: Figure, there: set[Value]) -> bool:
    if not figure.wholes.isdisjoint(there):
        return True
    return bool(figure.parts) and not any(part.isdisjoint(there) for part in figure.parts)


def _short_years(there: set[Value]) -> set[Value]:
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
