"""Lint rules for one page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from l10n.conventions import load
from l10n.errors import ConfigError
from l10n.language import UNDETERMINED, guess, script
from l10n.model import Severity
from l10n.site.lint import access, head, safety
from l10n.site.lint.dates import is_for_pages
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage

HEAVY = 200_000
_LETTERS, _ENOUGH = 16, 200
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# The least share of its commonest words in a text of a language: a sister language of it has fewer.
_SURELY = 0.28
# What a sentence in another language has of them, at most, and how many letters a sentence has.
_HARDLY, _A_SENTENCE = 0.1, 80
_ADDRESS = re.compile(r"\S+[@/]\S+|\bwww\.\S+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OF_LANGUAGE = frozenset({"lang", "xml:lang", "hreflang"})
# Attributes that say something to people.
_SPOKEN = frozenset({"alt", "aria-label", "content", "placeholder", "title"})
_LEFTOVER = re.compile(
    r"</?\d+/?>|\{\{|\{%|\{[a-z_]+\}|⟦\d|\blorem ipsum\b|^(?:<{7}|={7}|>{7})(?: |$)",
    re.IGNORECASE | re.MULTILINE,
)
# What UTF-8 becomes when it is read as Windows-1252, letters that are lost, and entities escaped again.
_GARBLED = re.compile(
    "\ufffd|[ÃÂÐÑØÙ][\u0080-\u009f\u00a1-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[\u0080-\u00bfœ™˜“”¦]|ï»¿"
    "|&(?:amp|lt|gt|quot|apos|nbsp|[lr][sda]quo|[mn]dash|hellip|euro|[a-z](?:acute|grave|circ|uml|cedil|tilde)"
    "|#\\d+|#x[0-9a-f]+);"
)
# Controls, a byte order mark within a text, signs for private use, and a place to break between letters of
# scripts that have spaces.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ue000-\uf8ff\ufdd0-\ufdef]|(?<=[A-Za-z\u00c0-\u04ff])\u200b(?=\\w)"
)


def faults(sheet: ParsedPage, locales: Iterable[str], names: Collection[str] = ()) -> Iterator[Fault]:
    """What is wrong on a page; ``locales`` are those the site is in.

    ``names`` are what the site calls itself: names, in whatever language they are.
    """
    yield from _language(sheet)
    yield from _script(sheet, frozenset(locales), names)
    yield from _characters(sheet)
    yield from _structure(sheet)
    yield from head.faults(sheet)
    yield from access.faults(sheet)
    yield from safety.faults(sheet)


def _language(sheet: ParsedPage) -> Iterator[Fault]:
    if not sheet.lang:
        yield Fault("lang-missing", 1, "the page does not say which language it is in")
    for tag in sheet.tags:
        if not _OF_LANGUAGE & tag.attributes.keys():
            continue
        if tag.attributes.get("lang") == "" and tag.name != "html":
            yield Fault("lang-missing", tag.line, f"<{tag.name}> says that its language is not known")
        other = tag.attributes.get("xml:lang", "").lower()
        if other and other != tag.lang.lower():
            yield Fault("lang-tag", tag.line, f"xml:lang is {other!r}, lang {tag.lang!r}")
        for name in ("lang", "hreflang"):
            value = tag.attributes.get(name)
            if value and value != "x-default" and not known(value):
                yield Fault("lang-tag", tag.line, f"{value!r} is no language tag that is known")
        if tag.attributes.get("lang") and known(tag.attributes["lang"]):
            direction = load(tag.attributes["lang"]).direction
            fitting = {direction} if tag.name == "html" else {direction, "auto"}
            if (tag.dir or "ltr") not in fitting:
                message = f"<{tag.name} lang={tag.lang}> runs {tag.dir or 'ltr'}, its language {direction}"
                yield Fault("dir", tag.line, message)


def known(tag: str) -> bool:
    """Whether a language tag is well formed and names a language."""
    try:
        convention = load(tag)
    except ConfigError:
        return False
    # What CLDR knows has a name of its own; "qaa" to "qtz" are for private use.
    return convention.name != convention.language or "qaa" <= convention.language <= "qtz"


def _share(text: str, lang: str) -> float:
    """How many of the words of a text are among the commonest of a language."""
    words = _WORD.findall(text.lower())
    return sum(word in load(lang).function_words for word in words) / max(1, len(words))


def _script(sheet: ParsedPage, locales: frozenset[str], names: Collection[str]) -> Iterator[Fault]:
    texts_by_language: dict[str, list[str]] = defaultdict(list)
    for words in sheet.words:
        if not words.lang or not known(words.lang):
            continue
        text = _prose(words.text, names)
        texts_by_language[words.lang].append(text)
        if len(text) >= _LETTERS and len(letters := _LETTER.findall(text)) >= _LETTERS:
            expected = load(words.lang).script
            real = "Latn" if text.isascii() else script(text)
            if (
                real
                and not _fits(real, expected)
                and sum(_fits(_of(letter), expected) for letter in letters) * 5 < len(letters)
            ):
                excerpt = " ".join(text.split())[:40]
                yield Fault("script", words.line, f"{excerpt!r} is said to be {words.lang}, in {expected}")
                continue
        yield from _other_words(words.line, words.lang, text, locales)
    for lang, texts in texts_by_language.items():
        text = " ".join(texts)
        if lang != sheet.lang or len(_LETTER.findall(text)) < _ENOUGH:
            continue
        real = guess(text, (lang, *sorted(locales - {lang})))
        if real in {UNDETERMINED, lang} or load(real).language == load(lang).language:
            continue
        if load(lang).function_words or _share(text, real) > _SURELY:
            yield Fault("lang-wrong", 1, f"the page says it is in {lang}, its words are {real}")


def _prose(text: str, names: Collection[str]) -> str:
    """A text without what is in no language: addresses, and what the site calls itself."""
    if "/" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    for name in names:
        text = text.replace(name, " ")
    return text


def _other_words(line: int, lang: str, text: str, locales: frozenset[str]) -> Iterator[Fault]:
    """A run of words in another language of the site, which nothing says it is in."""
    if (
        len(text) < _A_SENTENCE
        or len(_LETTER.findall(text)) < _A_SENTENCE
        or not load(lang).function_words
        or _share(text, lang) >= _HARDLY
    ):
        return
    real = guess(text, (lang, *sorted(locales - {lang})))
    if (
        real not in {UNDETERMINED, lang}
        and load(real).language != load(lang).language
        and _share(text, real) > _SURELY
    ):
        excerpt = " ".join(text.split())[:40]
        yield Fault("lang-wrong", line, f"{excerpt!r} is said to be {lang}, its words are {real}")


def _fits(real: str, expected: str) -> bool:
    east = {"Hani", "Hans", "Hant", "Jpan", "Kore"}
    return real in {"", expected} or {real, expected} <= east


@lru_cache(maxsize=4096)
def _of(letter: str) -> str:
    return script(letter)


def _characters(sheet: ParsedPage) -> Iterator[Fault]:
    if not unicodedata.is_normalized("NFC", sheet.text):
        for number, line in enumerate(sheet.text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield Fault("decomposed", number, "letters are apart from their accents (not NFC)")
                break
    for match in _BIDI.finditer(sheet.text):
        at = sheet.text.count("\n", 0, match.start()) + 1
        yield Fault("bidi-control", at, f"U+{ord(match[0]):04X} turns the text around unseen")
    texts = [(words.line, words.text) for words in sheet.words]
    texts += [
        (tag.line, value) for tag in sheet.tags for name, value in tag.attributes.items() if name in _SPOKEN
    ]
    # One look at all is enough where there is nothing, which is nearly always.
    everything = "\n".join(text for _, text in texts)
    if not any(sign.search(everything) for sign in (_LEFTOVER, _UNSEEN, _GARBLED)):
        return
    for at, text in texts:
        if leftover := _LEFTOVER.search(text):
            yield Fault(
                "leftover", at, f"{leftover[0]!r} is left over from a template, a catalogue or a merge"
            )
        if unseen := _UNSEEN.search(text):
            message = f"U+{ord(unseen[0]):04X} stands for nothing that a reader knows"
            yield Fault("garbled", at, message, Severity.WARNING)
        if garbled := _GARBLED.search(text):
            # A page about such signs shows them, too.
            grave = Severity.ERROR if garbled[0] == "\ufffd" else Severity.WARNING
            yield Fault(
                "garbled", at, f"{garbled[0]!r} was read in a wrong encoding, or escaped twice", grave
            )


def _structure(sheet: ParsedPage) -> Iterator[Fault]:
    for line, what in sheet.wrong:
        yield Fault("unclosed", line, what)
    counted = Counter(name for name, _ in sheet.ids)
    seen: set[str] = set()
    for name, at in sheet.ids:
        if counted[name] > 1 and name in seen:
            yield Fault("duplicate-id", at, f"the id {name!r} stands twice")
        seen.add(name)
    for tag in sheet.named("time"):
        if (moment := tag.attributes.get("datetime", "").strip()) and not is_for_pages(moment):
            yield Fault("time", tag.line, f"{moment!r} is no date and no time")
        elif "datetime" in tag.attributes and not moment:
            yield Fault("time", tag.line, "a date says nothing to machines")
    if len(sheet.text) > HEAVY:
        yield Fault("weight", 1, f"the page has more than {HEAVY // 1000} kB", Severity.WARNING)
