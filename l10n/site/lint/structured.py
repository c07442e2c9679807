"""What can be wrong in the structured data of a page (schema.org, as JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from l10n.model import Severity
from l10n.site.lint.dates import day
from l10n.site.lint.fault import Fault
from l10n.site.lint.pages import known
from l10n.site.lint.reader import ParsedPage
from l10n.site.lint.site import SiteFiles

_REQUIRED = ("@context", "@type", "url", "headline", "datePublished", "inLanguage", "publisher")
_WISHED = {"url", "publisher"}
_ARTICLES = {
    name.lower(): name for name in ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report")
}
_DATES = ("datePublished", "dateModified", "dateCreated", "expires")


def faults(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong in the structured data of a page."""
    for line, data in sheet.structured:
        if isinstance(data, ValueError):
            yield Fault("json-ld", line, f"the structured data is no JSON: {data}")
            continue
        if not isinstance(data, dict | list):
            yield Fault("json-ld", line, "the structured data is no object")
            continue
        for message in (*_dates(data), *_references(site, data), *_languages(data)):
            yield Fault("json-ld", line, message)
        if isinstance(data, dict) and (kind := _misspelt(data.get("@type"))):
            yield Fault(
                "json-ld", line, f"@type is {data['@type']!r}, which schema.org does not know: {kind}?"
            )
        # A page with its own frame may say other things, too.
        if isinstance(data, list) or ("@type" in data and "Article" not in str(data["@type"])):
            continue
        for severity, message in _of_article(sheet, data):
            yield Fault("json-ld", line, message, severity)


def _of_article(sheet: ParsedPage, data: dict[str, Any]) -> Iterator[tuple[Severity, str]]:
    """What is wrong in what a page says of itself."""
    if missing := [name for name in _REQUIRED if not data.get(name)]:
        grave = Severity.WARNING if {*missing} <= _WISHED else Severity.ERROR
        yield grave, f"the structured data does not say {', '.join(missing)}"
    if isinstance(data.get("headline"), str) and not sheet.says(data["headline"]):
        yield Severity.WARNING, f"its headline is not on the page: {data['headline'][:60]!r}"
    if data.get("inLanguage") not in {None, sheet.lang}:
        yield Severity.ERROR, f"it says {data['inLanguage']!r}, the page {sheet.lang!r}"
    publisher = data.get("publisher")
    if isinstance(publisher, dict) and "@id" not in publisher and not publisher.get("name"):
        yield Severity.ERROR, "its publisher has no name"
    published, told = day(data.get("datePublished")), day(sheet.meta("article:published_time"))
    if published and told and published != told:
        yield Severity.ERROR, f"it was published {published}, and networks are told {told}"
    if sheet.canonical and data.get("url") not in {None, sheet.canonical}:
        yield Severity.ERROR, "its url is not the page's canonical address"
    yield from ((Severity.ERROR, message) for message in _agreements(sheet, data))


def _agreements(sheet: ParsedPage, data: dict[str, Any]) -> Iterator[str]:
    """What the structured data of an article say otherwise than the head of its page."""
    of = data.get("mainEntityOfPage")
    address = of.get("@id") if isinstance(of, dict) else of
    if sheet.canonical and isinstance(address, str) and address != sheet.canonical:
        yield "mainEntityOfPage is not the page's canonical address"
    changed, told = day(data.get("dateModified")), day(sheet.meta("article:modified_time"))
    if changed and told and changed != told:
        yield f"it was modified {changed}, and networks are told {told}"
    if "schema.org" not in str(data.get("@context", "schema.org")):
        yield f"@context is {data['@context']!r}, and not https://schema.org"
    for name in ("author", "editor", "translator"):
        people = data.get(name) if isinstance(data.get(name), list) else [data.get(name)]
        if any(isinstance(one, dict) and "@id" not in one and not one.get("name") for one in people or ()):
            yield f"its {name} has no name"


def _objects(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON holds anything
    """Every object of the data."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _dates(data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    for object_ in _objects(data):
        moments = {name: day(object_[name]) for name in _DATES if name in object_}
        for name, told in moments.items():
            if told is None:
                yield f"{name} is {object_[name]!r}, which is no date (ISO 8601)"
        first, last = moments.get("datePublished"), moments.get("dateModified")
        if first and last and last < first:
            yield f"it was modified before it was published ({last}, {first})"


def _references(site: SiteFiles, data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    """Addresses of this site under which there is nothing."""
    for object_ in _objects(data):
        for name in ("@id", "url", "contentUrl", "image", "logo"):
            for address in object_[name] if isinstance(object_.get(name), list) else [object_.get(name)]:
                if isinstance(address, str) and site.path(address) == "":
                    yield f"{name} is {address}, where there is nothing"
                elif (
                    isinstance(address, str)
                    and name in {"image", "logo", "url", "contentUrl"}
                    and "://" not in address[:9]
                ):
                    yield f"{name} is {address!r}, which is no whole address"


def _languages(data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    """Language tags that are none."""
    for object_ in _objects(data):
        for lang in tags if isinstance(tags := object_.get("inLanguage"), list) else [tags]:
            tag = lang.get("alternateName") if isinstance(lang, dict) else lang
            if tag is not None and not (isinstance(tag, str) and known(tag)):
                yield f"inLanguage is {tag!r}, which is no language tag that is known"


def _misspelt(kind: object) -> str:
    """The kind of article that was meant by one whose capitals are others, "" for all else."""
    name = _ARTICLES.get(kind.lower(), "") if isinstance(kind, str) else ""
    return name if name != kind else ""
