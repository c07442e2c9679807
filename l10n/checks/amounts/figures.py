"""The numbers a text writes in digits, each with every value it may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from l10n.checks.amounts.scales import ideograph_power, of_money, power_after
from l10n.checks.reading.addresses import is_address, may_stand, runs
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.ideographs import discount
from l10n.checks.reading.numerals import Numerals
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.values import ZERO, Value, of_digits
from l10n.checks.reading.words import word_set

# A mark or one space joins digits into a chain; before a space stand at most three of them
# ("bis 2027 700 Millionen"), after it exactly three.
_CHAIN = re.compile(r"[0-9]+(?:[.,'’٫٬·:/h][0-9]+|(?<![0-9]{4})[ \u00a0\u2009\u202f][0-9]{3}(?![0-9]))*")
# The same in the digits of any script.
_ANY_CHAIN = re.compile(r"\d+(?:[.,'’٫٬·:/h]\d+|(?<!\d{4})[ \u00a0\u2009\u202f]\d{3}(?!\d))*")
_POWERS = re.compile("[0-9][\\s]?[十百千万萬亿億兆京什卄廿卅卌拾佰仟陌阡拾]")
_MARK = re.compile(r"[^0-9]")
_DECIMAL = frozenset(".,٫·")
_ORDER_ONLY = frozenset(":/h")
# A decade of a century: 20世纪90年代.
_DECADE_AFTER = re.compile(r"\s?世[纪紀]\s?[0-9]0年代")
_CENTURY_BEFORE = re.compile(r"(?<![0-9])([0-9]{1,2})\s?世[纪紀]\s?\Z")
# A part beside a whole number: 2½, 2 1/2.
_PART_AFTER = re.compile(r"[ \u00a0-]?([¼½¾⅕⅖⅗⅘⅛⅜⅝⅞]|(?:1/[2458]|3/[458]|[24]/5|[57]/8)(?![\d/]))")
_MAY_HAVE_PART = re.compile(r"[0-9][ \u00a0-]?(?:[¼½¾⅕⅖⅗⅘⅛⅜⅝⅞]|[0-9]/[2458])")
# A fraction whose lower part comes first: 4分の1, 4분의 1.
_LOWER_FIRST = re.compile(r"(?<![0-9.,])([0-9]{1,3})\s?[分분][の之의]\s?([0-9]{1,3})(?![0-9.,])")
# A first end that shares the thousands of the last: 8-18,000.
_SHARED = re.compile(r"(?<![0-9.,])([0-9]{1,3})(?=[-–—~～][0-9]{1,3}[.,\u00a0\u202f ]000(?![0-9.,]))")
_OCLOCK = frozenset("点點时時")
_SHORTEST_ID = 16
_LONG_HEX = re.compile("[0-9A-Fa-f]{16}")
_ID = re.compile(r"(?<![\w-])(?=[0-9A-Fa-f]*[A-Fa-f])(?=[A-Fa-f]*[0-9])[0-9A-Fa-f]{16,}(?![\w-])")
_COMMAND = re.compile(r"[a-z][\w.+-]*[a-z0-9]\(\Z", re.ASCII)
_REFERENCE = re.compile("&#[xX]?[0-9A-Fa-f]{1,6};")  # what stands for a character: &#8217;
_NOUGHT = frozenset({ZERO})
_REMEMBERED = 1 << 11
_NEAR = 8
_YEAR = (3, 4)  # digits


class Figure(NamedTuple):
    """A number in digits; ``text`` is what it looks like, with the word that scales it.

    ``wholes`` are the values it may have as one number ("1.234" has two); ``parts`` those of
    its pieces where it may be several (a date, a time, "on 12 350 people").  ``name`` says
    that it belongs to a name (G20), ``idle`` that its absence means nothing ("10 h 00").
    ``half`` is that of the day which the words beside an hour of the twelve say.
    """

    text: str
    start: int
    end: int
    wholes: frozenset[Value]
    parts: tuple[frozenset[Value], ...] = ()
    name: bool = False
    idle: bool = False
    half: str = ""


def same(source: str, source_numerals: Numerals, target: str, target_numerals: Numerals) -> bool:
    """Whether two texts certainly have the same numbers in digits: plain ones, as often, without a scale.

    What has a mark within (1,250, 12/05) or a word that scales it has to be read.
    """
    source_chains, target_chains = _chains(source), _chains(target)
    if source_chains != target_chains and (
        len(source_chains) != len(target_chains) or sorted(source_chains) != sorted(target_chains)
    ):
        return False
    if not source_chains:
        return True
    digits = "".join(source_chains)
    if not (digits.isascii() and digits.isdecimal()):
        return False
    if may_stand(source) or may_stand(target):
        return False
    if _has_parts(source) or _has_parts(target):
        return False
    return not (_scaled(source, source_numerals) or _scaled(target, target_numerals))


@per_text
def _chains(text: str) -> list[str]:
    """The numbers of a text in digits as they are written."""
    return _ANY_CHAIN.findall(text)


@per_text
def _has_parts(text: str) -> bool:
    """Whether a number of a text may have a part beside it: 2½."""
    return not (text.isascii() and "/" not in text) and _MAY_HAVE_PART.search(text) is not None


@per_text
def _scaled(text: str, numerals: Numerals) -> bool:
    """Whether a number of a text may be scaled by what follows it."""
    if not numerals.scales.keys().isdisjoint(word_set(text)):
        return True
    return not text.isascii() and _POWERS.search(text) is not None


@per_text
def read(text: str, numerals: Numerals) -> tuple[Figure, ...]:
    """The figures of a text in order, in the digits of any script; those in addresses are left out."""
    plain = ascii_digits(_without_addresses(text))
    fractions = [] if text.isascii() else list(_lower_first(plain))
    for fraction in fractions:
        plain = plain[: fraction.start] + " " * (fraction.end - fraction.start) + plain[fraction.end :]
    setting = _Setting(
        text, plain, numerals, _scaled(plain, numerals), numerals.tells_time(plain), _has_parts(plain)
    )
    if setting.scaled or setting.clock or setting.parts or "世" in plain or "折" in plain:
        figures = _in_setting(setting)
    else:
        figures = [_bare(plain, chain, text[chain.start() : chain.end()]) for chain in _CHAIN.finditer(plain)]
    if "000" in plain and (shared := {match.start() for match in _SHARED.finditer(plain)}):
        figures = [_sharing(figure, 3) if figure.start in shared else figure for figure in figures]
    return tuple(sorted([*figures, *fractions], key=_place) if fractions else figures)


def _lower_first(plain: str) -> Iterator[Figure]:
    """The fractions whose lower part comes first, as they are written elsewhere: 1/4."""
    for match in _LOWER_FIRST.finditer(plain):
        written = f"{match[2]}/{match[1]}"
        yield Figure(written, *match.span(), *_read_chain(written)[:2])


def _place(figure: Figure) -> int:
    return figure.start


class _Setting(NamedTuple):
    """A text as it is written and in ASCII digits, and what may stand beside its figures."""

    text: str
    plain: str
    numerals: Numerals
    scaled: bool
    clock: bool
    parts: bool


def _in_setting(setting: _Setting) -> list[Figure]:
    """The figures of a text with what stands beside each."""
    text, plain = setting.text, setting.plain
    figures: list[Figure] = []
    scaled_from = 0
    half = ""
    for chain in _CHAIN.finditer(plain):
        if figures and chain.start() < figures[-1].end:  # the 1/2 of 2 1/2
            continue
        figure, power, own_half = _with_neighbours(chain, setting)
        half = own_half or half
        figure = _in_same_half(plain, chain, figure, half)
        if setting.scaled and figures and _continues(text, figures[-1], figure):
            figures[-1] = _sum(text, figures[-1], figure)
            continue
        if "世" in plain:
            figure = _in_century(plain, chain, figure)
        if power and figures and scaled_from != len(figures) and chain.start() - figures[-1].end <= _NEAR:
            figures[-1] = _sharing(figures[-1], power)  # "2 to 3 million"
        if power:
            scaled_from = len(figures) + 1
        figures.append(figure)
    return figures


def _with_neighbours(chain: re.Match[str], setting: _Setting) -> tuple[Figure, int, str]:
    """A figure with its part and its scale, the power of that, and the half of the day said beside it."""
    plain, numerals = setting.plain, setting.numerals
    part = _PART_AFTER.match(plain, chain.end()) if setting.parts and chain.group().isdecimal() else None
    after = part.end() if part else chain.end()
    power, end = power_after(plain, after, numerals) if setting.scaled else (0, after)
    half = numerals.half_of_day(plain, chain.start(), chain.end()) if setting.clock else ""
    written = setting.text[chain.start() : end]
    if power or half:
        unit = plain[chain.end() : end].strip().lower() if power else ""
        figure = _figure(plain, chain, power, half, written, either=unit in numerals.either)
    else:
        figure = _bare(plain, chain, written)
    if part:
        figure = _with_part(figure, part, power)
    if plain[end : end + 1] == "折":
        figure = figure._replace(wholes=figure.wholes.union(discount(re.sub(r"\D", "", chain.group()))))
    return figure, power, half


def _bare(plain: str, chain: re.Match[str], written: str) -> Figure:
    """A figure that nothing beside it scales or puts into a half of the day."""
    digits, (start, end) = chain.group(), chain.span()
    wholes, parts, _ = _read_chain(digits)
    if (
        digits.endswith("00") and plain[end : end + 1] == "s" and digits.isdecimal() and len(digits) in _YEAR
    ):  # the 1800s
        wholes |= {of_digits(str(int(digits[:-2]) + 1))}
    return Figure(written, start, end, wholes, parts, _of_name(plain, start, end), digits == "00")


def _with_part(figure: Figure, part: re.Match[str], power: int) -> Figure:
    """A figure with the part beside it as one number, or as two where the words of the other text say so."""
    share = _share(part[1])
    wholes = frozenset(
        of_digits(str(_whole_number(whole)), share[0].rjust(-share[1], "0"), power)
        for whole in _read_chain(figure.text[: figure.end - figure.start])[0]
    )
    return figure._replace(end=part.end(), wholes=wholes, parts=(figure.wholes, frozenset({share})))


def _share(written: str) -> Value:
    """The value of a part: ½ or 1/2."""
    if len(written) == 1:
        decimal = str(unicodedata.numeric(written))
    else:
        decimal = str(int(written[0]) / int(written[2]))
    return of_digits("", decimal.partition(".")[2])


def _in_same_half(plain: str, chain: re.Match[str], figure: Figure, half: str) -> Figure:
    """An hour that may be in the half of the day that was said before it: 晚上6点45分 … 7点30分."""
    hour = chain.group()
    oclock = plain[chain.end() : chain.end() + 1] in _OCLOCK and hour.isdecimal() and len(hour) <= 2
    if half != "afternoon" or not oclock or int(hour) >= 12:
        return figure
    return figure._replace(wholes=figure.wholes | {of_digits(str(int(hour) + 12))})


def _in_century(plain: str, chain: re.Match[str], figure: Figure) -> Figure:
    """A figure that may be the century of a decade, which needs no counterpart, or the decade."""
    if _DECADE_AFTER.match(plain, chain.end()):
        return figure._replace(idle=True)
    century = _CENTURY_BEFORE.search(plain, max(0, chain.start() - 8), chain.start())
    if century is None or plain[chain.end() : chain.end() + 2] != "年代":
        return figure
    year = of_digits(str(int(century[1]) * 100 - 100 + int(chain.group()[:2])))
    return figure._replace(wholes=figure.wholes | {year})


def _continues(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a figure goes on with the one before it, as 5000 does in 1万5000."""
    end = before.start + len(before.text)
    return end == figure.start and bool(ideograph_power(text[end - 1])) and len(before.text) < 40


