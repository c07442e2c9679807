"""Language tags as BCP 47 writes them: ``pt-BR``, ``zh-Hans``."""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


def read_tag(text: str) -> str:
    """A tag, with hyphens and in its usual letter case; "" for what is none."""
    text = text.strip()
    return in_usual_case(text.replace("_", "-")) if _TAG.fullmatch(text) else ""


def language_of(tag: str) -> str:
    """The language of a tag, in small letters, without script and region."""
    return tag.partition("-")[0].lower()


@lru_cache(maxsize=1024)
def in_usual_case(tag: str) -> str:
    """A tag in the letter case of RFC 5646, section 2.1.1."""
    language, *rest = tag.split("-")
    return "-".join((language.lower(), *map(_cased, rest)))


def _cased(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower()
