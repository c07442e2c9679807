"""What can be wrong in the head of a page: what browsers, search engines and networks read of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from l10n.conventions import load
from l10n.errors import ConfigError
from l10n.formats.html.tokens import names
from l10n.model import Severity
from l10n.site.lint.dates import moment
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag
from l10n.site.lint.site import is_lost

_SCALE = re.compile(r"(?:maximum-scale|user-scalable)\s*=\s*([\w.-]+)", re.IGNORECASE)
_CARDS = frozenset({"summary", "summary_large_image", "app", "player"})
_EARLY = 1024
_TOLD = names(
    "all index noindex follow nofollow none noarchive nocache nosnippet noimageindex notranslate"
    " indexifembedded noodp noydir max-snippet max-image-preview max-video-preview unavailable_after"
    " noai noimageai"
)
_SINGLE = (
    *("og:title", "og:type", "og:url", "og:locale", "og:description", "og:site_name"),
    *("twitter:card", "twitter:title", "twitter:description", "article:published_time"),
)
_LOCALE = re.compile(r"[a-z]{2,3}(?:_(?:[A-Z][a-z]{3}_)?(?:[A-Z]{2}|419))?")
_TIMES = ("article:published_time", "article:modified_time", "article:expiration_time")
_OG = ("og:title", "og:type", "og:url")


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong in the head of a page."""
    yield from _browsers(sheet)
    yield from _robots(sheet)
    yield from _titles(sheet)
    yield from _networks(sheet)
    yield from _relations(sheet)


def _browsers(sheet: ParsedPage) -> Iterator[Fault]:
    if not sheet.doctype:
        yield Fault(
            "head", 1, "the page does not begin with <!doctype html>: browsers take it for an old one"
        )
    charsets = [tag.attributes["charset"] for tag in sheet.named("meta") if "charset" in tag.attributes]
    charsets += [
        tag.attributes.get("content", "").lower().partition("charset=")[2]
        for tag in sheet.named("meta")
        if tag.attributes.get("http-equiv", "").lower() == "content-type"
    ]
    if not charsets:
        yield Fault("head", 1, "the page does not say that it is UTF-8")
    elif any(charset.strip().lower() != "utf-8" for charset in charsets):
        yield Fault("head", 1, f"the page is UTF-8 and says it is {charsets[0]!r}")
    for tag in sheet.named("base"):
        yield Fault(
            "head", tag.line, "a base turns every link of the page to another place", Severity.WARNING
        )
    for tag in sheet.named("meta"):
        if "charset" in tag.attributes and len(sheet.text[: _at(sheet, tag.line)].encode()) > _EARLY:
            yield Fault("head", tag.line, "the page says too late that it is UTF-8, after 1024 bytes")
    if not sheet.metas("viewport") and not sheet.leads_on:
        yield Fault("head", 1, "nothing fits the page to a phone (viewport)", Severity.WARNING)


def _at(sheet: ParsedPage, line: int) -> int:
    """Where a line begins."""
    at = 0
    for _ in range(line - 1):
        at = sheet.text.index("\n", at) + 1
    return at


def _robots(sheet: ParsedPage) -> Iterator[Fault]:
    """What search engines are told, in words that they know (robots meta tag, as they document it)."""
    for name in ("robots", "googlebot"):
        for tag in sheet.metas(name):
            said = [word.strip().lower() for word in tag.attributes.get("content", "").split(",")]
            for word in said:
                if word.partition(":")[0] not in _TOLD:
                    message = f"search engines do not know {word!r}"
                    yield Fault("robots", tag.line, message, Severity.WARNING)
            if {"index", "noindex"} <= {*said} or {"follow", "nofollow"} <= {*said}:
                yield Fault("robots", tag.line, "search engines are told one thing and its opposite")


def _titles(sheet: ParsedPage) -> Iterator[Fault]:
    if not sheet.title.strip():
        yield Fault("title", 1, "the page has no title")
    elif len(sheet.titles) > 1:
        yield Fault("title", 1, "the page has several titles")
    described = sheet.metas("description")
    if len(described) > 1:
        yield Fault("title", described[1].line, "the page has several descriptions", Severity.WARNING)
    elif described and not described[0].attributes.get("content", "").strip():
        yield Fault("title", described[0].line, "the page's description is empty", Severity.WARNING)


