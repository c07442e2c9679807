"""Lint rules for one page."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from l10n.conventions import load
from l10n.errors import ConfigError
from l10n.language import UNDETERMINED, guess, script
from l10n.model import Severity
from l10n.site.lint.reader import ParsedPage

HEAVY = 200_000
_LETTERS, _ENOUGH = 16, 200
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# The least share of its commonest words in a text of a language: a sister language of it has fewer.
_SURELY = 0.28
_ADDRESS = re.compile(r"\S+[@/]\S+|\bwww\.\S+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Attributes that say something to people.
_SPOKEN = ("alt", "aria-label", "content", "placeholder", "title")
_LEFTOVER = re.compile(r"</?\d+/?>|\{\{|\{%|\{[a-z_]+\}|⟦\d")
_REQUIRED = ("@context", "@type", "url", "headline", "datePublished", "inLanguage", "publisher")


class Fault(NamedTuple):
    """Something wrong: the rule, the line, how grave, and what."""

    rule: str
    line: int
    message: str
    severity: Severity = Severity.ERROR


def faults(sheet: ParsedPage, locales: Iterable[str]) -> Iterator[Fault]:
    """What is wrong on a page; ``locales`` are those the site is in."""
    yield from _language(sheet)
    yield from _script(sheet, frozenset(locales))
    yield from _characters(sheet)
    yield from _structure(sheet)
    yield from _data(sheet)


def _language(sheet: ParsedPage) -> Iterator[Fault]:
    if not sheet.lang:
        yield Fault("lang-missing", 1, "the page does not say which language it is in")
    for tag in sheet.tags:
        for name in ("lang", "hreflang"):
            told = tag.given.get(name)
            if told and told != "x-default" and not known(told):
                yield Fault("lang-tag", tag.line, f"{told!r} is no language tag that is known")
        if tag.given.get("lang") and known(tag.given["lang"]):
            own = load(tag.given["lang"]).direction
            if (tag.dir or "ltr") not in {own, "auto"}:
                said = f"<{tag.name} lang={tag.lang}> runs {tag.dir or 'ltr'}, its language {own}"
                yield Fault("dir", tag.line, said)


def known(tag: str) -> bool:
    """Whether a language tag is well formed and names a language."""
    try:
        found = load(tag)
    except ConfigError:
        return False
    # What CLDR knows has a name of its own; "qaa" to "qtz" are for private use.
    return found.name != found.language or "qaa" <= found.language <= "qtz"


def _share(text: str, lang: str) -> float:
    """How many of the words of a text are among the commonest of a language."""
    words = _WORD.findall(text.lower())
    return sum(word in load(lang).function_words for word in words) / max(1, len(words))


def _script(sheet: ParsedPage, locales: frozenset[str]) -> Iterator[Fault]:
    said: dict[str, list[str]] = defaultdict(list)
    for words in sheet.words:
        if not words.lang or not known(words.lang):
            continue
        text = _ADDRESS.sub(" ", words.text)
        said[words.lang].append(text)
        if len(letters := _LETTER.findall(text)) >= _LETTERS:
            own = load(words.lang).script
            real = script(text)
            if (
                real
                and not _fits(real, own)
                and sum(_fits(_of(one), own) for one in letters) * 5 < len(letters)
            ):
                shown = " ".join(text.split())[:40]
                yield Fault("script", words.line, f"{shown!r} is said to be {words.lang}, in {own}")
    for lang, texts in said.items():
        text = " ".join(texts)
        if lang != sheet.lang or len(_LETTER.findall(text)) < _ENOUGH:
            continue
        real = guess(text, (lang, *sorted(locales - {lang})))
        if real in {UNDETERMINED, lang} or load(real).language == load(lang).language:
            continue
        if load(lang).function_words or _share(text, real) > _SURELY:
            yield Fault("lang-wrong", 1, f"the page says it is in {lang}, its words are {real}")


def _fits(real: str, own: str) -> bool:
    east = {"Hani", "Hans", "Hant", "Jpan", "Kore"}
    return real in {"", own} or {real, own} <= east


@lru_cache(maxsize=4096)
def _of(letter: str) -> str:
    return script(letter)


def _characters(sheet: ParsedPage) -> Iterator[Fault]:
    if not unicodedata.is_normalized("NFC", sheet.text):
        for number, line in enumerate(sheet.text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield Fault("decomposed", number, "letters are apart from their accents (not NFC)")
                break
    for found in _BIDI.finditer(sheet.text):
        at = sheet.text.count("\n", 0, found.start()) + 1
        yield Fault("bidi-control", at, f"U+{ord(found[0]):04X} turns the text around unseen")
    told = [(words.line, words.text) for words in sheet.words]
    told += [(tag.line, tag.given.get(name) or "") for tag in sheet.tags for name in _SPOKEN]
    for at, said in told:
        if left := _LEFTOVER.search(said):
            yield Fault("leftover", at, f"{left[0]!r} is left over from a template or catalogue")


def _structure(sheet: ParsedPage) -> Iterator[Fault]:
    if not sheet.title.strip():
        yield Fault("title", 1, "the page has no title")
    for line, what in sheet.wrong:
        yield Fault("unclosed", line, what)
    counted = Counter(name for name, _ in sheet.ids)
    seen: set[str] = set()
    for name, at in sheet.ids:
        if counted[name] > 1 and name in seen:
            yield Fault("duplicate-id", at, f"the id {name!r} stands twice")
        seen.add(name)
    for tag in sheet.tags:
        if tag.name == "img" and "alt" not in tag.given:
            yield Fault("alt", tag.line, "an image has no alt text")
    if sum(tag.name == "h1" for tag in sheet.tags) != 1:
        yield Fault("heading", 1, "the page has no first heading, or several", Severity.WARNING)
    if len(sheet.text) > HEAVY:
        yield Fault("weight", 1, f"the page has more than {HEAVY // 1000} kB", Severity.WARNING)


def _data(sheet: ParsedPage) -> Iterator[Fault]:
    for line, text in sheet.data:
        try:
            told = json.loads(text)
        except ValueError as error:
            yield Fault("json-ld", line, f"the structured data is no JSON: {error}")
            continue
        if not isinstance(told, dict | list):
            yield Fault("json-ld", line, "the structured data is no object")
            continue
        # A page with its own frame may say other things, too.
        if isinstance(told, list) or ("@type" in told and "Article" not in str(told["@type"])):
            continue
        if missing := [name for name in _REQUIRED if not told.get(name)]:
            yield Fault("json-ld", line, f"the structured data does not say {', '.join(missing)}")
        if told.get("inLanguage") not in {None, sheet.lang}:
            yield Fault("json-ld", line, f"it says {told['inLanguage']!r}, the page {sheet.lang!r}")
        if sheet.canonical and told.get("url") not in {None, sheet.canonical}:
            yield Fault("json-ld", line, "its url is not the page's canonical address")
