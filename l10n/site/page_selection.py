"""Which page each language of a release gets: as it is now, or as it was published last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from l10n import disk, formats
from l10n import project as projects
from l10n.errors import L10nError
from l10n.model import Catalogue, Document
from l10n.project import Credits, Event, Project, Release, notices
from l10n.site import archive as kept_pages
from l10n.site import last_published, originals, pages, publishable_targets, stamps
from l10n.site.archive import PageInputs, PublishedInputs
from l10n.site.credits import CreditSource
from l10n.site.lifecycle import PublicationStatus, expiry, publication_status
from l10n.site.originals import Original
from l10n.site.page import Page
from l10n.site.records import Group
from l10n.site.scope import Scope


@dataclass(frozen=True, slots=True)
class Skipped:
    """What the site does not show, and why, in words for an editor.

    ``locale`` is "" when it is the whole release.
    """

    release: str
    locale: str
    why: str


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """The parameters of a build: project, moment, inputs of what is published, credits, scope."""

    project: Project
    as_of: dt.datetime
    kept: PublishedInputs | None
    crediting: CreditSource | None
    scope: Scope | None = None

    def names(self, in_project: Collection[str]) -> tuple[str, ...]:
        """The releases in the project, and those that only the version on line has and goes on having."""
        on_line = self.kept.releases if self.scope and self.kept else ()
        return tuple(dict.fromkeys((*in_project, *on_line)))

    def takes_over(self, last: Group, stamp: str) -> bool:
        """Whether a release stays as it was built for the version on line."""
        scope, name = self.scope, last.release.id
        if last.release.kind != "release" or (scope is not None and name in scope.plans):
            return False
        if last.stands(stamp, self.as_of):
            return True
        is_outside = scope is not None and name not in scope.asked
        return (
            is_outside and stamps.plan_part(stamp) == stamps.plan_part(last.stamp) and last.lasts(self.as_of)
        )

    def planned(self, name: str) -> Release | None:
        """A release as it is planned; None where only the version on line knows it.

        Raises what reading its plan raises.
        """
        if self.scope is not None and name in self.scope.plans:
            return self.scope.plans[name]
        there = (self.project.root / "releases" / name / "release.toml").is_file()
        return projects.release(self.project, name) if there or self.asks(name) else None

    def asks(self, name: str) -> bool:
        """Whether somebody asks for a release to be put on line as it is now."""
        return self.scope is None or name in self.scope.asked

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
            return frozenset(release.languages)
        return self.scope.anew(release, self.as_of)

    def credits(self, source: Original, locale: str) -> Credits | None:
        """Who made a translation, as far as the site discloses it: the plan's word goes first."""
        if not self.project.settings.site.credits:
            return None
        stated = source.release.credits.get(locale)
        if stated is None and self.crediting is not None:
            return self.crediting.of(source.release, locale, source.keys.keys())
        return stated


