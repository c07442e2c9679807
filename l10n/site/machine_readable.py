"""Feeds, the sitemap, robots.txt, and a page's structured data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from urllib.parse import quote

from markupsafe import Markup

from l10n.project import Credits, Event
from l10n.site.page import Page, alike
from l10n.site.picture import Picture
from l10n.site.plain_text import plain_text
from l10n.site.site_frame import (
    Alternate,
    PagesByRelease,
    SiteFile,
    SiteFrame,
    address,
    alternates,
    folder,
    front_pages,
)
from l10n.site.typography import repair

FEED = 30
# The protocol allows 50,000 addresses and 50 MB in a file; with their alternates these weigh about 15 MB.
SITEMAP = 10_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_UNSAFE = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


Listed = tuple[str, tuple[Alternate, ...]]
Entry = tuple[str, dt.date | None, tuple[Alternate, ...]]


def site_files(
    frame: SiteFrame,
    shelf: PagesByRelease,
    pages_by_locale: Mapping[str, Sequence[Page]],
    lists: Sequence[Listed],
    html: Callable[[str], bytes],
    digest: Callable[[str], str],
) -> Iterator[SiteFile]:
    """The feeds of every language, the sitemap, and robots.txt that leads to it.

    ``pages_by_locale`` are the pages of each language, newest first, ``lists`` the addresses of pages that
    are no release's, with their alternates.  ``html`` gives a page's bytes by its path, ``digest`` what
    stands for them.
    """
    yield from _sitemap(frame, shelf, lists)
    if lines := "".join(_redirects(frame, shelf)):
        yield SiteFile("_redirects", lines, lines.encode)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {frame.url('sitemap.xml')}\n"
    yield SiteFile("robots.txt", robots, robots.encode)
    for locale, available in pages_by_locale.items():
        pages = list(islice(filter(_is_in_feed, available), FEED))
        updated = _updated(shelf, locale, pages)
        shows = "\n".join((_moment(updated), *(page.face for page in pages)))
        yield SiteFile(f"feed/{locale}.xml", shows, partial(_atom, frame, locale, pages, updated))
        texts = "\n".join(digest(f"{folder(page)}index.html") for page in pages)
        whole = partial(_json_feed, frame, locale, pages, html)
        yield SiteFile(f"feed/{locale}.json", f"{shows}\n{texts}", whole)


def _redirects(frame: SiteFrame, shelf: PagesByRelease) -> Iterator[str]:
    """Where addresses of before lead, for servers that can say it themselves (Netlify, Cloudflare, GitLab).

    A page is at each of these addresses, too, for those that cannot.
    """
    for pages in shelf:
        for page in pages if pages[0].release.former else ():
            for slug in page.release.former.get(page.locale, ()):
                if slug != page.release.slug(page.locale):
                    yield f"{frame.base}{page.locale}/{quote(slug)}/ {frame.base}{address(page)} 301\n"


def _updated(shelf: PagesByRelease, locale: str, listed: Sequence[Page]) -> dt.datetime:
    """When a feed last changed; an empty one is as old as the site, so that no day passes for a change."""
    if not listed:
        listed = [page for pages in shelf for page in pages if page.locale == locale]
    if listed:
        return max(page.changed for page in listed)
    return min((pages[0].opened for pages in shelf), default=_EPOCH)


def _atom(frame: SiteFrame, locale: str, pages: Sequence[Page], updated: dt.datetime) -> bytes:
    return frame.render(
        "feed.xml",
        locale,
        path=f"feed/{locale}.xml",
        updated=updated,
        entries=[(page, entry_id(frame, page), frame.url(address(page))) for page in pages],
        headline=partial(headline, frame, same=alike(pages)),
        moment=_moment,
    )


def entry_id(frame: SiteFrame, page: Page) -> str:
    """What a feed calls a page for good (RFC 4287, 4.2.6), whatever its address is called meanwhile."""
    return frame.url(f"{page.locale}/{page.release.id}/")


def _is_in_feed(page: Page) -> bool:
    """Whether a feed tells of a page; that a release does not hold any more is told too."""
    return not page.draft and page.status in {"published", "retracted"}


def headline(frame: SiteFrame, page: Page, same: Collection[str] = ()) -> str:
    """A page's headline where it stands without its page, with its slug if that is in ``same``."""
    slug = page.release.slug(page.locale)
    text = f"{page.headline.text} ({slug})" if slug in same else page.headline.text
    if page.status != "retracted":
        return text
    return frame.texts(page.locale).messages.gettext("Retracted: {headline}").format(headline=text)