def _sum(text: str, before: Figure, figure: Figure) -> Figure:
    sums = {
        of_digits(str(first + second))
        for first in map(_whole_number, before.wholes)
        for second in map(_whole_number, figure.wholes)
    }
    joined = text[before.start : figure.start + len(figure.text)]
    return before._replace(text=joined, end=figure.end, wholes=frozenset(sums))


def _whole_number(value: Value) -> int:
    digits, power = value
    return int((digits + "0" * max(power, 0))[:60] or "0")


def _figure(plain: str, chain: re.Match[str], power: int, half: str, written: str, *, either: bool) -> Figure:
    text, start, end = chain.group(), chain.start(), chain.end()
    plain_wholes, parts, pieces = _read_chain(text)
    wholes = plain_wholes
    if power:
        wholes = frozenset((digits, exponent + power if digits else 0) for digits, exponent in plain_wholes)
        parts = () if plain_wholes else parts
        letters = written[len(text) :].strip()
        # "3m" may be metres, "€3m" and "3 M€" are money.
        one_letter = (
            len(letters) == 1 and letters.isascii() and not of_money(plain, start, start + len(written))
        )
        if one_letter or either:
            wholes |= plain_wholes
    if half and not (len(pieces[0]) <= 2 and 0 < int(pieces[0]) <= 12):
        half = ""
    if half:
        hour_value = of_digits(str(_hour(int(pieces[0]), half)))
        if parts:
            parts = (parts[0] | {hour_value}, *parts[1:])
        else:
            wholes |= {hour_value}
    return Figure(written, start, end, wholes, parts, _of_name(plain, start, end), text == "00", half)