def due(release: Release, as_of: dt.datetime, skipped: list[Skipped]) -> bool:
    """Whether a release may be shown at a moment; why not is added to what is skipped."""
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
class ShownPage:
    """A page with its inputs; ``stays`` says that it is as it was published last."""

    page: Page
    inputs: PageInputs
    stays: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A release whose pages are selected; ``raw`` is its source as it is archived.

    ``published`` gives the inputs of its published pages by locale, as far as they are archived, ``is_cut``
    tells for a locale whether people segmented the source in another way.
    """

    request: BuildRequest
    release: Release
    document: Document
    source: Original
    raw: kept_pages.Source
    is_cut: Callable[[str], bool]
    published: Callable[[], Mapping[str, PageInputs]]

    def cut_for(self, locale: str) -> Original:
        """The source as people segmented it for a target language."""
        return _cut_for(self.source, self.document, locale) if self.is_cut(locale) else self.source


def shown_pages(
    request: BuildRequest,
    release: Release,
    anew: Collection[str],
    last_inputs: Mapping[str, PageInputs],
    skipped: list[Skipped],
) -> Iterator[ShownPage]:
    """A release in every language it may be shown in, its own first.

    It is as it is now in those ``anew``, as it was published last in the others that ``last_inputs`` has.
    What is not shown, and why, is added to ``skipped``.
    """
    document = projects.document(request.project, release)
    candidate = _Candidate(
        request,
        release,
        document,
        originals.original(release, document),
        kept_pages.source_of(document, release.main),
        projects.has_own_segmentation(document, release),
        cache(lambda: last_inputs or (request.kept(release.id) if request.kept else last_inputs)),
    )
    if release.locale in anew or release.locale not in last_inputs:
        yield _original(candidate)
    else:
        yield as_published(request, release, last_inputs[release.locale], release.locale)
    for locale in release.locales:
        shown: ShownPage | None = None
        reasons: Sequence[str] = (NOT_YET,)
        if locale in anew:
            shown, reasons = _translated(candidate, locale)
        elif locale in last_inputs:
            shown, reasons = as_published(request, release, last_inputs[locale], locale), ()
        skipped.extend(Skipped(release.id, locale, reason) for reason in reasons)
        if shown is not None:
            yield shown


def _original(candidate: _Candidate) -> ShownPage:
    """The page in the language of the source."""
    release = candidate.release
    status = publication_status(release, release.locale, candidate.request.as_of)
    page = replace(pages.own_page(candidate.source), standing=status)
    inputs = PageInputs(candidate.raw, {}, page.complete, len(status.corrections), standing=status)
    return ShownPage(page, inputs)


def _translated(candidate: _Candidate, locale: str) -> tuple[ShownPage | None, Sequence[str]]:
    """The page in a target language, None when it may not stand; what is not shown, and why."""
    request, release = candidate.request, candidate.release
    if not release.opens(locale, request.as_of):
        at = release.schedule.get(locale)
        return None, (NOT_YET if at is None else f"it is planned for {at.isoformat()}",)
    source = candidate.cut_for(locale)
    page, targets, reasons = _translation(request.project, source, locale)
    status = publication_status(release, locale, request.as_of)
    reported = reported_status(status, source, targets, locale)
    owing = len(status.events) > len(reported.events)
    if page is None or not page.complete or owing:
        earlier = _before_correction(candidate, locale, source, status, reported)
        if earlier is not None:
            return earlier, (*reasons, _BEHIND)
    if page is None:
        return None, reasons
    shown = _credited(page, reported, request.credits(source, locale), behind=owing)
    inputs = PageInputs(
        candidate.raw,
        {key: targets[repaired_key] for key, repaired_key in source.keys.items() if repaired_key in targets},
        page.complete,
        len(reported.corrections),
        page.draft,
        owing,
        reported,
        projects.choices_text(release, locale) if candidate.is_cut(locale) else "",
    )
    return ShownPage(shown, inputs), (*reasons, _UNTOLD) if owing else reasons


def _credited(page: Page, reported: PublicationStatus, credited: Credits | None, *, behind: bool) -> Page:
    """A page with its status and credits; the same object where neither changes anything."""
    if not reported.events and reported.status == page.status and not behind and credited is None:
        return page
    return replace(page, standing=reported, behind=behind, credits=credited)


def _before_correction(
    candidate: _Candidate,
    locale: str,
    source: Original,
    status: PublicationStatus,
    reported: PublicationStatus,
) -> ShownPage | None:
    """The page as approved before its source was corrected, None when there is no complete one."""
    last = candidate.published().get(locale)
    if last is None or last.source.digest == candidate.raw.digest:
        return None
    earlier = _as_before(candidate.release, last, locale)
    if earlier is None:
        return None
    behind = last.corrected < len(status.corrections)
    page = as_it_was(earlier, reported, last.corrected, behind=behind)
    inputs = replace(last, behind=behind, standing=page.standing)
    return ShownPage(replace(page, credits=candidate.request.credits(source, locale)), inputs)


def as_published(request: BuildRequest, release: Release, inputs: PageInputs, locale: str) -> ShownPage:
    """The page of a language as it was published last; who made it is told as it is known now."""
    published = last_published.page(release, inputs, locale)
    is_original = locale == inputs.source.locale
    credited = None if is_original else request.credits(published.source, locale)
    page = replace(published.page, credits=credited)
    if inputs.standing is None:
        page = replace(page, standing=publication_status(release, locale, request.as_of))
    return ShownPage(page, inputs, stays=True)


NOT_YET = "nobody has published it yet"
_BEHIND = "its source was corrected; the page says what was approved before"
_UNTOLD = "a correction is not told yet, since nobody has approved the translation of its note"


def reported_status(
    status: PublicationStatus, source: Original, targets: formats.Targets, locale: str
) -> PublicationStatus:
    """How a release stands, as a language tells it: a correction only once its note is approved."""
    if not status.events:
        return status
    notes = notices.by_event(source.document)
    events: list[Event] = []
    for event in status.events:
        note = notes.get(notices.name(event))
        text = "" if note is None else notices.said(note, targets)
        if text:
            events.append(replace(event, texts={**event.texts, locale: text}))
        elif note is None or event.what != "corrected":
            events.append(event)
    return replace(status, events=tuple(events))


def as_it_was(page: Page, reported: PublicationStatus, corrected: int, *, behind: bool) -> Page:
    """A page made again with how it stands; ``corrected`` is how many of its corrections it carries."""
    carried = reported.corrections[max(0, len(reported.corrections) - corrected) :]
    events = tuple(event for event in reported.events if event.what != "corrected" or event in carried)
    return replace(page, standing=replace(reported, events=events), behind=behind)


def _as_before(release: Release, last: PageInputs, locale: str) -> Page | None:
    """The page of a language as it was made last, None when it was not, or cannot be, complete."""
    if not last.complete:
        return None
    page = last_published.page(release, last, locale).page
    return page if page.complete else None


def _cut_for(source: Original, document: Document, locale: str) -> Original:
    """A release's source as people cut it for a target language."""
    cut = projects.segmented_for(document, source.release, locale)
    return source if cut is document else originals.original(source.release, cut)


