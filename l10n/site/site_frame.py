"""What all pages of a site share: addresses, names and templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlsplit

from jinja2 import Environment
from markupsafe import Markup

from l10n.project import Project
from l10n.site import templates
from l10n.site.brand import Brand
from l10n.site.languages import Language, date_text, language, network_alternates, network_locale, number_text
from l10n.site.page import Page
from l10n.site.precompile import PrecompiledTemplate
from l10n.site.texts import SiteTexts, site_texts
from l10n.site.typography import repair
from l10n.site.urls import readable

PagesByRelease = Sequence[tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page's sibling: its hreflang, and the absolute address."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the language switcher; ``href`` is "" where the language is not available.

    ``note`` says in which way the page there is less than a translation: "partly" or "draft".
    """

    language: Language
    href: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that belongs to no release: path, what it shows (to detect changes), how it is made."""

    path: str
    shows: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What all pages of a site share; ``css`` is the path of its style sheet.

    ``brand`` is what stands for its organisation.  ``until`` is the day until which pages may be looked at
    in a preview, None for published ones; ``live`` are the locales in which readers have these.
    ``pressed`` are templates filled in but for holes, by what they were pressed for: what a release has,
    and what a page is.
    """

    project: Project
    env: Environment
    locales: tuple[str, ...]
    css: str
    brand: Brand = field(default_factory=Brand, repr=False)
    until: dt.date | None = None
    live: frozenset[str] = frozenset()
    pressed: dict[object, dict[object, PrecompiledTemplate | None]] = field(default_factory=dict, repr=False)
    _globals: dict[str, dict[str, object]] = field(default_factory=dict, repr=False)
    _texts: dict[str, SiteTexts] = field(default_factory=dict, repr=False)
    _links: dict[tuple[Alternate, ...], Markup] = field(default_factory=dict, repr=False)
    _titles: dict[str, str] = field(default_factory=dict, repr=False)

    def url(self, path: str) -> str:
        """The absolute address of a path."""
        return f"{self.project.settings.site.url}/{path}"

    @property
    def base(self) -> str:
        """The path of the site on its host, with a slash at both ends."""
        return f"{urlsplit(self.project.settings.site.url).path}/"

    def title(self, locale: str) -> str:
        """The site's name in a language."""
        title = self._titles.get(locale)
        if title is None:
            name = self.project.settings.site.title(locale) or self.project.settings.name
            title = self._titles[locale] = repair(name, locale)
        return title

    def render(self, name: str, locale: str, **values: object) -> bytes:
        """A template filled in for readers of a locale."""
        return templates.render(self.env, name, **self.values(locale), **values)

    def texts(self, locale: str) -> SiteTexts:
        """What the site says to readers of a locale."""
        texts = self._texts.get(locale)
        if texts is None:
            texts = self._texts[locale] = site_texts(locale, self.project.root / "locales")
        return texts

    def values(self, locale: str) -> Mapping[str, object]:
        """What every template is told for readers of a locale."""
        values = self._globals.get(locale)
        if values is None:
            values = self._globals[locale] = self._for(locale)
        return values

    def links(self, alternates: tuple[Alternate, ...]) -> Markup:
        """The links of a page to its alternates, which are the same on each of them."""
        links = self._links.get(alternates)
        if links is None:
            self._links.clear()
            html = templates.render(self.env, "alternates.html", alternates=alternates).decode()
            links = self._links[alternates] = Markup(html)  # noqa: S704 - a template's output
        return links

    def _for(self, locale: str) -> dict[str, object]:
        texts = self.texts(locale)

        def date(day: dt.date) -> str:
            return date_text(day, locale)

        def number(value: int) -> str:
            return number_text(value, locale)

        def topic_marks(key: str) -> Markup:
            """What marks a topic's name that is not in the language of the page."""
            topic_locale = self.project.settings.site.topic_locale(key, locale)
            return Markup(" ") + language(topic_locale).marks if topic_locale else Markup()

        return {
            "_": texts.messages.gettext,
            "ngettext": texts.messages.ngettext,
            "say": texts.say,
            "say_count": texts.say_count,
            "label": texts.label,
            "back": texts.back,
            "date": date,
            "number": number,
            "direction": lambda code: language(code).direction,
            "language_of": language,
            "network_locale": network_locale,
            "network_alternates": network_alternates,
            "language": language(locale),
            "site_title": self.title(locale),
            "css": self.css,
            "icons": self.brand.icons,
            "touch_icon": self.brand.touch_icon,
            "logo": self.brand.logo(locale),
            "site_picture": self.brand.picture(locale),
            "preview_until": self.until,
            "preview_live": locale in self.live,
            "search": self.project.settings.site.search,
            "url": self.url,
            "readable": readable,
            "links": self.links,
            "slug": lambda page: _quoted(page.release.slug(page.locale)),
            "topic_marks": topic_marks,
            "topic": lambda key: repair(self.project.settings.site.topic(key, locale), locale),
        }


def folder(page: Page) -> str:
    """The folder of a release's page among the files of the site, with a slash at its end."""
    return f"{page.locale}/{page.release.slug(page.locale)}/"


def address(page: Page) -> str:
    """The path of a release's page as an address has it: the same, with what is not ASCII escaped."""
    return _quoted(folder(page))


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    """The same path is asked for by each of its siblings."""
    return quote(path)


def alternates(frame: SiteFrame, pages: Sequence[Page]) -> tuple[Alternate, ...]:
    """The complete pages of a release, and the first of them for readers of any other language."""
    links = [Alternate(page.locale, frame.url(address(page))) for page in pages if page.alternate]
    return (*links, Alternate("x-default", links[0].url)) if links else ()


def front_pages(frame: SiteFrame) -> tuple[Alternate, ...]:
    """The front page of each language, and the chooser for any other."""
    links = [Alternate(locale, frame.url(f"{locale}/")) for locale in frame.locales]
    return (*links, Alternate("x-default", frame.url("")))


def available_pages(shelf: PagesByRelease, locales: Sequence[str]) -> dict[str, list[Page]]:
    """The pages of each language that still stand, newest first."""
    out: dict[str, list[Page]] = {locale: [] for locale in locales}
    for pages in shelf:
        for page in pages:
            if page.standing.status != "withdrawn":
                out[page.locale].append(page)
    for available in out.values():
        available.sort(key=lambda page: page.day, reverse=True)
    return out
