"""A project's approved releases become the files of its site, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n import disk, formats
from l10n import project as projects
from l10n.errors import ConfigError, L10nError, UsageError
from l10n.model import Catalogue, Document
from l10n.project import Credits, Event, Project, Release, tellings
from l10n.site import assets, collecting, held, manifest, own, pages, records, render, stamps
from l10n.site import made as kept_pages
from l10n.site.assets import Assets
from l10n.site.crediting import Crediting
from l10n.site.files import Files
from l10n.site.frame import Directory, Frame, address, folder
from l10n.site.framed import Block
from l10n.site.made import Kept, Made
from l10n.site.pages import Original, Page
from l10n.site.records import Group, Record
from l10n.site.scope import Scope
from l10n.site.standing import Standing, expiry, next_moment, standing

RESERVED = frozenset({"topics", "search"})
_YEAR = re.compile(r"\d{4}", re.ASCII)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Skipped:
    """What the site does not show, and why, in words for an editor.

    ``locale`` is "" when it is the whole release.
    """

    release: str
    locale: str
    why: str


@dataclass(frozen=True, slots=True)
class Built:
    """A whole site: each path, relative to its root, with the bytes of the file.

    ``made`` says by release what its pages were made from (``made.decoded`` reads it), for those
    that were made now.  ``as_of`` is at which moment it stands so, None when it does not depend on
    one; ``record`` is for the next build, None when there is none.
    """

    files: Mapping[str, bytes]
    skipped: tuple[Skipped, ...] = ()
    made: Mapping[str, bytes] = field(default_factory=dict)
    as_of: dt.datetime | None = None
    record: Record | None = None


@collecting.seldom()
def build(
    project: Project,
    *,
    as_of: dt.datetime,
    kept: Kept | None = None,
    before: Record | None = None,
    crediting: Crediting | None = None,
    progress: Progress | None = None,
    scope: Scope | None = None,
) -> Built:
    """The site as it stands at a moment, which needs its time zone.

    ``kept`` gives what the pages of a release were made from before, by locale: a translation that
    a correction of its source left behind goes on saying that.  ``before`` is the record of the
    version on line: what would come out the same is taken from there.  ``crediting`` says who made a
    translation, ``progress`` hears how many releases are done, of how many.  ``scope`` is what is put on
    line as it is now, all by itself; the rest stays as ``kept`` has it.  Nothing is written.  Raises
    ConfigError, InputError or CatalogueError, with the file, for what cannot be read.
    """
    if as_of.tzinfo is None:
        raise UsageError("the moment of a build needs its time zone")
    asked = _Asked(project, as_of, kept, crediting, scope)
    base = f"{stamps.of_program(project)}{crediting.mark if crediting else ''}"
    marks = stamps.look(project)
    before = before if before and before.key.startswith(base) else None
    done: list[_Done] = []
    names = asked.names(marks.folders)
    for number, name in enumerate(names, 1):
        done.extend(_group(asked, name, marks.of(name), before))
        if progress is not None:
            progress(number, len(names))
    done.sort(key=lambda each: (-each.group.release.date.toordinal(), each.group.release.id))
    named = (*project.settings.locales, *(page.locale for each in done for page in each.pages))
    locales = tuple(dict.fromkeys(named))
    blocks = _blocks(done, locales)
    key = f"{base} {' '.join(locales)} {records.digest(repr(blocks))}"
    if before is not None and before.key != key:
        return build(project, as_of=as_of, kept=kept, crediting=crediting, progress=progress, scope=scope)
    _check_addresses(done)
    frame = before.frame if before and before.frame else render.frame_of(project, locales)
    directory = _directory(frame, done)
    done = [
        again
        for each in done
        for again in (
            (each,)
            if _leads_as_before(each, directory)
            else _group(asked, each.group.release.id, each.group.stamp, None)
        )
    ]
    fresh: dict[str, bytes] = {}
    known: dict[str, str] = {}
    groups: dict[str, Group] = {}
    made: dict[str, bytes] = {}
    done.reverse()
    # Each lets go of the text of its pages once they are rendered.
    while done:
        each = done.pop()
        group = each.group
        if each.made is not None:
            group, anew = _rendered(each, frame, blocks, directory)
            fresh.update(anew)
            made[group.release.id] = each.made
        known.update(group.files)
        groups[group.release.id] = group
    others: dict[str, tuple[str, str]] = {}
    shelf = [each.pages for each in groups.values() if each.pages and each.release.kind == "release"]
    live = before.folder if before else Path()
    pages_made = Files(fresh, known, live)
    for work in render.works(frame, shelf, as_of, pages_made.__getitem__, known.__getitem__):
        shows = records.digest(work.shows)
        last = before.others.get(work.path) if before else None
        if last is None or last[0] != shows:
            fresh[work.path] = data = work.make()
            last = shows, manifest.digest(data)
        others[work.path] = last
        known[work.path] = last[1]
    return Built(
        Files(fresh, dict(sorted(known.items())), live),
        tuple(Skipped(name, *held) for name, group in groups.items() for held in group.held),
        made,
        as_of,
        Record(key, groups, others, live, frame),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is built, for which moment, whom to ask about it, and what is put on line as it is now."""

    project: Project
    as_of: dt.datetime
    kept: Kept | None
    crediting: Crediting | None
    scope: Scope | None = None

    def names(self, there: Collection[str]) -> tuple[str, ...]:
        """The releases in the project, and those that only the version on line has and goes on having."""
        gone = self.kept.releases if self.scope and self.kept else ()
        return tuple(dict.fromkeys((*there, *gone)))

    def takes_over(self, last: Group, stamp: str) -> bool:
        """Whether a release stays as it was built for the version on line."""
        scope, name = self.scope, last.release.id
        if last.release.kind != "release" or (scope is not None and name in scope.plans):
            return False
        if last.stands(stamp, self.as_of):
            return True
        held = scope is not None and name not in scope.asked
        return held and stamps.plan(stamp) == stamps.plan(last.stamp) and last.lasts(self.as_of)

    def planned(self, name: str) -> Release | None:
        """A release as it is planned; None where only the version on line knows it.

        Raises what reading its plan raises, unless the release stays as it is anyway.
        """
        scope = self.scope
        if scope is not None and name in scope.plans:
            return scope.plans[name]
        try:
            return projects.release(self.project, name)
        except L10nError:
            if scope is None or name in scope.asked:
                raise
            return None

    def plan(self, name: str) -> str:
        """What the plan of a release says, "" where there is none."""
        path = self.project.root / "releases" / name / "release.toml"
        try:
            return disk.read(path).decode("utf-8", "replace")
        except L10nError:
            return ""

    def anew(self, release: Release | None) -> frozenset[str]:
        """The languages in which a release is put on line as it is now."""
        if release is None:
            return frozenset()
        if self.scope is None:
            return frozenset((release.locale, *release.locales))
        return self.scope.anew(release, self.as_of)

    def credits(self, source: Original, locale: str) -> Credits | None:
        """Who made a translation, as far as the site discloses it: the plan's word goes first."""
        if not self.project.settings.site.credits:
            return None
        told = source.release.credits.get(locale)
        if told is None and self.crediting is not None:
            return self.crediting.of(source.release, locale, source.keys.keys())
        return told