def _json_feed(frame: SiteFrame, locale: str, pages: Sequence[Page], html: Callable[[str], bytes]) -> bytes:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    same = alike(pages)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": frame.title(locale),
        "home_page_url": frame.url(f"{locale}/"),
        "feed_url": frame.url(f"feed/{locale}.json"),
        "language": locale,
        "authors": [{"name": frame.title(locale), "url": frame.url(f"{locale}/")}],
        "items": [_item(frame, page, headline(frame, page, same), html) for page in pages],
    }
    return f"{json.dumps(feed, ensure_ascii=False, indent=1)}\n".encode()


def _item(frame: SiteFrame, page: Page, title: str, html: Callable[[str], bytes]) -> dict[str, object]:
    """A page as an item: all of its text, unless that does not hold any more."""
    url = frame.url(address(page))
    # An item is in one language, which is its title's.
    summary = page.summary.text if page.summary.locale == page.headline.locale else ""
    short = summary or page.headline.text
    holds = page.status == "published"
    item: dict[str, object] = {
        "id": entry_id(frame, page),
        "url": url,
        "title": title,
        "content_text": (_text(frame, page, html) if holds else "") or short,
        "date_published": _moment(page.opened),
    }
    if holds and summary:
        item["summary"] = summary
    if page.changed > page.opened:
        item["date_modified"] = _moment(page.changed)
    if page.release.topics:
        item["tags"] = [
            repair(frame.project.settings.site.topic(key, page.locale), page.locale)
            for key in page.release.topics
        ]
    return {**item, "language": page.headline.locale}


def _text(frame: SiteFrame, page: Page, html: Callable[[str], bytes]) -> str:
    """A page's text, behind a notice where parts are in another language, which a plain text cannot mark.

    An item that says to be in that language itself, as its title is, needs none.
    """
    text = plain_text(html(f"{folder(page)}index.html").decode())
    if not (text and page.mixed) or page.headline.locale != page.locale:
        return text
    notice = frame.texts(page.locale).messages.gettext("Parts of this page are not translated yet.")
    return f"{repair(notice, page.locale)}\n\n{text}"


def _moment(at: dt.datetime) -> str:
    """A moment as feeds write it (RFC 3339)."""
    return f"{at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _sitemap(frame: SiteFrame, shelf: PagesByRelease, lists: Sequence[Listed]) -> Iterator[SiteFile]:
    """One file, or an index of several that are filled from the oldest release on."""
    count = len(frame.locales) + len(lists) + sum(page.indexed for pages in shelf for page in pages)
    if count <= SITEMAP:
        shows = "\n".join([place for place, _ in lists] + [page.place for pages in shelf for page in pages])
        yield SiteFile("sitemap.xml", shows, lambda: _map(frame, list(_entries(frame, shelf, lists))))
        return
    entries = list(_entries(frame, shelf, lists))
    entries.reverse()
    names: list[tuple[str, dt.date | None]] = []
    for number, at in enumerate(range(0, len(entries), SITEMAP), 1):
        part = entries[at : at + SITEMAP]
        name = f"sitemap-{number}.xml"
        names.append((frame.url(name), max((day for _, day, _ in part if day), default=None)))
        yield SiteFile(name, _shown(part), partial(_map, frame, part))
    index = partial(frame.render, "sitemap-index.xml", frame.locales[0], names=names)
    yield SiteFile("sitemap.xml", str(names), index)


