"""One release in one language: what its page says, and whether all of it may be shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from html import escape

from l10n import inline
from l10n.catalogue import Counts
from l10n.conventions import load
from l10n.formats import FORMATS, Targets, Written, body_of, fold, shown, whole
from l10n.model import Catalogue, Code, Document, Kind, Segment, Unit
from l10n.project import Credits, Release
from l10n.site import dressing
from l10n.site.filling import Filling, Form, form
from l10n.site.standing import Standing
from l10n.site.typography import in_need, repair, together

Key = tuple[str, str]
SUMMARY = 200
# A line of more characters is no title.
TITLE = 120
_ENDS = ".!?…:;,。！？：；，؟؛،।"
_SPACE = re.compile(r"[ \t\r\n]+")
_TITLE = re.compile(r"<title>", re.IGNORECASE)
_H1 = re.compile(r"<h1[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text with the locale it is in, which need not be its page's."""

    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Page:
    """A localised page before its frame: ``body`` is the HTML inside its article.

    ``complete`` says that all of it is approved; only such pages are alternates of each other.
    ``draft`` says who made what on it nobody has approved: "machine", "person", or "" where
    there is nothing of the kind.  ``mixed`` says that parts of it stay in the source language,
    ``behind`` that the source was corrected and it still says what it said before.  ``face`` stands for
    all that a list or a feed shows of it, ``place`` is all that a sitemap does, and ``mark`` stands for what
    else it shows itself (``finished`` sets them).
    ``whole`` is the text of a page that has its own frame, "" for one that goes into the site's.
    ``credits`` say who made it, where the site discloses that.
    """

    release: Release
    locale: str
    headline: Words
    summary: Words
    body: str
    complete: bool = True
    draft: str = ""
    mixed: bool = False
    behind: bool = False
    standing: Standing = field(default_factory=Standing)
    face: str = ""
    place: str = ""
    mark: str = ""
    whole: str = ""
    credits: Credits | None = None

    @property
    def status(self) -> str:
        """How it stands: "published", "retracted", "withdrawn" or "archived"."""
        return self.standing.status

    @property
    def modified(self) -> dt.date:
        """When what it says last changed for its readers."""
        return max((self.release.date, *(event.day for event in self.standing.events)))

    @property
    def opened(self) -> dt.datetime:
        """The moment from which it was there for readers; the start of its day where the plan names none."""
        release = self.release
        moments = [at for at in (release.schedule.get(self.locale), release.embargo) if at is not None]
        return max(moments, default=dt.datetime.combine(release.date, dt.time(), tzinfo=dt.UTC))

    @property
    def changed(self) -> dt.datetime:
        """The moment at which what it says last changed for its readers."""
        return max((self.opened, *(event.at for event in self.standing.events)))

    @property
    def alternate(self) -> bool:
        """Whether other languages name it as their translation."""
        return self.complete and self.indexed

    @property
    def indexed(self) -> bool:
        """Whether search engines are to know of it."""
        return not self.draft and self.status not in {"withdrawn", "retracted"}

    @property
    def original(self) -> bool:
        """Whether it is in the language the release was written in."""
        return self.locale == self.release.locale

    @property
    def headed(self) -> bool:
        """Whether the body has a first heading of its own."""
        return ("<h1" in self.body or "<H1" in self.body) and _H1.search(self.body) is not None


def finished(page: Page, body: str | None = None, whole: str = "") -> Page:
    """A page with what lists, feeds and sitemaps show of it, and its text if that is another."""
    release, standing = page.release, page.standing
    opened = page.opened
    modified = changed = ""
    if standing.events:
        modified, changed = page.modified.isoformat(), page.changed.isoformat()
    status = standing.status
    place = (
        f"{page.locale}/{release.slug(page.locale)} {release.date} {modified or release.date} {status}"
        f" {page.alternate} {page.indexed}"
    )
    said = (page.headline.text, page.headline.locale, page.summary.text, page.summary.locale)
    begun = opened.isoformat()
    face = _mark_of(
        *said, str(page.complete), page.draft, *release.topics, place, f"{begun} {changed or begun}"
    )
    body = page.body if body is None else body
    rest = f"{page.mixed}{page.behind}{standing if standing.events else ''}{page.credits}"
    return Page(
        release,
        page.locale,
        page.headline,
        page.summary,
        body,
        page.complete,
        page.draft,
        page.mixed,
        page.behind,
        standing,
        face,
        place,
        _mark_of(body, whole, rest),
        whole,
        page.credits,
    )


