"""What a parser is to take for nothing is written over sign by sign, so that every place stays."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[^\r\n]")


def written_over(text: str, sign: str = "x") -> str:
    """As many of a sign, with the line ends of a text, which are structure."""
    return _SIGN.sub(sign, text)
