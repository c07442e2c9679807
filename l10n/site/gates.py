"""Whether a release may be published in a language, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from l10n import project as projects
from l10n.formats import whole
from l10n.project import Override, Project, Release
from l10n.site import originals, publishable_targets, versions
from l10n.site.manifest import read as manifest_of
from l10n.site.originals import Original


@dataclass(frozen=True, slots=True)
class Gate:
    """A release in a language before it is published.

    ``approved`` of ``total`` segments may be shown; ``to_translate`` wait for a translator, ``to_review``
    for a reviewer.  Of these ``notes`` are what readers are told of a correction and the like: the page waits
    for none of them.  ``waits`` says that the release waits for all of them, ``threshold`` is how many
    percent the language needs, ``catalogue`` is False where there is nothing yet.  An override would
    show ``paragraphs`` in the source's language.  ``opens`` says whether the plan lets it out by now,
    ``at`` is the moment it is planned for, ``live`` whether readers have it at this moment.
    """

    locale: str
    approved: int = 0
    total: int = 0
    to_translate: int = 0
    to_review: int = 0
    notes: int = 0
    notes_approved: int = 0
    paragraphs: int = 0
    waits: bool = False
    threshold: int = 0
    catalogue: bool = True
    opens: bool = True
    at: dt.datetime | None = None
    live: bool = False
    override: Override | None = None

    @property
    def complete(self) -> bool:
        """Whether all that is on the page is approved."""
        return self.approved - self.notes_approved == self.total - self.notes and self.catalogue

    @property
    def held(self) -> bool:
        """Whether the gate holds it back, but for an override."""
        return (
            not self.catalogue
            or (self.waits and not self.complete)
            or (self.approved - self.notes_approved) * 100 < self.threshold * (self.total - self.notes)
        )


def path_of(release: Release, locale: str) -> str:
    """Where the page of a release in a language stands on the site."""
    return f"{locale}/{release.slug(locale)}/index.html"


def gates(project: Project, release: Release, as_of: dt.datetime) -> tuple[Gate, ...]:
    """The gate of each language of a release at a moment, its own first."""
    document = projects.document(project, release)
    uncut = originals.original(release, document)
    live = on_line(project)
    all_gates = [_planned(Gate(release.locale), release, as_of, live)]
    for locale in release.locales:
        cut = projects.segmented_for(document, release, locale)
        source = uncut if cut is document else originals.original(release, cut)
        all_gates.append(_planned(_gate(project, source, locale), release, as_of, live))
    return tuple(all_gates)


def _gate(project: Project, source: Original, locale: str) -> Gate:
    release = source.release
    catalogue = projects.read_catalogue(project, release, locale)
    notes = {
        segment.key for unit in source.document.extra_units for segment in unit.segments
    } - source.on_page()
    keys = [*source.on_page(), *notes]
    if catalogue is None:
        return Gate(locale, total=len(keys), to_translate=len(keys), notes=len(notes), catalogue=False)
    targets, _ = publishable_targets.approved(source, catalogue, locale)
    written = {source.keys.get(entry.key) for entry in catalogue.live if entry.target}
    missing = [key for key in keys if not targets.get(key)]
    review = sum(key in written for key in missing)
    return Gate(
        locale,
        approved=len(keys) - len(missing),
        total=len(keys),
        to_translate=len(missing) - review,
        to_review=review,
        notes=len(notes),
        notes_approved=sum(bool(targets.get(key)) for key in notes),
        paragraphs=sum(
            bool(unit.segments) and not whole(unit, targets)
            for unit in replace(source.document, extra_units=()).units
        ),
        waits=release.partial == "wait",
        threshold=project.settings.threshold(locale),
    )


def _planned(gate: Gate, release: Release, as_of: dt.datetime, live: frozenset[str]) -> Gate:
    embargo = release.embargo
    at = release.schedule.get(gate.locale)
    open_ = release.opens(gate.locale, as_of) and release.opens(release.locale, as_of)
    return replace(
        gate,
        opens=open_ and (embargo is None or embargo <= as_of),
        at=max(filter(None, (at, embargo)), default=None),
        live=path_of(release, gate.locale) in live,
        override=release.overrides.get(gate.locale),
    )


def on_line(project: Project) -> frozenset[str]:
    """The paths of the files that readers have at this moment."""
    version = versions.live(project)
    return frozenset() if version is None else frozenset(manifest_of(project.state / "site", version))


def to_be_planned(
    project: Project, release: Release, locales: Iterable[str], as_of: dt.datetime
) -> tuple[str, ...]:
    """Those of the languages that have to be planned to be on line from a moment.

    One that readers have goes on being of the day that it was planned for, also when it is published again.
    """
    live = on_line(project)
    return tuple(
        locale
        for locale in locales
        if path_of(release, locale) not in live or not release.opens(locale, as_of)
    )