def _mark_of(*told: str) -> str:
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Original:
    """A release's source, ready to be shown: its own text with its typography repaired.

    ``document`` has its words; ``exact`` gives it with its raw text repaired as well, which few pages need.
    ``keys`` maps the key of each segment in the file to its key in ``document``.  The rest is what
    every language needs, worked out once: ``rows`` are the keys of each unit, ``codes`` those of each
    segment and ``slots`` how they are written, ``on_page`` the keys on the page, ``written`` gives the
    page's body, ``form`` is that of all targets as one text.  ``swallows`` says that a tag of the
    writer's may have no end.
    """

    release: Release
    document: Document
    exact: Callable[[], Document]
    keys: Mapping[Key, Key]
    rows: tuple[tuple[Key, ...], ...]
    codes: Mapping[Key, tuple[Code, ...]]
    slots: Mapping[Key, tuple[str, ...]]
    on_page: frozenset[Key]
    title: Unit | None
    summary: Unit | None
    written: Written
    form: Form | None
    swallows: bool

    @property
    def own(self) -> Targets:
        """Every segment as its own target, which fills a page in the source language."""
        return {key: key[1] for key in self.keys.values()}


def original(release: Release, document: Document) -> Original:
    """A release's source with its typography repaired."""
    units = document.units
    rows = _rows(units)
    read = {key: key[1] for row in rows for key in row}
    held = _held(units)
    raw = None if held else form({key: key for key in read}, rows)
    filling = None if raw is None else raw.filled(read, document.locale)
    own = {**repaired(rows, read, document.locale), **held} if filling is None else filling.targets
    keys = {key: (key[0], text) for key, text in own.items()}
    worded = _with_words(document, own)

    @cache
    def exact() -> Document:
        return _mended(document, worded)

    written = body_of(document, main=release.main, exact=exact, keys=keys)
    return _ready(release, worded, exact, keys, written)


def _with_words(document: Document, own: Targets) -> Document:
    """A document whose segments say other words, and have the raw text they had."""
    changed = {key for key, text in own.items() if text != key[1]}
    if not changed:
        return document

    def unit(found: Unit) -> Unit:
        parts = tuple(
            [
                Segment(part.raw, own[part.key], part.context, part.codes, part.place)
                if not isinstance(part, str) and part.key in changed
                else part
                for part in found.parts
            ]
        )
        return Unit(parts, found.kind, found.line, found.name, found.width)

    parts = tuple(part if isinstance(part, str) else unit(part) for part in document.parts)
    return replace(document, parts=parts, beside=tuple(unit(each) for each in document.beside))


def _mended(document: Document, worded: Document) -> Document:
    """A document with the words of another of its shape, in its raw text, too."""
    format_ = FORMATS.get(document.format)

    def unit(old: Unit, new: Unit) -> Unit:
        parts = (
            said
            if isinstance(said, str) or isinstance(was, str) or said.source == was.source
            else replace(said, raw=format_.encode(old, was, said.source, 0))
            for was, said in zip(old.parts, new.parts, strict=True)
        )
        return new if new is old else replace(new, parts=tuple(parts))

    parts = tuple(
        new if isinstance(old, str) or isinstance(new, str) else unit(old, new)
        for old, new in zip(document.parts, worded.parts, strict=True)
    )
    return replace(worded, parts=parts)


def _ready(
    release: Release,
    document: Document,
    exact: Callable[[], Document],
    keys: Mapping[Key, Key],
    written: Written,
) -> Original:
    """A repaired document with what all of its pages need: its headline, its summary, what is on it."""
    every = document.units
    units = every if not document.beside else replace(document, beside=()).units
    title = _first(units, _title_rank) or _title_line(units)
    summary = _summary_unit(units, title)
    on_page = (*shown(document, main=release.main), *filter(None, (title, summary)))
    segments = {segment.key: segment for unit in every for segment in unit.segments}
    rows = _rows(every)
    return Original(
        release,
        document,
        exact,
        keys,
        rows=rows,
        codes={key: segment.codes for key, segment in segments.items()},
        slots={key: inline.slots(key[1]) for key in segments},
        on_page=frozenset([segment.key for unit in on_page for segment in unit.segments]),
        title=title,
        summary=summary,
        written=written,
        form=form(keys, rows),
        swallows=document.format == "markdown" and dressing.may_swallow(document.text),
    )


