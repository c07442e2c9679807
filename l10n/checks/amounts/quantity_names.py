"""The words and signs that name currencies, units and per cent, language by language."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import word_set

INSIDE = frozenset({"zh", "ja"})
"""The languages whose names stand within runs of letters."""

_KATAKANA = re.compile("[ァ-ヴー]+")
_STEMMED = frozenset({"ru", "ar"})
_COMPOUND = "de"
_SIGN_LENGTH = 3
_ARABIC_FRONT = re.compile("[وف]?(?:[بك]?ال|لل|[بكل])?")
_COUNTED = "(?<=[0-9０-９一二三四五六七八九十百千万萬亿億多余])"
# Names that stand inside other words (単元, 所有新元件, 楕円): what stands before them and behind them tells.
_LONGER = {
    "元": f"{_COUNTED}元",
    "新元": f"{_COUNTED}新元",
    "円": "(?<![楕同半])円(?![形弧陣卓柱盤周筒満環滑錐熟])",
    "ドル": "(?:(?<![ァ-ヴー])|(?<=カナダ)|(?<=ラリア)|(?<=ポール)|(?<=ランド))ドル(?![ァ-ヴー])",
    "ルーブル": "ルーブル(?![ァ-ヴー]|美術館|宮)",
    "卢布": "卢布(?!尔)",
    "克": "克(?![朗拉里罗什])",
    "升": "升(?![至到高级降])",
    **{unit: f"{unit}(?!时)" for unit in ("千瓦", "兆瓦", "吉瓦")},
}


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


@cache
def lexicon(language: str) -> dict[str, dict[str, Names]]:
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
    if language in INSIDE and words:
        longest = sorted(words, key=len, reverse=True)
        inside = re.compile("|".join(map(_within, longest)))
    return Names(
        frozenset(word for word in words if word[-1] != "*"),
        tuple(word[:-1] for word in words if word[-1] == "*"),
        unsure,
        inside,
    )


def _within(word: str) -> str:
    """A name as it is found within a run of letters; a foreign word of Japanese goes on in its letters."""
    if word in _LONGER:
        return _LONGER[word]
    return f"{word}(?![ァ-ヴー])" if _KATAKANA.fullmatch(word) else re.escape(word)


@cache
def currency_words(language: str) -> dict[str, list[tuple[str, Names]]]:
    """The currencies that a word may name, by its first three letters."""
    out: dict[str, list[tuple[str, Names]]] = {}
    for name, names in lexicon(language)["currencies"].items():
        for front in {word[:3] for word in (*names.words, *names.stems)}:
            out.setdefault(front, []).append((name, names))
    return out


@cache
def any_currency_inside(language: str) -> re.Pattern[str]:
    """Any name of a currency in a language that writes them within runs of letters."""
    patterns = (names.inside for names in lexicon(language)["currencies"].values())
    return re.compile(
        "|".join(pattern.pattern for pattern in patterns if pattern is not None and pattern.pattern)
    )


@lru_cache(maxsize=1 << 14)
def currencies_of(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """The currencies that a word in small letters names, and whether it has another meaning too."""
    for form in (word, _bare(word, language)):
        named = tuple(
            (name, form in names.unsure or _stem_unsure(names, form))
            for name, names in currency_words(language).get(form[:3], ())
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


@lru_cache(maxsize=1 << 12)
def unit_of(word: str, language: str) -> str:
    """The unit that a word in small letters names; nothing where it names none."""
    listed = unit_words(language)
    word = word if word in listed else _bare(word, language)
    if word in listed:
        return listed[word]
    if language in INSIDE or language in _STEMMED:
        for name, names in lexicon(language)["units"].items():
            if names.has(word) or (names.inside and names.inside.match(word)):
                return name
    return ""


@cache
def unit_words(language: str) -> dict[str, str]:
    """The units by the words and signs that name them."""
    by_word = {sign: names[0] for sign, names in _unit_signs().items()}
    for name, names in lexicon(language)["units"].items():
        by_word.update(dict.fromkeys(names.words, name))
    return by_word


def names_unit(text: str, language: str) -> bool:
    """Whether a text names a unit by a word, not a sign: a quick look."""
    if language in INSIDE:
        return _any_unit(language).search(text) is not None
    words = word_set(text)
    if not _unit_names(language).isdisjoint(words):
        return True
    return language in _STEMMED and any(_may_measure(word, language) for word in words)


@lru_cache(maxsize=1 << 14)
def _may_measure(word: str, language: str) -> bool:
    """Whether a word names a unit; no sign does."""
    return len(word) > _SIGN_LENGTH and bool(unit_of(word, language))


@cache
def _unit_names(language: str) -> frozenset[str]:
    """The words for units, those of squares in German as well, which writes them together."""
    names = {word for word in unit_words(language) if len(word) > _SIGN_LENGTH}
    return frozenset(names | {f"quadrat{word}" for word in names} if language == _COMPOUND else names)


@cache
def _any_unit(language: str) -> re.Pattern[str]:
    """Any word for a unit, where words stand within runs of letters."""
    patterns = (names.inside for names in lexicon(language)["units"].values())
    return re.compile("|".join(pattern.pattern for pattern in patterns if pattern is not None))


@cache
def currency_signs() -> dict[str, tuple[str, ...]]:
    """The currencies that each sign or code, in small letters, may stand for."""
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
