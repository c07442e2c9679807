"""Currencies, units and percentages of the source are those of the target."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import NamedTuple

from l10n.checks.data_files import table
from l10n.checks.mismatches import Place, mismatch_findings
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
    **{unit: f"{unit}(?!时)" for unit in ("千瓦", "兆瓦", "吉瓦")},
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


class Measure(NamedTuple):
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
    source_language, target_language = pair.languages
    if source_language not in _KNOWN or target_language not in _KNOWN or source_language == target_language:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    yield from _compared(
        pair, currencies(source, source_language), currencies(target, target_language), lone=True
    )
    source_units = units(source, source_language)
    target_units = units(target, target_language) if source_units else ()
    changed = list(_compared(pair, source_units, target_units, lone=False))
    yield from changed or _other_unit(pair, source_units, target_units)
    yield from _percent(pair, source, target, source_language, target_language)


def _compared(
    pair: Pair, source_measures: Sequence[Measure], target_measures: Sequence[Measure], *, lone: bool
) -> Iterator[Finding]:
    if not source_measures and not target_measures:
        return
    source, target = pair.source_plain, pair.target_plain
    target_names = {measure.name for measure in target_measures}
    source_names = {measure.name for measure in source_measures}
    missing = _first_of_each(
        [measure for measure in source_measures if measure.sure and measure.name not in target_names]
    )
    added = _first_of_each(
        [measure for measure in target_measures if measure.sure and measure.name not in source_names]
    )
    if added and not missing:
        missing = _none_of(source_measures, target_names)
    yield from mismatch_findings(
        ID,
        pair,
        [(measure.start, measure.end) for measure in missing],
        [(measure.start, measure.end) for measure in added],
    )
    for lost in [measure for measure in missing[len(added) :] if not measure.doubt] if lone else ():
        values = (("source", source.text[lost.start : lost.end]),)
        yield Finding(ID, Severity.WARNING, _MISSING, 0, 0, None, values, *source.span(lost.start, lost.end))
    if lone and added and not missing and source_names:
        yield from _recounted(pair, source_measures, added)
    unexplained = lone and not missing and not source_names
    for new in [measure for measure in added if not measure.doubt] if unexplained else ():
        values = (("target", target.text[new.start : new.end]),)
        yield Finding(ID, Severity.WARNING, _ADDED, *target.span(new.start, new.end), None, values)


def _recounted(pair: Pair, source_currencies: Sequence[Measure], added: list[Measure]) -> Iterator[Finding]:
    """A sum of the source that another currency counts in the target: "12 to 35 euros", "$12 and €35"."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_numbers = set(_NUMBER.findall(source))
    for new in added:
        sum_ = _NUMBER.match(target, new.end) or _last_number(target, new.start)
        if sum_ and sum_.group() in source_numbers:
            first = source_currencies[0]
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
    numbers = list(_NUMBER.finditer(text, max(0, end - _BY_NUMBER), end))
    return numbers[-1] if numbers else None


def _other_unit(
    pair: Pair, source_units: tuple[Measure, ...], target_units: tuple[Measure, ...]
) -> Iterator[Finding]:
    """A number that another unit counts, which the source has as well: 3,400 tonnes, 500 kilograms."""
    if len({unit.name for unit in source_units}) < 2 and len({unit.name for unit in target_units}) < 2:
        return
    source_by_number = _by_number(pair.source_plain.text, source_units)
    target_by_number = _by_number(pair.target_plain.text, target_units)
    for number in source_by_number.keys() & target_by_number.keys():
        in_source, in_target = source_by_number[number], target_by_number[number]
        if {unit.name for unit in in_source}.isdisjoint(unit.name for unit in in_target):
            place, span = (in_source[0].start, in_source[0].end), (in_target[0].start, in_target[0].end)
            yield from mismatch_findings(ID, pair, [place], [span], severity=Severity.WARNING)
            return