@dataclass(frozen=True, slots=True)
class _Done:
    """A release as it was built, or taken over: then ``made`` is None and the pages have no bodies.

    ``last`` is what it was before.
    """

    group: Group
    pages: tuple[Page, ...]
    made: bytes | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)
    last: Group | None = None


def _rendered(
    done: _Done, frame: Frame, blocks: Mapping[str, tuple[Block, ...]], directory: Directory
) -> tuple[Group, Mapping[str, bytes]]:
    """A release with its files, and those of them that are made now."""
    group = done.group
    anew: dict[str, bytes] = {}
    standing: Mapping[str, str] = {}
    if group.release.kind == "release":
        asking = _Asking(directory)
        standing = _standing_pages(done)
        files = render.release_files(frame, done.pages, blocks, asking, standing)
        anew = {**done.assets, **files}
        group = replace(group, leads=tuple(asking.heard))
    group = replace(
        group,
        files={**standing, **{path: manifest.digest(data) for path, data in anew.items()}},
        pages=tuple(replace(page, body="", whole="") for page in done.pages),
    )
    return replace(group, told=records.told(frame.project, group)), anew


def _standing_pages(done: _Done) -> Mapping[str, str]:
    """The pages of a release that come out as they did, with their digests.

    That is so while its plan and all that is told of its other languages stay, and what the page says.
    """
    last = done.last
    if last is None or last.release != done.group.release:
        return {}
    if [page.face for page in last.pages] != [page.face for page in done.pages]:
        return {}
    paths = [
        f"{folder(page)}index.html"
        for page, before in zip(done.pages, last.pages, strict=True)
        if page.mark == before.mark and not page.whole
    ]
    return {path: last.files[path] for path in paths if path in last.files}


