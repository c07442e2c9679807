"""Rewrites numbers, months and days of the week in a target: after its source, or as its language does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from l10n import conventions

# A number in digits with the marks inside it; a space joins only groups of exactly three.
NUMBER = r"\d+(?:[.,'’٫٬]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*"
_CODE_OR_NUMBER = re.compile(rf"<\\*/?\d+/?>|(?P<number>{NUMBER})")
# French writes the first day of a month, and no other, as an ordinal: 1er mai, 2 mai.
_CODE_NUMBER_OR_WORD = re.compile(rf"<\\*/?\d+/?>|(?P<number>{NUMBER})(?:(?<=\b1)er\b)?|(?P<word>[^\W\d_]+)")
# An ending that belongs to one number only: another number has another one.
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re)\b")
_MONTHS = 12
_SPACES = frozenset(" \u00a0\u2009\u202f")
_NOT_DIGIT = re.compile(r"\D")


def differ_in_numbers(old: str, new: str, locale: str) -> bool:
    """Whether two texts differ only in numbers in digits and names of months and days of the week."""
    if _without_numbers(old) == _without_numbers(new):
        return True
    if len(old.split()) != len(new.split()):
        return False
    names = _calendar(locale)
    return bool(names) and _without_dates(old, names) == _without_dates(new, names)


def substituted(source: str, old_source: str, old_target: str, locales: tuple[str, str]) -> str | None:
    """``old_target`` with the numbers and dates that ``source`` changed; None when that is not certain.

    The two sources must differ only in numbers and names of months and days of the week.  Each changed one
    has to occur in the old target exactly once; it is written with the same digits and separators, or in the
    same form of the name.  ``locales`` are those of source and target.
    """
    old_names, new_names = _named(old_source, source, locales[0])
    changes = _changes(_numbers(old_source), _numbers(source))
    if changes is None or (not changes and old_names == new_names):
        return None
    with_numbers = _with_numbers(old_target, changes, locales) if changes else old_target
    if with_numbers is None or old_names == new_names:
        return with_numbers
    return _renamed(with_numbers, old_names, new_names, locales[1])


def in_target_notation(source: str, target: str, locales: tuple[str, str]) -> str:
    """A machine's target in which numbers that it left as the source writes them have its language's marks.

    Only numbers in groups of three digits ("86.000", "1.240,5") that stand in both: one with a single mark
    and other digits behind it may number a section or a version.  ``locales`` are those of source and target.
    """
    copied = {match[0] for match in _grouped(locales[0]).finditer(source)}
    if not copied:
        return target
    group, decimal = _marks_of_western_digits(locales[1])

    def rewritten(match: re.Match[str]) -> str:
        if match[0] not in copied:
            return match[0]
        whole = group.join(_NOT_DIGIT.split(match["groups"]))
        return f"{whole}{decimal}{match['fraction']}" if match["fraction"] else whole

    return _grouped(locales[0]).sub(rewritten, target)


@cache
def _grouped(locale: str) -> re.Pattern[str]:
    """Numbers that stand by themselves, whose digits a language parts in groups of three."""
    convention = conventions.load(locale)
    marks = re.escape("".join(convention.group) + (" " if "\u00a0" in convention.group else ""))
    alone_before = r"(?<![\w+.,'’/-])(?<!\d[ \u00a0\u202f])"
    groups = rf"(?P<groups>[1-9][0-9]{{0,2}}(?P<mark>[{marks}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*+)"
    fraction = rf"(?:{re.escape(convention.decimal)}(?P<fraction>[0-9]+))?+"
    alone_behind = r"(?![\w/-]|[.,'’ \u00a0\u202f][0-9])"
    return re.compile(alone_before + groups + fraction + alone_behind)


def _marks_of_western_digits(locale: str) -> tuple[str, str]:
    """The marks (between groups, before a fraction) that a language has beside the digits 0 to 9."""
    convention = conventions.load(locale)
    if convention.script == "Arab":
        return ",", "."
    return convention.group[0] if convention.group else "", convention.decimal


def _with_numbers(target: str, changes: Mapping[str, str], locales: tuple[str, str]) -> str | None:
    parts: list[str] = []
    at = 0
    replaced: set[str] = set()
    by_digits = {_digits(old): (old, new) for old, new in changes.items()}
    for match in _CODE_OR_NUMBER.finditer(target):
        digits = _digits(match["number"] or "")
        if not digits or digits not in by_digits:
            continue
        new_number = _like(match["number"], *by_digits[digits], locales)
        if new_number is None or digits in replaced or _ORDINAL.match(target, match.end()):
            return None
        replaced.add(digits)
        parts += [target[at : match.start()], new_number]
        at = match.end()
    return "".join([*parts, target[at:]]) if len(replaced) == len(changes) == len(by_digits) else None


def _renamed(target: str, old: list[int], new: list[int], locale: str) -> str | None:
    """A target with months and days renamed; each that changed stands there once, so the others may not."""
    changed = {before: after for before, after in zip(old, new, strict=True) if before != after}
    if len(changed) != sum(before != after for before, after in zip(old, new, strict=True)):
        return None
    names = _calendar(locale)
    parts: list[str] = []
    at = 0
    replaced: set[int] = set()
    for match in _CODE_NUMBER_OR_WORD.finditer(target):
        name = match["word"] or ""
        form, which = names.get(name.casefold(), (0, 0))
        if which not in changed:
            continue
        if which in replaced:
            return None
        replaced.add(which)
        new_name = _names(locale)[form][changed[which] - 1].rstrip(".")
        parts += [
            target[at : match.start()],
            new_name[0].upper() + new_name[1:] if name[0].isupper() else new_name,
        ]
        at = match.end()
    return "".join([*parts, target[at:]]) if len(replaced) == len(changed) else None


def _named(old: str, new: str, locale: str) -> tuple[list[int], list[int]]:
    """The months and days two texts name, in order; none when their other words differ or no word does."""
    if _without_numbers(old) == _without_numbers(new):
        return [], []
    names = _calendar(locale)

    def named_in(text: str) -> list[int]:
        words = (match["word"] or "" for match in _CODE_NUMBER_OR_WORD.finditer(text))
        return [names[word.casefold()][1] for word in words if word.casefold() in names]

    before, after = named_in(old), named_in(new)
    same_kinds = [name > _MONTHS for name in before] == [name > _MONTHS for name in after]
    return (before, after) if same_kinds else ([], [])


def _without_numbers(text: str) -> str:
    return _CODE_OR_NUMBER.sub(lambda match: "0" if match["number"] else match.group(), text)


def _without_dates(text: str, names: Mapping[str, tuple[int, int]]) -> str:
    def folded(match: re.Match[str]) -> str:
        if match["number"] or (match["word"] or "").casefold() in names:
            return "0"
        return match.group()

    return _CODE_NUMBER_OR_WORD.sub(folded, text)


@cache
def _calendar(locale: str) -> Mapping[str, tuple[int, int]]:
    """Each name of a month or day, small, with its form and its place from 1; a name's first form counts."""
    by_name: dict[str, tuple[int, int]] = {}
    for form, names in reversed(list(enumerate(_names(locale)))):
        by_name |= {name.casefold().rstrip("."): (form, place) for place, name in enumerate(names, 1)}
    return by_name