def _by_number(text: str, measures: tuple[Measure, ...]) -> dict[str, list[Measure]]:
    """The units by the digits of the number that each counts."""
    by_number: dict[str, list[Measure]] = {}
    for measure in measures:
        numbers = _GROUPED.findall(text, max(0, measure.start - _BY_NUMBER), measure.start)
        if numbers:
            by_number.setdefault("".join(filter(str.isdecimal, numbers[-1])), []).append(measure)
    return by_number


def _none_of(measures: Sequence[Measure], other_names: set[str]) -> list[Measure]:
    """A sign of several currencies (¥), where the other text has none of them: once for all its names."""
    unsure = [measure for measure in measures if not measure.sure and not measure.doubt]
    lost = {measure.start: measure for measure in unsure}
    answered = {measure.start for measure in unsure if measure.name in other_names}
    return [measure for start, measure in lost.items() if start not in answered][:1]


def _first_of_each(measures: list[Measure]) -> list[Measure]:
    """The first of each name."""
    return list({measure.name: measure for measure in reversed(measures)}.values())[::-1]


@per_text
def currencies(text: str, language: str) -> tuple[Measure, ...]:
    """Signs and codes, and names; ¥ is yen or yuan, so it is a sign of both and sure of neither."""
    return tuple(_currencies(text, language))


def _currencies(text: str, language: str) -> Iterator[Measure]:
    for match in _SIGN.finditer(text) if _SIGNS.search(text) or _THREE_CAPITALS.search(text) else ():
        for name in _signs().get(match.group().lower(), ()) or _signs().get(match.group()[-1], ()):
            yield Measure(name, *match.span(), sure=match.group()[-1] != "¥")
    if language in _INSIDE:
        yield from _currencies_inside(text, language)
    elif language != "ar" and _words(language).keys().isdisjoint(heads(text)):
        return
    elif any(map(_currencies_of, word_set(text), repeat(language))):
        for word, start, end in spans(text):
            for name, doubt in _currencies_of(word, language):
                yield Measure(name, start, end, not doubt or _counted(text, start), doubt)


def _currencies_inside(text: str, language: str) -> Iterator[Measure]:
    if not _any_inside(language).search(text):
        return
    for name, names in _lexicon(language)["currencies"].items():
        for match in names.inside.finditer(text) if names.inside is not None else ():
            unsure = name == "yuan" and not _counted(text, match.start())
            yield Measure(name, *match.span(), sure=not unsure and match.group() not in names.unsure)


@cache
def _any_inside(language: str) -> re.Pattern[str]:
    """Any name of a currency in a language that writes them within runs of letters."""
    patterns = (names.inside for names in _lexicon(language)["currencies"].values())
    return re.compile(
        "|".join(pattern.pattern for pattern in patterns if pattern is not None and pattern.pattern)
    )


