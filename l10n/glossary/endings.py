"""The regular forms of a word by its ending, for languages whose forms are more than a few letters added."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_STEM = 2  # letters that stay before an ending
_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}
_UMLAUT = "umlaut"


def regular_forms(word: str, locale: str) -> frozenset[str]:
    """The forms of a word in small letters, as the longest of its language's endings gives them.

    They need not all exist: a form that no text has does no harm.
    """
    endings = _endings().get(locale.partition("-")[0])
    if endings is None or any(map(str.isdigit, word)):
        return frozenset()
    longest = len(word) - _STEM
    known = next((ending for ending in endings if len(ending) <= longest and word.endswith(ending)), None)
    if known is None:
        return frozenset()
    stem = word.removesuffix(known)
    forms = (
        f"{_with_umlaut(stem)}{new.removeprefix(_UMLAUT)}" if new.startswith(_UMLAUT) else stem + new
        for new in endings[known]
    )
    return frozenset(forms) - {word}


def _with_umlaut(stem: str) -> str:
    """A stem with its last vowel changed, as in *Länder* and *Häuser*."""
    for at in range(len(stem) - 1, -1, -1):
        if stem[at] in _UMLAUTS:
            vowel = at - 1 if at and stem[at - 1 : at + 1] == "au" else at
            return stem[:vowel] + _UMLAUTS[stem[vowel]] + stem[vowel + 1 :]
        if stem[at] in "eiäöüy":
            break
    return stem


@cache
def _endings() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By language, each ending with what takes its place, the longest first."""
    read = tomllib.loads(Path(__file__).with_name("endings.toml").read_text("utf-8"))
    return {
        language: {
            "" if ending == "other" else ending: tuple("" if new == "-" else new for new in news.split())
            for ending, news in sorted(table.items(), key=lambda item: -len(item[0]) * (item[0] != "other"))
        }
        for language, table in read.items()
    }