def _rows(units: Iterable[Unit]) -> tuple[tuple[Key, ...], ...]:
    return tuple([tuple([segment.key for segment in unit.segments]) for unit in units])


def _held(units: Iterable[Unit]) -> Targets:
    """The segments in the holes of codes, as they are: a code is shown as the file has it."""
    return {
        inner.key: inner.source
        for unit in units
        for segment in unit.segments
        for code in segment.codes
        for hole in code.holes
        for inner in hole.unit.segments
    }


def approved(source: Original, catalogue: Catalogue, locale: str) -> tuple[Targets, tuple[str, ...]]:
    """The targets of a catalogue that a page may show; see ``fit``."""
    return fit(source, {entry.key: entry.target for entry in catalogue.live if entry.shown}, locale)


def fit(source: Original, approved: Targets, locale: str) -> tuple[Targets, tuple[str, ...]]:
    """The approved targets that a page may show, repaired, and the sources of those whose codes are damaged.

    A target that could not be written counts as not approved, so that one of them cannot keep a
    whole site from being built.
    """
    targets: dict[Key, str] = {}
    damaged: list[str] = []
    for said, target in approved.items():
        key = source.keys.get(said)
        if key is None:
            continue
        # The codes of a source, in its own order, are right.
        if inline.slots(target) != source.slots[key] and inline.problems(target, source.codes[key]):
            damaged.append(said[1])
        else:
            targets[key] = target
    return repaired(source.rows, targets, locale), tuple(damaged)


def drafted(source: Original, catalogue: Catalogue, locale: str) -> tuple[Targets, str]:
    """Every target that can be written, approved or not, repaired; who made those that are not.

    "machine" when one of them is a machine's, "person" when all are people's, "" when there is none.
    """
    targets: dict[Key, str] = {}
    who = ""
    for entry in catalogue.live:
        key = source.keys.get(entry.key)
        if key is None or not entry.target or inline.problems(entry.target, source.codes[key]):
            continue
        targets[key] = entry.target
        if not entry.shown:
            by_people = entry.origin in {"", "human"} or entry.origin.startswith("tm")
            who = who if by_people and who else "person" if by_people else "machine"
    return repaired(source.rows, targets, locale), who


def repaired(rows: Iterable[Sequence[Key]], texts: Targets, locale: str) -> Targets:
    """Texts by segment with their typography repaired, block by block: ``rows`` are the keys of each.

    A segment that stands in two blocks which would write it differently is repaired by itself.
    """
    needy = frozenset(key for key, text in texts.items() if in_need(text, locale))
    if not needy:
        return texts
    out: dict[Key, str] = {}
    for row in rows:
        if needy.isdisjoint(row):
            continue
        keys = [key for key in row if key in texts]
        for key, text in zip(keys, together([texts[key] for key in keys], locale), strict=True):
            out[key] = text if out.get(key, text) == text else repair(texts[key], locale)
    return {**texts, **out}


def counts(source: Original, targets: Targets) -> Counts:
    """How many of the distinct segments on the page have a target that may be shown.

    On the page are the units inside its body, with its headline and its summary.
    """
    there = sum(1 for key in source.on_page if targets.get(key))
    return Counts(approved=there, translated=there, missing=len(source.on_page) - there)


def filled(source: Original, approved: Targets, locale: str) -> Filling | None:
    """The approved targets of a page on which all of them may be shown, repaired; None for any other."""
    return None if source.form is None else source.form.filled(approved, locale)


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
        body = dressing.closed(body)
    if source.document.format == "markdown":

        def marked(caption: str) -> tuple[str, str]:
            said = caption.replace("&quot;", '"')
            return mark if said in _captions(source.document, targets) else ("", "")

        body = dressing.figures(body, marked)
    if source.title is not None and source.title.kind is Kind.PARAGRAPH:
        body = dressing.headed(body)
    return dressing.isolated(dressing.closed_up(body, locale), locale)


def _captions(document: Document, targets: Targets) -> frozenset[str]:
    """The captions of a document that have no target, as HTML says them."""
    return frozenset(
        escape(inline.plain(segment.source, segment.codes), quote=False)
        for unit in document.units
        if unit.kind is Kind.ATTRIBUTE and not whole(unit, targets)
        for segment in unit.segments
    )


