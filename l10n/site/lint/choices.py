"""A choice of languages that its readers do not find theirs in: each is there by its own name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from l10n.locale_tags import language_of
from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.links import worded
from l10n.site.lint.reader import ParsedPage, Tag

_FLAG = range(0x1F1E6, 0x1F200)


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """Links to a page in another language under a wrong name for it, under a flag, or to nowhere."""
    for tag, words in worded(sheet):
        other = tag.attributes.get("hreflang", "")
        if not other or tag.hidden or language_of(other) == language_of(sheet.lang):
            continue
        if words and all(ord(sign) in _FLAG or sign.isspace() for sign in words):
            message = f"the choice of languages shows a flag for {other}: flags are of countries"
            yield Fault("name", tag.line, message, Severity.WARNING)
        yield from _named(sheet, tag, words, other)
        if tag.attributes.get("href", "").strip() == "#":
            yield Fault("link", tag.line, f"the page in {other} is said to be here (#)")


def _named(sheet: ParsedPage, tag: Tag, words: str, other: str) -> Iterator[Fault]:
    """A language by its name in the language of the page, or by its own one in a third.

    In a sentence that leads to a page, it is called as its other words are.
    """
    said, own = words.casefold(), _name(other, other)
    told = language_of(tag.attributes.get("lang", ""))
    if own and said == own:
        if told and told != language_of(other):
            yield Fault("lang-wrong", tag.line, f"{words!r} is said to be {tag.lang}, and is {other}")
        return
    chosen = told == language_of(other) or any(one.name == "nav" for one in tag.around())
    if own and chosen and said == _name(other, sheet.lang):
        message = f"the choice of languages calls {other} {words!r}, not by its own name"
        yield Fault("name", tag.line, message, Severity.WARNING)


@lru_cache(maxsize=1024)
def _name(lang: str, of: str) -> str:
    """The name of a language in the language of a tag, without case; "" where CLDR has none."""
    try:
        name: str = Locale.parse(language_of(of)).languages.get(language_of(lang), "")
    except (UnknownLocaleError, ValueError):
        return ""
    return name.casefold()
