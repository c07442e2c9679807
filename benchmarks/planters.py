"""What is planted: errors of one kind each, made of a right target.

The words are those that stand under the sentences, or those of `planters.toml` for sets without any; nothing
here asks the tables that the checks read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli


@dataclass(frozen=True, slots=True)
class Words:
    """What may be planted into the sentences of a language.

    `changed` has (word, what it becomes) by kind; the first that stands in a target is put in.  `out_too` has
    what goes with a negation that is taken out, a few words away.
    """

    language: str
    changed: Mapping[str, tuple[tuple[str, str], ...]]
    families: tuple[str, ...]
    out_too: tuple[str, str] = ("", "")


Planter = Callable[[str, str, Words], str | None]


@cache
def general(language: str) -> Words:
    """The words of `planters.toml`."""
    tables: dict[str, dict[str, Any]] = tomli.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    families = tuple(tables.pop("family")[language].split())
    negation, companion = tables.pop("also_out").get(language, ("", ""))
    changed = {kind: _rows(table.get(language, "")) for kind, table in tables.items()}
    return Words(language, changed, families, (negation, companion))


def _rows(text: str) -> tuple[tuple[str, str], ...]:
    rows = (row.replace("_", " ").partition("=") for row in text.split())
    return tuple((word, replacement) for word, _, replacement in rows)


def _by_table(kind: str) -> Planter:
    def plant(_: str, target: str, words: Words) -> str | None:
        for word, replacement in words.changed.get(kind, ()):
            bound = "" if words.language == "zh" or not word.isalpha() else r"\b"
            out, count = re.subn(bound + re.escape(word) + bound, lambda _: replacement, target, count=1)  # noqa: B023
            if count and kind == "negation" and words.out_too[0]:
                out = out.replace(*words.out_too)
            if count:
                return out
        return None

    return plant


def _digit(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"(?<![\w@/+])\d+(?=[\s\W])(?!\S*@)", target)
    if not match or "+41" in target:
        return None
    number = match.group()
    return target[: match.start()] + str((int(number[0]) + 3) % 9 + 1) + number[1:] + target[match.end() :]


def _number_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"(?<![\d.,\u00a0])\b\d{2,3}(?=\s?[^\W\d]{3,}|[所个吨人])", target)
    return target[: match.start()] + target[match.end() :].lstrip() if match else None


def _phone(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"\+[\d ]+\d", target)
    return (
        target[: match.end() - 1] + str((int(target[match.end() - 1]) + 1) % 10) + target[match.end() :]
        if match
        else None
    )


def _mail(_: str, target: str, __: Words) -> str | None:
    """A letter too few in whose address it is."""
    match = re.search(r"[a-z]+(?=@)", target)
    return target[: match.end() - 2] + target[match.end() - 1 :] if match else None


def _address(_: str, target: str, __: Words) -> str | None:
    """A letter too few in the path."""
    match = re.search(r"https://[^/\s]+/[a-z]+", target)
    return target[: match.end() - 1] + target[match.end() :] if match else None


def _code_out(_: str, target: str, __: Words) -> str | None:
    return target.replace("</1>", "") if "</1>" in target else None


_CLOCK = re.compile(r"(?<![\d.,:])(\d{1,2})(\s?[:.h点]\s?)([0-5]\d)(?![\d.:])")


def _minutes(_: str, target: str, words: Words) -> str | None:
    return _clock(target, words.language, lambda hour, minute: (hour, (minute + 20) % 60))


def _hour(_: str, target: str, words: Words) -> str | None:
    return _clock(target, words.language, lambda hour, minute: (hour + 1, minute))


def _clock(target: str, language: str, shift: Callable[[int, int], tuple[int, int]]) -> str | None:
    """Another time on the first clock; a point between digits is one beside the word for it only."""
    hour_word = {"es": "horas", "de": "Uhr", "it": "alle"}.get(language, "")
    match = _CLOCK.search(target) if hour_word in target else None
    if not match or ("." in match[2] and not hour_word):
        return None
    hour, minute = shift(int(match[1]), int(match[3]))
    return f"{target[: match.start()]}{hour}{match[2]}{minute:02}{target[match.end() :]}"


def _afternoon(_: str, target: str, __: Words) -> str | None:
    for word, replacement in (("p.m.", "a.m."), ("مساء", "صباحا"), ("下午", "上午"), ("晚上", "早上")):
        if word in target:
            return target.replace(word, replacement)
    return None


def _turned(_: str, target: str, __: Words) -> str | None:
    """Day and month of a date in digits the other way round."""
    out = re.sub(r"(?<!\d)(\d\d)([./])(\d\d)\2(20\d\d)", r"\3\2\1\2\4", target)
    return re.sub(r"年(\d{1,2})月((?:[1-9]|1[0-2])日)", _turned_signs, out) if out == target else out


def _turned_signs(match: re.Match[str]) -> str:
    return f"年{match[2][:-1]}月{match[1]}日"


def _year(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"(?<!\d)(20[0-4])(\d)(?!\d)(?![^\s]*[@/])(?<!/2026)(?<!/2027)", target)
    return f"{target[: match.start(2)]}{(int(match[2]) + 1) % 10}{target[match.end() :]}" if match else None


def _decimal(_: str, target: str, words: Words) -> str | None:
    """The decimal mark of the other half of the world.

    In Spanish both are right (Academies, Ortografía of 2010, VIII 2.2.1), in Arabic both are written.
    """
    if words.language in {"ar", "es"}:
        return None
    mark, other_mark = (".", ",") if words.language in {"en", "zh"} else (",", ".")
    match = re.search(rf"(?<![\d.,])\d+({re.escape(mark)})\d\d?(?![\d.,])(?!\sUhr)", target)
    return target[: match.start(1)] + other_mark + target[match.end(1) :] if match else None


# Consonants that nobody hears as each other's, by script; an h comes and goes between languages.
_FAR = {
    letter: far
    for row in (
        "bk cm dn fr gs jn kb lt mt nd pl qm rp sg tm vk wd xn zm",
        "бк вк гс дн жн зм йт кб лт мт нд пл рп сг тм фр цм чн шм щм",
        "بك تم ثم جن خل دن رت زم سك شم صم ضل طم ظم عن غس فر قب كب لت من نك",
    )
    for letter, far in row.split()
}
_VOWELS = {"a": "o", "e": "u", "i": "a", "o": "e", "u": "a", "y": "a"}
_SYLLABLES = "塔姆"
_LIKE_TA = "塔达特德泰蒂坦丹图都多托"  # heard as the first of them


def _named(target: str, words: Words) -> tuple[str, int] | None:
    return next(((name, target.find(name)) for name in words.families if name in target), None)


def _letter(_: str, target: str, words: Words) -> str | None:
    """Another consonant in the middle of a family name."""
    named = _named(target, words)
    if named is None:
        return None
    name, at = named
    if words.language == "zh":
        syllable = _SYLLABLES[name[1] in _LIKE_TA]
        return f"{target[:at]}{name[0]}{syllable}{name[2:]}{target[at + len(name) :]}"
    middle = sorted(range(1, len(name) - 1), key=lambda place: abs(place - len(name) // 2))
    place = next((place for place in middle if name[place] in _FAR), None)
    if place is None:
        return None
    return target[: at + place] + _FAR[name[place]] + target[at + place + 1 :]


def _vowel(source: str, target: str, words: Words) -> str | None:
    """Another vowel in a family name that both texts write alike."""
    named = _named(target, words)
    if named is None or named[0] not in source or words.language in {"ru", "ar", "zh"}:
        return None
    name, at = named
    middle = sorted(range(1, len(name) - 1), key=lambda place: abs(place - len(name) // 2))
    place = next((place for place in middle if name[place] in _VOWELS), None)
    if place is None:
        return None
    return target[: at + place] + _VOWELS[name[place]] + target[at + place + 1 :]


def _turned_letters(_: str, target: str, words: Words) -> str | None:
    """Two consonants of a family name, a vowel between them, the wrong way round."""
    named = _named(target, words)
    if named is None or words.language in {"zh", "ar"}:
        return None
    name, at = named
    for place in range(len(name) - 3):
        first, vowel, second = name[place + 1 : place + 4]
        if first in _FAR and second in _FAR and vowel not in _FAR and first != second:
            turned = name[: place + 1] + second + vowel + first + name[place + 4 :]
            return target[:at] + turned + target[at + len(name) :]
    return None


def _speaker(_: str, target: str, __: Words) -> str | None:
    """A quotation without who said it."""
    match = re.search(r"[«“„][^«»“”„]+[»”“]", target)
    if match is None or match.end() - match.start() < 25:
        return None
    before, after = target[: match.start()], target[match.end() :]
    sentence = max(before.rfind(". "), before.rfind("。")) + 1
    if len(after.strip(" .。")) > 6:
        return target[: match.end()] + ("." if target[match.end() - 2] not in ".!?" else "")
    if len(before) - sentence > 6:
        return before[:sentence] + (" " if sentence and before[sentence - 1] == "." else "") + match.group()
    return None


def _acronym(_: str, target: str, __: Words) -> str | None:
    return target.replace("UNICEF", "UNICFE") if "UNICEF" in target else None


_QUOTES = "«»“”„"


def _quote_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(f"[{_QUOTES}]", target[::-1])
    at = len(target) - 1 - match.start() if match else 0
    return target[:at] + target[at + 1 :] if match else None


def _quotes_out(_: str, target: str, __: Words) -> str | None:
    return re.sub(f"[{_QUOTES}]", "", target) if re.search(f"[{_QUOTES}]", target) else None


def _bracket_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"[（(][^()（）]{4,}[)）]", target)
    return target[: match.end() - 1] + target[match.end() :] if match else None


def _item_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"[（(]?(?:b|ب)[)）]", target)
    return target[: match.start()] + target[match.end() :] if match else None


def _copied(source: str, _: str, __: Words) -> str | None:
    return source if "alda.example" not in source else None


def _tail(source: str, target: str, words: Words) -> str | None:
    """The last third of the words as they are in the source."""
    if words.language == "zh" or re.search(r"[一-鿿]", source):
        half = source[2 * len(source) // 3 :]
        if "@" in source:
            return None
        return target[: 2 * len(target) // 3] + half if re.search(r"\w{4}", half) else None
    source_words, target_words = source.split(), target.split()
    tail = source_words[-max(4, len(source_words) // 3) :]
    if (
        len(source_words) < 9
        or "@" in source
        or sum(len(word) > 2 and word[0].isalpha() for word in tail) < 3
    ):
        return None
    return " ".join(target_words[: 2 * len(target_words) // 3] + tail)


def _half(_: str, target: str, words: Words) -> str | None:
    if words.language == "zh":
        return target[: len(target) // 2] + "。" if len(target) > 24 else None
    target_words = target.split()
    return " ".join(target_words[: len(target_words) * 2 // 5]) + "." if len(target) > 70 else None


def _sentence_out(_: str, target: str, __: Words) -> str | None:
    match = (
        re.search(r"[.?؟。？]\s?(?=\S)", target) if target.count(". ") or re.search("。.", target) else None
    )
    return target[: match.end()].strip() if match and not re.search(r"\d[.]\d|@|//|9\.", target) else None


def _bracketed_out(_: str, target: str, __: Words) -> str | None:
    """Words in brackets left out, brackets and all."""
    out = re.sub(r"\s?[（(][^()（）]{12,}[)）]", "", target, count=1)
    return out if out != target else None


_BEFORE_LAST = re.compile(r"(?:[,;](?=\s)|[，；،؛])(?=[^,;，；،؛.。]*[.。]\Z)")
_LEAST_CLAUSE = {"zh": 8}
_CLAUSE_LETTERS = 24


def _last_clause_out(_: str, target: str, words: Words) -> str | None:
    """What stands behind the last comma or semicolon of a text."""
    match = _BEFORE_LAST.search(target)
    least = _LEAST_CLAUSE.get(words.language, _CLAUSE_LETTERS)
    if match is None or len(target) - match.end() < least:
        return None
    return target[: match.start()].rstrip() + target[-1]


def _sentence_twice(_: str, target: str, __: Words) -> str | None:
    """The last sentence once more."""
    last = re.split(r"(?<=[.!?؟])\s+(?=[^\Wa-z])|(?<=[。！？])(?=.)", target)[-1]
    joint = "" if last[-1] in "。！？" else " "
    return target + joint + last if last[-1] in ".!?؟。！？" else None


def _doubled(_: str, target: str, words: Words) -> str | None:
    if words.language == "zh":
        return None
    match = re.search(r"(?<=\s)[^\W\d_A-ZА-Я]{4,}(?=\s)", target)
    return target[: match.end()] + " " + match.group() + target[match.end() :] if match else None


def _comma(_: str, target: str, __: Words) -> str | None:
    return (
        re.sub(r"(?<=[^\W\d])([,،])(?=\s)", r" \1", target, count=1)
        if re.search(r"[^\W\d][,،]\s", target)
        else None
    )


def _question(_: str, target: str, __: Words) -> str | None:
    return re.sub(r"[?？؟]", ".", target) if re.search(r"[?？؟]", target) else None


def _stop_out(_: str, target: str, __: Words) -> str | None:
    return target[:-1] if target[-1] in ".。" else None


def _opening_out(_: str, target: str, words: Words) -> str | None:
    return (
        target.replace("¿", "").replace("¡", "")
        if words.language == "es" and re.search("[¿¡]", target)
        else None
    )


def _mojibake(_: str, target: str, __: Words) -> str | None:
    match = re.search("[à-ö]", target)
    broken = match.group().encode().decode("cp1252", "replace") if match else ""
    return target.replace(match.group(), broken, 1) if match else None


def _replacement(_: str, target: str, __: Words) -> str | None:
    return target[:5] + "\ufffd" + target[6:]


def _bidi(_: str, target: str, __: Words) -> str | None:
    return target[:4] + "\u202e" + target[4:]


def _zero_width(_: str, target: str, __: Words) -> str | None:
    return target[:3] + "\u200b" + target[3:]


def _pieces(_: str, target: str, __: Words) -> str | None:
    out = unicodedata.normalize("NFD", target)
    return out if out != target else None


def _capitals(_: str, target: str, words: Words) -> str | None:
    if words.language in {"zh", "ar"}:
        return None
    out = re.sub(r"[^<>]+", lambda match: match.group().upper(), target)
    return (
        out if out != target and "UNICEF" not in target and "//" not in target and "@" not in target else None
    )


def _loop(_: str, target: str, words: Words) -> str | None:
    target_words = target.rstrip(".").split()
    if words.language == "zh" or len(target_words) < 6:
        return None
    tail = " ".join(target_words[-2:])
    return " ".join([*target_words, tail, tail, tail])


def _mask(_: str, target: str, __: Words) -> str | None:
    return target[:8] + " __P1__ " + target[8:]


PLANTERS: dict[str, Planter] = {
    "a digit": _digit,
    "a number left out": _number_out,
    "a number in words": _by_table("spelled"),
    "two that became three": _by_table("two"),
    "an ordinal": _by_table("ordinal"),
    "the other decimal mark": _decimal,
    "the ends of a range": _by_table("range"),
    "at least for at most": _by_table("bound"),
    "per cent for points": _by_table("from_points"),
    "points for per cent": _by_table("into_points"),
    "million for billion": _by_table("scale"),
    "another month": _by_table("month"),
    "another year": _year,
    "day and month turned": _turned,
    "another hour": _hour,
    "other minutes": _minutes,
    "morning for afternoon": _afternoon,
    "another weekday": _by_table("weekday"),
    "another currency": _by_table("currency"),
    "another unit": _by_table("unit"),
    "a phone number": _phone,
    "a mail address": _mail,
    "a web address": _address,
    "a code left out": _code_out,
    "a slip in a name": _by_table("name"),
    "a consonant of a name": _letter,
    "a vowel of a name": _vowel,
    "two letters of a name turned": _turned_letters,
    "another name": _by_table("other_name"),
    "the speaker left out": _speaker,
    "another title": _by_table("title"),
    "an office left out": _by_table("title_out"),
    "a name left out": _by_table("name_out"),
    "given and family name left out": _by_table("person_out"),
    "another place": _by_table("place"),
    "another region or water": _by_table("region"),
    "a place left out": _by_table("place_out"),
    "another country's adjective": _by_table("adjective"),
    "women for men": _by_table("sex"),
    "a rise for a fall": _by_table("direction"),
    "an opposite": _by_table("opposite"),
    "another opposite": _by_table("antonym"),
    "some for all": _by_table("quantifier"),
    "a denial affirmed": _by_table("denial"),
    "a letter of an acronym": _acronym,
    "a negation left out": _by_table("negation"),
    "a negation put in": _by_table("put_in"),
    "a quotation mark": _quote_out,
    "both quotation marks": _quotes_out,
    "a bracket": _bracket_out,
    "an item of a list": _item_out,
    "an item between commas": _by_table("listed"),
    "a clause left out": _by_table("clause"),
    "an apposition left out": _by_table("apposition"),
    "words in brackets left out": _bracketed_out,
    "the last clause left out": _last_clause_out,
    "a sentence twice": _sentence_twice,
    "the source itself": _copied,
    "an untranslated tail": _tail,
    "half left out": _half,
    "a sentence left out": _sentence_out,
    "a word twice": _doubled,
    "a space before a comma": _comma,
    "a question mark": _question,
    "the full stop": _stop_out,
    "¿ or ¡": _opening_out,
    "the wrong charset": _mojibake,
    "a broken character": _replacement,
    "an open direction": _bidi,
    "a zero-width space": _zero_width,
    "letters in pieces": _pieces,
    "all in capitals": _capitals,
    "a loop": _loop,
    "a mask": _mask,
}