def _networks(sheet: ParsedPage) -> Iterator[Fault]:
    """The Open Graph protocol (ogp.me) asks for a title, a type and an address where there is any of it."""
    by_property = {tag.attributes.get("property", ""): tag for tag in sheet.named("meta")}
    if not any(name.startswith("og:") for name in by_property) or sheet.hidden:
        return
    for name in _OG:
        if name not in by_property or not by_property[name].attributes.get("content", "").strip():
            yield Fault("open-graph", 1, f"networks are not told {name}", Severity.WARNING)
    yield from _empty(by_property)
    card = sheet.meta("twitter:card")
    if card and card not in _CARDS:
        line = sheet.metas("twitter:card")[0].line
        yield Fault("open-graph", line, f"twitter:card is {card!r}, which no network knows", Severity.WARNING)
    for name in _TIMES:
        for tag in sheet.metas(name):
            if moment(said := tag.attributes.get("content", "")) is None:
                yield Fault("open-graph", tag.line, f"{name} is {said!r}, which is no date (ISO 8601)")
    address = sheet.meta("og:url")
    if address and sheet.canonical and address != sheet.canonical:
        yield Fault(
            "open-graph", by_property["og:url"].line, f"og:url is {address}, not the page's canonical address"
        )
    yield from _repeated(sheet)
    yield from _network_locale(sheet)


def _network_locale(sheet: ParsedPage) -> Iterator[Fault]:
    """The language that networks are told: the page's, in its script."""
    locale = sheet.meta("og:locale").partition("_")[0].lower()
    if locale and sheet.lang and locale != sheet.lang.partition("-")[0].lower():
        line = sheet.metas("og:locale")[0].line
        yield Fault(
            "open-graph", line, f"og:locale is {sheet.meta('og:locale')}, the page is in {sheet.lang}"
        )
    elif locale and sheet.lang and _in_other_script(sheet.meta("og:locale"), sheet.lang):
        message = f"og:locale is {sheet.meta('og:locale')}, which is in another script than {sheet.lang}"
        yield Fault("open-graph", sheet.metas("og:locale")[0].line, message)


def _in_other_script(told: str, lang: str) -> bool:
    """Whether people in a country write the language of a page otherwise, as in zh_CN for zh-Hant."""
    try:
        return "-" in lang and "_" in told and load(told.replace("_", "-")).script != load(lang).script
    except ConfigError:
        return False


def _empty(by_property: Mapping[str, Tag]) -> Iterator[Fault]:
    for name, tag in by_property.items():
        if name.startswith("og:") and name not in _OG and not tag.attributes.get("content", "").strip():
            yield Fault("open-graph", tag.line, f"{name} is empty", Severity.WARNING)


def _repeated(sheet: ParsedPage) -> Iterator[Fault]:
    """What is said once, and agrees with the rest."""
    for name in _SINGLE:
        if len(tags := sheet.metas(name)) > 1:
            yield Fault("open-graph", tags[1].line, f"networks are told {name} twice")
    others = [tag.attributes.get("content", "") for tag in sheet.metas("og:locale:alternate")]
    for tag in (*sheet.metas("og:locale"), *sheet.metas("og:locale:alternate")):
        if not _LOCALE.fullmatch(locale := tag.attributes.get("content", "")):
            message = f"networks know no {locale!r}: a language, _ and a country"
            yield Fault("open-graph", tag.line, message, Severity.WARNING)
    if len({*others}) < len(others) or sheet.meta("og:locale") in others:
        line = sheet.metas("og:locale:alternate")[0].line
        yield Fault("open-graph", line, "networks are told one language twice (og:locale)", Severity.WARNING)
    first, last = (moment(sheet.meta(name)) for name in _TIMES[:2])
    if first and last and last < first:
        line = sheet.metas(_TIMES[1])[0].line
        yield Fault("open-graph", line, "networks are told that it changed before it was published")


def _relations(sheet: ParsedPage) -> Iterator[Fault]:
    """One canonical address, and one alternate a language."""
    canonical = list(sheet.links("canonical"))
    lost = is_lost(sheet.path)
    if not (canonical or sheet.hidden or lost):
        yield Fault("canonical", 1, "the page has no canonical address")
    for link in () if sheet.hidden else canonical[1:2]:
        yield Fault("canonical", link.line, "the page has several canonical addresses")
    for link in canonical[:1] if lost else ():
        message = "a page for addresses that lead nowhere has a canonical address"
        yield Fault("canonical", link.line, message, Severity.WARNING)
    counted = Counter(tag.attributes["hreflang"] for tag in sheet.alternates)
    for lang in (lang for lang, number in counted.items() if number > 1):
        yield Fault("hreflang", 1, f"the page names two alternates in {lang}")


def unscalable(sheet: ParsedPage) -> Iterator[Fault]:
    """That readers cannot make the page larger (WCAG 2.2, 1.4.4)."""
    for tag in sheet.metas("viewport"):
        for match in _SCALE.finditer(tag.attributes.get("content", "")):
            name, value = match[0].partition("=")[0].strip().lower(), match[1].lower()
            if value in {"no", "0"} or (name == "maximum-scale" and value.startswith(("0", "1"))):
                yield Fault("control", tag.line, f"readers cannot make the page larger ({match[0]})")