@dataclass(frozen=True, slots=True)
class _Asking:
    """A directory that remembers what it was asked, for the next build to see whether it is still so."""

    directory: Directory
    heard: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def __call__(self, address: str, locale: str) -> str:
        led = self.directory.lead(address, locale)
        self.heard[locale, address, led] = None
        return led


def _directory(frame: Frame, done: Sequence[_Done]) -> Directory:
    """Where every page stands; nobody asks where no page has a frame of its own."""
    known: dict[str, Mapping[str, str]] = {}
    if not any(each.group.release.page == "own" for each in done):
        return Directory(known)
    for each in done:
        stand = [page for page in each.pages if page.status != "withdrawn"]
        urls = {page.locale: frame.url(address(page)) for page in stand}
        if urls and each.group.release.kind == "release":
            known.update(dict.fromkeys((*each.group.former, *urls.values()), urls))
    return Directory(known)


def _leads_as_before(done: _Done, directory: Directory) -> bool:
    return done.made is not None or all(
        directory.lead(link, locale) == led for locale, link, led in done.group.leads
    )


def _blocks(done: Sequence[_Done], locales: Sequence[str]) -> dict[str, tuple[Block, ...]]:
    """The texts at the foot of every release, by locale."""
    found = [each.pages for each in done if each.group.release.kind == "block"]
    return {
        locale: tuple(block for pages in found if (block := render.block_of(pages, locale)))
        for locale in locales
    }


def _stands_as_before(done: _Done) -> bool:
    """Whether a release takes the addresses it took in the version on line."""
    last = done.group if done.made is None else done.last
    return last is not None and (
        last is done.group
        or (
            last.release == done.group.release
            and [page.locale for page in last.pages] == [page.locale for page in done.pages]
        )
    )


def _check_addresses(done: Sequence[_Done]) -> None:
    """Raise ConfigError where two releases, or a release and a list, would stand at one address."""
    if all(_stands_as_before(each) for each in done):
        return
    taken: dict[str, str] = {}
    for each in done:
        release = each.group.release
        for page in each.pages if release.kind == "release" else ():
            slug = release.slug(page.locale)
            place = f"{page.locale}/{slug}"
            other = "a list" if slug in RESERVED or _YEAR.fullmatch(slug) else taken.get(place)
            if other:
                raise ConfigError(
                    f"the address {place} is taken by {other}",
                    path=release.folder / "release.toml",
                    remedy=f"Give it another in [slugs]: {page.locale} = …",
                )
            taken[place] = release.id


def _group(asked: _Asked, name: str, stamp: str, before: Record | None) -> Iterator[_Done]:
    """A release as it is now, or as it was published last, each in some languages; none that is gone."""
    last = before.groups.get(name) if before else None
    if last is not None and asked.takes_over(last, stamp):
        yield _Done(last, last.pages)
        return
    release = asked.planned(name)
    anew = asked.anew(release)
    whole = release is not None and anew.issuperset((release.locale, *release.locales))
    known = {} if whole or asked.kept is None else asked.kept(name)
    plan = asked.plan(name)
    if not anew:
        release = held.release(asked.project, name, known)
        stamp = stamps.plan(stamp) if all(made.plan == plan for made in known.values()) else ""
        plan = next((made.plan for made in known.values()), plan)
    elif not whole:
        stamp = stamps.plan(stamp)
    if release is not None:
        yield _made(asked, release, anew, known, plan, stamp, last)


def _made(
    asked: _Asked,
    release: Release,
    anew: Collection[str],
    known: Mapping[str, Made],
    plan: str,
    stamp: str,
    last: Group | None,
) -> _Done:
    skipped: list[Skipped] = []
    if anew and _due(release, asked.as_of, skipped):
        found = list(_pages(asked, release, anew, known, skipped))
    else:
        found = [_as_published(asked, release, known[locale], locale) for locale in known]
        skipped.extend([] if found or skipped else [Skipped(release.id, "", _NOT_YET)])
    beside = assets.of(release) if any(not shown.stays for shown in found) else Assets(release, {})
    used: dict[str, bytes] = {}
    whole: list[Page] = []
    for shown in found:
        files = beside
        if shown.stays and asked.kept is not None:
            files = held.beside(release, shown.made, asked.kept.folder)
        whole.append(_finished(shown.page, files))
        used.update(files.used)
    told = {
        shown.page.locale: shown.made if shown.stays else replace(shown.made, placed=beside.placed)
        for shown in found
    }
    made = kept_pages.encoded(told, plan)
    group = Group(
        release,
        stamp,
        asked.as_of,
        next_moment((release,), asked.as_of),
        tuple(whole),
        {},
        manifest.digest(made),
        tuple((each.locale, each.why) for each in skipped),
        own.addresses(found[0].page.whole) if found else (),
    )
    return _Done(group, tuple(whole), made, used, last)


