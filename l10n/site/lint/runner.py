"""Run the linter over a site; faults are reported in the form of the gate's findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from l10n.gate import LocatedFinding
from l10n.gc_tuning import relaxed_gc
from l10n.processes import spread, usable
from l10n.site.lint import agreement, cross_page, links, pages, structured
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, opening, parse
from l10n.site.lint.site import SiteFiles
from l10n.site.lint.summary import PageSummary

RULES = {
    "encoding": "A page that is not UTF-8, or a file that begins with a byte order mark.",
    "lang-missing": "A page that does not say which language it is in.",
    "lang-tag": "A language tag that is none (BCP 47), or names a language nobody knows.",
    "lang-wrong": "A page whose words are those of another language than it says.",
    "dir": "An element whose direction is not that of its language.",
    "script": "A text in another script than its language is written in, and no lang that says so.",
    "bidi-control": "A character that turns the text around it without being seen.",
    "decomposed": "Letters with their accents apart, which search and fonts handle badly.",
    "leftover": "A code, a placeholder or a piece of template that should not be on a page.",
    "garbled": "Text that was read in a wrong encoding, lost letters, or was escaped twice.",
    "head": "A page without what browsers need to read it: document type, encoding, viewport.",
    "title": "A page without a title, with several, or with an empty description.",
    "heading": "A page without exactly one first heading, or with one that is empty or leaves out a level.",
    "unclosed": "An element that is not closed, or closed where it is not open.",
    "duplicate-id": "Two elements with one id.",
    "id-missing": "A label, a description or a table cell that is for something that is not there.",
    "time": "A date for machines that is none.",
    "alt": "An image without alt text, or with the name of its file as one.",
    "name": "A link, a button, a frame or a field that says nothing to those who do not see it.",
    "control": "A page that cannot be made larger, goes on by itself, or takes over sound or keyboard.",
    "weight": "A page that weighs too much.",
    "json-ld": "Structured data that is broken, incomplete, or says something else than its page.",
    "open-graph": "What networks show of a page is missing, is not there, or is another page's.",
    "link": "A link that leads nowhere, or to a page in another language than it says.",
    "redirect": "A page that leads on to nothing, to itself, or to one that leads on.",
    "mixed": "Something unencrypted on an encrypted page.",
    "canonical": "A page without a canonical address, or with another page's.",
    "hreflang": "Alternates that are not there, do not name each other, or are in another language.",
    "sitemap": "A sitemap out of step with the pages.",
    "robots": "A robots.txt that keeps every crawler away, or does not name the sitemap.",
    "lost": "No page for addresses that lead nowhere.",
    "feed": "A feed that is broken, or out of step with the pages.",
    "agreement": "A release that has another title or day in a list, a feed or its data than on its page.",
    "search": "A search index that cannot be read, or finds what is not there or is something else.",
    "file": "A file that is empty, broken, or not what its name says.",
    "file-name": "A file name that some systems or addresses take for another one.",
    "stray": "A hidden file, a backup or a file of those who make the site, published with it.",
    "unsafe": "A script where none belongs, or a key, a password or a place on somebody's machine.",
}
"""Every rule of the linter: id and explanation."""

_BATCH = 50  # pages for a process at a time

Found = tuple[str, Fault]


@relaxed_gc()
def check(files: Mapping[str, bytes], url: str, processes: int = 1) -> tuple[LocatedFinding, ...]:
    """What is wrong on a site that stands at an address, in the order of the files.

    Up to ``processes`` processes look at its pages, where there are many.  Of each page only a summary is
    kept for the rules between pages, so that a site of any size can be looked at.
    """
    site = SiteFiles(files, url.rstrip("/"))
    paths = [path for path in files if path.endswith(".html")]
    openings = [opening(files[path].decode("utf-8", "replace")) for path in paths]
    locales = sorted({lang for lang, _ in openings if pages.known(lang)})
    names = sorted({name for _, name in openings if name})

    def of_pages(batch: Sequence[str]) -> tuple[list[Found], list[PageSummary]]:
        faults: list[Found] = []
        kept: list[PageSummary] = []
        for path in batch:
            try:
                sheet = parse(path, files[path].decode("utf-8"))
            except UnicodeDecodeError as error:
                line = error.object[: error.start].count(b"\n") + 1
                faults.append((path, Fault("encoding", line, "the page is not UTF-8")))
                continue
            summary, found = _one(site, sheet, locales, names)
            kept.append(summary)
            faults.extend((path, fault) for fault in found)
        return faults, kept

    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    faults: list[Found] = []
    summaries: dict[str, PageSummary] = {}
    for found, kept in spread(of_pages, batches, usable(min(processes, max(1, len(batches) // 2)))):
        faults.extend(found)
        summaries.update((page.path, page) for page in kept)
    site = SiteFiles(files, site.url, summaries)
    for page in summaries.values():
        faults.extend((page.path, fault) for fault in cross_page.between(site, page))
    faults.extend(cross_page.of_site(site))
    return tuple(_remarks(faults, summaries))


def _one(
    site: SiteFiles, sheet: ParsedPage, locales: Sequence[str], names: Sequence[str]
) -> tuple[PageSummary, list[Fault]]:
    """What is kept of a page, and what is wrong on it by itself."""
    addresses = links.addresses(site, sheet)
    found = [
        *pages.faults(sheet, locales, names),
        *links.faults(site, sheet, addresses),
        *structured.faults(site, sheet),
        *agreement.faults(site, sheet),
    ]
    article = sheet.article
    published = article.get("datePublished")
    summary = PageSummary(
        sheet.path,
        sheet.lang,
        sheet.title,
        sheet.heading,
        sheet.hidden,
        sheet.canonical,
        sheet.hreflang,
        frozenset(name for name, _ in sheet.ids),
        article=bool(article),
        published=published if isinstance(published, str) else None,
        onward=links.onward(site, sheet),
        links=tuple(links.kept(sheet, addresses)),
        teasers=tuple(agreement.listed(site, sheet)),
    )
    return summary, found


def _remarks(faults: list[Found], summaries: Mapping[str, PageSummary]) -> Iterator[LocatedFinding]:
    for path, fault in sorted(
        faults, key=lambda pair: (pair[0], pair[1].line, pair[1].rule, pair[1].message)
    ):
        locale = summaries[path].lang if path in summaries else ""
        yield LocatedFinding(path, fault.line, fault.severity, fault.rule, fault.message, locale)
