"""What can be wrong in the structured data of a page (schema.org, as JSON-LD)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage
from l10n.site.lint.site import SiteFiles

_REQUIRED = ("@context", "@type", "url", "headline", "datePublished", "inLanguage", "publisher")
_DATES = ("datePublished", "dateModified", "dateCreated", "expires")


def faults(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong in the structured data of a page."""
    for line, text in sheet.data:
        try:
            told = json.loads(text)
        except ValueError as error:
            yield Fault("json-ld", line, f"the structured data is no JSON: {error}")
            continue
        if not isinstance(told, dict | list):
            yield Fault("json-ld", line, "the structured data is no object")
            continue
        for message in (*_dates(told), *_references(whole, told)):
            yield Fault("json-ld", line, message)
        # A page with its own frame may say other things, too.
        if isinstance(told, list) or ("@type" in told and "Article" not in str(told["@type"])):
            continue
        if missing := [name for name in _REQUIRED if not told.get(name)]:
            yield Fault("json-ld", line, f"the structured data does not say {', '.join(missing)}")
        if isinstance(told.get("headline"), str) and not sheet.says(told["headline"]):
            said = f"its headline is not on the page: {told['headline'][:60]!r}"
            yield Fault("json-ld", line, said, Severity.WARNING)
        if told.get("inLanguage") not in {None, sheet.lang}:
            yield Fault("json-ld", line, f"it says {told['inLanguage']!r}, the page {sheet.lang!r}")
        if sheet.canonical and told.get("url") not in {None, sheet.canonical}:
            yield Fault("json-ld", line, "its url is not the page's canonical address")


def _objects(told: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON holds anything
    """Every object of the data."""
    waiting = [told]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)


def _dates(told: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    for found in _objects(told):
        moments = {name: _day(found[name]) for name in _DATES if name in found}
        for name, day in moments.items():
            if day is None:
                yield f"{name} is {found[name]!r}, which is no date (ISO 8601)"
        first, last = moments.get("datePublished"), moments.get("dateModified")
        if first and last and last < first:
            yield f"it was modified before it was published ({last}, {first})"


def _day(said: object) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(said).date() if isinstance(said, str) else None
    except ValueError:
        return None


def _references(whole: SiteFiles, told: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    """Addresses of this site under which there is nothing."""
    for found in _objects(told):
        for name in ("@id", "url", "contentUrl", "image", "logo"):
            for said in found[name] if isinstance(found.get(name), list) else [found.get(name)]:
                if isinstance(said, str) and whole.path(said) == "":
                    yield f"{name} is {said}, where there is nothing"
