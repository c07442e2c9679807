"""What is planned for later, told on the command line: what, when, and by whom it will be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.project import Project, Release

BY_ITSELF = "l10n serve or l10n worker does it when it runs then; else l10n publish --due, as from cron"


@dataclass(frozen=True, slots=True)
class Plan:
    """Languages of a release that are to be published at a moment to come."""

    release: Release
    locales: Sequence[str]
    at: dt.datetime

    @property
    def row(self) -> Mapping[str, object]:
        """The plan for programs."""
        return {"release": self.release.id, "locales": list(self.locales), "at": self.at.isoformat()}


def told_plan(project: Project, plan: Plan, *, only_looked_at: bool) -> Iterator[str]:
    """What is planned, what readers have until then, and what holds it back as things stand."""
    from l10n.site.gates import gates

    release = plan.release
    verb = "would plan" if only_looked_at else "planned"
    yield f"{verb}: {release.id} in {', '.join(plan.locales)} for {plan.at.isoformat()}"
    planned = [gate for gate in gates(project, release, plan.at) if gate.locale in plan.locales]
    if live := [gate.locale for gate in planned if gate.live]:
        yield f"in {', '.join(live)} readers have it already, and keep that page until then"
    if release.embargo and release.embargo > plan.at:
        yield f"it stays under embargo until {release.embargo.isoformat()}"
    elif not release.opens(release.locale, plan.at):
        yield f"it waits for {release.locale}, its own language, which is not planned by then"
    for gate in planned:
        if gate.held and not gate.override:
            approved = f"{gate.approved} of {gate.total} segments are approved"
            yield f"in {gate.locale} the gate would hold it back as it is now: {approved}"
    if not only_looked_at:
        yield BY_ITSELF


def told_next(releases: Sequence[Release], now: dt.datetime) -> str:
    """That nothing is due, and what will be next."""
    coming = next_change(releases, now)
    if coming is None:
        return "nothing is due, and nothing is planned"
    ids, at = coming
    return f"nothing is due; the next is {', '.join(ids)} at {at.isoformat()}"


def next_change(releases: Sequence[Release], now: dt.datetime) -> tuple[Sequence[str], dt.datetime] | None:
    """The releases that change by themselves next, and when; None when none will."""
    from l10n import site
    from l10n.site.lifecycle import moments

    at = site.next_moment(releases, now)
    return None if at is None else ([one.id for one in releases if at in moments(one)], at)
