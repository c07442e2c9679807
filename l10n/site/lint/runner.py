"""Run the linter over a site; faults are reported in the form of the gate's findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from l10n.gate import LocatedFinding
from l10n.gc_tuning import relaxed_gc
from l10n.processes import spread, usable
from l10n.site.lint import (
    agreement,
    chinese,
    choices,
    cross_page,
    films,
    forms,
    links,
    pages,
    pictures,
    structured,
    styles,
    theme_words,
)
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, opening, parse
from l10n.site.lint.site import SiteFiles
from l10n.site.lint.summary import PageSummary

_BATCH = 50  # pages for a process at a time

Found = tuple[str, Fault]


@relaxed_gc()
def check(
    files: Mapping[str, bytes],
    url: str,
    processes: int = 1,
    *,
    symlinks: Sequence[str] = (),
    now: dt.datetime | None = None,
) -> tuple[LocatedFinding, ...]:
    """What is wrong on a site that stands at an address, in the order of the files.

    ``symlinks`` are paths of links among the files, ``now`` is the moment after which nothing can have
    changed.  Up to ``processes`` processes look at its pages, where there are many.  Of each page only a
    summary is kept for the rules between pages, so that a site of any size can be looked at.
    """
    faults, summaries = _by_themselves(SiteFiles(files, url.rstrip("/")), processes)
    site = SiteFiles(files, url.rstrip("/"), summaries, now)
    for page in summaries.values():
        faults.extend((page.path, fault) for fault in cross_page.between(site, page))
    faults.extend(cross_page.of_site(site))
    message = "a link to a file or folder, which is not followed: hosts may not, or show what it leads to"
    faults.extend((path, Fault("symlink", 1, message)) for path in symlinks)
    return tuple(_remarks(faults, summaries))


def _by_themselves(site: SiteFiles, processes: int) -> tuple[list[Found], dict[str, PageSummary]]:
    """What is wrong on the pages, each by itself, and what is kept of them."""
    files = site.files
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
    return faults, summaries


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
        *forms.faults(site, sheet),
        *chinese.faults(sheet),
        *choices.faults(sheet),
        *films.faults(sheet),
        *theme_words.faults(sheet),
        *styles.faults(site, sheet),
        *pictures.faults(site, addresses),
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
