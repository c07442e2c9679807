"""Notices of copyright, which are no caption that ends in one and no sentence that speaks of it."""

from __future__ import annotations

import re
from functools import cache

from l10n.conventions.copied import everywhere
from l10n.formats.text.lines import ends_sentence, goes_on, words
from l10n.patterns import one_of

# A plain class of characters comes first, which is what `re` looks for quickly.
_SIGN = re.compile(r"[©(cC](?:(?<=©)|(?<=\()[cC]\)\s*(?:19|20)\d\d|(?<=\b[cC])(?i:opyright\b))")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_WORDS = 16
_CAPTION = 4


def is_notice(text: str) -> bool:
    """Whether a line says that rights are reserved, or whose the copyright is."""
    reserved = _reserved().search(text.lower())
    sign = None if reserved else _SIGN.search(text)
    if not (reserved or sign) or words(text) > _MOST_WORDS:
        return False
    return sign is None or _says_whose(text, sign)


@cache
def _reserved() -> re.Pattern[str]:
    """In small letters: a pattern for either case is looked for at every letter of a text."""
    return re.compile(one_of(everywhere().rights))


def _says_whose(text: str, sign: re.Match[str]) -> bool:
    """Whether what stands around the sign or word is a notice rather than a sentence or a caption."""
    dated = _YEAR.search(text) is not None
    # A sentence may speak of copyright: a notice begins with the word, or gives a year.
    if sign[0][-1].isalpha() and not (sign.start() == 0 and sign[0][0] == "C") and not dated:
        return False
    before = text[: sign.start()].rstrip()
    # A caption, or the end of one, and whose the picture is: "© UNICEF/Roy".
    if not dated and (words(before) >= _CAPTION or "/" in text[sign.end() :]):
        return False
    return not (ends_sentence(before) and (words(before) >= _CAPTION or goes_on(before)))
