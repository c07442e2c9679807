"""Guesses the language of a text by its script, then by its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from l10n.conventions import languages, load

_WORD = re.compile(r"[^\W\d_]+(?:['’])?")
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_SAMPLE = 20_000
_SCRIPTS = {
    "ARABIC": "Arab",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "GREEK": "Grek",
    "HANGUL": "Kore",
    "HEBREW": "Hebr",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "LATIN": "Latn",
}
UNDETERMINED = "und"
# Languages that share their small words to such a degree that counting them tells nothing.
_KIN = (
    frozenset({"nb", "nn", "no", "da"}),
    frozenset({"hr", "sr", "bs", "cnr"}),
    frozenset({"id", "ms"}),
    frozenset({"cs", "sk"}),
)
_FEWEST = 5  # words of another language that are no accident
_LETTERS = 20  # letters whose script is no accident


def guess(text: str, among: Iterable[str] | None = None) -> str:
    """Guess the language of a text, one of ``among`` (default: all we ship); "und" when unknown.

    Markup is ignored.  A tie goes to the language named first.
    """
    sample = _TAG.sub(" ", text[:_SAMPLE]).lower()
    main = script(sample)
    fitting = [locale for locale in (among or languages()) if _writes(locale, main)]
    if len(fitting) < 2:
        return fitting[0] if fitting else UNDETERMINED
    words = Counter(_WORD.findall(sample))
    scores = {
        locale: sum(words[word] for word in load(locale).function_words if word in words)
        for locale in fitting
    }
    best = max(scores, key=lambda locale: scores[locale])
    return best if scores[best] else UNDETERMINED


def instead_of(text: str, locale: str) -> str:
    """The language a text is plainly in instead of a locale's; "" where it may well be in that one.

    Plain is a script that the locale does not use, or small words that it does not have: at least five, and
    more than twice as many as it has and the other language has not.  "und" is a script of several languages
    whose words tell none of them.
    """
    sample = _TAG.sub(" ", text[:_SAMPLE]).lower()
    main = script(sample)
    scripts = [_script_of(letter) for letter in sample if letter.isalpha()]
    if not main or len(scripts) < _LETTERS or scripts.count("") * 2 > len(scripts):
        return ""
    own = load(locale)
    if own.script and not _writes(locale, main):
        return guess(sample)
    words = Counter(_WORD.findall(sample))
    best, most = "", 0
    for language in languages() if own.function_words else ():
        other = load(language)
        if other.script != own.script or _kin(other.language, own.language):
            continue
        theirs = _occurrences(words, other.function_words - own.function_words)
        ours = _occurrences(words, own.function_words - other.function_words)
        if theirs >= _FEWEST and theirs > 2 * ours and theirs > most:
            best, most = language, theirs
    return best


def _occurrences(words: Counter[str], wanted: Iterable[str]) -> int:
    return sum(words[word] for word in wanted if word in words)


def _kin(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kin for kin in _KIN)


def script(text: str) -> str:
    """The ISO 15924 code of the script most letters of a text are in, "" without letters.

    Kana anywhere in East Asian text makes it Japanese; otherwise Han is reported as Hani.
    """
    letters: Counter[str] = Counter()
    for character, number in Counter(text[:_SAMPLE]).items():
        letters[_script_of(character)] += number
    letters.pop("", None)
    if not letters:
        return ""
    if letters["Jpan"] * 10 > letters["Hani"]:
        letters["Jpan"] += letters.pop("Hani", 0)
    return letters.most_common(1)[0][0]


@lru_cache(maxsize=1 << 14)
def _script_of(character: str) -> str:
    """The script of a letter, as its name begins with it; "" for what is none."""
    if not character.isalpha():
        return ""
    return _SCRIPTS.get(unicodedata.name(character, "").split(" ")[0].split("-")[0], "")


def _writes(locale: str, main: str) -> bool:
    own = load(locale).script
    return own == main or (main == "Hani" and own in {"Hans", "Hant"})