@lru_cache(maxsize=_REMEMBERED)
def _read_chain(text: str) -> tuple[frozenset[Value], tuple[frozenset[Value], ...], tuple[str, ...]]:
    """The values of a chain of digits and marks as one number, those of its pieces, and the pieces.

    The values of pieces are told only where it may be several numbers.
    """
    wholes, pieces = frozenset(_readings(text)), tuple(_MARK.split(text))
    parts = _parts(text, pieces) if not wholes or _may_be_several(text, pieces) else ()
    if not wholes and not parts:
        wholes = _NOUGHT  # midnight, 00:00
    return wholes, parts, pieces


def wholes(chain: str) -> frozenset[Value]:
    """The values of a chain of digits and marks as one number."""
    return _read_chain(chain)[0]


def _may_be_several(text: str, pieces: Sequence[str]) -> bool:
    """Whether one number may also be several: "on 12 350 people", "3.30 p.m.", "12.05"."""
    if len(pieces) == 1:
        return False
    if any(map(str.isspace, text)):
        return not pieces[-1].startswith("0")  # no number of its own is written 000
    return len(pieces) == 2 and max(map(len, pieces)) <= 2


def _parts(text: str, pieces: Sequence[str]) -> tuple[frozenset[Value], ...]:
    """The values of the pieces; none where all are zero, as at midnight."""
    parts = tuple(frozenset({of_digits(piece)}) for piece in pieces)
    return parts if any(part != _NOUGHT for part in parts) or _ORDER_ONLY.isdisjoint(text) else ()


