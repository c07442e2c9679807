"""The digits of every script as those of ASCII, so that numbers can be compared."""

from __future__ import annotations

import re
import unicodedata

_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def ascii_digits(text: str) -> str:
    """The same text, as long as it was, with the digits of every script as ASCII ones."""
    if text.isascii() or _OTHER_DIGIT.search(text) is None:
        return text
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), text)