@lru_cache(maxsize=1 << 14)
def _currencies_of(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """The currencies that a word in small letters names, and whether it has another meaning too."""
    for form in (word, _bare(word, language)):
        named = tuple(
            (name, form in names.unsure or _stem_unsure(names, form))
            for name, names in _words(language).get(form[:3], ())
            if names.has(form)
        )
        if named:
            return named
    return ()


def _bare(word: str, language: str) -> str:
    """A word without the small words that Arabic writes on to its front, where more than two letters stay."""
    if language != "ar":
        return word
    front = _ARABIC_FRONT.match(word)
    end = front.end() if front else 0
    return word[end:] if len(word) - end > 2 else word


def _stem_unsure(names: Names, word: str) -> bool:
    return any(stem.endswith("*") and word.startswith(stem[:-1]) for stem in names.unsure)


def _counted(text: str, start: int) -> bool:
    return any(map(str.isdigit, text[max(0, start - _BY_NUMBER) : start]))


@per_text
def units(text: str, language: str) -> tuple[Measure, ...]:
    """Units that stand right after a number in digits; a square or cubic one is another."""
    measures = []
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
            measures.append(Measure(name + (power or _power_after(text, end)), start, end))
    return tuple(measures)


def _unit_places(text: str, language: str) -> Iterator[re.Match[str]]:
    """The words that stand right after a number in digits, the scale of one, or a number in words."""
    numerals = load(language)
    if _DIGITS.search(text) is not None:
        for match in _UNIT.finditer(text):
            scaled = language not in _INSIDE and match[1].lower() in numerals.scales
            after = _SCALED().match(text, match.end()) if scaled else match
            if after is not None:
                yield after
    if _measures(text, language):
        for _, _, end in counted(text, numerals, small=True):
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
    unit_words = _unit_words(language)
    word = word if word in unit_words else _bare(word, language)
    if word in unit_words:
        return unit_words[word]
    if language in _INSIDE or language in _STEMMED:
        for name, names in _lexicon(language)["units"].items():
            if names.has(word) or (names.inside and names.inside.match(word)):
                return name
    return ""


def counts(text: str, start: int, language: str) -> bool:
    """Whether a number counts money, a unit, per cent or millions: by what is written before or after it."""
    match = _NUMBER.match(text, start)
    if match is None:
        return False
    after = text[match.end() : match.end() + _PERCENT_REACH].lstrip("\u00a0\u202f ")
    if after[:1] in _COUNTING or text[start - 1 : start] in _MONEY or _POINTED.match(text, match.end()):
        return True
    if language in _INSIDE:
        return after[:1] in _LARGE or any(
            names.inside is not None and names.inside.match(after)
            for group in ("currencies", "units", "percent")
            for names in _lexicon(language)[group].values()
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
        or _lexicon(language)["percent"][""].has(word)
    )


def _percent(
    pair: Pair, source: str, target: str, source_language: str, target_language: str
) -> Iterator[Finding]:
    in_source, in_target = _has(source, source_language, "percent"), _has(target, target_language, "percent")
    if not in_source and not in_target:
        return
    if in_source and in_target:
        if finding := _point_for_cent(pair, source_language, target_language):
            yield finding
            return
        source_points = _has(source, source_language, "points")
        target_points = _has(target, target_language, "points")
        if source_points and not target_points and _pointed(source, source_language):
            yield _share(pair, _POINTS)
        elif target_points and not source_points and _pointed(target, target_language):
            yield _share(pair, _NEW_POINTS)
    elif in_source and _counts_anew(source, source_language, target):
        yield _share(pair, _NO_PERCENT)
    elif in_target and _counts_anew(target, target_language, source):
        yield _share(pair, _NEW_PERCENT)


def _point_for_cent(pair: Pair, source_language: str, target_language: str) -> Finding | None:
    """A number that counts points in one text and per cent in the other."""
    source, target = pair.source_plain, pair.target_plain
    points, cents = _shares(source.text, source_language)
    new_points, new_cents = _shares(target.text, target_language)
    for template, source_places, target_places, same_kind in (
        (_POINTS, points, new_cents, new_points),
        (_NEW_POINTS, cents, new_points, new_cents),
    ):
        for number in source_places.keys() & target_places.keys() - same_kind.keys():
            span, place = target.span(*target_places[number]), source.span(*source_places[number])
            return Finding(ID, Severity.WARNING, template, *span, None, (), *place)
    return None


def _shares(text: str, language: str) -> tuple[dict[str, Place], dict[str, Place]]:
    """The numbers that count points, and those that count per cent, each with its place."""
    points: dict[str, Place] = {}
    cents: dict[str, Place] = {}
    names = _lexicon(language)["percent"][""]
    for match in _NUMBER.finditer(_plain_digits(text)):
        number, after = match.group().replace(",", "."), text[match.end() : match.end() + _PERCENT_REACH]
        if _POINTED.match(after):
            points.setdefault(number, match.span())
        elif _SIGN_AFTER.match(after) or any(names.has(word) for word in word_list(after)[:2]):
            cents.setdefault(number, match.span())
    return points, cents


def _share(pair: Pair, template: str) -> Finding:
    """A warning at the per cent sign of either text, where it has one."""
    signs = (_SHARE.search(pair.target_plain.text), _SHARE.search(pair.source_plain.text))
    span, place = (
        text.span(*sign.span()) if sign else (0, 0)
        for sign, text in zip(signs, (pair.target_plain, pair.source_plain), strict=True)
    )
    return Finding(ID, Severity.WARNING, template, *span, None, (), *place)


def _counts_anew(text: str, language: str, other_text: str) -> bool:
    """Whether the number of a share stands in the other text, where it counts something else.

    Where it does not, the share was said another way: 50 % is a half.
    """
    names = _lexicon(language)["percent"][""]
    other_numbers = set(_DIGITS.findall(_plain_digits(other_text)))
    for match in _DIGITS.finditer(_plain_digits(text)):
        after = text[match.end() : match.end() + _PERCENT_REACH]
        if match.group() in other_numbers and (_SIGN_AFTER.match(after) or _worded(after, names)):
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
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text
    )