def _due(release: Release, as_of: dt.datetime, skipped: list[Skipped]) -> bool:
    at = release.schedule.get(release.locale)
    if not release.opens(release.locale, as_of):
        why = f"its status is {release.status}" if at is None else f"it is planned for {at.isoformat()}"
        skipped.append(Skipped(release.id, "", why))
    elif release.embargo is not None and release.embargo > as_of:
        skipped.append(Skipped(release.id, "", f"under embargo until {release.embargo.isoformat()}"))
    elif release.expires is not None and expiry(release.expires) <= as_of:
        skipped.append(Skipped(release.id, "", f"it expired on {release.expires.isoformat()}"))
    else:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page with what it was made from; ``stays`` says that it is as it was published last."""

    page: Page
    made: Made
    stays: bool = False


def _pages(
    asked: _Asked,
    release: Release,
    anew: Collection[str],
    known: Mapping[str, Made],
    skipped: list[Skipped],
) -> Iterator[_Shown]:
    """A release in every language it may be shown in, its own first.

    It is as it is now in those ``anew``, as it was published last in the others that are ``known``.
    """
    project, as_of, kept = asked.project, asked.as_of, asked.kept
    document = projects.document(project, release)
    is_cut = projects.is_cut(document, release)
    source = pages.original(release, document)
    raw = kept_pages.source_of(document, release.main)
    if release.locale in anew or release.locale not in known:
        stands = standing(release, release.locale, as_of)
        first = replace(pages.own_page(source), standing=stands)
        yield _Shown(first, Made(raw, {}, first.complete, len(stands.corrections), standing=stands))
    else:
        yield _as_published(asked, release, known[release.locale], release.locale)
    before: Mapping[str, Made] = known
    for locale in release.locales:
        if locale not in anew:
            if locale in known:
                yield _as_published(asked, release, known[locale], locale)
            else:
                skipped.append(Skipped(release.id, locale, _NOT_YET))
            continue
        if not release.opens(locale, as_of):
            at = release.schedule.get(locale)
            why = _NOT_YET if at is None else f"it is planned for {at.isoformat()}"
            skipped.append(Skipped(release.id, locale, why))
            continue
        stands = standing(release, locale, as_of)
        cut = _cut_for(source, document, locale) if is_cut(locale) else source
        page, targets, reasons = _translation(project, cut, locale)
        skipped.extend(Skipped(release.id, locale, reason) for reason in reasons)
        told = _told(stands, cut, targets, locale)
        owing = len(stands.events) - len(told.events)
        if (page is None or not page.complete or owing) and kept is not None:
            before = before or kept(release.id)
            last = before.get(locale)
            earlier = (
                None
                if last is None or last.source.digest == raw.digest
                else _as_before(release, last, locale)
            )
            if last is not None and earlier is not None:
                skipped.append(Skipped(release.id, locale, _BEHIND))
                behind = last.corrected < len(stands.corrections)
                shown = _as_it_was(earlier, told, last.corrected, behind=behind)
                made = replace(last, behind=behind, standing=shown.standing)
                yield _Shown(replace(shown, credits=asked.credits(cut, locale)), made)
                continue
        if page is not None:
            skipped.extend([Skipped(release.id, locale, _UNTOLD)] if owing else ())
            named = {key: targets[own] for key, own in cut.keys.items() if own in targets}
            credited = asked.credits(cut, locale)
            plain = not told.events and told.status == page.status and not owing and credited is None
            shown = page if plain else replace(page, standing=told, behind=owing > 0, credits=credited)
            choices = projects.choices_text(release, locale) if is_cut(locale) else ""
            corrected = len(told.corrections)
            yield _Shown(
                shown, Made(raw, named, page.complete, corrected, page.draft, owing > 0, told, choices)
            )


def _as_published(asked: _Asked, release: Release, made: Made, locale: str) -> _Shown:
    """The page of a language as it was published last; who made it is told as it is known now."""
    found = held.page(release, made, locale)
    own = locale == made.source.locale
    credited = None if own else asked.credits(found.source, locale)
    page = replace(found.page, credits=credited)
    if made.standing is None:
        page = replace(page, standing=standing(release, locale, asked.as_of))
    return _Shown(page, made, stays=True)


def _finished(page: Page, beside: Assets) -> Page:
    """A page whose pictures are the published ones; nothing is left of one that is withdrawn."""
    if page.status == "withdrawn":
        return pages.finished(page, "")
    whole = beside.shown(page.whole, page.locale) if page.whole else ""
    return pages.finished(page, beside.shown(page.body, page.locale), whole)


_NOT_YET = "nobody has published it yet"
_BEHIND = "its source was corrected; the page says what was approved before"
_UNTOLD = "a correction is not told yet, since nobody has approved the translation of its note"


def _told(stands: Standing, source: Original, targets: formats.Targets, locale: str) -> Standing:
    """How a release stands, as a language tells it: a correction only once its note is approved."""
    notes = tellings.by_event(source.document)
    events: list[Event] = []
    for event in stands.events:
        note = notes.get(tellings.name(event))
        text = "" if note is None else tellings.said(note, targets)
        if text:
            events.append(replace(event, texts={**event.texts, locale: text}))
        elif note is None or event.what != "corrected":
            events.append(event)
    return replace(stands, events=tuple(events))


def _as_it_was(page: Page, told: Standing, corrected: int, *, behind: bool) -> Page:
    """A page made again with how it stands; ``corrected`` is how many of its corrections it carries."""
    carried = told.corrections[max(0, len(told.corrections) - corrected) :]
    events = tuple(event for event in told.events if event.what != "corrected" or event in carried)
    return replace(page, standing=replace(told, events=events), behind=behind)


def _as_before(release: Release, last: Made, locale: str) -> Page | None:
    """The page of a language as it was made last, None when it was not, or cannot be, complete."""
    if not last.complete:
        return None
    page = held.page(release, last, locale).page
    return page if page.complete else None


def _cut_for(source: Original, document: Document, locale: str) -> Original:
    """A release's source as people cut it for a target language."""
    cut = projects.cut_for(document, source.release, locale)
    return source if cut is document else pages.original(source.release, cut)


