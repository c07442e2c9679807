"""The lists of a language: front page, years and topics, with paging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from l10n.site.languages import language
from l10n.site.page import Page, alike
from l10n.site.site_frame import (
    Alternate,
    Choice,
    PagesByRelease,
    SiteFile,
    SiteFrame,
    available_pages,
    front_pages,
)

NEWEST = 20
TOPICS = "topics"
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Year:
    """A year with releases in a language; ``path`` is where their list starts, in the language's folder."""

    number: int
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: its path, what stands on it, and its place among the pages of the list.

    ``first`` is the path of the list's first page, ``topic`` its key when it is no year's.
    """

    path: str
    pages: Sequence[Page]
    number: int
    of: int
    first: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The pages of each language with the sheets of their years and topics, worked out once.

    ``languages_at`` are the languages that have a sheet at a path.
    """

    pages: Mapping[str, Sequence[Page]]
    sheets: Mapping[str, Sequence[ListPage]]
    languages_at: Mapping[str, tuple[str, ...]]


def lists(frame: SiteFrame, shelf: PagesByRelease) -> Lists:
    """What the lists of every language show."""
    available = available_pages(shelf, frame.locales)
    topics = tuple(frame.project.settings.site.topics)
    sheets = {locale: tuple(_sheets(pages, topics)) for locale, pages in available.items()}
    languages_at: dict[str, tuple[str, ...]] = {}
    for locale, locale_sheets in sheets.items():
        for sheet in locale_sheets:
            languages_at[sheet.path] = (*languages_at.get(sheet.path, ()), locale)
    return Lists(available, sheets, languages_at)


def site_files(frame: SiteFrame, shelf: PagesByRelease, listed: Lists) -> Iterator[SiteFile]:
    """The front page and the years of every language."""
    missing = _missing(shelf, tuple(listed.pages))
    for locale, pages in listed.pages.items():
        years = _years(pages)
        elsewhere = missing[locale]
        newest = [page for page in pages if page.status != "archived"][:NEWEST]
        shows = "\n".join([str(years), *_faces(newest), "", *_faces(elsewhere)])
        topics = tuple(sheet.topic for sheet in listed.sheets[locale] if sheet.topic and sheet.number == 1)
        shows += f"\n{topics}"
        front = partial(_front, frame, locale, newest, len(pages), years, topics, elsewhere)
        yield SiteFile(f"{locale}/index.html", shows, front)
        for sheet in listed.sheets[locale]:
            languages = listed.languages_at[sheet.path]
            shows = "\n".join([f"{years} {languages} {sheet.of}", *_faces(sheet.pages)])
            year = partial(_year, frame, locale, sheet, years, languages)
            yield SiteFile(f"{locale}/{sheet.path}index.html", shows, year)


def _faces(pages: Sequence[Page]) -> list[str]:
    return [page.face for page in pages]


def addresses(frame: SiteFrame, listed: Lists) -> Iterator[tuple[str, tuple[Alternate, ...]]]:
    """The address of every year's page, with its alternates."""
    for locale, sheets in listed.sheets.items():
        for sheet in sheets:
            alternates = _alternates(frame, sheet.path, listed.languages_at[sheet.path])
            yield frame.url(f"{locale}/{sheet.path}"), alternates


def _years(pages: Sequence[Page]) -> tuple[Year, ...]:
    by_year = groupby(pages, key=lambda page: page.day.year)
    return tuple(Year(year, len(list(of_year)), f"{year:04}/") for year, of_year in by_year)


def _sheets(pages: Sequence[Page], topics: Iterable[str]) -> Iterator[ListPage]:
    for year, of_year in groupby(pages, key=lambda page: page.day.year):
        yield from _paged(f"{year:04}/", list(of_year))
    for topic in topics:
        yield from _paged(
            f"{TOPICS}/{topic}/", [page for page in pages if topic in page.release.topics], topic
        )


def _paged(first: str, pages: Sequence[Page], topic: str = "") -> Iterator[ListPage]:
    count = -(-len(pages) // PER_PAGE)
    for number in range(1, count + 1):
        part = pages[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield ListPage(_numbered(first, number), part, number, count, first, topic)


def _missing(shelf: PagesByRelease, locales: Sequence[str]) -> Mapping[str, Sequence[Page]]:
    """The newest releases that each language does not have, in their own."""
    out: dict[str, list[Page]] = {locale: [] for locale in locales}
    all_locales = frozenset(locales)
    for pages in shelf:
        if pages[0].status == "published":
            for locale in all_locales.difference(page.locale for page in pages):
                if len(out[locale]) < NEWEST:
                    out[locale].append(pages[0])
    return out


def _front(
    frame: SiteFrame,
    locale: str,
    newest: Sequence[Page],
    total: int,
    years: tuple[Year, ...],
    topics: tuple[str, ...],
    elsewhere: Sequence[Page],
) -> bytes:
    return frame.render(
        "index.html",
        locale,
        root="../",
        path=f"{locale}/",
        home="./",
        available=newest,
        alike=alike(newest),
        total=total,
        years=years,
        topics=topics,
        elsewhere=elsewhere,
        alternates=front_pages(frame),
        siblings=[item for item in frame.locales if item != locale],
        choices=[Choice(language(item), f"../{item}/", current=item == locale) for item in frame.locales],
    )


def _year(
    frame: SiteFrame, locale: str, sheet: ListPage, years: tuple[Year, ...], languages: Sequence[str]
) -> bytes:
    depth = "../" * (sheet.path.count("/") + 1)
    up, first = depth[3:], sheet.first
    return frame.render(
        "year.html",
        locale,
        root=depth,
        path=f"{locale}/{sheet.path}",
        home=up,
        subject=sheet.topic,
        year=sheet.pages[0].day.year,
        available=sheet.pages,
        alike=alike(sheet.pages),
        number_of=sheet.number,
        newer="" if sheet.number == 1 else f"{up}{_numbered(first, sheet.number - 1)}",
        older="" if sheet.number == sheet.of else f"{up}{_numbered(first, sheet.number + 1)}",
        years=years,
        alternates=_alternates(frame, sheet.path, languages),
        siblings=[item for item in languages if item != locale],
        choices=[
            Choice(
                language(item),
                f"{depth}{item}/{sheet.path if item in languages else ''}",
                current=item == locale,
            )
            for item in frame.locales
        ],
    )


def _numbered(first: str, number: int) -> str:
    return first if number == 1 else f"{first}{number}/"


def _alternates(frame: SiteFrame, path: str, locales: Sequence[str]) -> tuple[Alternate, ...]:
    """The same list in the languages that have it."""
    links = [Alternate(locale, frame.url(f"{locale}/{path}")) for locale in locales]
    return (*links, Alternate("x-default", links[0].url))
