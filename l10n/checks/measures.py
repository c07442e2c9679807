"""Currencies, units and percentages of the source are those of the target."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import NamedTuple

from l10n.checks.data_files import table
from l10n.checks.mismatches import mismatch_findings
from l10n.checks.numerals import counted, load
from l10n.checks.pair import Example, Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import heads, spans, word_list, word_set
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "measures"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Money, units and percentages are compared by name: “€40 million” and « 40 millions d’euros » agree. A "
    "currency or a unit that became another is reported; a converted one may stand beside the original. A "
    "currency or per cent that stands on one side only gets a warning, and so do percentage points that "
    "became per cent."
)
BAD = Example("en", "It lent €40 million.", "fr", "Elle a prêté 40 millions de dollars.")
GOOD = Example("en", "It lent €40 million.", "fr", "Elle a prêté 40 millions d’euros.")

_MISSING = "{source} is missing"
_ADDED = "{target} is not in the source"
_NO_PERCENT = "the source speaks of per cent, the target does not"
_NEW_PERCENT = "the target speaks of per cent, the source does not"
_POINTS = "the source speaks of percentage points, the target of per cent"
_NEW_POINTS = "the target speaks of percentage points, the source of per cent"
_KNOWN = frozenset({"en", "fr", "es", "pt", "it", "de", "ru", "ar", "zh", "ja"})
_INSIDE = frozenset({"zh", "ja"})
_ARABIC_FRONT = re.compile("[وف]?(?:[بك]?ال|لل|[بكل])?")
_SIGN = re.compile(r"[A-Z]{0,3}[$€£¥₽₹円]|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SIGNS = re.compile("[$€£¥₽₹円]")
_THREE_CAPITALS = re.compile("[A-Z][A-Z][A-Z]")
# Names that stand inside other words (単元, フランス): what is counted before them, or not written on, tells.
_LONGER = {"元": "(?<=[0-9０-９一二三四五六七八九十百千万萬亿億多余])元", "フラン": "フラン(?!ス)"} | {
    "卢布": "卢布(?!尔)",
    "克": "克(?![朗拉里罗什])",
    "升": "升(?![至到高级降])",
    **{one: f"{one}(?!时)" for one in ("千瓦", "兆瓦", "吉瓦")},
}
_STEMMED = frozenset({"ru", "ar"})
_BY_NUMBER = 26  # characters between a number and the currency it counts: "3 milliards de livres"
_SHARE = re.compile(r"[0-9٠-٩][\s\u00a0\u202f]?[%٪％]")
_DEGREES = r"degrees?|degrés?|grados?|graus?|gradi|grad|градус(?:а|ов)?|درجات|درجة"
_UNIT = re.compile(rf"\d[\s\u00a0\u202f-]?(?:°\s?|(?:{_DEGREES})\s)?([^\W\d_]+)", re.IGNORECASE)
# What follows a word of scale: 4.3 million tonnes, 3 millions de tonnes.
_SCALED = lazy_pattern(r"[\s\u00a0\u202f]?(?:d[e’'][\s\u00a0]?|di[\s\u00a0])?([^\W\d_]+)")
# What makes a square or a cubic one of a unit: square kilometres, Quadratkilometer; kilomètres carrés, km².
_POWERED = lazy_pattern(
    r"(?:(square|sq|quadrat|квадратн\w+|кв|平方)|(?:cubic|kubik|кубическ\w+|куб|立方))\.?[\s\u00a0]?([^\W\d_]+)",
    re.IGNORECASE,
)
_POWER_AFTER = lazy_pattern(
    r"[\s\u00a0](?:(carr[ée]s?|cuadrad[oa]s?|quadrad[oa]s?|quadrat[oaei]|مربعة?|مربعا)|cubes?|cúbic[oa]s?"
    r"|cub[oi]|مكعبة?|مكعبا)\b"
)
_POWER_FRONTS = ("squ", "sq", "qua", "ква", "кв", "平方", "cub", "kub", "куб", "立方")
_POWER_SIGNS = {"²": "²", "2": "²", "³": "³", "3": "³"}
_DIGITS = re.compile(r"\d+")
_PERCENT_SIGNS = re.compile("[%٪％﹪]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(r"[0-9]+(?:[.,\u00a0\u202f ][0-9]+)*")
_COUNTING = frozenset("%％٪€$£¥°")
_MONEY = frozenset("€$£¥")
_LARGE = frozenset("万萬亿億百千")
_LARGE_FRONT = re.compile("[万萬亿億百千]+")
_SIGN_LENGTH = 3
_COMPOUND = "de"
_PER_HUNDRED = frozenset(
    {
        ("per", "cent"),
        ("pour", "cent"),
        ("por", "ciento"),
        ("por", "cento"),
        ("per", "cento"),
        ("في", "المائة"),
        ("في", "المئة"),
    }
)
_POINTED = re.compile(
    r"[\s\u00a0\u202f-]?(?:percentage points?|points? de pourcentage|puntos? porcentual|pontos? percentua"
    r"|punt[oi] percentual|prozentpunkt|процентн\w+ пункт|نقطة مئوية|نقاط مئوية|个?百分点|個百分點)",
    re.IGNORECASE,
)
_ARABIC_POINTS = ("نقطة مئوية", "نقاط مئوية", "نقطتين مئويتين", "نقطتان مئويتان")
_PERCENT_REACH = 24  # characters after a number in which the word for per cent stands
_SIGN_AFTER = re.compile(r"(?:[.,٫]\d+)?[\s\u00a0\u202f]?[%٪％﹪]")

Place = tuple[int, int]
"""Where something stands in the words of a text."""


class Names(NamedTuple):
    """How one language names one thing.

    ``words`` and ``unsure`` are whole words, ``stems`` what longer words begin with; ``inside``
    holds the expression for names that stand within runs of letters.
    """

    words: frozenset[str]
    stems: tuple[str, ...]
    unsure: frozenset[str]
    inside: re.Pattern[str] | None

    def has(self, word: str) -> bool:
        """Whether a word in small letters is a name of the thing."""
        return word in self.words or bool(self.stems and word.startswith(self.stems))


class Seen(NamedTuple):
    """A currency or unit in a text, with its place.

    One that is not ``sure`` only accounts for others; ``doubt`` says that its word has another meaning
    too, so that it is not missed by itself.
    """

    name: str
    start: int
    end: int
    sure: bool = True
    doubt: bool = False


def run(pair: Pair) -> Iterator[Finding]:
    """Nothing for a language whose names are not in the table."""
    ours, theirs = pair.languages
    if ours not in _KNOWN or theirs not in _KNOWN or ours == theirs:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    yield from _compared(pair, currencies(source, ours), currencies(target, theirs), lone=True)
    wanted = units(source, ours)
    given = units(target, theirs) if wanted else ()
    changed = list(_compared(pair, wanted, given, lone=False))
    yield from changed or _other_unit(pair, wanted, given)
    yield from _percent(pair, source, target, ours, theirs)


def _compared(pair: Pair, wanted: Sequence[Seen], given: Sequence[Seen], *, lone: bool) -> Iterator[Finding]:
    if not wanted and not given:
        return
    source, target = pair.source_plain, pair.target_plain
    there, asked = {one.name for one in given}, {one.name for one in wanted}
    missing = _each([one for one in wanted if one.sure and one.name not in there])
    added = _each([one for one in given if one.sure and one.name not in asked])
    if added and not missing:
        missing = _none_of(wanted, there)
    yield from mismatch_findings(
        ID, pair, [(one.start, one.end) for one in missing], [(one.start, one.end) for one in added]
    )
    for lost in [one for one in missing[len(added) :] if not one.doubt] if lone else ():
        values_ = (("source", source.text[lost.start : lost.end]),)
        yield Finding(ID, Severity.WARNING, _MISSING, 0, 0, None, values_, *source.span(lost.start, lost.end))
    if lone and added and not missing and asked:
        yield from _recounted(pair, wanted, added)
    for new in [one for one in added if not one.doubt] if lone and not missing and not asked else ():
        values_ = (("target", target.text[new.start : new.end]),)
        yield Finding(ID, Severity.WARNING, _ADDED, *target.span(new.start, new.end), None, values_)


def _recounted(pair: Pair, wanted: Sequence[Seen], added: list[Seen]) -> Iterator[Finding]:
    """A sum of the source that another currency counts in the target: "12 to 35 euros", "$12 and €35"."""
    source, target = pair.source_plain.text, pair.target_plain.text
    there = set(_NUMBER.findall(source))
    for new in added:
        sum_ = _NUMBER.match(target, new.end) or _last_number(target, new.start)
        if sum_ and sum_.group() in there:
            first = wanted[0]
            yield from mismatch_findings(
                ID,
                pair,
                [(first.start, first.end)],
                [(new.start, new.end)],
                severity=Severity.WARNING,
            )
            return


def _last_number(text: str, end: int) -> re.Match[str] | None:
    """The last number that a currency may count: right before it, or a word of scale between them."""
    found = list(_NUMBER.finditer(text, max(0, end - _BY_NUMBER), end))
    return found[-1] if found else None


def _other_unit(pair: Pair, wanted: tuple[Seen, ...], given: tuple[Seen, ...]) -> Iterator[Finding]:
    """A number that another unit counts, which the source has as well: 3,400 tonnes, 500 kilograms."""
    if len({one.name for one in wanted}) < 2 and len({one.name for one in given}) < 2:
        return
    ours, theirs = _by_number(pair.source_plain.text, wanted), _by_number(pair.target_plain.text, given)
    for number in ours.keys() & theirs.keys():
        one, other = ours[number], theirs[number]
        if {seen.name for seen in one}.isdisjoint(seen.name for seen in other):
            place, span = (one[0].start, one[0].end), (other[0].start, other[0].end)
            yield from mismatch_findings(ID, pair, [place], [span], severity=Severity.WARNING)
            return


def _by_number(text: str, seen: tuple[Seen, ...]) -> dict[str, list[Seen]]:
    """The units by the digits of the number that each counts."""
    found: dict[str, list[Seen]] = {}
    for one in seen:
        numbers = _GROUPED.findall(text, max(0, one.start - _BY_NUMBER), one.start)
        if numbers:
            found.setdefault("".join(filter(str.isdecimal, numbers[-1])), []).append(one)
    return found


def _none_of(wanted: Sequence[Seen], there: set[str]) -> list[Seen]:
    """A sign of several currencies (¥), where the other text has none of them: once for all its names."""
    unsure = [one for one in wanted if not one.sure and not one.doubt]
    lost = {one.start: one for one in unsure}
    kept = {one.start for one in unsure if one.name in there}
    return [one for start, one in lost.items() if start not in kept][:1]


def _each(seen: list[Seen]) -> list[Seen]:
    """The first of each name."""
    return list({one.name: one for one in reversed(seen)}.values())[::-1]


@per_text
def currencies(text: str, language: str) -> tuple[Seen, ...]:
    """Signs and codes, and names; ¥ is yen or yuan, so it is a sign of both and sure of neither."""
    return tuple(_currencies(text, language))


def _currencies(text: str, language: str) -> Iterator[Seen]:
    for found in _SIGN.finditer(text) if _SIGNS.search(text) or _THREE_CAPITALS.search(text) else ():
        for name in _signs().get(found.group().lower(), ()) or _signs().get(found.group()[-1], ()):
            yield Seen(name, *found.span(), sure=found.group()[-1] != "¥")
    if language in _INSIDE:
        yield from _currencies_inside(text, language)
    elif language != "ar" and _words(language).keys().isdisjoint(heads(text)):
        return
    elif any(map(_currencies_of, word_set(text), repeat(language))):
        for word, start, end in spans(text):
            for name, doubt in _currencies_of(word, language):
                yield Seen(name, start, end, not doubt or _counted(text, start), doubt)


def _currencies_inside(text: str, language: str) -> Iterator[Seen]:
    if not _any_inside(language).search(text):
        return
    for name, names in _table(language)["currencies"].items():
        for found in names.inside.finditer(text) if names.inside is not None else ():
            unsure = name == "yuan" and not _counted(text, found.start())
            yield Seen(name, *found.span(), sure=not unsure and found.group() not in names.unsure)


@cache
def _any_inside(language: str) -> re.Pattern[str]:
    """Any name of a currency in a language that writes them within runs of letters."""
    every = (names.inside for names in _table(language)["currencies"].values())
    return re.compile("|".join(one.pattern for one in every if one is not None and one.pattern))


@lru_cache(maxsize=1 << 14)
def _currencies_of(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """The currencies that a word in small letters names, and whether it has another meaning too."""
    for said in (word, _bare(word, language)):
        found = tuple(
            (name, said in names.unsure or _stem_unsure(names, said))
            for name, names in _words(language).get(said[:3], ())
            if names.has(said)
        )
        if found:
            return found
    return ()


def _bare(word: str, language: str) -> str:
    """A word without the small words that Arabic writes on to its front, where more than two letters stay."""
    if language != "ar":
        return word
    front = _ARABIC_FRONT.match(word)
    end = front.end() if front else 0
    return word[end:] if len(word) - end > 2 else word


def _stem_unsure(names: Names, word: str) -> bool:
    return any(one.endswith("*") and word.startswith(one[:-1]) for one in names.unsure)


def _counted(text: str, start: int) -> bool:
    return any(map(str.isdigit, text[max(0, start - _BY_NUMBER) : start]))


@per_text
def units(text: str, language: str) -> tuple[Seen, ...]:
    """Units that stand right after a number in digits; a square or cubic one is another."""
    found = []
    for match in _unit_places(text, language):
        word, start, end, power = match[1].lower(), *match.span(1), ""
        if language in _INSIDE and (scaled := _LARGE_FRONT.match(word)) and not _unit(word, language):
            word, start = word[scaled.end() :], start + scaled.end()
        if word.startswith(_POWER_FRONTS) and (powered := _POWERED().match(text, start)):
            word, (start, end), power = powered[2].lower(), powered.span(2), "²" if powered[1] else "³"
        if word and word[-1] in _POWER_SIGNS:
            word, power, end = word[:-1], _POWER_SIGNS[word[-1]], end - 1
        name = _unit(word, language) if word else ""
        if name:
            found.append(Seen(name + (power or _power_after(text, end)), start, end))
    return tuple(found)


def _unit_places(text: str, language: str) -> Iterator[re.Match[str]]:
    """The words that stand right after a number in digits, the scale of one, or a number in words."""
    known = load(language)
    if _DIGITS.search(text) is not None:
        for match in _UNIT.finditer(text):
            scaled = language not in _INSIDE and match[1].lower() in known.scales
            after = _SCALED().match(text, match.end()) if scaled else match
            if after is not None:
                yield after
    if _measures(text, language):
        for _, _, end in counted(text, known, small=True):
            after = _SCALED().match(text, end)
            if after is not None:
                yield after


def _power_after(text: str, end: int) -> str:
    """The power that stands behind a unit, as a sign or a word."""
    sign = _POWER_SIGNS.get(text[end : end + 1])
    if sign:
        return sign if not text[end + 1 : end + 2].isdigit() else ""
    after = _POWER_AFTER().match(text, end)
    return "" if after is None else "²" if after[1] else "³"


@lru_cache(maxsize=1 << 12)
def _unit(word: str, language: str) -> str:
    """The unit that a word in small letters names; nothing where it names none."""
    whole = _unit_words(language)
    word = word if word in whole else _bare(word, language)
    if word in whole:
        return whole[word]
    if language in _INSIDE or language in _STEMMED:
        for name, one in _table(language)["units"].items():
            if one.has(word) or (one.inside and one.inside.match(word)):
                return name
    return ""


def counts(text: str, start: int, language: str) -> bool:
    """Whether a number counts money, a unit, per cent or millions: by what is written before or after it."""
    found = _NUMBER.match(text, start)
    if found is None:
        return False
    after = text[found.end() : found.end() + _PERCENT_REACH].lstrip("\u00a0\u202f ")
    if after[:1] in _COUNTING or text[start - 1 : start] in _MONEY or _POINTED.match(text, found.end()):
        return True
    if language in _INSIDE:
        return after[:1] in _LARGE or any(
            one.inside is not None and one.inside.match(after)
            for group in ("currencies", "units", "percent")
            for one in _table(language)[group].values()
        )
    first = word_list(after)[:1]
    if not first or not after[0].isalpha():
        return False
    word = first[0]
    return (
        (len(word) > 1 and word in load(language).scales)
        or (len(word) > 1 and word in _unit_words(language))
        or bool(_currencies_of(word, language))
        or word_list(after)[:2] in _PER_HUNDRED
        or _table(language)["percent"][""].has(word)
    )


def _percent(pair: Pair, source: str, target: str, ours: str, theirs: str) -> Iterator[Finding]:
    one, other = _has(source, ours, "percent"), _has(target, theirs, "percent")
    if not one and not other:
        return
    if one and other:
        if told := _point_for_cent(pair, ours, theirs):
            yield told
            return
        before, after = _has(source, ours, "points"), _has(target, theirs, "points")
        if before and not after and _pointed(source, ours):
            yield _share(pair, _POINTS)
        elif after and not before and _pointed(target, theirs):
            yield _share(pair, _NEW_POINTS)
    elif one and _counts_anew(source, ours, target):
        yield _share(pair, _NO_PERCENT)
    elif other and _counts_anew(target, theirs, source):
        yield _share(pair, _NEW_PERCENT)


def _point_for_cent(pair: Pair, ours: str, theirs: str) -> Finding | None:
    """A number that counts points in one text and per cent in the other."""
    source, target = pair.source_plain, pair.target_plain
    (points, cents), (new_points, new_cents) = _shares(source.text, ours), _shares(target.text, theirs)
    for said, wanted, given, same in (
        (_POINTS, points, new_cents, new_points),
        (_NEW_POINTS, cents, new_points, new_cents),
    ):
        for number in wanted.keys() & given.keys() - same.keys():
            span, place = target.span(*given[number]), source.span(*wanted[number])
            return Finding(ID, Severity.WARNING, said, *span, None, (), *place)
    return None


def _shares(text: str, language: str) -> tuple[dict[str, Place], dict[str, Place]]:
    """The numbers that count points, and those that count per cent, each with its place."""
    points: dict[str, Place] = {}
    cents: dict[str, Place] = {}
    names = _table(language)["percent"][""]
    for found in _NUMBER.finditer(_plain_digits(text)):
        number, after = found.group().replace(",", "."), text[found.end() : found.end() + _PERCENT_REACH]
        if _POINTED.match(after):
            points.setdefault(number, found.span())
        elif _SIGN_AFTER.match(after) or any(names.has(word) for word in word_list(after)[:2]):
            cents.setdefault(number, found.span())
    return points, cents


def _share(pair: Pair, said: str) -> Finding:
    """A warning at the per cent sign of either text, where it has one."""
    signs = (_SHARE.search(pair.target_plain.text), _SHARE.search(pair.source_plain.text))
    span, place = (
        text.span(*sign.span()) if sign else (0, 0)
        for sign, text in zip(signs, (pair.target_plain, pair.source_plain), strict=True)
    )
    return Finding(ID, Severity.WARNING, said, *span, None, (), *place)


def _counts_anew(text: str, language: str, other: str) -> bool:
    """Whether the number of a share stands in the other text, where it counts something else.

    Where it does not, the share was said another way: 50 % is a half.
    """
    names = _table(language)["percent"][""]
    there = set(_DIGITS.findall(_plain_digits(other)))
    for found in _DIGITS.finditer(_plain_digits(text)):
        after = text[found.end() : found.end() + _PERCENT_REACH]
        if found.group() in there and (_SIGN_AFTER.match(after) or _worded(after, names)):
            return True
    return False


def _worded(after: str, names: Names) -> bool:
    """Whether one of the next two words is one for per cent."""
    if names.inside is not None:
        return False
    return any(names.has(word) for word in word_list(after)[:2])


def _plain_digits(text: str) -> str:
    """The same text with the digits of every script as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def _pointed(text: str, language: str) -> bool:
    """Whether the points stand right beside the per cent."""
    if language in _INSIDE:
        return "百分点" in text
    if language == "ar":
        return any(words in text for words in _ARABIC_POINTS)
    percent, points = _table(language)["percent"][""], _table(language)["points"][""]
    row = [word for word, _, _ in spans(text)]
    return any(
        points.has(one) and any(percent.has(word) for word in row[max(0, at - 2) : at + 3])
        for at, one in enumerate(row)
    )


