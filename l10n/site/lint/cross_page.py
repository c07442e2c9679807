"""Lint rules across pages: links, alternates, the sitemap, the feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from l10n.model import Severity
from l10n.site.lint import crawlers, feeds, links, structured
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage
from l10n.site.lint.site import SiteFiles

Found = tuple[str, Fault]


def faults(whole: SiteFiles) -> Iterator[Found]:
    """What is wrong between pages, each with the file it is wrong in."""
    for path, sheet in whole.sheets.items():
        for each in (links.faults, structured.faults, _canonical, _named_twice, _alternates):
            yield from ((path, fault) for fault in each(whole, sheet))
    yield from crawlers.faults(whole)
    yield from feeds.faults(whole)
    if whole.sheets and "404.html" not in whole.files:
        said = "there is no page for addresses that lead nowhere"
        yield "404.html", Fault("lost", 1, said, Severity.WARNING)


def _canonical(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    told = [tag.given.get("href", "") for tag in sheet.links("canonical")]
    if sheet.hidden:
        return
    if len(told) != 1:
        yield Fault("canonical", 1, "the page has no canonical address, or several")
    elif told[0] != whole.address(sheet.path):
        yield Fault("canonical", 1, f"its canonical address is {told[0]}, not its own")


def _named_twice(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:  # noqa: ARG001 - one of several of a kind
    counted = Counter(tag.given["hreflang"] for tag in sheet.links("alternate") if "hreflang" in tag.given)
    for lang in (lang for lang, number in counted.items() if number > 1):
        yield Fault("hreflang", 1, f"the page names two alternates in {lang}")


def _alternates(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    told = sheet.hreflang
    if not told:
        return
    own = whole.address(sheet.path)
    if own not in told.values():
        yield Fault("hreflang", 1, "the page is not among its own alternates")
    if "x-default" not in told:
        yield Fault("hreflang", 1, "no alternate is for readers of other languages (x-default)")
    for lang, address in told.items():
        other = whole.sheets.get(whole.path(address) or "")
        if other is None:
            yield Fault("hreflang", 1, f"{address} ({lang}) is no page of the site")
        else:
            said = _disagreement(lang, own, told.get("x-default"), other)
            yield from (Fault("hreflang", 1, f"{address} ({lang}) {each}") for each in said)


def _disagreement(lang: str, own: str, default: str | None, other: ParsedPage) -> Iterator[str]:
    """What a page and one of its alternates do not say in the same way."""
    if lang not in {"x-default", other.lang}:
        yield f"says it is in {other.lang}"
    if own not in other.hreflang.values():
        yield "does not name this page in return"
    elif other.hreflang.get("x-default") != default:
        yield "names another page for other languages (x-default)"
    if other.hidden:
        yield "is not for search engines"
