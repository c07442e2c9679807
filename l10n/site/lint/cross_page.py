"""Lint rules across pages: links, alternates, the sitemap, the feeds."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.model import Severity
from l10n.site.lint import agreement, crawlers, feeds, links, redirects, stored
from l10n.site.lint.fault import Fault
from l10n.site.lint.site import SiteFiles, covers, joined
from l10n.site.lint.summary import PageSummary
from l10n.site.urls import taken_apart

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
    yield from redirects.faults(site)
    if site.pages and "404.html" not in site.files:
        message = "there is no page for addresses that lead nowhere"
        yield "404.html", Fault("lost", 1, message, Severity.WARNING)


def _canonical(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    if page.hidden or not page.canonical or page.canonical == site.address(page.path):
        return
    if not page.canonical.startswith(("http://", "https://")):
        yield Fault("canonical", 1, f"its canonical address is {page.canonical}, which is no whole address")
        return
    other = site.page(page.canonical)
    message = f"its canonical address is {page.canonical}, not its own"
    if other is not None and other.lang.lower() != page.lang.lower():
        message = f"its canonical address is {page.canonical}, that of a page in {other.lang}"
    # Pages of a long list may stand for their first one.
    meant = other is not None and other.lang == page.lang and other.canonical == page.canonical
    yield Fault("canonical", 1, message, Severity.WARNING if meant else Severity.ERROR)


def _alternates(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    alternates = page.hreflang
    if not alternates:
        return
    own_address = site.own_address(page)
    if own_address not in {joined(own_address, address) for address in alternates.values()}:
        yield Fault("hreflang", 1, "the page is not among its own alternates")
    if "x-default" not in alternates:
        message = "no alternate is for readers of other languages (x-default)"
        yield Fault("hreflang", 1, message, Severity.WARNING)
    for lang, address in alternates.items():
        alternate = site.page(address)
        if not address.startswith(("http://", "https://")):
            yield Fault("hreflang", 1, f"{address} ({lang}) is no whole address")
        elif alternate is None and _is_elsewhere(site, address):
            continue
        elif alternate is None:
            yield Fault("hreflang", 1, f"{address} ({lang}) is no page of the site")
        else:
            disagreements = _disagreement(
                f"{address} ({lang})",
                lang,
                own_address,
                alternates.get("x-default"),
                alternate,
                site.own_address(alternate),
            )
            yield from (Fault("hreflang", 1, message) for message in disagreements)


def _is_elsewhere(site: SiteFiles, address: str) -> bool:
    """Whether an address is on another host, as those of other languages are for some sites."""
    return taken_apart(address).hostname != taken_apart(site.url).hostname


def _disagreement(
    there: str, lang: str, address: str, default: str | None, alternate: PageSummary, site_address: str
) -> Iterator[str]:
    """What a page and its alternate ``there`` do not say in the same way."""
    if lang.lower() != "x-default" and not covers(lang, alternate.lang):
        yield f"{there} says it is in {alternate.lang}"
    if address not in alternate.hreflang.values():
        yield f"{there} does not name this page in return"
    elif alternate.hreflang.get("x-default") != default:
        yield f"{there} names another page for other languages (x-default)"
    if alternate.onward:
        yield f"{there} only leads on to another page"
    elif alternate.canonical and alternate.canonical != site_address:
        yield f"{there} says that its address is another one"
    if alternate.hidden:
        yield f"{there} is not for search engines"