@per_text
def _has(text: str, language: str, what: str) -> bool:
    if what == "percent" and _PERCENT_SIGNS.search(text):
        return True
    names = _table(language)[what][""]
    if names.inside is not None:
        return names.inside.search(text) is not None
    if not names.words.isdisjoint(word_set(text)):
        return True
    return bool(names.stems) and any(map(str.startswith, word_set(text), repeat(names.stems)))


@cache
def _raw() -> dict[str, dict[str, dict[str, str]]]:
    return table("measures")


@cache
def _table(language: str) -> dict[str, dict[str, Names]]:
    """The names of one language: by group, then by thing."""
    raw = _raw()
    out = {
        group: {name: _names(row, language) for name, row in raw[group].items()}
        for group in ("currencies", "units")
    }
    for group in ("percent", "points"):
        out[group] = {"": _names(raw[group], language)}  # type: ignore[arg-type]
    return out


def _names(row: dict[str, str], language: str) -> Names:
    said = [word.replace("_", " ") for word in row.get(language, "").split()]
    unsure = frozenset(row.get("unsure", "").split())
    inside = None
    if language in _INSIDE and said:
        longest = sorted(said, key=len, reverse=True)
        inside = re.compile("|".join(_LONGER.get(one, re.escape(one)) for one in longest))
    return Names(
        frozenset(word for word in said if word[-1] != "*"),
        tuple(word[:-1] for word in said if word[-1] == "*"),
        unsure,
        inside,
    )


