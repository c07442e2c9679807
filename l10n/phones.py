r"""Phone numbers as people write them, with or without a word before them that says so.

Without a ``+`` only what can be nothing else counts: numbers do not begin with a zero, and nobody puts
the first part of one in parentheses.  Dates and times begin with zeros, too, and are left alone::

    +33 1 44 55 66 77          with its country
    01 44 55 66 77             five pairs, as in France
    030 123456-7, 0800 123 456 the zero of an area
    (011) 4002-8922            an area in parentheses
    212-555-0147               three, three and four, as in America
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from l10n.patterns import lazy_pattern

_GAP = r"[ \u00a0\u202f]"
_ZERO = "[0\u0660\u06f0]"
# Chinese and Japanese write a number right beside a word.
_BEFORE = r"(?:(?<!\w)|(?<=[^\x00-\u2e7f]))"
_LETTER = r"(?=[\x00-\u2e7f])\w"
# A parenthesis within a number is that of an area, and closes behind it: "+44 (0)20", not "0199 (24 hours)".
_PARTED = r"(?:[\s.)/\u00a0\u202f-]{0,2}|[\s.\u00a0\u202f-]?\((?=\d{1,5}\)))"
_WITH_COUNTRY = rf"{_BEFORE}(?<!\+)(?:\+\s?\d|\(\+\d{{1,3}}\))(?:{_PARTED}\d){{6,14}}(?!\d)"
_PAIRS = rf"{_ZERO}\d(?:[ .\u00a0\u202f-]\d\d){{4}}"
_AREA = rf"{_ZERO}\d{{1,5}}(?:{_GAP}?[/-]{_GAP}?|{_GAP})\d{{2,8}}(?:[ \u00a0\u202f-]\d{{2,8}}){{0,4}}(?:-\d)?"
_ABROAD = rf"{_ZERO}{{2}}[1-9]\d{{0,2}}(?:[ \u00a0\u202f-]\d{{1,8}}){{1,5}}"
_FREE = rf"{_ZERO}(?:{_GAP}|[.-])[389]\d\d(?:[ .\u00a0\u202f-]\d{{2,3}}){{2,3}}"
_SIX = r"(?=(?:[- \u00a0\u202f]?\d){6})"
_IN_PARENTHESES = (
    rf"(?:\({_ZERO}\d{{1,4}}\){_GAP}?{_SIX}|(?:\d-?{_GAP}?)?\(\d{{2,5}}\){_GAP}?{_SIX}"
    rf"(?=[\d \u00a0\u202f]*-|\d{{6}}))\d{{2,8}}(?:[- \u00a0\u202f]\d{{2,4}}){{0,3}}"
)
_BY_THREE = r"(?:1[ .-])?(?:\d{3}-\d{3}-(?:\d{4}|\d\d-\d\d)|\d{3}\.\d{3}\.\d{4}|8-\d{3}-\d{3}-\d\d-\d\d)"
_LOCAL = (
    rf"{_BEFORE}(?<![+.,/-])(?:{_PAIRS}|{_FREE}|{_ABROAD}|{_AREA}|{_IN_PARENTHESES}|{_BY_THREE})"
    rf"(?!{_LETTER}|\+|[.,:/-]\d|{_GAP}?h\b)"
)
PATTERN = rf"{_WITH_COUNTRY}|{_LOCAL}"
"""A pattern that finds candidates; ``is_phone`` decides."""

# What every number without a country has in it, by a sign that stands there: `re` finds a pattern that begins
# with one sign many times as quickly as one that begins with a class.
_SIGNS = {
    **{
        sign: rf"{re.escape(sign)}(?<![\d.,].)(?:\d{{1,5}}\)?[ \u00a0\u202f./-]{{1,3}}|[ \u00a0\u202f.-])\d"
        for sign in "0(\u0660\u06f0"
    },
    **{sign: rf"{re.escape(sign)}(?<=[0-9]{{3}}{re.escape(sign)})[0-9]{{3}}[.-][0-9]{{2}}" for sign in "-."},
}
_TRUNK = lazy_pattern(rf"\(\s?{_ZERO}\s?\)")
_OR_ANOTHER = lazy_pattern(r"/\s?\d{1,3}$")
_DATE = lazy_pattern(rf"\d{{1,2}}(?:{_GAP}|[./-])\d{{1,2}}(?:{_GAP}|[./-])(?:\d\d){{1,2}}")
_FEWEST, _MOST = 8, 13
# What is dialled before an area within a country, by its calling code, where that is no zero; and the
# countries in which a zero stays when others call (ITU-T E.164, national numbering plans).
_PREFIXES = {"1": "1", "7": "8", "36": "06"}
_KEEPING = frozenset({"39", "225", "229", "241", "242", "378"})
_AMERICAN = 10


def may_be(text: str) -> bool:
    """Whether a text may contain a phone number: a cheap test before the pattern."""
    return "+" in text or _may_lack_country(text)


def _may_lack_country(text: str) -> bool:
    # A generator costs more than most of the searches.
    for sign, holds in _probes():  # noqa: SIM110
        if sign in text and holds(text):
            return True
    return False


def without_country(text: str) -> bool:
    """Whether there is a number without a country."""
    if len(text) < _FEWEST or not _may_lack_country(text):
        return False
    return any(is_phone(match[0]) for match in _without_country().finditer(text))


@cache
def _probes() -> tuple[tuple[str, Callable[[str], object]], ...]:
    return tuple((sign, re.compile(pattern).search) for sign, pattern in _SIGNS.items())


@cache
def _without_country() -> re.Pattern[str]:
    return re.compile(_LOCAL)


def is_phone(candidate: str) -> bool:
    """Whether what the pattern found has as many digits as a phone number and is no date."""
    digits = sum(map(str.isdecimal, candidate))
    return "+" in candidate or (_FEWEST <= digits <= _MOST and not _DATE().fullmatch(candidate))


def digits_of(text: str) -> str:
    """The digits of a text in any script, as European ones."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def e164(number: str, calling_code: str = "") -> str:
    """A number as the whole world dials it (ITU-T E.164), "" where that is not certain.

    It is not where the end may stand for a second number ("+41 22 555 01 10/11"), nor without a country, but
    for one whose ``calling_code`` is known ("+33").  A zero in parentheses is dialled within the country
    only, as is what a country puts before its areas::

        +33 (0)1 44 55 66 77       +33144556677
        01 44 55 66 77             +33144556677, with +33
    """
    if _OR_ANOTHER().search(number):
        return ""
    dialled = digits_of(_TRUNK().sub("", number))
    if not number.lstrip("(").startswith("+"):
        dialled = _abroad(number, dialled, calling_code.lstrip("+"))
    return f"+{dialled}" if 7 <= len(dialled) <= 15 and dialled[0] != "0" else ""


def _abroad(number: str, dialled: str, country: str) -> str:
    """The digits of a number without its country as others dial it, "" where that is not certain."""
    if not country or dialled.startswith("00"):
        return ""
    prefix = _PREFIXES.get(country, "0")
    if country == "1":
        area = dialled.removeprefix(prefix) if len(dialled) > _AMERICAN else dialled
        return f"1{area}" if len(area) == _AMERICAN else ""
    if dialled.startswith(prefix):
        return country + (dialled if country in _KEEPING else dialled[len(prefix) :])
    return country + dialled if number.startswith("(") else ""