@cache
def _names(locale: str) -> tuple[tuple[str, ...], ...]:
    """The names of the months, then those of the days of the week from Monday on, by form.

    In a date, alone, short (Unicode's CLDR, as Babel has it); days are never short, since many such are
    words (French "mer", the sea, and "jeu", a game).
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow, needed only for a renamed month

    try:
        found = Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return ()
    forms = (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated"))
    return tuple(
        (
            *(str(found.months[kind][width][month]) for month in range(1, _MONTHS + 1)),
            *(str(found.days[kind]["wide"][day]) for day in range(7)),
        )
        for kind, width in forms
    )


def _numbers(text: str) -> list[str]:
    return [match["number"] for match in _CODE_OR_NUMBER.finditer(text) if match["number"]]


def _changes(old: list[str], new: list[str]) -> dict[str, str] | None:
    """Each old number that changed with its new one; None when one became several."""
    if len(old) != len(new):
        return None
    changes: dict[str, str] = {}
    for before, after in zip(old, new, strict=True):
        if changes.setdefault(before, after) != after:
            return None
    return {before: after for before, after in changes.items() if before != after}


def _like(old_written: str, old: str, new: str, locales: tuple[str, str]) -> str | None:
    """A new number written as its predecessor was; None when a mark's counterpart is unknown."""
    if _pieces(old) != _pieces(old_written):
        return _regrouped(old_written, old, new, locales)
    marks = _usual_marks(locales) | dict(
        zip(_NOT_DIGIT.findall(old), _NOT_DIGIT.findall(old_written), strict=True)
    )
    written: list[str] = []
    for character in new:
        if character.isdecimal():
            written.append(_in_digits_of(old_written, character))
        elif character in marks:
            written.append(marks[character])
        else:
            return None
    return "".join(written)


def _regrouped(old_written: str, old: str, new: str, locales: tuple[str, str]) -> str | None:
    """A whole number where one of two languages groups its digits and the other does not, else None."""
    source, target = (frozenset(conventions.load(locale).group) | _SPACES for locale in locales)
    marks = set(_NOT_DIGIT.findall(old_written))
    if not (_groups(old, source) and _groups(new, source) and _groups(old_written, target)) or len(marks) > 1:
        return None
    digits, mark = _digits(new), "".join(marks)
    if not mark and len(digits) > 4 >= len(old_written):  # many languages group from five digits on
        mark = next(iter(conventions.load(locales[1]).group), "")
    return _in_digits_of(old_written, f"{int(digits):,}".replace(",", mark))


def _groups(number: str, marks: frozenset[str]) -> bool:
    """Whether a number is a whole one, in groups of three digits or in none."""
    pieces = _NOT_DIGIT.split(number)
    in_threes = len(pieces[0]) <= 3 and all(len(piece) == 3 for piece in pieces[1:])
    return marks.issuperset(_NOT_DIGIT.findall(number)) and (len(pieces) == 1 or in_threes)


def _in_digits_of(old_written: str, number: str) -> str:
    """A number in the kind of digits that another is written in."""
    zero = ord(old_written[0]) - unicodedata.decimal(old_written[0])
    return "".join(
        chr(zero + unicodedata.decimal(character)) if character.isdecimal() else character
        for character in number
    )


def _usual_marks(locales: tuple[str, str]) -> dict[str, str]:
    source, target = map(conventions.load, locales)
    marks = {source.decimal: target.decimal}
    if target.group:
        marks |= dict.fromkeys(source.group, target.group[0])
    return marks


def _pieces(number: str) -> list[str]:
    return [_digits(piece) for piece in _NOT_DIGIT.split(number)]


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(character)) for character in number if character.isdecimal())
