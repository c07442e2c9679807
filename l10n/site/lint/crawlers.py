"""What can be wrong in what crawlers are told: the sitemap, and robots.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from l10n.model import Severity
from l10n.site.lint.dates import is_for_crawlers
from l10n.site.lint.fault import Fault
from l10n.site.lint.site import SiteFiles, xml_of

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
MOST = 50_000


def faults(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong in what crawlers are told, each with the file it is wrong in."""
    yield from _sitemap(site)
    if robots := site.files.get("robots.txt"):
        yield from (("robots.txt", fault) for fault in _robots(site, robots.decode("utf-8", "replace")))


def _robots(site: SiteFiles, text: str) -> Iterator[Fault]:
    """The rules for every crawler (RFC 9309), and where the sitemap stands (sitemaps.org)."""
    everyone, rules, maps = False, False, 0
    shut: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        name = key.lower()
        if name == "user-agent":
            everyone, rules = value == "*" or (everyone and not rules), False
        elif name in {"allow", "disallow"}:
            rules = True
            if everyone and (name, value) == ("disallow", "/"):
                shut.append(number)
            elif everyone and name == "disallow" and value and (page := _listed_below(site, value)):
                yield Fault("robots", number, f"{value} keeps crawlers from pages of the sitemap, {page}")
        elif name == "sitemap":
            maps += 1
            if site.path(value) == "" or not urlsplit(value).scheme:
                yield Fault("robots", number, f"{value} is no sitemap of the site")
        elif name and not (key and ":" in line):
            yield Fault("robots", number, f"{line.strip()!r} is no rule", Severity.WARNING)
    yield from (Fault("robots", number, "every crawler is kept away from the whole site") for number in shut)
    if not maps:
        yield Fault("robots", 1, "it does not say where the sitemap is", Severity.WARNING)


def _listed_below(site: SiteFiles, prefix: str) -> str:
    """A page for search engines below a path without wildcards, "" where there is none."""
    if "*" in prefix or "$" in prefix:
        return ""
    addresses = (site.address(path) for path, page in site.pages.items() if not page.hidden)
    return next((address for address in addresses if urlsplit(address).path.startswith(prefix)), "")


def _sitemap(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    listed: set[str] = set()
    names = [name for name in site.files if name.startswith("sitemap") and name.endswith(".xml")]
    for name in names:
        root = xml_of(site.files[name])
        if root is None:
            yield name, Fault("sitemap", 1, "the sitemap is no XML")
            continue
        yield from ((name, fault) for fault in _map(site, root))
        listed.update(url.text or "" for url in root.iter(f"{_SITEMAP}loc"))
    if "sitemap.xml" not in names:
        yield "sitemap.xml", Fault("sitemap", 1, "there is no sitemap")
        return
    for path, page in site.pages.items():
        if not page.hidden and site.address(path) not in listed:
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
    for url in root.iter(f"{_SITEMAP}url"):
        yield from _listed(site, url.findtext(f"{_SITEMAP}loc") or "", url)


def _listed(site: SiteFiles, address: str, url: ET.Element) -> Iterator[Fault]:
    changed = url.findtext(f"{_SITEMAP}lastmod")
    if changed is not None and not is_for_crawlers(changed.strip()):
        yield Fault("sitemap", 1, f"{changed!r} is no date (lastmod of {address})")
    page = site.page(address)
    if page is None:
        yield Fault("sitemap", 1, f"{address} is no page of the site")
        return
    if page.hidden:
        yield Fault("sitemap", 1, f"{address} is not for search engines")
    alternates = {link.get("hreflang", ""): link.get("href", "") for link in url.iter(f"{_XHTML}link")}
    if alternates != page.hreflang:
        yield Fault("sitemap", 1, f"{address} has other alternates in the sitemap than on its page")