def _translation(
    project: Project, source: Original, locale: str
) -> tuple[Page | None, formats.Targets, tuple[str, ...]]:
    """A page in a target language, None when it may not stand; its targets; what is not shown, and why."""
    release = source.release
    told = projects.approved_targets(project, release, locale)
    if told is not None:
        if filling := pages.filled(source, told, locale):
            return pages.whole_page(source, locale, filling), filling.targets, ()
        targets, damaged = pages.fit(source, told, locale)
        if pages.counts(source, targets).complete:
            return pages.page(source, locale, targets), targets, _not_shown(damaged)
    catalogue = projects.read_catalogue(project, release, locale)
    if catalogue is None:
        return None, {}, ("it has no catalogue yet",)
    targets, damaged = pages.approved(source, catalogue, locale)
    why = _not_shown(damaged)
    if release.partial == "draft" and not pages.counts(source, targets).complete:
        drafts, who = pages.drafted(source, catalogue, locale)
        if who:
            return pages.page(source, locale, drafts, who), drafts, why
    held = _held_back(project, source, catalogue, locale, targets)
    override = release.overrides.get(locale)
    if held and override is None:
        return None, {}, (*why, held)
    if held and override is not None:
        why = (*why, f"published all the same, since {override.by} says so ({override.why}): {held}")
    return pages.page(source, locale, targets), targets, why


def _not_shown(damaged: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"the codes of a target are damaged, so it is not shown: {text[:60]!r}" for text in damaged)


def _held_back(
    project: Project, source: Original, catalogue: Catalogue, locale: str, targets: formats.Targets
) -> str:
    """Why a gate holds a language back, and in whose queue what is missing waits; "" when none does."""
    counts = pages.counts(source, targets)
    threshold = project.settings.threshold(locale)
    waits = source.release.partial == "wait" and not counts.complete
    if not waits and counts.approved * 100 >= threshold * counts.total:
        return ""
    written = {source.keys.get(entry.key) for entry in catalogue.live if entry.target}
    missing = [key for key in source.on_page if not targets.get(key)]
    review = sum(key in written for key in missing)
    queues = ((len(missing) - review, "a translator"), (review, "a reviewer"))
    told = ", ".join(f"for {who}: {number}" for number, who in queues if number)
    reason = "the release waits for all of them" if waits else f"the language needs {threshold} %"
    return f"{counts.approved} of {counts.total} segments are approved, and {reason}; waiting {told}"
