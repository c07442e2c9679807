"""Another person, office, place or side, or none."""

from __future__ import annotations

import re

from benchmarks.planters.words import Planter, Words, by_table

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


NAMES: dict[str, Planter] = {
    "a slip in a name": by_table("name"),
    "a consonant of a name": _letter,
    "a vowel of a name": _vowel,
    "two letters of a name turned": _turned_letters,
    "another name": by_table("other_name"),
    "the speaker left out": _speaker,
    "another title": by_table("title"),
    "an office left out": by_table("title_out"),
    "a name left out": by_table("name_out"),
    "given and family name left out": by_table("person_out"),
    "another place": by_table("place"),
    "another region or water": by_table("region"),
    "a place left out": by_table("place_out"),
    "another country's adjective": by_table("adjective"),
    "women for men": by_table("sex"),
    "a rise for a fall": by_table("direction"),
    "an opposite": by_table("opposite"),
    "another opposite": by_table("antonym"),
    "some for all": by_table("quantifier"),
    "a denial affirmed": by_table("denial"),
    "a letter of an acronym": _acronym,
}
