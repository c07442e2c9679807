"""Lint rules for one page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from babel import Locale

from l10n.conventions import load
from l10n.errors import ConfigError
from l10n.language import UNDETERMINED, guess, script
from l10n.model import Severity
from l10n.site.lint import access, aria, head, nesting, safety, signs, stated_dates
from l10n.site.lint.dates import is_for_pages
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag, Words, texts_in
from l10n.site.urls import taken_apart

HEAVY = 200_000
_LETTERS, _ENOUGH = 16, 200
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# The least share of its commonest words in a text of a language: a sister language of it has fewer.
_SURELY = 0.28
# What a sentence in another language has of them, at most, and how many letters a sentence has.
_HARDLY, _A_SENTENCE = 0.1, 80
_ADDRESS = re.compile(r"\S+[@/]\S+|\bwww\.\S+")
_DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
_OF_LANGUAGE = frozenset({"lang", "xml:lang", "hreflang"})
# So many words are a name at most.
_NAME = 4
# Attributes that say something to people.
_SPOKEN = frozenset({"alt", "aria-label", "content", "placeholder", "title"})
# Attributes that say a text in the language of their element, and meta elements that say one in the page's.
_TOLD = frozenset({"alt", "aria-label", "placeholder", "title"})
_DESCRIBED = (
    *("description", "og:description", "og:title", "twitter:title", "twitter:description"),
    *("og:image:alt", "twitter:image:alt"),
)
# A short text is in another language when none of its words is common in its own, and so many are in that.
_SHORT, _CLEARLY = 5, 0.3
# So many words that end as sentences do are no name of an office.
_SENTENCE, _LONG = re.compile(r"[.!?…][\"'”’»)]*\Z"), 8


def faults(sheet: ParsedPage, locales: Iterable[str], names: Collection[str] = ()) -> Iterator[Fault]:
    """What is wrong on a page; ``locales`` are those the site is in.

    ``names`` are what the site calls itself: names, in whatever language they are.
    """
    yield from _language(sheet)
    yield from _stated(sheet)
    yield from _directions(sheet)
    yield from _script(sheet, frozenset(locales), names)
    yield from _told(sheet, frozenset(locales), names)
    yield from _characters(sheet)
    yield from _structure(sheet)
    yield from head.faults(sheet)
    yield from access.faults(sheet)
    yield from safety.faults(sheet)
    yield from aria.faults(sheet)
    yield from nesting.faults(sheet)
    yield from stated_dates.faults(sheet, locales)


def _language(sheet: ParsedPage) -> Iterator[Fault]:
    if not sheet.lang:
        yield Fault("lang-missing", 1, "the page does not say which language it is in")
    for tag in sheet.tags:
        if "dir" in tag.attributes and tag.attributes["dir"].strip().lower() not in _DIRECTIONS:
            yield Fault("dir", tag.line, f'dir="{tag.attributes["dir"]}" is no direction')
        if _OF_LANGUAGE & tag.attributes.keys():
            yield from _tags(tag)
        if tag.attributes.get("lang") and known(tag.attributes["lang"]):
            direction = load(tag.attributes["lang"]).direction
            fitting = {direction} if tag.name == "html" else {direction, "auto"}
            if (tag.dir or "ltr") not in fitting and not _is_drawn(tag):
                message = f"<{tag.name} lang={tag.lang}> runs {tag.dir or 'ltr'}, its language {direction}"
                # A few words in a line are mostly shown right all the same.
                grave = Severity.ERROR if "dir" in tag.attributes or tag.name != "a" else Severity.WARNING
                yield Fault("dir", tag.line, message, grave)


def _stated(sheet: ParsedPage) -> Iterator[Fault]:
    """A language that the page states once more, for servers and old search engines."""
    for tag in sheet.named("meta"):
        if tag.attributes.get("http-equiv", "").strip().lower() != "content-language":
            continue
        told = tag.attributes.get("content", "").strip()
        if sheet.lang and told.partition("-")[0].lower() != sheet.lang.partition("-")[0].lower():
            message = f"content-language is {told!r}, the page is in {sheet.lang}"
            yield Fault("lang-tag", tag.line, message)


def _directions(sheet: ParsedPage) -> Iterator[Fault]:
    """Texts that an element turns against the direction of their language, and with it their punctuation."""
    told: set[int] = set()
    for words in sheet.words:
        if words.dir not in {"ltr", "rtl"} or words.inside is None or not known(words.lang):
            continue
        convention = load(words.lang)
        if words.dir == convention.direction or len(_LETTER.findall(words.text)) < _LETTERS:
            continue
        around = (words.inside, *words.inside.around())
        turning = next((tag for tag in around if "dir" in tag.attributes), None)
        # What has a language of its own, and a page as a whole, is looked at with its language.
        if turning is None or "lang" in turning.attributes or id(turning) in told:
            continue
        if _fits(script(words.text), convention.script):
            told.add(id(turning))
            message = f"<{turning.name} dir={words.dir}> turns a text in {words.lang} the wrong way"
            yield Fault("dir", turning.line, message)


def _is_drawn(tag: Tag) -> bool:
    """Whether an element is of a drawing, where SVG has no attribute for a direction."""
    nearest = next((one for one in (tag, *tag.around()) if one.name in {"svg", "foreignobject"}), None)
    return nearest is not None and nearest.name == "svg"


def _tags(tag: Tag) -> Iterator[Fault]:
    """What is wrong with the language tags of an element."""
    if tag.attributes.get("lang") == "" and tag.name != "html":
        yield Fault("lang-missing", tag.line, f"<{tag.name}> says that its language is not known")
    other = tag.attributes.get("xml:lang", "").lower()
    if other and other != tag.lang.lower():
        yield Fault("lang-tag", tag.line, f"xml:lang is {other!r}, lang {tag.lang!r}")
    for name in ("lang", "hreflang"):
        value = tag.attributes.get(name)
        if value and (value != "x-default" or name == "lang") and not known(value):
            yield Fault("lang-tag", tag.line, f"{value!r} is no language tag that is known")


@lru_cache(maxsize=1024)
def known(tag: str) -> bool:
    """Whether a language tag is well formed and names a language."""
    try:
        convention = load(tag)
    except ConfigError:
        return False
    if not _registered(tag):
        return False
    # What CLDR knows has a name of its own; "qaa" to "qtz" are for private use.
    return convention.name != convention.language or "qaa" <= convention.language <= "qtz"


def _registered(tag: str) -> bool:
    """Whether the script and the region of a tag are ones that CLDR knows, as the registry of tags does."""
    english = Locale("en")
    for at, part in enumerate(tag.replace("_", "-").split("-")[1:], 1):
        if len(part) == 1:
            break
        if len(part) == 4 and part.isalpha() and part.title() not in english.scripts:
            return False
        is_region = len(part) == 2 or (len(part) == 3 and part.isdecimal() and at < 4)
        if is_region and part.upper() not in english.territories:
            return False
    return True


def share(text: str, lang: str) -> float:
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
        expected = load(words.lang).script
        if len(text) >= _LETTERS and _other_script(text, expected) and not _is_name(sheet, words):
            excerpt = " ".join(text.split())[:40]
            told = f"{excerpt!r} is said to be {words.lang}, which is written in {expected}"
            yield Fault("script", words.line, told)
            continue
        yield from _other_words(words.line, words.lang, text, locales)
    for lang, texts in texts_by_language.items():
        text = " ".join(texts)
        if lang != sheet.lang or len(_LETTER.findall(text)) < _ENOUGH:
            continue
        real = guess(text, (lang, *sorted(locales - {lang})))
        if real in {UNDETERMINED, lang} or load(real).language == load(lang).language:
            continue
        # Words of none of the site's languages are at least in another script.
        if share(text, real) <= _SURELY:
            real = _other_script(text, load(lang).script) or real
        if load(lang).function_words or share(text, real) > _SURELY:
            yield Fault("lang-wrong", 1, f"the page says it is in {lang}, its words are {real}")


def _is_name(sheet: ParsedPage, words: Words) -> bool:
    """Whether a text is a link to another site by its name, which is written as its owner writes it."""
    host = _host(words.inside.attributes.get("href", "")) if words.inside and words.inside.name == "a" else ""
    parts = words.text.split()
    return (
        host not in {"", *(_host(link.attributes.get("href", "")) for link in sheet.links("canonical"))}
        and 0 < len(parts) <= _NAME
        and all(part[0].isupper() for part in (parts[0], parts[-1]))
    )


def _host(address: str) -> str:
    apart = taken_apart(address)
    return apart.netloc if apart.scheme in {"http", "https"} else ""


def _prose(text: str, names: Collection[str]) -> str:
    """A text without what is in no language: addresses, and what the site calls itself."""
    if "/" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    for name in names:
        text = text.replace(name, " ")
    return text


def _told(sheet: ParsedPage, locales: frozenset[str], names: Collection[str]) -> Iterator[Fault]:
    """Titles, descriptions and texts for pictures in another language or script than theirs."""
    texts = [
        (tag.line, tag.lang, value)
        for tag in sheet.tags
        for name, value in tag.attributes.items()
        if name in _TOLD
    ]
    texts += [(tag.line, tag.lang, tag.attributes.get("content", "")) for tag in _described(sheet)]
    titles = (words for words in sheet.words if words.inside is not None and words.inside.name == "title")
    texts += [(words.line, words.lang, words.text) for words in titles]
    for line, lang, said in dict.fromkeys(texts):
        text = _prose(said, names)
        if len(text) < _LETTERS or not known(lang):
            continue
        # The script of a title is looked at with that of all words.
        other = "" if said in sheet.titles else _other_script(text, load(lang).script)
        real = other or other_language(text, lang, locales)
        if real:
            excerpt = " ".join(text.split())[:40]
            rule = "lang-wrong" if real in locales else "script"
            yield Fault(rule, line, f"{excerpt!r} is said to be {lang}, and is {real}", Severity.WARNING)


def _described(sheet: ParsedPage) -> Iterator[Tag]:
    return (tag for name in _DESCRIBED for tag in sheet.metas(name))


def _other_script(text: str, expected: str) -> str:
    """The script of a text in which hardly a letter is of the one expected, "" for all others."""
    letters = _LETTER.findall(text)
    if len(letters) < _LETTERS or (text.isascii() and expected == "Latn"):
        return ""
    real = script(text)
    if not real or _fits(real, expected):
        return ""
    return real if sum(_fits(_of(letter), expected) for letter in letters) * 5 < len(letters) else ""


def other_language(text: str, lang: str, locales: frozenset[str]) -> str:
    """The language of the site whose words a short text has instead of its own, "" for all others."""
    words = len(_WORD.findall(text))
    if words < _SHORT or not load(lang).function_words or share(text, lang):
        return ""
    real = guess(text, (lang, *sorted(locales - {lang})))
    if real in {UNDETERMINED, lang} or load(real).language == load(lang).language:
        return ""
    return real if share(text, real) >= _CLEARLY else ""


def _other_words(line: int, lang: str, text: str, locales: frozenset[str]) -> Iterator[Fault]:
    """A run of words in another language of the site, which nothing says it is in."""
    if (real := _other_sentence(text, lang, locales)) and known(lang):
        excerpt = " ".join(text.split())[:40]
        message = f"{excerpt!r} is said to be {lang}, and is {real}"
        yield Fault("lang-wrong", line, message, Severity.WARNING)
        return
    if (
        len(text) < _A_SENTENCE
        or len(_LETTER.findall(text)) < _A_SENTENCE
        or not load(lang).function_words
        or share(text, lang) >= _HARDLY
    ):
        return
    real = guess(text, (lang, *sorted(locales - {lang})))
    if (
        real not in {UNDETERMINED, lang}
        and load(real).language != load(lang).language
        and share(text, real) > _SURELY
    ):
        excerpt = " ".join(text.split())[:40]
        yield Fault("lang-wrong", line, f"{excerpt!r} is said to be {lang}, its words are {real}")


def _other_sentence(text: str, lang: str, locales: frozenset[str]) -> str:
    """The language of the site that a short sentence is in instead of its own, "" for all others."""
    bare = text.strip()
    if len(bare) >= 2 * _A_SENTENCE or not _SENTENCE.search(bare) or len(_WORD.findall(bare)) < _LONG:
        return ""
    return other_language(bare, lang, locales)


def _fits(real: str, expected: str) -> bool:
    east = {"Hani", "Hans", "Hant", "Jpan", "Kore"}
    return real in {"", expected} or {real, expected} <= east


@lru_cache(maxsize=4096)
def _of(letter: str) -> str:
    return script(letter)


def _characters(sheet: ParsedPage) -> Iterator[Fault]:
    yield from signs.in_file(sheet.text)
    words = [(words.line, words.text) for words in sheet.words]
    attributes = [
        (tag.line, value) for tag in sheet.tags for name, value in tag.attributes.items() if name in _SPOKEN
    ]
    attributes += [(1, title) for title in sheet.titles]
    # One look at all is enough where there is nothing, which is nearly always.
    if signs.suspicious("\n".join(text for _, text in (*words, *attributes))):
        found = [fault for at, text in words for fault in signs.in_text(text, at, said=True)]
        found += [fault for at, text in attributes for fault in signs.in_text(text, at)]
        yield from dict.fromkeys(found)
    for line, data in sheet.structured:
        # Texts with escapes in them are others than those that stand on the page.
        texts = "\n".join(texts_in(data))
        if signs.suspicious(texts) or not unicodedata.is_normalized("NFC", texts):
            yield from (fault._replace(line=line) for fault in signs.in_data(texts_in(data)))
    for line, code in sheet.codes:
        yield Fault("leftover", line, f"{code[:40]!r} is a piece of a template that was not filled in")


def _structure(sheet: ParsedPage) -> Iterator[Fault]:
    for line, what in sheet.wrong:
        yield Fault("unclosed", line, what)
    counted = Counter(name for name, _ in sheet.ids)
    seen: set[str] = set()
    for name, at in sheet.ids:
        if counted[name] > 1 and name in seen:
            yield Fault("duplicate-id", at, f"the id {name!r} stands twice")
        seen.add(name)
        if not name or name.split() != [name]:
            yield Fault("duplicate-id", at, f"{name!r} is no id: it is empty, or has a blank in it")
    for tag in sheet.named("time"):
        if (moment := tag.attributes.get("datetime", "").strip()) and not is_for_pages(moment):
            yield Fault("time", tag.line, f"{moment!r} is no date and no time")
        elif "datetime" in tag.attributes and not moment:
            yield Fault("time", tag.line, "a date says nothing to machines")
    if len(sheet.text) > HEAVY:
        yield Fault("weight", 1, f"the page has more than {HEAVY // 1000} kB", Severity.WARNING)
