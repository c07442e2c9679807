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
