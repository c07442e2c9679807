"""Pages get their frame, and the files that lead to them are written beside them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from l10n.messages import messages
from l10n.project import Project
from l10n.site import templates
from l10n.site.languages import Language, date_text, language
from l10n.site.pages import Page

Shelf = Sequence[tuple[Page, ...]]
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page's sibling: its hreflang, and the absolute address."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the language switcher; ``href`` is "" where the language is not available."""

    language: Language
    href: str
    current: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a site share."""

    project: Project
    env: Environment
    locales: tuple[str, ...]
    css: str

    def url(self, path: str) -> str:
        """The absolute address of a path."""
        return f"{self.project.settings.site.url}/{path}"

    def title(self, locale: str) -> str:
        """The site's name in a language."""
        return self.project.settings.site.title(locale) or self.project.settings.name

    def render(self, name: str, locale: str, **values: object) -> bytes:
        """A template filled in for readers of a locale."""
        said = messages(locale)
        return templates.render(
            self.env,
            name,
            _=said.gettext,
            ngettext=said.ngettext,
            date=lambda day: date_text(day, locale),
            direction=lambda code: language(code).direction,
            language_of=language,
            language=language(locale),
            site_title=self.title(locale),
            css=self.css,
            url=self.url,
            **values,
        )


def files(project: Project, shelf: Shelf, as_of: dt.datetime) -> dict[str, bytes]:
    """Every file of a site; ``shelf`` has the pages of each release, the original first."""
    env = templates.environment(project)
    style = templates.source(env, "site.css")
    css = f"assets/site.{hashlib.sha256(style).hexdigest()[:12]}.css"
    named = (*project.settings.locales, *(page.locale for pages in shelf for page in pages))
    frame = Frame(project, env, tuple(dict.fromkeys(named)), css)
    out = {css: style, "index.html": _chooser(frame), "sitemap.xml": _sitemap(frame, shelf)}
    for pages in shelf:
        out.update((f"{_address(page)}index.html", _release(frame, page, pages)) for page in pages)
    for locale in frame.locales:
        out[f"{locale}/index.html"] = _index(frame, locale, shelf)
        out[f"feed/{locale}.xml"] = _feed(frame, locale, shelf, as_of)
    return out


def _address(page: Page) -> str:
    return f"{page.locale}/{page.release.id}/"


def _release(frame: Frame, page: Page, pages: Sequence[Page]) -> bytes:
    alternates = _alternates(frame, pages) if page.complete else ()
    return frame.render(
        "release.html",
        page.locale,
        root="../../",
        page=page,
        body=Markup(page.body),  # noqa: S704 - the format has escaped every target in it
        path=_address(page),
        alternates=alternates,
        siblings=[item.locale for item in pages if item.complete and item is not page and page.complete],
        choices=tuple(_choices(frame, page, pages)),
        origin="" if page.original else f"../../{_address(pages[0])}",
        json_ld=_json_ld(frame, page, pages),
    )


def _choices(frame: Frame, page: Page, pages: Sequence[Page]) -> Iterator[Choice]:
    there = {item.locale: item for item in pages}
    for locale in frame.locales:
        item = there.get(locale)
        yield Choice(
            language(locale),
            f"../../{_address(item)}" if item else "",
            current=item is page,
            partial=item is not None and not item.complete,
        )


def _alternates(frame: Frame, pages: Sequence[Page]) -> tuple[Alternate, ...]:
    """The complete pages of a release, and the original for readers of any other language."""
    told = [Alternate(page.locale, frame.url(_address(page))) for page in pages if page.complete]
    return (*told, Alternate("x-default", frame.url(_address(pages[0]))))


def _fronts(frame: Frame) -> tuple[Alternate, ...]:
    """The front page of each language, and the chooser for any other."""
    told = [Alternate(locale, frame.url(f"{locale}/")) for locale in frame.locales]
    return (*told, Alternate("x-default", frame.url("")))


def _json_ld(frame: Frame, page: Page, pages: Sequence[Page]) -> Markup:
    """The page as a schema.org NewsArticle, in letters that cannot close its script."""
    own = frame.url(_address(page))
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": own,
        "url": own,
        "headline": page.headline.text,
        "datePublished": page.release.date.isoformat(),
        "inLanguage": page.locale,
        "publisher": {"@type": "Organization", "name": frame.title(page.locale), "url": frame.url("")},
    }
    if not page.original:
        told["translationOfWork"] = {"@id": frame.url(_address(pages[0]))}
    elif others := [item for item in pages[1:] if item.complete]:
        told["workTranslation"] = [{"@id": frame.url(_address(item))} for item in others]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - no mark of markup is left in it


def _available(shelf: Shelf, locale: str) -> list[Page]:
    return [page for pages in shelf for page in pages if page.locale == locale]


def _index(frame: Frame, locale: str, shelf: Shelf) -> bytes:
    choices = [Choice(language(item), f"../{item}/", current=item == locale) for item in frame.locales]
    elsewhere = [pages[0] for pages in shelf if all(page.locale != locale for page in pages)]
    return frame.render(
        "index.html",
        locale,
        root="../",
        path=f"{locale}/",
        available=_available(shelf, locale),
        elsewhere=elsewhere,
        alternates=_fronts(frame),
        siblings=[item for item in frame.locales if item != locale],
        choices=choices,
    )


def _chooser(frame: Frame) -> bytes:
    first = frame.locales[0]
    lines = [
        (language(locale), frame.title(locale), messages(locale).gettext("Press releases"))
        for locale in frame.locales
    ]
    return frame.render(
        "chooser.html",
        first,
        root="",
        path="",
        alternates=_fronts(frame),
        siblings=list(frame.locales[1:]),
        choices=(),
        lines=lines,
    )


def _sitemap(frame: Frame, shelf: Shelf) -> bytes:
    newest = shelf[0][0].release.date if shelf else None
    fronts = _fronts(frame)
    entries: list[tuple[str, dt.date | None, tuple[Alternate, ...]]] = [
        (front.url, newest, fronts) for front in fronts
    ]
    for pages in shelf:
        alternates = _alternates(frame, pages)
        entries.extend(
            (frame.url(_address(page)), page.release.date, alternates if page.complete else ())
            for page in pages
        )
    return frame.render("sitemap.xml", frame.locales[0], entries=entries)


def _feed(frame: Frame, locale: str, shelf: Shelf, as_of: dt.datetime) -> bytes:
    available = _available(shelf, locale)
    newest = available[0].release.date if available else as_of.astimezone(dt.UTC).date()
    return frame.render(
        "feed.xml",
        locale,
        path=f"feed/{locale}.xml",
        updated=newest,
        entries=[(page, frame.url(_address(page))) for page in available[:FEED]],
    )


FEED = 30
