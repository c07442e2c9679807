"""Make the pages of one release, or take them over from the version on line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from l10n.errors import L10nError
from l10n.project import Release
from l10n.site import archive as kept_pages
from l10n.site import assets, last_published, manifest, stamps, whole_page
from l10n.site.archive import PageInputs
from l10n.site.assets import Assets
from l10n.site.held import Held, held, with_events, with_history, without_moments
from l10n.site.lifecycle import next_moment
from l10n.site.page import Page, finished
from l10n.site.page_selection import (
    NOT_YET,
    BuildRequest,
    ShownPage,
    Skipped,
    as_published,
    due,
    shown_pages,
)
from l10n.site.records import Group, Record


@dataclass(frozen=True, slots=True)
class BuiltRelease:
    """A release as it was built, or taken over: then ``inputs`` is None and the pages have no bodies.

    ``last`` is what it was before.
    """

    group: Group
    pages: tuple[Page, ...]
    inputs: bytes | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)
    last: Group | None = None


def build_release(
    request: BuildRequest, name: str, stamp: str, before: Record | None
) -> Iterator[BuiltRelease | Skipped]:
    """A release as it is now, or as it was published last, each in some languages; none that is gone.

    Raises what reading it raises; where nobody asks for it, it stays as it was published last instead.
    """
    last = before.groups.get(name) if before else None
    if last is not None and request.takes_over(last, stamp):
        yield BuiltRelease(last, last.pages)
        return
    try:
        yield from tuple(_made(request, name, stamp, last))
    except L10nError as error:
        if request.asks(name):
            raise
        yield Skipped(name, "", f"it stays as it is, since it cannot be read: {error}")
        yield from _as_last(request, name, last)


def _as_last(request: BuildRequest, name: str, last: Group | None) -> Iterator[BuiltRelease]:
    """A release as it was published last, whatever became of its files; looked at again by every build."""
    last_inputs = request.kept(name) if request.kept else {}
    release = last_published.release(request.project, name, last_inputs)
    if release is not None:
        plan = next((inputs.plan for inputs in last_inputs.values()), "")
        yield _built(request, release, _Sources(frozenset(), last_inputs, plan, "", None), last)


def _made(request: BuildRequest, name: str, stamp: str, last: Group | None) -> Iterator[BuiltRelease]:
    release = request.planned(name)
    anew = request.anew(release)
    waits = None if release is None else held(request, release, anew)
    anew = frozenset() if waits and waits.whole else anew.difference(waits.moments if waits else ())
    in_all = release is not None and anew.issuperset(release.languages)
    last_inputs = {} if in_all or request.kept is None else request.kept(name)
    plan = request.plan(name)
    if not anew:
        as_last = last_published.release(request.project, name, last_inputs)
        release = with_history(as_last, waits) if waits and waits.moments else as_last
        stamp = stamps.plan_part(stamp) if all(inputs.plan == plan for inputs in last_inputs.values()) else ""
        plan = next((inputs.plan for inputs in last_inputs.values()), plan)
    elif waits and waits.moments:
        as_last = last_published.release(request.project, name, last_inputs)
        release, plan = without_moments(waits, as_last, plan)
        stamp = ""  # looked at again by every build, until its moment has come
    elif not in_all:
        stamp = stamps.plan_part(stamp)
    if release is not None:
        yield _built(request, release, _Sources(anew, last_inputs, plan, stamp, waits), last)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the pages of a release are made from: in the languages ``anew`` from what it is now.

    In the others from what was published last; of these ``waits`` says which stay until a moment to come.
    """

    anew: Collection[str]
    last_inputs: Mapping[str, PageInputs]
    plan: str
    stamp: str
    waits: Held | None


def _built(request: BuildRequest, release: Release, sources: _Sources, last: Group | None) -> BuiltRelease:
    waits, last_inputs = sources.waits, sources.last_inputs
    skipped: list[Skipped] = [*waits.reasons] if waits else []
    if sources.anew and due(release, request.as_of, skipped):
        selected = list(shown_pages(request, release, sources.anew, last_inputs, skipped))
    else:
        selected = [as_published(request, release, last_inputs[locale], locale) for locale in last_inputs]
        if not selected and not skipped and due(release, request.as_of, skipped):
            skipped.append(Skipped(release.id, "", NOT_YET))
    if waits and waits.moments:
        selected = [with_events(request, release, shown) if shown.stays else shown for shown in selected]
    beside = assets.of(release) if any(not shown.stays for shown in selected) else Assets(release, {})
    pages, used = _with_files(request, selected, beside, skipped)
    inputs = {shown.page.locale: _placed(shown, beside) for shown in selected}
    encoded = kept_pages.encode(inputs, sources.plan)
    group = Group(
        release,
        sources.stamp,
        request.as_of,
        next_moment((release,), request.as_of),
        pages,
        {},
        manifest.digest(encoded),
        tuple((skip.locale, skip.why) for skip in skipped),
        whole_page.addresses(selected[0].page.whole) if selected else (),
    )
    return BuiltRelease(group, pages, encoded, used, last)


def _with_files(
    request: BuildRequest, selected: Iterable[ShownPage], beside: Assets, skipped: list[Skipped]
) -> tuple[tuple[Page, ...], Mapping[str, bytes]]:
    """Pages with the files they show, and these by path; what is missing is added to ``skipped``."""
    used: dict[str, bytes] = {}
    pages: list[Page] = []
    for shown in selected:
        page, files = shown.page, beside
        if shown.stays and request.kept is not None:
            files = last_published.beside(page.release, shown.inputs, request.kept.folder)
        pages.append(_finished(page, files))
        used.update(files.used)
        if page.original and not shown.stays:
            reasons = assets.missing(files, page.whole or page.body)
            skipped.extend(Skipped(page.release.id, "", why) for why in reasons)
    return tuple(pages), used


def _placed(shown: ShownPage, beside: Assets) -> PageInputs:
    """What a page is made from, with where the files beside it stand."""
    inputs = shown.inputs
    return inputs if shown.stays or inputs.placed == beside.placed else replace(inputs, placed=beside.placed)


def _finished(page: Page, beside: Assets) -> Page:
    """A page whose pictures are the published ones; nothing is left of one that is withdrawn."""
    if page.status == "withdrawn":
        return finished(page, "")
    whole = beside.shown(page.whole, page.locale) if page.whole else ""
    return finished(page, beside.shown(page.body, page.locale, measured=True), whole)
