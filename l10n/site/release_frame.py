"""A release's pages in the site's frame; pages that differ only in their texts share a precompiled one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from markupsafe import Markup, escape

from l10n.site import machine_readable, picture, templates
from l10n.site.languages import Language, date_text, language
from l10n.site.notes import has_backlinks
from l10n.site.page import Page
from l10n.site.picture import Picture
from l10n.site.precompile import Day, Known, Making, NotPrecompilable, PrecompiledTemplate, precompile
from l10n.site.site_frame import Alternate, Choice, SiteFrame, address, alternates
from l10n.site.typography import repair
from l10n.site.urls import readable

_TEMPLATE = "release.html"


@dataclass(frozen=True, slots=True)
class Block:
    """A text at the foot of every release, in the language it is in."""

    language: Language
    body: Markup


class PageShape(NamedTuple):
    """Everything of a page that its template may branch on; pages of one shape share a precompiled template.

    ``headline`` and ``summary`` are the languages these are in, and whether there are any; ``blocks`` the
    languages of the texts at the foot.
    """

    locale: str
    source: str
    headline: tuple[str, bool]
    summary: tuple[str, bool]
    complete: bool
    draft: str
    mixed: bool
    behind: bool
    alternate: bool
    body: bool
    headed: bool
    notes: bool
    blocks: tuple[Language, ...]
    picture: bool
    described: bool


@dataclass(frozen=True, slots=True)
class ReleaseFrame:
    """What the frames of a release's pages have in common; the original is first among ``pages``.

    ``origin`` is the path from a translation to the original, "" where that was withdrawn.  ``pressed``
    has the templates that were pressed for releases with the same languages and topics, ``shared`` the
    values of holes that are the same on each page.
    """

    frame: SiteFrame
    pages: Sequence[Page]
    alternates: tuple[Alternate, ...]
    choices: tuple[tuple[str, bool, str], ...]
    addresses: dict[str, str]
    links: dict[str, str]
    origin: str
    pressed: dict[object, PrecompiledTemplate | None]
    shared: dict[str, bytes]

    def html(self, page: Page, blocks: tuple[Block, ...]) -> bytes:
        """A page in its frame, with the texts that stand at its foot."""
        plain = page.status == "published" and not page.standing.events and not page.credits
        filled = self._filled(page, blocks) if plain else None
        return self._rendered(page, blocks) if filled is None else filled

    def _filled(self, page: Page, blocks: tuple[Block, ...]) -> bytes | None:
        """The page by its pressed template, None where that cannot be pressed."""
        image = picture.first(page.body)
        shape = _shape(page, blocks, image)
        if shape not in self.pressed:
            self.pressed[shape] = _pressed(self, shape)
        template = self.pressed[shape]
        if template is None:
            return None
        frame, day, path = self.frame, page.day, self.addresses[page.locale]
        values = {
            "headline": str(escape(page.headline.text)),
            "summary": str(escape(page.summary.text)),
            "day": day.isoformat(),
            "date": str(escape(date_text(day, page.locale))),
            "published": page.published.isoformat(),
            "path": path,
            "url": str(escape(frame.url(path))),
            "readable": str(escape(readable(frame.url(path)))),
            "body": page.body,
            "structured": str(machine_readable.json_ld(frame, page, self.pages, image)),
        }
        if image:
            values["picture"] = str(escape(frame.url(image.path)))
            values["alt"] = str(escape(image.alt))
        if not page.alternate:
            values["links"] = str(frame.links(()))
        for number, block in enumerate(blocks):
            values[f"block {number}"] = str(block.body)
        return template.filled({**self.shared, **_encoded(values)})

    def _rendered(self, page: Page, blocks: tuple[Block, ...]) -> bytes:
        image = picture.first(page.body)
        return self.frame.render(
            "withdrawn.html" if page.status == "withdrawn" else _TEMPLATE,
            page.locale,
            root="../../",
            home="../",
            page=page,
            body=Markup(page.body),  # noqa: S704 - the format has escaped every target in it
            path=address(page),
            alternates=self.alternates if page.alternate else (),
            siblings=self.siblings(page.locale) if page.alternate else [],
            choices=self._choices(page),
            origin="" if page.original else self.origin,
            said=lambda event: repair(event.text(page.locale), page.locale),
            blocks=blocks,
            notes=_has_backlinks(page, blocks),
            topics=page.release.topics,
            history=self.frame.project.settings.site.history,
            credits=machine_readable.credits_of(page),
            json_ld=machine_readable.json_ld(self.frame, page, self.pages, image),
            picture=self.frame.url(image.path) if image else "",
            alt=image.alt if image else "",
        )

    def siblings(self, locale: str) -> list[str]:
        """The other languages of a page that is one of the alternates."""
        return [alternate.hreflang for alternate in self.alternates[:-1] if alternate.hreflang != locale]

    def _choices(self, page: Page) -> tuple[Choice, ...]:
        links = {page.locale: f"../../{address(page)}"}
        return tuple(
            Choice(
                language(locale),
                self.links.get(f"to {locale}", links.get(locale, "")),
                current=locale == page.locale,
                note=note,
            )
            for locale, _, note in self.choices
        )


def release_frame(frame: SiteFrame, pages: Sequence[Page]) -> ReleaseFrame:
    """What the pages of a release have in common."""
    release = pages[0].release if pages else None
    addresses = {page.locale: address(page) for page in pages}
    available = {page.locale: page for page in pages if page.status != "withdrawn"}
    page_alternates = alternates(frame, pages)
    choices = tuple([_choice(locale, available.get(locale)) for locale in frame.locales])
    links = {f"to {locale}": f"../../{addresses[locale]}" for locale in available}
    origin = links.get(f"to {pages[0].locale}", "") if pages else ""
    kind = (
        choices,
        release and release.topics,
        bool(origin),
        tuple([alternate.hreflang for alternate in page_alternates]),
    )
    shared = _encoded({**links, "origin": origin, "links": str(frame.links(page_alternates))})
    pressed = frame.pressed.setdefault(kind, {})
    return ReleaseFrame(frame, pages, page_alternates, choices, addresses, links, origin, pressed, shared)


def _encoded(values: Mapping[str, str]) -> dict[str, bytes]:
    return {name: templates.encoded(value) for name, value in values.items()}


def _choice(locale: str, page: Page | None) -> tuple[str, bool, str]:
    note = "" if page is None or page.complete else "draft" if page.draft else "partly"
    return locale, page is not None, note


def _has_backlinks(page: Page, blocks: tuple[Block, ...]) -> bool:
    return has_backlinks(page.body) or any(has_backlinks(block.body) for block in blocks)


def _shape(page: Page, blocks: tuple[Block, ...], image: Picture | None) -> PageShape:
    return PageShape(
        page.locale,
        page.release.locale,
        (page.headline.locale, bool(page.headline.text)),
        (page.summary.locale, bool(page.summary.text)),
        page.complete,
        page.draft,
        page.mixed,
        page.behind,
        page.alternate,
        bool(page.body),
        page.headed,
        _has_backlinks(page, blocks),
        tuple([block.language for block in blocks]),
        image is not None,
        image is not None and bool(image.alt),
    )


def _pressed(framing: ReleaseFrame, shape: PageShape) -> PrecompiledTemplate | None:
    """The template of a release's page with holes for what neither its framing nor its shape tells."""
    names = {
        "headline",
        "summary",
        "day",
        "date",
        "published",
        "path",
        "url",
        "readable",
        "links",
        "body",
        "structured",
        "origin",
    }
    names.update(
        framing.links, ("picture", "alt"), (f"block {number}" for number in range(len(shape.blocks)))
    )

    def render(hole: Making) -> str:
        return templates.text(framing.frame.env, _TEMPLATE, _values(framing, shape, hole))

    return precompile(render, frozenset(names), templates.encoded)


