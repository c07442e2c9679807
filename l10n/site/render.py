"""Render the pages of releases in their frames, and the files of the site that belong to no release."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from l10n.project import Project
from l10n.site import brand, cross_links, lists, machine_readable, notes, search, templates, whole_page
from l10n.site.brand import Brand
from l10n.site.directory import Asked
from l10n.site.languages import language
from l10n.site.page import Page
from l10n.site.release_frame import Block, release_frame
from l10n.site.site_frame import (
    Choice,
    PagesByRelease,
    SiteFile,
    SiteFrame,
    address,
    alternates,
    folder,
    front_pages,
)
from l10n.site.typography import repair


def frame_of(project: Project, locales: tuple[str, ...], its_brand: Brand | None = None) -> SiteFrame:
    """What all pages of a project's site in some locales share; with the brand of its settings, or another.

    Raises ConfigError for a file of the brand that cannot be shown.
    """
    env = templates.environment(project)
    style = templates.source(env, "site.css")
    css = f"assets/site.{hashlib.sha256(style).hexdigest()[:12]}.css"
    return SiteFrame(project, env, locales, css, brand.brand(project) if its_brand is None else its_brand)


_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])", re.IGNORECASE)


def block_of(pages: Sequence[Page], locale: str, site: str, lead: Asked) -> Block | None:
    """A block for readers of a locale: in their language where it is whole, else in its own.

    Its links lead as those of the readers' pages do; ``site`` is where the site stands.  The highest of its
    headings are of the second level: the first on a page is the release's.
    """
    standing = [page for page in pages if page.alternate]
    page = next((page for page in standing if page.locale == locale), standing[0] if standing else None)
    if page is None:
        return None
    highest = min((int(tag[2]) for tag in _HEADING.finditer(page.body)), default=2)
    body = _HEADING.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + 2 - highest)}", page.body)
    body = cross_links.led(body, locale, lead, site=site, root="../../")
    body = notes.set_apart(body, page.release.id)
    return Block(language(page.locale), Markup(body))  # noqa: S704 - as a page's own


def release_files(
    frame: SiteFrame,
    pages: Sequence[Page],
    blocks: Mapping[str, tuple[Block, ...]],
    lead: Asked,
    standing: Collection[str] = (),
) -> dict[str, bytes]:
    """The pages of a release in their frames, the original first among ``pages``.

    ``blocks`` are the texts at their foot by locale; ``lead`` is asked about links to other releases.  An
    address a page had before leads to it.  What is ``standing`` is left out.
    """
    out: dict[str, bytes] = {}
    shared = release_frame(frame, pages)
    for page in pages:
        if f"{folder(page)}index.html" in standing:
            continue
        framed = not page.whole or page.status == "withdrawn"
        foot = blocks.get(page.locale, ())
        html = (
            shared.html(_linked(frame, page, lead), foot) if framed else _own_framed(frame, page, pages, lead)
        )
        out[f"{folder(page)}index.html"] = html
    for page in pages:
        for slug in page.release.former.get(page.locale, ()):
            moved = frame.render(
                "moved.html",
                page.locale,
                root="../../",
                path=address(page),
                home="../",
                alternates=(),
                siblings=(),
                choices=(),
                target=f"../{address(page).partition('/')[2]}",
            )
            out.setdefault(f"{page.locale}/{slug}/index.html", moved)
    return out


def site_files(
    frame: SiteFrame,
    shelf: PagesByRelease,
    html: Callable[[str], bytes],
    digest: Callable[[str], str],
) -> Iterator[SiteFile]:
    """Every file that is no release's; ``shelf`` has the pages of each release.

    ``html`` gives the bytes of a release's page by its path, ``digest`` what stands for them.
    """
    yield SiteFile(frame.css, frame.css, lambda: templates.source(frame.env, "site.css"))
    for path, data in frame.brand.files.items():
        yield SiteFile(path, path, partial(bytes, data))
    yield SiteFile("index.html", "", lambda: _chooser(frame))
    listed = lists.lists(frame, shelf)
    yield from lists.site_files(frame, shelf, listed)
    addresses = tuple(lists.addresses(frame, listed))
    if frame.project.settings.site.search:
        yield from search.site_files(frame, listed, html, digest)
        addresses = (*search.addresses(frame), *addresses)
    yield from machine_readable.site_files(frame, shelf, listed.pages, addresses, html, digest)
    yield from _lost(frame)


def _linked(frame: SiteFrame, page: Page, lead: Asked) -> Page:
    """A page whose links to other releases lead to their pages in its language."""
    site = frame.project.settings.site.url
    body = cross_links.led(page.body, page.locale, lead, site=site, root="../../")
    return page if body is page.body else page.with_texts(body, page.whole)


def _own_framed(frame: SiteFrame, page: Page, pages: Sequence[Page], lead: Asked) -> bytes:
    """A page that has its own frame."""
    page_alternates = alternates(frame, pages) if page.alternate else ()
    links = frame.render(
        "own-links.html", page.locale, page=page, path=address(page), alternates=page_alternates
    )
    notices = frame.render(
        "own-notices.html",
        page.locale,
        page=page,
        said=lambda event: repair(event.text(page.locale), page.locale),
    )

    def moved(link: str) -> str:
        destination = lead(link, page.locale)
        return frame.url(destination.path) if destination and destination.path else link

    text = whole_page.page_html(
        page.whole,
        locale=page.locale,
        address=frame.url(address(page)),
        links=links.decode(),
        notices=f"\n{words}" if (words := notices.decode().strip()) else "",
        main=page.release.main,
        lead=moved,
    )
    site = frame.project.settings.site.url
    text = cross_links.led(text, page.locale, lead, site=site, root=f"{site}/")
    return text.encode("utf-8", "xmlcharrefreplace")


def _chooser(frame: SiteFrame) -> bytes:
    titles_differ = len({frame.project.settings.site.title(locale) for locale in frame.locales}) > 1
    return frame.render(
        "chooser.html",
        frame.locales[0],
        root="",
        path="",
        home="",
        alternates=front_pages(frame),
        siblings=list(frame.locales[1:]),
        choices=(),
        lines=[
            (
                language(locale),
                frame.title(locale) if titles_differ else "",
                frame.texts(locale).say("Press releases"),
            )
            for locale in frame.locales
        ],
    )


def _lost(frame: SiteFrame) -> Iterator[SiteFile]:
    """The page for an address that leads nowhere: one in each language, one in all of them."""
    yield SiteFile("404.html", "", lambda: _lost_in(frame, frame.locales))
    for locale in frame.locales:
        yield SiteFile(f"{locale}/404.html", "", partial(_lost_in, frame, (locale,)))


def _lost_in(frame: SiteFrame, locales: Sequence[str]) -> bytes:
    """The same in some languages.  Servers show it at any depth: its links start at the site's path."""
    base = frame.base
    return frame.render(
        "404.html",
        locales[0],
        root=base,
        path="",
        home=f"{base}{locales[0]}/" if len(locales) == 1 else base,
        alternates=(),
        siblings=(),
        choices=[Choice(language(item), f"{base}{item}/") for item in frame.locales],
        lines=[(language(item), frame.texts(item)) for item in locales],
    )