def _shown(entries: Sequence[Entry]) -> str:
    return "\n".join(
        f"{place} {day} {' '.join(alternate.hreflang for alternate in links)}"
        for place, day, links in entries
    )


def _map(frame: SiteFrame, entries: Sequence[Entry]) -> bytes:
    rendered: dict[int, Markup] = {}

    def links_to(alternates: tuple[Alternate, ...]) -> Markup:
        """The links to alternates, which are the same object for each page of a release."""
        links = rendered.get(id(alternates))
        if links is None:
            html = frame.render("sitemap-links.xml", frame.locales[0], alternates=alternates)
            links = rendered[id(alternates)] = Markup(html.decode())  # noqa: S704 - a template's output
        return links

    return frame.render("sitemap.xml", frame.locales[0], entries=entries, same=links_to)


def _entries(frame: SiteFrame, shelf: PagesByRelease, lists: Sequence[Listed]) -> Iterator[Entry]:
    newest = max((page.modified for pages in shelf for page in pages), default=None)
    front = front_pages(frame)
    yield from ((alternate.url, newest, front) for alternate in front)
    yield from ((place, None, links) for place, links in lists)
    for pages in shelf:
        links = alternates(frame, pages)
        for page in pages:
            if page.indexed:
                yield frame.url(address(page)), page.modified, links if page.alternate else ()


def json_ld(frame: SiteFrame, page: Page, pages: Sequence[Page], picture: Picture | None = None) -> Markup:
    """The page as a schema.org NewsArticle, in letters that cannot close its script."""
    article = _article(frame, page)
    if picture:
        article["image"] = [frame.url(picture.path)]
    if page.status != "published":
        article["creativeWorkStatus"] = page.status.title()
    if corrections := [_correction(page, event) for event in page.standing.corrections]:
        article["correction"] = corrections
    if credited := credits_of(page):
        for role, people in (("translator", credited.translated), ("editor", credited.reviewed)):
            if people:
                article[role] = [{"@type": "Person", "name": name} for name in people]
    if not page.original:
        article["translationOfWork"] = {"@id": frame.url(address(pages[0]))}
    elif translations := [item for item in pages[1:] if item.alternate]:
        article["workTranslation"] = [{"@id": frame.url(address(item))} for item in translations]
    text = _COMPACT(article)
    for sign, escape in _UNSAFE.items():
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 - no mark of markup is left in it


def _article(frame: SiteFrame, page: Page) -> dict[str, object]:
    """What it says, when, and whose it is."""
    url, release = frame.url(address(page)), page.release
    house = _house(frame, page.locale)
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": page.headline.text,
        "datePublished": page.published.isoformat(),
        "inLanguage": page.locale,
        "author": house,
        "publisher": house,
    }
    if page.summary.text and page.summary.locale == page.locale:
        article["description"] = page.summary.text
    if release.topics:
        topic = frame.project.settings.site.topic
        article["keywords"] = [repair(topic(key, page.locale), page.locale) for key in release.topics]
    if page.modified > page.day:
        article["dateModified"] = page.modified.isoformat()
    return article


def _house(frame: SiteFrame, locale: str) -> dict[str, object]:
    """Whose site it is, with the logo that search engines show."""
    house: dict[str, object] = {
        "@type": "Organization",
        "name": frame.title(locale),
        "url": frame.url(""),
    }
    if logo := frame.brand.logo(locale):
        sides = {"width": logo.size[0], "height": logo.size[1]} if logo.size else {}
        house["logo"] = {"@type": "ImageObject", "url": frame.url(logo.path), **sides}
    return house


def credits_of(page: Page) -> Credits | None:
    """Who made a page's translation, where that is disclosed and people stand behind it."""
    credited = page.credits
    return credited if credited and not page.draft and (credited.translated or credited.reviewed) else None


def _correction(page: Page, event: Event) -> dict[str, object]:
    text = event.text(page.locale)
    return {
        "@type": "CorrectionComment",
        **({"text": repair(text, page.locale)} if text else {}),
        "datePublished": event.day.isoformat(),
    }
