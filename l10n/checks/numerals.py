"""How a language says numbers in words: one TOML file each beside this module, read when first asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import tomli

from l10n.checks.data_files import data_path
from l10n.checks.remembered import per_text
from l10n.checks.words import word_set

# A number as its digits without zeros at either end, and the power of ten they are multiplied by.
Value = tuple[str, int]
ZERO: Value = ("", 0)

# The vowel signs of Arabic are no letters, and a word goes on behind one: فستُمنح has no six (ست) in it.
_WORD = re.compile(
    r"[^\W\d_]+(?:[\u064b-\u0652\u0670]+[^\W\d_]+|[\u0900-\u0963\u0966-\u0dff\u200c\u200d]+[^\W\d_]*)*"
)
_ROMAN = re.compile(r"\b([IVXLCDM]{1,9})(?:er|e|ère|ème)?\b")
_REGNAL = re.compile(r"(?<=[a-zà-ÿа-яё][ \u00a0])(?<![.!?][ \u00a0])([IVX]{2,6}|V|X)(?![\w.'’-])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_IDEOGRAPH = "[〇零一二三四五六七八九十百千万萬亿億兆两兩]"
_IDEOGRAPHS = re.compile(
    f"{_IDEOGRAPH}(?:[多余餘]?{_IDEOGRAPH})*(?!字|文[鱼魚治])"
)  # 红十字会 is no ten, 三文鱼 a fish
# One or two, two or three: two digits in a row that name no number together.
_ABOUT = re.compile(
    f"(?<!{_IDEOGRAPH})(?:一[二两兩]|[二两兩]三|三[四五]|四五|五六|六七|七八|八九)(?!{_IDEOGRAPH}|[年月日号])"
)
_TENS = re.compile("[几幾数數]十")
_MORE = re.compile("[多余餘]")  # "more than", within a number
_TWO = str.maketrans("两兩", "二二")
_LONGEST = 60  # letters of a number written as one word
_LONGEST_STEM = 9
_UNITS = range(1, 10)
_TEENS, _TO_A_HUNDRED = range(11, 20), range(10, 100)
_WAITS = 3  # words until which a half waits for its scale, itself counted
_BETWEEN = frozenset({"", " ", "-", "\u00a0", "\u2010", "\u2011"})


_NOON = 12
_SHORT_MARK = 2  # letters
_NEXT_CLAUSE = re.compile(r"[,;،؛，；]\s*(?=[^\W\d])")


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """The number words of one language.

    ``words`` maps a word or two ("vingt", "quatre vingts") to values; ``scales`` to powers of ten.
    ``joins`` may stand between number words, ``halves`` after a scale ("un million et demi"), ``and_half``
    before one with what they say beside the half ("anderthalb Millionen"). ``implied`` are values that the
    form of a noun alone may say, ``duals`` the endings that say two, ``prefixes`` what may be written on to
    the front of a word. ``half_to`` is half an hour before the hour that follows ("halb sieben"), ``clock``
    all that tells of hours. ``stems`` begin longer words that say a number ("dreitägig"). ``compounds`` says
    that number words are written together ("fünfundzwanzig"). ``telling`` are the words that say more than
    one, ``doubtful`` those that are other words too and no number by themselves, ``plural`` those of them
    that are one before a plural ("neuf jours"), ``seconds`` those that another may go before
    ("quatre vingts"), ``apart`` numbers that no unit goes before ("six fifteen" are two), ``either`` scales
    that are units too, whose number may stand for itself (512 Mio).
    """

    words: dict[str, frozenset[Value]] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    joins: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    and_half: dict[str, int] = field(default_factory=dict)
    afternoon: tuple[str, ...] = ()
    morning: tuple[str, ...] = ()
    implied: frozenset[Value] = frozenset()
    duals: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    half_to: str = ""
    clock: tuple[str, ...] = ()
    stems: dict[str, Value] = field(default_factory=dict)
    compounds: bool = False
    known: bool = False
    telling: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    plural: frozenset[str] = frozenset()
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


def of_digits(whole: str, fraction: str = "", power: int = 0) -> Value:
    """The value of a row of ASCII digits with a fraction, times a power of ten."""
    digits = (whole + fraction).lstrip("0")
    short = digits.rstrip("0")
    return (short, power - len(fraction) + len(digits) - len(short)) if short else ZERO


def _hours_said(text: str, numerals: Numerals) -> Iterator[Value]:
    """The hours that a text says in words, as on the clock of twenty-four: الثامنة مساء, halb sieben."""
    for (digits, power), start, end in counted(text, numerals, small=True):
        if power < 0 or len(digits) + power > 2:
            continue
        hour = int(digits or "0") * 10**power
        if numerals.is_half_to(text, start):
            yield from (of_digits(str(value)) for value in (hour - 1, hour - 1 + _NOON, 30))
        elif 0 < hour < _NOON and numerals.half_of_day(text, start, end) == "afternoon":
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
    words: dict[str, set[Value]] = {}
    plain: dict[str, int] = {}
    for name in ("words", "also", "months"):
        for value, listed in table.get(name, {}).items():
            whole, _, fraction = value.partition(".")
            for word in _listed(listed):
                words.setdefault(word, set()).add(of_digits(whole, fraction))
                if name == "words" and not fraction:
                    plain.setdefault(word, int(value))
    return Numerals(
        words={word: frozenset(values) for word, values in words.items()},
        plain=plain,
        scales={
            word: int(power) for power, listed in table.get("scales", {}).items() for word in _listed(listed)
        },
        joins=frozenset(_listed(table.get("joins", ""))),
        halves=frozenset(_listed(table.get("halves", ""))),
        and_half={
            word: int(value)
            for value, listed in table.get("and_half", {}).items()
            for word in _listed(listed)
        },
        afternoon=tuple(table.get("afternoon", ())),
        morning=tuple(table.get("morning", ())),
        implied=frozenset(of_digits(str(value)) for value in table.get("implied", ())),
        duals=tuple(_listed(table.get("duals", ""))),
        prefixes=tuple(_listed(table.get("prefixes", ""))),
        stems={
            stem: of_digits(value)
            for value, listed in table.get("stems", {}).items()
            for stem in _listed(listed)
        },
        half_to=table.get("half_to", ""),
        clock=(*table.get("afternoon", ()), *table.get("morning", ()), *_listed(table.get("half_to", ""))),
        compounds=bool(table.get("compounds", False)),
        doubtful=frozenset(_listed(table.get("doubtful", ""))),
        plural=frozenset(_listed(table.get("plural", ""))),
        known=True,
        apart=_TEENS if "units_first" in table else _TO_A_HUNDRED,
        either=frozenset(_listed(table.get("either", ""))),
        seconds=frozenset(word.rpartition(" ")[2] for word in words if " " in word),
        telling=frozenset(
            part
            for word, values in (*words.items(), *((scale, {("1", 3)}) for scale in _scale_words(table)))
            if any(power > 0 or digits not in {"", "1"} for digits, power in values)
            for part in word.split()
        ),
    )


def _scale_words(table: dict[str, Any]) -> list[str]:
    return [word for listed in table.get("scales", {}).values() for word in _listed(listed)]


def _listed(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


@per_text
def spelled(text: str, numerals: Numerals) -> frozenset[Value]:
    """Every value the words of a text may say: number words, months, Roman and Chinese numerals.

    It is kept, since a target that is typed is looked at again and again, and each time its source.
    """
    values = set(numerals.implied)
    values.update(_roman(text))
    values.update(_ideographs(text))
    values.update(_about(text))
    if numerals.words:
        values |= _in_words(text, numerals)[0]
    if numerals.tells_time(text):
        values.update(_hours_said(text, numerals))
    return frozenset(values)


@per_text
def _in_words(text: str, numerals: Numerals) -> tuple[frozenset[Value], tuple[tuple[Value, int, int], ...]]:
    """The value of each number word and of each row of them, and the rows with their places."""
    row = _Row()
    values = frozenset(_walk(text.lower(), numerals, row))
    return values, tuple(row.sums)


def counted(text: str, numerals: Numerals, *, small: bool = False) -> list[tuple[Value, int, int]]:
    """The numbers a text says in rows of words, each with its place.

    Unless ``small`` ones are asked for, none where all of them are.
    """
    sums: list[tuple[Value, int, int]] = []
    if numerals.words and (small or _may_count(text, numerals)):
        sums += _in_words(text, numerals)[1]
    for match in () if text.isascii() else _IDEOGRAPHS.finditer(text):
        # "One or two" counts as its two.
        said = match.group()[1] if _ABOUT.fullmatch(match.group()) else match.group()
        sums += ((value, match.start(), match.end()) for value in _ideographs(said))
    return sums


def _may_count(text: str, numerals: Numerals) -> bool:
    """Whether a text has a word that says more than one: a quick look before the walk."""
    if numerals.compounds or numerals.prefixes or numerals.duals:
        return True
    return not word_set(text).isdisjoint(numerals.telling)


def _walk(text: str, numerals: Numerals, row: _Row) -> Iterator[Value]:
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


def _in_row(word: str, previous: str, numerals: Numerals, row: _Row) -> Iterator[Value]:
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
    )
    return not (
        any(form in names or word in names for names in tables)
        or (numerals.duals and word.endswith(numerals.duals))
        or any(True for _ in _begun(word, numerals.stems))
        or (numerals.compounds and _pieces(form, numerals))
    )


def _one_word(word: str, numerals: Numerals, row: _Row) -> Iterator[Value]:
    form = _bare(word, numerals)
    if numerals.duals and word.endswith(numerals.duals):
        yield of_digits("2")
    yield from numerals.words.get(form, ())
    yield from _begun(word, numerals.stems)
    if form in numerals.and_half:
        row.before(numerals.and_half[form])
    if (power := numerals.scales.get(form)) and len(form) > 1:
        row.scale(power)
    elif form in numerals.plain:
        # "two one-line entries", "between six and fifteen"
        if row.last in _UNITS and (numerals.plain[form] in _UNITS or numerals.plain[form] in numerals.apart):
            yield from row.close()
        row.add(numerals.plain[form])
    elif form in numerals.halves or word in numerals.halves:
        row.half()
    elif numerals.compounds and (pieces := _pieces(form, numerals)):
        for piece in pieces:
            yield from _one_word(piece, numerals, row)
    elif form in numerals.joins:
        row.joined = True
    else:
        yield from row.close()


def _begun(word: str, stems: dict[str, Value]) -> Iterator[Value]:
    """The numbers a word may begin with."""
    for size in range(2, min(len(word), _LONGEST_STEM) + 1) if stems else ():
        if word[:size] in stems:
            yield stems[word[:size]]


def _pieces(word: str, numerals: Numerals) -> list[str]:
    """The number words a long word is made of, the longest first at each place; none if it is not."""
    pieces: list[str] = []
    at = 0
    while at < len(word) <= _LONGEST:
        for end in range(min(len(word), at + 14), at + 1, -1):
            piece = word[at:end]
            if piece != word and (
                piece in numerals.plain or piece in numerals.scales or piece in numerals.joins
            ):
                pieces.append(piece)
                at = end
                break
        else:
            return []
    return pieces


def _bare(word: str, numerals: Numerals) -> str:
    """A word without what is written on to its front, when it is a number only then."""
    if word in numerals.words or word in numerals.scales or not word.startswith(numerals.prefixes):
        return word
    for prefix in numerals.prefixes:
        bare = word[len(prefix) :]
        if word.startswith(prefix) and (bare in numerals.words or bare in numerals.scales):
            return bare
    return word


@dataclass(slots=True)
class _Row:
    """Number words that stand next to each other, added up."""

    total: int = 0
    current: int = 0
    last: int = 0
    power: int = 0
    empty: bool = True
    halved: bool = False
    joined: bool = False
    waiting: int | None = None
    waits: int = 0
    at: tuple[int, int] = (0, 0)
    begin: int = 0
    end: int = 0
    sums: list[tuple[Value, int, int]] = field(default_factory=list)

    def add(self, value: int) -> None:
        if value == 100 and 0 < self.current < 100:
            self.last = self.current * 99
            self.current *= 100
        else:
            self.last = value
            self.current += value
        self._reach()

    def replace_last(self, value: int, *, known: bool) -> None:
        if known:
            self.current -= self.last
        self.add(value)

    def before(self, value: int) -> None:
        """A half, and what is said beside it, of a scale that follows: "half a million", "two and a half"."""
        self.waiting, self.waits = value + (self.current if self.joined and not self.power else 0), _WAITS

    def scale(self, power: int) -> None:
        if self.halved:  # "a million and a half of the million"
            return
        if self.waiting is not None and self.waits:
            self.total += self.waiting * 10**power + 10**power // 2
        elif self.power and not self.current:
            self.total = (self.total or 1) * 10 ** min(power, 12) if self.total < 10**60 else self.total
        else:
            self.total += max(self.current, 1) * 10**power
        self.current = self.last = 0
        self.power = power
        self._reach()

    def _reach(self) -> None:
        if self.empty:
            self.begin = self.at[0]
        self.end = self.at[1]
        self.empty = self.joined = False

    def half(self) -> None:
        if self.power:
            self.total += 10**self.power // 2
            self.halved = True

    def close(self) -> Iterator[Value]:
        """The sum, and an empty row again."""
        if not self.empty:
            value = of_digits(str(self.total + self.current))
            self.sums.append((value, self.begin, self.end))
            yield value
            self.total = self.current = self.last = self.power = 0
            self.empty, self.halved = True, False
        self.joined = False


def _roman(text: str) -> Iterator[Value]:
    for match in _ROMAN.finditer(text):
        yield _of_roman(match.group(1))


def _of_roman(letters: str) -> Value:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    signed = (
        -value if index + 1 < len(values) and value < values[index + 1] else value
        for index, value in enumerate(values)
    )
    return of_digits(str(sum(signed)))


def regnal(text: str) -> list[tuple[Value, int, int]]:
    """The Roman numerals that count bearers of a name (Leo XIII, Elizabeth II), each with its place."""
    if not ("V" in text or "X" in text or "II" in text) or text.isupper():
        return []
    return [(_of_roman(match[1]), *match.span(1)) for match in _REGNAL.finditer(text)]


def _ideographs(text: str) -> Iterator[Value]:
    """Chinese and Japanese numerals, by place (二〇二四) or by name (二十五万)."""
    if text.isascii():
        return
    for match in _IDEOGRAPHS.finditer(text):
        written = _MORE.sub("", match.group()).translate(_TWO)
        values = [int(unicodedata.numeric(letter)) for letter in written][:40]
        if max(values) < 10:
            yield of_digits("".join(map(str, values)))
        else:
            yield of_digits(str(_by_name(values)))


def _about(text: str) -> Iterator[Value]:
    """What a Chinese text says by and large: one or two (一两), and tens where others say dozens (几十)."""
    if text.isascii():
        return
    for match in _ABOUT.finditer(text):
        yield from (
            of_digits(str(int(unicodedata.numeric(digit)))) for digit in match.group().translate(_TWO)
        )
    if _TENS.search(text):
        yield of_digits("12")


def _by_name(values: list[int]) -> int:
    total = section = digit = 0
    for value in values:
        if value < 10:
            digit = value
        elif value < 10_000:
            section += (digit or 1) * value
            digit = 0
        else:
            total = (
                (total + section + digit or 1) * value if total < value else total + (section + digit) * value
            )
            section = digit = 0
    return total + section + digit
