"""Lint rules across pages: links, alternates, the sitemap, the feeds."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.model import Severity
from l10n.site.lint import agreement, crawlers, feeds, links, stored
from l10n.site.lint.fault import Fault
from l10n.site.lint.site import SiteFiles
from l10n.site.lint.summary import PageSummary

Found = tuple[str, Fault]


def between(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    """What is wrong between a page and others."""
    for rule in (links.between, agreement.between, _canonical, _alternates):
        yield from rule(site, page)


def of_site(site: SiteFiles) -> Iterator[Found]:
    """What is wrong with the files that are for all pages, each with its name."""
    yield from crawlers.faults(site)
    yield from feeds.faults(site)
    yield from agreement.search_faults(site)
    yield from stored.faults(site)
    if site.pages and "404.html" not in site.files:
        message = "there is no page for addresses that lead nowhere"
        yield "404.html", Fault("lost", 1, message, Severity.WARNING)


def _canonical(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    if not page.hidden and page.canonical and page.canonical != site.address(page.path):
        yield Fault("canonical", 1, f"its canonical address is {page.canonical}, not its own")


def _alternates(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    alternates = page.hreflang
    if not alternates:
        return
    own_address = site.address(page.path)
    if own_address not in alternates.values():
        yield Fault("hreflang", 1, "the page is not among its own alternates")
    if "x-default" not in alternates:
        yield Fault("hreflang", 1, "no alternate is for readers of other languages (x-default)")
    for lang, address in alternates.items():
        alternate = site.page(address)
        if alternate is None:
            yield Fault("hreflang", 1, f"{address} ({lang}) is no page of the site")
        else:
            disagreements = _disagreement(lang, own_address, alternates.get("x-default"), alternate)
            yield from (
                Fault("hreflang", 1, f"{address} ({lang}) {disagreement}") for disagreement in disagreements
            )


def _disagreement(lang: str, address: str, default: str | None, alternate: PageSummary) -> Iterator[str]:
    """What a page and one of its alternates do not say in the same way."""
    if lang not in {"x-default", alternate.lang}:
        yield f"says it is in {alternate.lang}"
    if address not in alternate.hreflang.values():
        yield "does not name this page in return"
    elif alternate.hreflang.get("x-default") != default:
        yield "names another page for other languages (x-default)"
    if alternate.hidden:
        yield "is not for search engines"
