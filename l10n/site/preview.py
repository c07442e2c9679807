"""Preview a page with every target there is, approved or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from urllib.parse import unquote

from l10n import project as projects
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, attributes, tokens
from l10n.model import Catalogue
from l10n.project import Project, Release
from l10n.site import assets, gates, originals, pages, publishable_targets, render, templates
from l10n.site.brand import Brand
from l10n.site.directory import Asked, Listed, directory
from l10n.site.lifecycle import PublicationStatus, publication_status
from l10n.site.page import Page, finished
from l10n.site.page_selection import reported_status
from l10n.site.site_frame import folder
from l10n.site.urls import joined


def preview(project: Project, release: Release, locale: str, catalogue: Catalogue | None) -> bytes:
    """The page of a release in a language, in its frame; what has no target is in the source's.

    Its choice of languages has those two only, since no others are made.  Raises ConfigError for a mistake
    in a project's own template.
    """
    document = projects.document(project, release)
    original = originals.original(release, document)
    first = pages.page(original, release.locale, original.own)
    source = (
        original
        if locale == release.locale
        else originals.original(release, projects.segmented_for(document, release, locale))
    )
    shown = first
    if catalogue is not None and locale != release.locale:
        targets, _ = publishable_targets.drafted(source, catalogue, locale)
        shown = pages.page(source, locale, targets)
    several = [first] if shown is first else [first, shown]
    # Without the files of a site, which are not there for a page by itself.
    frame = render.frame_of(project, tuple(page.locale for page in several), Brand())
    return render.release_files(frame, several, {}, _nowhere)[f"{folder(shown)}index.html"]


def everywhere(
    project: Project,
    release: Release,
    catalogue: Callable[[str], Catalogue | None],
    *,
    as_of: dt.datetime,
    until: dt.date,
    others: Iterable[Release] = (),
) -> Mapping[str, bytes]:
    """The pages of a release in all of its languages with what they show, by path on the site.

    They tell what happened to it at a moment, but that a text is withdrawn: whoever has it may look at it.
    Every page says that it is a preview, whether readers have one at its address, and the day ``until``
    which it may be looked at.  Its links lead to pages of the preview, else to the live site, those to
    ``others`` where readers have them.  Raises what ``preview`` raises.
    """
    frame = render.frame_of(project, release.languages)
    beside = assets.of(release)
    shown = [
        finished(
            page,
            beside.shown(page.body, page.locale, measured=True),
            page.whole and beside.shown(page.whole, page.locale),
        )
        for page in _unfinished(project, release, catalogue, as_of)
    ]
    on_line = gates.on_line(project)
    live = frozenset(locale for locale in release.languages if gates.path_of(release, locale) in on_line)
    lead = _to_live(project, release, others, on_line)
    made = render.release_files(replace(frame, until=until, live=live), shown, {}, lead)
    beside_pages = {
        **beside.used,
        **frame.brand.files,
        frame.css: templates.source(frame.env, "site.css"),
    }
    inside = {*made, *beside_pages}
    site = project.settings.site.url
    return {**beside_pages, **{path: _led_out(html, path, inside, site) for path, html in made.items()}}


def _unfinished(
    project: Project, release: Release, catalogue: Callable[[str], Catalogue | None], as_of: dt.datetime
) -> Iterator[Page]:
    """The page of a release in its own language and in each that has a catalogue, with how it stands."""
    document = projects.document(project, release)
    original = originals.original(release, document)
    status = _told(publication_status(release, release.locale, as_of))
    yield replace(pages.page(original, release.locale, original.own), standing=status)
    for locale in release.locales:
        entries = catalogue(locale)
        if entries is not None:
            source = originals.original(release, projects.segmented_for(document, release, locale))
            targets, who = publishable_targets.drafted(source, entries, locale)
            status = _told(publication_status(release, locale, as_of))
            status = reported_status(status, source, targets, locale)
            yield replace(pages.page(source, locale, targets, who), standing=status)


def _told(status: PublicationStatus) -> PublicationStatus:
    """What a preview tells of how a release stands: nothing where it is withdrawn."""
    return PublicationStatus() if status.status == "withdrawn" else status


def style(project: Project) -> bytes:
    """The style sheet of a project's pages."""
    return templates.source(templates.environment(project), "site.css")


def _to_live(
    project: Project, release: Release, others: Iterable[Release], on_line: Collection[str]
) -> Asked:
    """Where the links of a release lead: to its own pages, and to those that readers have of the others."""
    listed = [Listed(release, release.languages)]
    for other in others:
        if other.kind == "release" and other.id != release.id:
            there = (locale for locale in other.languages if gates.path_of(other, locale) in on_line)
            listed.append(Listed(other, tuple(there)))
    where = directory(project.settings.site.url, listed)
    return lambda link, locale: where.lead(link, locale, release.id)


def _led_out(html: bytes, path: str, inside: Collection[str], site: str) -> bytes:
    """A page of a preview whose links to what is not ``inside`` lead to the live site."""
    text = html.decode("utf-8")
    out: list[str] = []
    done = 0
    for start, end, link in _links(text):
        address = joined(f"{site}/{path}", link)
        name = unquote(address.partition("#")[0].removeprefix(f"{site}/"))
        if address != link and (f"{name}index.html" if name.endswith("/") else name) not in inside:
            out.extend((text[done:start], escape(address)))
            done = end
    return "".join((*out, text[done:])).encode("utf-8")


def _links(html: str) -> Iterator[tuple[int, int, str]]:
    """Where in a page the addresses of its links stand, and what they are."""
    for token in tokens(html):
        if token.sort is Sort.START and token.name in {"a", "area"}:
            for one in attributes(html, token):
                if one.name == "href" and one.quote:
                    yield one.start, one.end, decode(html[one.start : one.end], attribute=True).strip()


def _nowhere(_link: str, _locale: str) -> None:
    """Links of a page that is only looked at stay as they are."""
