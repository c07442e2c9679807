"""What can be wrong in what crawlers are told: the sitemap, and robots.txt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from l10n.site.lint import robots, signs
from l10n.site.lint.dates import A_DAY, day, is_for_crawlers, moment
from l10n.site.lint.fault import Fault
from l10n.site.lint.pages import known
from l10n.site.lint.site import SiteFiles, is_lost, joined, texts_of, xml_of

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
MOST = 50_000
_NAME = re.compile(r"(?:\A|/)sitemap[^/]*\.xml\Z")
_OFTEN = frozenset({"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"})


def faults(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong in what crawlers are told, each with the file it is wrong in."""
    yield from _sitemap(site)
    yield from (("robots.txt", fault) for fault in robots.faults(site))


def _sitemap(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    listed: set[str] = set()
    names = [name for name in site.files if _NAME.search(name)]
    for name in names:
        root = xml_of(site.files[name])
        if root is None:
            yield name, Fault("sitemap", 1, "the sitemap is no XML")
            continue
        yield from ((name, fault) for fault in _map(site, root))
        yield from ((name, fault) for fault in signs.in_data(texts_of(root)))
        listed.update(url.text or "" for url in root.iter(f"{_SITEMAP}loc"))
    if not names:
        yield "sitemap.xml", Fault("sitemap", 1, "there is no sitemap")
        return
    for path, page in site.pages.items():
        own = site.address(path)
        if page.hidden or page.onward or is_lost(path):
            continue
        if page.canonical in {"", own} and own not in listed:
            yield path, Fault("sitemap", 1, "the page is not in the sitemap")


def _map(site: SiteFiles, root: ET.Element) -> Iterator[Fault]:
    if root.tag == f"{_SITEMAP}sitemapindex":
        for part in root.iter(f"{_SITEMAP}loc"):
            if not site.path(part.text or ""):
                yield Fault("sitemap", 1, f"{part.text} is not there")
        return
    if len(root) > MOST:
        yield Fault("sitemap", 1, f"more than {MOST} addresses")
    counted = Counter(url.text or "" for url in root.iter(f"{_SITEMAP}loc"))
    for address in (address for address, number in counted.items() if number > 1):
        yield Fault("sitemap", 1, f"{address} stands there twice")
    links = (part.tag for part in root.iter() if part.tag.endswith("}link"))
    if unknown := next((tag for tag in links if tag != f"{_XHTML}link"), ""):
        yield Fault("sitemap", 1, f"{unknown} is in a namespace that no search engine knows")
    # Alternates may be named on the pages only.
    named = next(root.iter(f"{_XHTML}link"), None) is not None
    for url in root.iter(f"{_SITEMAP}url"):
        yield from _listed(site, url.findtext(f"{_SITEMAP}loc") or "", url, named=named)


def _hints(address: str, url: ET.Element) -> Iterator[Fault]:
    """What a sitemap may say of an address besides (sitemaps.org)."""
    often = (url.findtext(f"{_SITEMAP}changefreq") or "daily").strip()
    if often not in _OFTEN:
        yield Fault("sitemap", 1, f"{often!r} is no changefreq ({address})")
    try:
        fits = 0 <= float(url.findtext(f"{_SITEMAP}priority") or "0.5") <= 1
    except ValueError:
        fits = False
    if not fits:
        yield Fault("sitemap", 1, f"the priority of {address} is not between 0 and 1")
    named = Counter(link.get("hreflang", "") for link in url.iter(f"{_XHTML}link"))
    for lang in (lang for lang, number in named.items() if number > 1):
        yield Fault("sitemap", 1, f"{address} has two alternates in {lang}")
    for lang in (lang for lang in named if lang != "x-default" and not known(lang)):
        yield Fault("sitemap", 1, f"{lang!r} is no language tag that is known ({address})")


def _listed(site: SiteFiles, address: str, url: ET.Element, *, named: bool) -> Iterator[Fault]:
    changed = url.findtext(f"{_SITEMAP}lastmod")
    if changed is not None and not is_for_crawlers(changed.strip()):
        yield Fault("sitemap", 1, f"{changed!r} is no date (lastmod of {address})")
    yield from _hints(address, url)
    page = site.page(address)
    if page is None:
        yield Fault("sitemap", 1, f"{address} is no page of the site")
        return
    if page.hidden:
        yield Fault("sitemap", 1, f"{address} is not for search engines")
    if page.onward:
        yield Fault("sitemap", 1, f"{address} only leads on to another page")
    elif page.canonical and page.canonical != address:
        yield Fault("sitemap", 1, f"{address} says that its address is {page.canonical}")
    changed_at = moment(changed)
    if site.now is not None and changed_at is not None and changed_at > site.now + A_DAY:
        yield Fault("sitemap", 1, f"{address} changes in the future ({changed})")
    changed_day, published = day(changed), day(page.published)
    if changed_day and published and (published - changed_day).days > 1:
        message = f"{address} changed on {changed_day}, before it was published ({published})"
        yield Fault("sitemap", 1, message)
    alternates = {link.get("hreflang", ""): link.get("href", "") for link in url.iter(f"{_XHTML}link")}
    # That one on the page is no whole address is told there.
    on_page = {lang: joined(address, href) for lang, href in page.hreflang.items()} if named else {}
    if alternates != on_page and named:
        yield Fault("sitemap", 1, f"{address} has other alternates in the sitemap than on its page")