@cache
def _unit_words(language: str) -> dict[str, str]:
    """The units by the words and signs that name them."""
    found = {sign: names[0] for sign, names in _unit_signs().items()}
    for name, one in _table(language)["units"].items():
        found.update(dict.fromkeys(one.words, name))
    return found


def _measures(text: str, language: str) -> bool:
    """Whether a text names a unit by a word, not a sign: a quick look."""
    if language in _INSIDE:
        return _any_unit(language).search(text) is not None
    there = word_set(text)
    if not _unit_names(language).isdisjoint(there):
        return True
    return language in _STEMMED and any(_may_measure(word, language) for word in there)


@lru_cache(maxsize=1 << 14)
def _may_measure(word: str, language: str) -> bool:
    """Whether a word names a unit; no sign does."""
    return len(word) > _SIGN_LENGTH and bool(_unit(word, language))


@cache
def _unit_names(language: str) -> frozenset[str]:
    """The words for units, those of squares in German as well, which writes them together."""
    names = {word for word in _unit_words(language) if len(word) > _SIGN_LENGTH}
    return frozenset(names | {f"quadrat{word}" for word in names} if language == _COMPOUND else names)


@cache
def _any_unit(language: str) -> re.Pattern[str]:
    """Any word for a unit, where words stand within runs of letters."""
    every = (one.inside for one in _table(language)["units"].values())
    return re.compile("|".join(one.pattern for one in every if one is not None))


@cache
def _words(language: str) -> dict[str, list[tuple[str, Names]]]:
    """The currencies that a word may name, by its first three letters."""
    out: dict[str, list[tuple[str, Names]]] = {}
    for name, names in _table(language)["currencies"].items():
        for front in {word[:3] for word in (*names.words, *names.stems)}:
            out.setdefault(front, []).append((name, names))
    return out


@cache
def _signs() -> dict[str, tuple[str, ...]]:
    return _by_sign("currencies")


@cache
def _unit_signs() -> dict[str, tuple[str, ...]]:
    return _by_sign("units")


def _by_sign(group: str) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for name, said in _raw()[group].items():
        for sign in said.get("signs", "").split():
            out[sign] = (*out.get(sign, ()), name)
    return out
