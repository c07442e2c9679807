"""How alike two addresses are: the same page in another language, or the same but for http or https."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from l10n.checks.reading.data_files import table


class Likeness(IntEnum):
    """From none to the same page, perhaps in the language of the target."""

    NONE = 0
    SAME_BUT_SCHEME = 1
    SAME_PAGE = 2


_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?|\Awww\.", re.IGNORECASE)
_WRITTEN_ON = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_CODE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_PARTS = re.compile(r"[/.?&=#@~:]+")


def alike(source: str, target: str, source_language: str, target_language: str) -> Likeness:
    """How alike an address of the source and one of the target are.

    A target in Chinese, Japanese or Korean may write on right behind an address that ends with a slash.
    """
    if target.startswith(source) and _WRITTEN_ON.match(target, len(source)):
        return Likeness.SAME_PAGE
    source_bare, target_bare = _bare(source), _bare(target)
    if source_bare == target_bare:
        return Likeness.SAME_BUT_SCHEME
    if _is_pattern(source_bare, target_bare, source_language):
        return Likeness.SAME_PAGE
    if "@" not in source and _is_localised(source_bare, target_bare, source_language, target_language):
        return Likeness.SAME_PAGE
    return Likeness.NONE


def _is_pattern(source: str, target: str, language: str) -> bool:
    """Whether all that differs are parts such as package-name, which a reader replaces by what is meant."""
    source_parts, target_parts = _PARTS.split(source), _PARTS.split(target)
    if len(source_parts) != len(target_parts):
        return False
    placeholder = _placeholder(language)
    different = [one for one, other in zip(source_parts, target_parts, strict=True) if one != other]
    return bool(different) and all(map(placeholder.fullmatch, different))


@cache
def _placeholder(language: str) -> re.Pattern[str]:
    words = table("address_placeholders").get(language, "(?!)")
    return re.compile(str(words), re.IGNORECASE)


def _bare(address: str) -> str:
    return _SCHEME.sub("", address).rstrip("/")


def _is_localised(source: str, target: str, source_language: str, target_language: str) -> bool:
    """Whether a part that names the target's language is new, or stands where the source's was.

    Where it is the first part of the host, the path may be of other words: en.wikipedia.org/wiki/Sun.
    """
    source_parts, target_parts = _PARTS.split(source), _PARTS.split(target)
    if target_language not in _languages(target_parts) or target_language in _languages(source_parts):
        return False
    source_host, target_host = source.partition("/")[0], target.partition("/")[0]
    if target_host == f"{target_language}.{source_host.removeprefix(f'{source_language}.')}":
        return source_host != target_host
    return _without(source_parts, source_language) == _without(target_parts, target_language)


def _without(parts: list[str], language: str) -> list[str]:
    return [part for part in parts if _language(part) != language]


def _languages(parts: list[str]) -> frozenset[str]:
    return frozenset(map(_language, parts))


def _language(part: str) -> str:
    """The language that a part of an address names, "" for none: `pt-BR`, `pt`."""
    return part[:2] if _CODE.fullmatch(part) else ""