def _translation(
    project: Project, source: Original, locale: str
) -> tuple[Page | None, formats.Targets, tuple[str, ...]]:
    """A page in a target language, None when it may not stand; its targets; what is not shown, and why."""
    release = source.release
    stored = projects.approved_targets(project, release, locale)
    if stored is not None:
        if filling := publishable_targets.filled(source, stored, locale):
            return pages.whole_page(source, locale, filling), filling.targets, ()
        targets, damaged = publishable_targets.fit(source, stored, locale)
        if publishable_targets.counts(source, targets).complete:
            return pages.page(source, locale, targets), targets, _not_shown(damaged)
    catalogue = projects.read_catalogue(project, release, locale)
    if catalogue is None:
        return None, {}, ("it has no catalogue yet",)
    targets, damaged = publishable_targets.approved(source, catalogue, locale)
    why = _not_shown(damaged)
    if release.partial == "draft" and not publishable_targets.counts(source, targets).complete:
        drafts, who = publishable_targets.drafted(source, catalogue, locale)
        if who:
            return pages.page(source, locale, drafts, who), drafts, why
    reason = _held_back(project, source, catalogue, locale, targets)
    override = release.overrides.get(locale)
    if reason and override is None:
        return None, targets, (*why, reason)
    if reason and override is not None:
        why = (
            *why,
            f"published all the same, since {override.by} says so ({override.why}): {reason}",
        )
    return pages.page(source, locale, targets), targets, why


def _not_shown(damaged: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"the codes of a target are damaged, so it is not shown: {text[:60]!r}" for text in damaged)


def _held_back(
    project: Project, source: Original, catalogue: Catalogue, locale: str, targets: formats.Targets
) -> str:
    """Why a gate holds a language back, and in whose queue what is missing waits; "" when none does."""
    counts = publishable_targets.counts(source, targets)
    threshold = project.settings.threshold(locale)
    waits = source.release.partial == "wait" and not counts.complete
    if not waits and counts.approved * 100 >= threshold * counts.total:
        return ""
    written = {source.keys.get(entry.key) for entry in catalogue.live if entry.target}
    missing = [key for key in source.on_page() if not targets.get(key)]
    review = sum(key in written for key in missing)
    queues = ((len(missing) - review, "a translator"), (review, "a reviewer"))
    waiting = ", ".join(f"for {who}: {number}" for number, who in queues if number)
    if not counts.approved:
        return f"none of {counts.total} segments is approved yet; waiting {waiting}"
    reason = "the release waits for all of them" if waits else f"at least {threshold} % have to be"
    return f"{counts.approved} of {counts.total} segments are approved, and {reason}; waiting {waiting}"
