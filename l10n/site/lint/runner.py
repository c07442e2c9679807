"""Run the linter over a site; faults are reported in the form of the gate's findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from l10n.errors import InputError, UsageError
from l10n.gate import LocatedFinding
from l10n.gc_tuning import relaxed_gc
from l10n.processes import spread, usable
from l10n.site.lint import cross_page, pages
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, parse
from l10n.site.lint.site import SiteFiles

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


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a site in a folder.  UsageError when it is none, InputError when it cannot be read."""
    if not folder.is_dir():
        raise UsageError("there is no site here", path=folder, remedy="Publish the project first.")
    folder = folder.resolve()
    try:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", path=error.filename or folder
        ) from None


@relaxed_gc()
def check(files: Mapping[str, bytes], url: str, processes: int = 1) -> tuple[LocatedFinding, ...]:
    """What is wrong on a site that stands at an address, in the order of the files.

    Up to ``processes`` processes look at its pages, where there are many.
    """
    sheets: dict[str, ParsedPage] = {}
    faults: list[tuple[str, Fault]] = []
    for path, data in files.items():
        if path.endswith(".html"):
            try:
                sheets[path] = parse(path, data.decode("utf-8"))
            except UnicodeDecodeError as error:
                line = data[: error.start].count(b"\n") + 1
                faults.append((path, Fault("encoding", line, "the page is not UTF-8")))
    locales = sorted({sheet.lang for sheet in sheets.values() if pages.known(sheet.lang)})
    names = sorted({name for sheet in sheets.values() if (name := sheet.meta("og:site_name").strip())})
    site = SiteFiles(files, sheets, url.rstrip("/"))

    def of_pages(paths: Sequence[str]) -> list[tuple[str, Fault]]:
        return [
            (path, fault)
            for path in paths
            for fault in (
                *pages.faults(sheets[path], locales, names),
                *cross_page.of_page(site, sheets[path]),
            )
        ]

    paths = list(sheets)
    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    for found in spread(of_pages, batches, usable(min(processes, max(1, len(batches) // 2)))):
        faults.extend(found)
    faults.extend(cross_page.of_site(site))
    return tuple(_remarks(faults, sheets))


def _remarks(faults: list[tuple[str, Fault]], sheets: Mapping[str, ParsedPage]) -> Iterator[LocatedFinding]:
    for path, fault in sorted(faults, key=lambda pair: (pair[0], pair[1].line, pair[1].rule)):
        locale = sheets[path].lang if path in sheets else ""
        yield LocatedFinding(path, fault.line, fault.severity, fault.rule, fault.message, locale)
