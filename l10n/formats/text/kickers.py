"""Lines above a title: that the text is a release, whose, and until what hour it is held back."""

from __future__ import annotations

import re

from l10n.conventions import Convention
from l10n.formats.text.lines import Line, words
from l10n.formats.text.weights import DAY, LABEL_WORDS

HOUR = re.compile(r"(?<![\d.])\d{1,2}(?:[.:]\d\d|\s?h)(?!\.?\d)")
"""The hour of a day."""
# Letters with a blank after each, as typewriters widened a heading.
_WIDENED = re.compile(r"[^\W\d_](?:[ \u00a0][^\W\d_]){4,}")
_LAST_DAY = re.compile(r"(?<!\d)\d{1,2}\.?\s[^\W\d_]{3,12}$")  # "6 May", at the end of an embargo
_LONGEST_KICKER = 16


def is_kicker(line: Line, convention: Convention) -> bool:
    """Whether a short line, or one with the day of an embargo, says that the text is a release, or whose."""
    text = closed_up(line.content)
    size = words(text)
    timed = DAY.search(text) or HOUR.search(text) or _LAST_DAY.search(text)
    if size > LABEL_WORDS and not (size <= _LONGEST_KICKER and timed):
        return False
    folded = text.casefold()
    if folded.startswith(convention.kickers):
        return True
    return folded.startswith(convention.offices) and _names_office(text, convention)


def _names_office(text: str, convention: Convention) -> bool:
    """Whether a line names a press office and whose it is: a verb makes it a title ("Press office moves")."""
    folded = text.casefold()
    office = max(len(office) for office in convention.offices if folded.startswith(office))
    behind = folded[office:]
    small = (word for word in text[office:].split() if word[0].islower())
    return not behind[:1].isalpha() and convention.function_words.issuperset(small)


def closed_up(text: str) -> str:
    """A line without the blanks that set its letters apart."""
    return "".join(text.split()) if _WIDENED.fullmatch(text) else text
