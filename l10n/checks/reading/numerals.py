"""How a language says numbers in words: one TOML file each in `data/numerals`, read when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import tomli

from l10n.checks.reading import compounds, ideographs
from l10n.checks.reading.data_files import data_path
from l10n.checks.reading.number_rows import Row
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.roman import roman
from l10n.checks.reading.values import Value, of_digits
from l10n.checks.reading.words import word_set

# The vowel signs of Arabic are no letters, and a word goes on behind one: فستُمنح has no six (ست) in it.
_WORD = re.compile(
    r"[^\W\d_]+(?:[\u064b-\u0652\u0670]+[^\W\d_]+|[\u0900-\u0963\u0966-\u0dff\u200c\u200d]+[^\W\d_]*)*"
)
_UNITS = range(1, 10)
_TEENS, _TO_A_HUNDRED = range(11, 20), range(10, 100)
_BETWEEN = frozenset({"", " ", "-", "\u00a0", "\u2010", "\u2011"})


_NOON = 12
_SHORT_MARK = 2  # letters
_HALF_NEAR = 20  # characters in which half an hour is said beside an hour
_NEXT_CLAUSE = re.compile(r"[,;،؛，；]\s*(?=[^\W\d])")


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """The number words of one language.

    ``words`` maps a word or two ("vingt", "quatre vingts") to values; ``scales`` to powers of ten. ``joins``
    may stand between number words, ``halves`` after a scale ("un million et demi"), ``and_half`` before one
    with what they say beside the half ("anderthalb Millionen"), ``quarters`` are of one that follows ("a
    quarter of a million"); ``collectives`` are counted themselves ("two dozen"). ``implied`` are values that
    the form of a noun alone may say, ``duals`` the endings that say two, ``prefixes`` what may be written on
    to the front of a word. ``half_to`` is half an hour before the hour that follows ("halb sieben"),
    ``half_past`` and ``half_behind`` half an hour after the one that they stand before and behind ("half past
    six", "las seis y media"), ``clock`` all that tells of hours. ``stems`` begin longer words that say a
    number ("dreitägig"), ``endings`` follow one, of which a letter of ``cut`` may be lost ("quarantenne").
    ``compounds`` says that number words are written together ("fünfundzwanzig").
    ``telling`` are the words that say more than one, ``doubtful`` those that are other words too and no
    number by themselves, ``plural`` those of them that are one before a plural ("neuf jours"), ``both`` those
    that say two of what a text has named, which the other need not count, ``seconds`` those that another may
    go before ("quatre vingts"), ``apart`` numbers that no unit goes before ("six
    fifteen" are two), ``either`` scales that are units too, whose number may stand for itself (512 Mio).
    """

    words: dict[str, frozenset[Value]] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    joins: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    and_half: dict[str, int] = field(default_factory=dict)
    quarters: frozenset[str] = frozenset()
    collectives: dict[str, int] = field(default_factory=dict)
    afternoon: tuple[str, ...] = ()
    morning: tuple[str, ...] = ()
    implied: frozenset[Value] = frozenset()
    duals: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    half_to: str = ""
    half_past: tuple[str, ...] = ()
    half_behind: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    stems: dict[str, Value] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    compounds: bool = False
    known: bool = False
    telling: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    plural: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    seconds: frozenset[str] = frozenset()
    apart: range = range(0)
    either: frozenset[str] = frozenset()

    def tells_time(self, text: str) -> bool:
        """Whether a text may hold an hour of the twelve-hour clock, or half of one."""
        folded = text.lower()
        return any(map(folded.__contains__, self.clock))

    def is_half_to(self, text: str, start: int) -> bool:
        """Whether half an hour before the hour that begins at a place is said; not after "deshalb"."""
        near = text[max(0, start - len(self.half_to) - 2) : start].rstrip().lower()
        return (
            bool(self.half_to)
            and near.endswith(self.half_to)
            and not near.removesuffix(self.half_to).isalpha()
        )

    def says_half_past(self, text: str) -> bool:
        """Whether a text may hold half an hour after one."""
        folded = text.lower()
        return any(map(folded.__contains__, (*self.half_past, *self.half_behind)))

    def is_half_past(self, text: str, start: int, end: int) -> bool:
        """Whether half an hour after the hour at a place is said, before it or behind it."""
        before, behind = text[max(0, start - _HALF_NEAR) : start], text[end : end + _HALF_NEAR]
        after = behind.lower().replace("\u00a0", " ")
        return before.rstrip().lower().endswith(self.half_past) or after.startswith(self.half_behind)

    def half_of_day(self, text: str, start: int, end: int) -> str:
        """Whether the words next to an hour say "afternoon" or "morning"; neither is ""."""
        # Words behind a comma say the half of another hour, or follow a phone number.
        after = _NEXT_CLAUSE.split(text[end : end + 30].lower())[0]
        near = text[max(0, start - 4) : start].lower() + after
        found = [
            (near.find(mark), name)
            for name, marks in (("afternoon", self.afternoon), ("morning", self.morning))
            for mark in marks
            if mark in near and _stands(mark, after)
        ]
        return min(found)[1] if found else ""  # the first: 9:30 a.m. to 5 p.m.


def _stands(mark: str, after: str) -> bool:
    """Whether a mark of the clock that is near counts; one of a letter or two has to follow as a word."""
    if len(mark) > _SHORT_MARK or mark[0] >= "\u2e80":
        return True
    behind = after.lstrip()
    return behind.startswith(mark) and not behind[len(mark) : len(mark) + 1].isalpha()


def _hours_said(text: str, numerals: Numerals) -> Iterator[Value]:
    """The hours that a text says in words, as on the clock of twenty-four: الثامنة مساء, halb sieben.

    At half past six may be 6:30 or 18:30.
    """
    for (digits, power), start, end in counted(text, numerals, small=True):
        if power < 0 or len(digits) + power > 2:
            continue
        hour = int(digits or "0") * 10**power
        if numerals.is_half_to(text, start):
            yield from (of_digits(str(value)) for value in (hour - 1, hour - 1 + _NOON, 30))
            continue
        half_past, half = numerals.is_half_past(text, start, end), numerals.half_of_day(text, start, end)
        if half_past:
            yield of_digits("30")
        if 0 < hour < _NOON and (half == "afternoon" or (half_past and not half)):
            yield of_digits(str(hour + _NOON))


@cache
def load(language: str) -> Numerals:
    """The number words of a language (a primary subtag); empty ones when it has no file."""
    rows = file_of(language)
    return Numerals() if rows is None else _parsed(rows)


@cache
def file_of(language: str) -> dict[str, Any] | None:
    """The file of a language (a primary subtag) as it stands; None where there is none."""
    path = data_path("numerals", f"{language}.toml")
    return tomli.loads(path.read_text("utf-8")) if language.isalpha() and path.is_file() else None


def _parsed(table: dict[str, Any]) -> Numerals:
    words, scales = _values(table), _numbers(table, "scales")
    return Numerals(
        words=words,
        plain={word: int(value) for value, word in _counting(table, "words") if "." not in value},
        scales=scales,
        joins=frozenset(_listed(table.get("joins", ""))),
        halves=frozenset(_listed(table.get("halves", ""))),
        and_half=_numbers(table, "and_half"),
        quarters=frozenset(_listed(table.get("quarters", ""))),
        collectives=_numbers(table, "collectives"),
        afternoon=tuple(table.get("afternoon", ())),
        morning=tuple(table.get("morning", ())),
        implied=frozenset(of_digits(str(value)) for value in table.get("implied", ())),
        duals=tuple(_listed(table.get("duals", ""))),
        prefixes=tuple(_listed(table.get("prefixes", ""))),
        stems={stem: of_digits(value) for value, stem in _counting(table, "stems")},
        endings=tuple(_listed(table.get("endings", ""))),
        cut=tuple(_listed(table.get("cut", ""))),
        half_to=table.get("half_to", ""),
        half_past=tuple(_listed(table.get("half_past", ""))),
        half_behind=tuple(_listed(table.get("half_behind", ""))),
        clock=(*table.get("afternoon", ()), *table.get("morning", ()), *_listed(table.get("half_to", ""))),
        compounds=bool(table.get("compounds", False)),
        doubtful=frozenset(_listed(table.get("doubtful", ""))),
        plural=frozenset(_listed(table.get("plural", ""))),
        both=frozenset(_listed(table.get("both", ""))),
        known=True,
        apart=_TEENS if "units_first" in table else _TO_A_HUNDRED,
        either=frozenset(_listed(table.get("either", ""))),
        seconds=frozenset(word.rpartition(" ")[2] for word in words if " " in word),
        telling=frozenset(part for word in (*_several(words), *scales) for part in word.split()),
    )


def _values(table: dict[str, Any]) -> dict[str, frozenset[Value]]:
    """The words of a file that say numbers, each with what it may say."""
    words: dict[str, set[Value]] = {}
    for name in ("words", "also", "months"):
        for value, word in _counting(table, name):
            whole, _, fraction = value.partition(".")
            words.setdefault(word, set()).add(of_digits(whole, fraction))
    return {word: frozenset(values) for word, values in words.items()}


def _several(words: dict[str, frozenset[Value]]) -> Iterator[str]:
    """The words that may say more than one."""
    for word, values in words.items():
        if any(power > 0 or digits not in {"", "1"} for digits, power in values):
            yield word


def _numbers(table: dict[str, Any], name: str) -> dict[str, int]:
    """The words of a part of a file, each with its number."""
    return {word: int(value) for value, word in _counting(table, name)}


def _counting(table: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """The words of a part of a file, each behind its number as it is written there."""
    for value, listed in table.get(name, {}).items():
        for word in _listed(listed):
            yield value, word


def _listed(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


@per_text
def spelled(text: str, numerals: Numerals) -> frozenset[Value]:
    """Every value the words of a text may say: number words, months, Roman and Chinese numerals.

    It is kept, since a target that is typed is looked at again and again, and each time its source.
    """
    values = set(numerals.implied)
    values.update(roman(text))
    values.update(ideographs.ideographs(text))
    values.update(ideographs.about(text))
    if numerals.words:
        values |= _in_words(text, numerals)[0]
    if numerals.tells_time(text) or numerals.says_half_past(text):
        values.update(_hours_said(text, numerals))
    return frozenset(values)


@per_text
def _in_words(text: str, numerals: Numerals) -> tuple[frozenset[Value], tuple[tuple[Value, int, int], ...]]:
    """The value of each number word and of each row of them, and the rows with their places."""
    row = Row()
    values = frozenset(_walk(text.lower(), numerals, row))
    return values, tuple(row.sums)


def counted(text: str, numerals: Numerals, *, small: bool = False) -> list[tuple[Value, int, int]]:
    """The numbers a text says in rows of words, each with its place.

    Unless ``small`` ones are asked for, none where all of them are.
    """
    sums: list[tuple[Value, int, int]] = []
    if numerals.words and (small or _may_count(text, numerals)):
        sums += _in_words(text, numerals)[1]
    sums += ideographs.places(text)
    return sums


def _may_count(text: str, numerals: Numerals) -> bool:
    """Whether a text has a word that says more than one: a quick look before the walk."""
    if numerals.compounds or numerals.prefixes or numerals.duals:
        return True
    return not word_set(text).isdisjoint(numerals.telling)


def _walk(text: str, numerals: Numerals, row: Row) -> Iterator[Value]:
    last_end = 0
    previous = ""
    for match in _WORD.finditer(text):
        word = match.group()
        row.waits -= row.waits > 0
        if _says_nothing(word, numerals):
            if not row.empty:
                yield from row.close()
        else:
            row.at = match.span()
            adjacent = text[last_end : match.start()] in _BETWEEN
            yield from _in_row(word, previous if adjacent else "", numerals, row)
        previous, last_end = word, match.end()
    yield from row.close()


def _in_row(word: str, previous: str, numerals: Numerals, row: Row) -> Iterator[Value]:
    """What a word says behind the word that stands right before it."""
    if not previous:
        yield from row.close()
    two_words = f"{previous} {word}"
    if two_words in numerals.words:
        yield from numerals.words[two_words]
        if two_words in numerals.plain:
            row.replace_last(numerals.plain[two_words], known=_bare(previous, numerals) in numerals.plain)
    elif _says_nothing(word, numerals, second=True):
        yield from row.close()
    else:
        yield from _one_word(word, numerals, row)


@lru_cache(maxsize=1 << 14)
def _says_nothing(word: str, numerals: Numerals, *, second: bool = False) -> bool:
    """Whether a word can say no number, which is asked once of the words that every text repeats.

    A ``second`` word says nothing even where it is one behind another.
    """
    if word in numerals.seconds and not second:
        return False
    form = _bare(word, numerals)
    tables = (
        numerals.words,
        numerals.plain,
        numerals.scales,
        numerals.halves,
        numerals.joins,
        numerals.and_half,
        numerals.quarters,
        numerals.collectives,
    )
    return not (
        any(form in names or word in names for names in tables)
        or (numerals.duals and word.endswith(numerals.duals))
        or any(True for _ in compounds.begun(word, numerals.stems))
        or any(True for _ in _joined(word, numerals))
        or _pieces(form, numerals)
    )


def _one_word(word: str, numerals: Numerals, row: Row) -> Iterator[Value]:
    form = _bare(word, numerals)
    if numerals.duals and word.endswith(numerals.duals):
        yield of_digits("2")
    yield from numerals.words.get(form, ())
    yield from compounds.begun(word, numerals.stems)
    yield from _joined(word, numerals)
    _part_before(form, numerals, row)
    if (power := numerals.scales.get(form)) and len(form) > 1:
        row.scale(power)
    elif form in numerals.collectives:
        row.collect(numerals.collectives[form])
    elif form in numerals.plain:
        # "two one-line entries", "between six and fifteen"
        if row.last in _UNITS and (numerals.plain[form] in _UNITS or numerals.plain[form] in numerals.apart):
            yield from row.close()
        row.add(numerals.plain[form])
    elif form in numerals.halves or word in numerals.halves:
        row.half()
    elif pieces := _pieces(form, numerals):
        for piece in pieces:
            yield from _one_word(piece, numerals, row)
    elif form in numerals.joins:
        row.joined = True
    else:
        yield from row.close()


def _part_before(form: str, numerals: Numerals, row: Row) -> None:
    """Let a half or a quarter wait for the scale that it may be of."""
    if form in numerals.and_half:
        row.before(numerals.and_half[form])
    if form in numerals.quarters:
        row.quarter()


def _joined(word: str, numerals: Numerals) -> Iterator[Value]:
    """The number that a word for an age or a length begins with: quarantaquattrenne, сорокалетний."""
    for head in compounds.heads(word, numerals.endings, numerals.cut):
        row = Row()
        for piece in [head] if head in numerals.plain else _pieces(head, numerals, written_together=True):
            if power := numerals.scales.get(piece):
                row.scale(power)
            elif piece in numerals.plain:
                row.add(numerals.plain[piece])
        yield from row.close()


def _pieces(word: str, numerals: Numerals, *, written_together: bool = False) -> list[str]:
    """The number words that a word is made of, in a language or a word that writes them together."""
    if not (numerals.compounds or written_together):
        return []
    return compounds.pieces(word, numerals.plain, numerals.scales, numerals.joins)


def _bare(word: str, numerals: Numerals) -> str:
    """A word without what is written on to its front, when it is a number only then."""
    if word in numerals.words or word in numerals.scales or not word.startswith(numerals.prefixes):
        return word
    for prefix in numerals.prefixes:
        bare = word[len(prefix) :]
        if word.startswith(prefix) and (bare in numerals.words or bare in numerals.scales):
            return bare
    return word