def _pointed(text: str, language: str) -> bool:
    """Whether the points stand right beside the per cent."""
    if language in _INSIDE:
        return "百分点" in text
    if language == "ar":
        return any(words in text for words in _ARABIC_POINTS)
    percent, points = _lexicon(language)["percent"][""], _lexicon(language)["points"][""]
    row = [word for word, _, _ in spans(text)]
    return any(
        points.has(point) and any(percent.has(word) for word in row[max(0, at - 2) : at + 3])
        for at, point in enumerate(row)
    )


@per_text
def _has(text: str, language: str, group: str) -> bool:
    if group == "percent" and _PERCENT_SIGNS.search(text):
        return True
    names = _lexicon(language)[group][""]
    if names.inside is not None:
        return names.inside.search(text) is not None
    if not names.words.isdisjoint(word_set(text)):
        return True
    return bool(names.stems) and any(map(str.startswith, word_set(text), repeat(names.stems)))


@cache
def _lexicon(language: str) -> dict[str, dict[str, Names]]:
    """The names of one language: by group, then by thing."""
    raw = table("measures")
    out = {
        group: {name: _names(row, language) for name, row in raw[group].items()}
        for group in ("currencies", "units")
    }
    for group in ("percent", "points"):
        out[group] = {"": _names(raw[group], language)}
    return out


def _names(row: dict[str, str], language: str) -> Names:
    words = [word.replace("_", " ") for word in row.get(language, "").split()]
    unsure = frozenset(row.get("unsure", "").split())
    inside = None
    if language in _INSIDE and words:
        longest = sorted(words, key=len, reverse=True)
        inside = re.compile("|".join(_LONGER.get(word, re.escape(word)) for word in longest))
    return Names(
        frozenset(word for word in words if word[-1] != "*"),
        tuple(word[:-1] for word in words if word[-1] == "*"),
        unsure,
        inside,
    )


@cache
def _unit_words(language: str) -> dict[str, str]:
    """The units by the words and signs that name them."""
    by_word = {sign: names[0] for sign, names in _unit_signs().items()}
    for name, names in _lexicon(language)["units"].items():
        by_word.update(dict.fromkeys(names.words, name))
    return by_word


def _measures(text: str, language: str) -> bool:
    """Whether a text names a unit by a word, not a sign: a quick look."""
    if language in _INSIDE:
        return _any_unit(language).search(text) is not None
    words = word_set(text)
    if not _unit_names(language).isdisjoint(words):
        return True
    return language in _STEMMED and any(_may_measure(word, language) for word in words)


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
    patterns = (names.inside for names in _lexicon(language)["units"].values())
    return re.compile("|".join(pattern.pattern for pattern in patterns if pattern is not None))


@cache
def _words(language: str) -> dict[str, list[tuple[str, Names]]]:
    """The currencies that a word may name, by its first three letters."""
    out: dict[str, list[tuple[str, Names]]] = {}
    for name, names in _lexicon(language)["currencies"].items():
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
    for name, row in table("measures")[group].items():
        for sign in row.get("signs", "").split():
            out[sign] = (*out.get(sign, ()), name)
    return out