def _values(framing: ReleaseFrame, shape: PageShape, hole: Making) -> dict[str, object]:
    """What a template is told of a page of which only the shape is known."""
    frame, release = framing.frame, framing.pages[0].release
    page = _known_page(framing, shape, hole)
    path = hole("path")
    page_alternates = hole("alternates", there=bool(framing.alternates) and shape.alternate)

    def refuse(*_: object) -> str:
        raise NotPrecompilable

    def date(value: object) -> object:
        if value is page.day:
            return hole("date")
        return date_text(value, shape.locale) if type(value) is dt.date else refuse()

    return {
        **frame.values(shape.locale),
        "date": date,
        "url": lambda value: hole("url") if value is path else frame.url(str(value)),
        "readable": lambda _: hole("readable"),
        "links": lambda value: hole("links") if value is page_alternates else refuse(),
        "slug": refuse,
        "said": refuse,
        "root": "../../",
        "home": "../",
        "page": page,
        "body": hole("body", there=shape.body),
        "path": path,
        "alternates": page_alternates,
        "siblings": framing.siblings(shape.locale) if shape.alternate else [],
        "choices": _known_choices(framing, shape, hole),
        "origin": hole("origin") if framing.origin and not page.original else "",
        "blocks": tuple(
            Known(language=block_language, body=hole(f"block {number}"))
            for number, block_language in enumerate(shape.blocks)
        ),
        "notes": shape.notes,
        "topics": release.topics,
        "history": frame.project.settings.site.history,
        "credits": None,
        "json_ld": hole("structured"),
        "picture": hole("picture", there=shape.picture),
        "alt": hole("alt", there=shape.described),
    }


def _known_page(framing: ReleaseFrame, shape: PageShape, hole: Making) -> Known:
    """A page of a shape: what only a single page tells is a hole."""
    day = Day(isoformat=partial(hole, "day"))
    return Known(
        locale=shape.locale,
        headline=Known(text=hole("headline", there=shape.headline[1]), locale=shape.headline[0]),
        summary=Known(text=hole("summary", there=shape.summary[1]), locale=shape.summary[0]),
        status="published",
        complete=shape.complete,
        draft=shape.draft,
        indexed=not shape.draft,
        alternate=shape.alternate,
        original=shape.locale == shape.source,
        mixed=shape.mixed,
        behind=shape.behind,
        headed=shape.headed,
        standing=Known(status="published", last=None, events=(), corrections=()),
        day=day,
        modified=day,
        published=Known(isoformat=partial(hole, "published")),
        release=Known(locale=shape.source, date=day, topics=framing.pages[0].release.topics),
        credits=None,
    )


def _known_choices(framing: ReleaseFrame, shape: PageShape, hole: Making) -> tuple[Known, ...]:
    """The languages that a page of a shape offers."""
    return tuple(
        Known(
            language=language(locale),
            href=hole(f"to {locale}") if is_available else "",
            current=locale == shape.locale,
            note=note,
        )
        for locale, is_available, note in framing.choices
    )