def needs(figure: Figure, piece: frozenset[Value]) -> bool:
    """Whether a piece of a figure needs a counterpart: the nought of 10:00 needs none, nor does 10 h 00."""
    return not figure.idle and (piece != _NOUGHT or _ORDER_ONLY.isdisjoint(figure.text) or not figure.parts)


def _hour(hour: int, half: str) -> int:
    """An hour of the twelve-hour clock on the other clock."""
    if half == "afternoon":
        return hour if hour == 12 else hour + 12
    return 0 if hour == 12 else hour


def _sharing(figure: Figure, power: int) -> Figure:
    wholes = figure.wholes | {(digits, exponent + power) for digits, exponent in figure.wholes if digits}
    return figure._replace(wholes=wholes)


def _readings(chain: str) -> Iterator[Value]:
    """Every value a chain of digits and marks may have as one number, in any locale."""
    marks = _MARK.findall(chain)
    if not marks:
        yield of_digits(chain)
        return
    if not _ORDER_ONLY.isdisjoint(marks):
        return
    pieces = _MARK.split(chain)
    one_mark = len(set(marks)) == 1
    if one_mark and _grouped(pieces):
        yield of_digits("".join(pieces))
    if marks[-1] in _DECIMAL and marks.count(marks[-1]) == 1 and (len(marks) == 1 or _grouped(pieces[:-1])):
        yield of_digits("".join(pieces[:-1]), pieces[-1])


def _grouped(pieces: list[str]) -> bool:
    """Whether pieces are digits in groups: of three, or of two before a last three (12,34,567)."""
    first, *rest = pieces
    if not rest:
        return True
    if first.startswith("0") or len(first) > 3 or len(rest[-1]) != 3:
        return False
    return all(len(piece) == 3 for piece in rest) or (
        len(first) <= 2 and all(len(piece) == 2 for piece in rest[:-1])
    )


def _of_name(plain: str, start: int, end: int) -> bool:
    """Whether a short number is part of a name, as in G20, COVID-19, po4a, i18n and mount(8)."""
    if end - start > 3 or not start or plain[start - 1] == " ":
        return False
    if plain[start - 1] == "(":
        return (
            end - start == 1 and plain[end : end + 1] == ")" and _COMMAND.search(plain, 0, start) is not None
        )
    before = plain[max(0, start - 2) : start].rstrip("-‑")
    return before[-1:].isupper() or plain[start - 1].islower()


def _without_addresses(text: str) -> str:
    """A text with spaces in the place of addresses, references to characters and long hexadecimal names."""
    if len(text) >= _SHORTEST_ID and _LONG_HEX.search(text) and _ID.search(text):
        text = _ID.sub(lambda match: " " * len(match.group()), text)
    if "&#" in text:
        text = _REFERENCE.sub(lambda match: " " * len(match.group()), text)
    if not may_stand(text):
        return text
    return "".join(" " * len(run.raw) if is_address(run) else run.raw for run in runs(text))
