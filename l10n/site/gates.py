"""Whether a release may be published in a language, and what is in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from l10n import project as projects
from l10n.formats import whole
from l10n.project import Override, Project, Release
from l10n.site import pages, versions
from l10n.site.manifest import read as manifest_of
from l10n.site.pages import Original


@dataclass(frozen=True, slots=True)
class Gate:
    """A release in a language before it is published.

    ``approved`` of ``total`` segments may be shown; ``to_translate`` wait for a translator, ``to_review``
    for a reviewer.  ``waits`` says that the release waits for all of them, ``threshold`` is how many
    percent the language needs, ``catalogue`` is False where there is nothing yet.  An override would
    show ``paragraphs`` in the source's language.  ``opens`` says whether the plan lets it out by now,
    ``at`` is the moment it is planned for, ``live`` whether readers have it at this moment.
    """

    locale: str
    approved: int = 0
    total: int = 0
    to_translate: int = 0
    to_review: int = 0
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
        """Whether all of it is approved."""
        return self.approved == self.total and self.catalogue

    @property
    def held(self) -> bool:
        """Whether the gate holds it back, but for an override."""
        return (
            not self.catalogue
            or (self.waits and not self.complete)
            or self.approved * 100 < self.threshold * self.total
        )


def gates(project: Project, release: Release, as_of: dt.datetime) -> tuple[Gate, ...]:
    """The gate of each language of a release at a moment, its own first."""
    document = projects.document(project, release)
    own = pages.original(release, document)
    live = _live(project)
    found = [_planned(Gate(release.locale), release, as_of, live)]
    for locale in release.locales:
        cut = projects.cut_for(document, release, locale)
        source = own if cut is document else pages.original(release, cut)
        found.append(_planned(_gate(project, source, locale), release, as_of, live))
    return tuple(found)


def _gate(project: Project, source: Original, locale: str) -> Gate:
    release = source.release
    catalogue = projects.read_catalogue(project, release, locale)
    if catalogue is None:
        total = len(source.on_page)
        return Gate(locale, total=total, to_translate=total, catalogue=False)
    targets, _ = pages.approved(source, catalogue, locale)
    written = {source.keys.get(entry.key) for entry in catalogue.live if entry.target}
    missing = [key for key in source.on_page if not targets.get(key)]
    review = sum(key in written for key in missing)
    return Gate(
        locale,
        approved=len(source.on_page) - len(missing),
        total=len(source.on_page),
        to_translate=len(missing) - review,
        to_review=review,
        paragraphs=sum(bool(unit.segments) and not whole(unit, targets) for unit in source.document.units),
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
        live=f"{gate.locale}/{release.slug(gate.locale)}/index.html" in live,
        override=release.overrides.get(gate.locale),
    )


def _live(project: Project) -> frozenset[str]:
    version = versions.live(project)
    return frozenset() if version is None else frozenset(manifest_of(project.state / "site", version))
