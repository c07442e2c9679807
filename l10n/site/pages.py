"""Make the page of a release in a language: its headline, summary and body."""

from __future__ import annotations

import re
from html import escape, unescape

from l10n import inline
from l10n.conventions import load
from l10n.formats import Targets, body_traits, fold, whole
from l10n.formats.html import as_html
from l10n.model import Document, Kind, Unit
from l10n.site import embedded, notes, page_body
from l10n.site.contact_links import dialled, linked
from l10n.site.filling import Filling
from l10n.site.naming import plain, shortened
from l10n.site.originals import Original
from l10n.site.page import LocalisedText, Page
from l10n.site.publishable_targets import counts
from l10n.site.typography import repair

SUMMARY = 200
_TITLE = re.compile(r"<title>", re.IGNORECASE)


def own_page(source: Original) -> Page:
    """A release in its own language."""
    filling = None if source.form is None else source.form.in_source()
    if filling is None:
        return page(source, source.document.locale, source.own)
    return whole_page(source, source.document.locale, filling)


def whole_page(source: Original, locale: str, filling: Filling) -> Page:
    """A release in one language, from all of its approved targets."""
    if source.written.woven is None or filling.words is None or source.release.page == "own":
        return page(source, locale, filling.targets)
    return Page(
        release=source.release,
        locale=locale,
        headline=_headline(source, locale, filling.targets),
        summary=_summary(source, locale, filling.targets),
        body=_body(source, locale, filling.targets, ("", ""), source.written.woven(filling.words)),
    )


def page(source: Original, locale: str, targets: Targets, draft: str = "") -> Page:
    """A release in one language; paragraphs without all of their targets stay in the source's.

    ``draft`` is who made those targets that nobody has approved.
    """
    document = source.document
    complete = counts(source, targets).complete
    mark = ("", "") if locale == document.locale else _mark(document.locale)
    return Page(
        release=source.release,
        locale=locale,
        headline=_headline(source, locale, targets),
        summary=_summary(source, locale, targets),
        body=_body(source, locale, targets, mark, source.written(targets, mark)),
        complete=complete and not draft,
        draft=draft,
        mixed=not complete,
        whole=_whole(source, locale, targets, mark) if source.release.page == "own" else "",
    )


def _body(source: Original, locale: str, targets: Targets, mark: tuple[str, str], body: str) -> str:
    """The body of a page as readers need it; ``mark`` is for what is not in its language."""
    if source.swallows:
        body = page_body.closed(body)
    traits = body_traits(source.document)
    labels = _undescribed(source.document, targets) if mark[0] else ()
    if traits.commonmark:

        def marked(caption: str) -> tuple[str, str]:
            return mark if unescape(caption).startswith(labels) else ("", "")

        body = page_body.within_reach(page_body.figures(body, marked))
    body = page_body.labelled(body, labels, _attributes(source.document.locale))
    if source.title is not None and source.title.kind is Kind.PARAGRAPH:
        body = page_body.headed(body)
    if traits.one_way_notes:
        body = notes.tied(body)
    body = embedded.with_links(body)
    body = linked(page_body.closed_up(body, locale), source.contacts, load(locale).direction)
    body = dialled(body, source.release.calling_code)
    return page_body.isolated(page_body.bare_links(body), locale)


def _undescribed(document: Document, targets: Targets) -> tuple[str, ...]:
    """The sentences about pictures that stay in the source's language, as plain text."""
    return tuple(
        inline.plain(segment.source, segment.codes)
        for unit in document.units
        if unit.kind is Kind.ATTRIBUTE and not whole(unit, targets)
        for segment in unit.segments
    )


def _whole(source: Original, locale: str, targets: Targets, mark: tuple[str, str]) -> str:
    """The text of a page that has its own frame; a title that stays in the source's language says so."""
    document = source.exact()
    if locale == document.locale:
        return as_html(document, document.text)
    filled = as_html(document, fold(document, targets, whole_units=True, mark=mark))
    text = page_body.isolated_in_page(filled, locale)
    text = page_body.labelled(text, _undescribed(document, targets), _attributes(document.locale))
    titles = (unit for unit in document.units if unit.kind is Kind.METADATA and unit.name == "title")
    if all(whole(unit, targets) for unit in titles):
        return text
    return _TITLE.sub(f"<title {_attributes(document.locale)}>", text, count=1)


def _mark(locale: str) -> tuple[str, str]:
    return f'<span {_attributes(locale)} class="untranslated">', "</span>"


def _attributes(locale: str) -> str:
    """What an element in a language says."""
    return f'lang="{escape(locale)}" dir="{load(locale).direction}"'


def _headline(source: Original, locale: str, targets: Targets) -> LocalisedText:
    release = source.release
    title = (
        LocalisedText("", locale)
        if source.title is None
        else _unit_text(source, source.title, locale, targets)
    )
    if release.title and title.locale == release.locale:
        return LocalisedText(repair(release.title, release.locale), release.locale)
    return title if title.text else LocalisedText(release.title or release.id, release.locale)


def _summary(source: Original, locale: str, targets: Targets) -> LocalisedText:
    if source.summary is None:
        return LocalisedText("", locale)
    # Twice as much as is shown: where sentences have no space between them it becomes shorter.
    text = _unit_text(source, source.summary, locale, targets, 2 * SUMMARY)
    return LocalisedText(shortened(text.text, SUMMARY), text.locale)


def _unit_text(source: Original, unit: Unit, locale: str, targets: Targets, limit: int = 0) -> LocalisedText:
    """A unit as plain text, in the page's language when all of it is approved; see ``_plain``."""
    if locale != source.document.locale and whole(unit, targets):
        return LocalisedText(page_body.closed_up(plain(unit, targets, limit), locale), locale)
    return LocalisedText(plain(unit, {}, limit), source.document.locale)