def _whole(source: Original, locale: str, targets: Targets, mark: tuple[str, str]) -> str:
    """The text of a page that has its own frame; a title that stays in the source's language says so."""
    document = source.exact()
    if locale == document.locale:
        return document.text
    text = fold(document, targets, whole_units=True, mark=mark)
    titles = (unit for unit in document.units if unit.kind is Kind.METADATA and unit.name == "title")
    if all(whole(unit, targets) for unit in titles):
        return text
    marks = f'<title lang="{escape(document.locale)}" dir="{load(document.locale).direction}">'
    return _TITLE.sub(marks, text, count=1)


def _mark(locale: str) -> tuple[str, str]:
    direction = load(locale).direction
    return f'<span lang="{escape(locale)}" dir="{direction}" class="untranslated">', "</span>"


def _headline(source: Original, locale: str, targets: Targets) -> Words:
    release = source.release
    said = Words("", locale) if source.title is None else _said(source, source.title, locale, targets)
    if release.title and said.locale == release.locale:
        return Words(repair(release.title, release.locale), release.locale)
    return said if said.text else Words(release.title or release.id, release.locale)


def _summary(source: Original, locale: str, targets: Targets) -> Words:
    if source.summary is None:
        return Words("", locale)
    # Twice as much as is shown: where sentences have no space between them it becomes shorter.
    said = _said(source, source.summary, locale, targets, 2 * SUMMARY)
    return Words(shortened(said.text, SUMMARY), said.locale)


def _summary_unit(units: Sequence[Unit], title: Unit | None) -> Unit | None:
    """The description of a page, or its first paragraph after the title."""
    if title is not None and title.kind is Kind.PARAGRAPH:
        return _first(units[1:], _summary_rank)
    at = units.index(title) if title is not None and title.kind is Kind.TITLE else 0
    return _first((*units[at:], *units[:at]), _summary_rank)


def _title_line(units: Sequence[Unit]) -> Unit | None:
    """The first paragraph, where it is a short line that ends no sentence and others follow it."""
    first, *others = units or (None,)
    if first is None or first.kind is not Kind.PARAGRAPH or not others:
        return None
    said = _plain(first, {})
    return first if said and len(said) <= TITLE and said[-1] not in _ENDS else None


def _title_rank(unit: Unit) -> int:
    """How well a unit serves as the headline, 0 if it does not."""
    first = unit.name in {"", "1", "h1"}
    if unit.kind is Kind.METADATA:
        return 3 if unit.name == "title" else 0
    if unit.kind is Kind.TITLE:
        return 4 if first else 2
    return (2 if first else 1) if unit.kind is Kind.HEADING else 0


def _summary_rank(unit: Unit) -> int:
    if unit.kind in {Kind.METADATA, Kind.ATTRIBUTE} and unit.name in {"description", "summary"}:
        return 2
    return 1 if unit.kind is Kind.PARAGRAPH else 0


def _first(units: Iterable[Unit], rank: Callable[[Unit], int]) -> Unit | None:
    """The first of the units that rank highest; one without words does not count."""
    found = max((unit for unit in units if unit.segments), key=rank, default=None)
    return found if found is not None and rank(found) else None


def _said(source: Original, unit: Unit, locale: str, targets: Targets, limit: int = 0) -> Words:
    """A unit as plain text, in the page's language when all of it is approved; see ``_plain``."""
    if locale != source.document.locale and whole(unit, targets):
        return Words(dressing.closed_up(_plain(unit, targets, limit), locale), locale)
    return Words(_plain(unit, {}, limit), source.document.locale)


def _plain(unit: Unit, targets: Targets, limit: int = 0) -> str:
    """The words of a unit; the skeleton between two segments counts as a space if it has one.

    With a limit no more of them than are longer than it.
    """
    pieces: list[str] = []
    size = 0
    for part in unit.parts:
        if isinstance(part, str):
            pieces.append(" " if part == " " or _SPACE.search(part) else "")
            continue
        said = inline.plain(targets.get(part.key, part.source), part.codes)
        pieces.append(said)
        size += len(said)
        if 0 < limit < size and len(short := _spaced("".join(pieces))) > limit:
            return short
    return _spaced("".join(pieces))


def _spaced(text: str) -> str:
    """A text with each stretch of white space as one space, and none at its ends."""
    plain = "  " not in text and "\n" not in text and "\t" not in text and "\r" not in text
    return (text if plain else _SPACE.sub(" ", text)).strip()


def shortened(text: str, limit: int) -> str:
    """A text of at most ``limit`` characters, cut between words with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = cut.rfind(" ")
    return cut[: at if at > limit // 2 else len(cut)].rstrip(" ,;:–—-\u00a0\u202f") + "…"
