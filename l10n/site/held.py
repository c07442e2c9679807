"""Moments to come in the plan of a release that readers have already: none takes anything off line.

What was published before stays as it is until then; only an event (withdrawn) takes it off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from l10n.errors import ConfigError
from l10n.project import Release, plans
from l10n.site.lifecycle import expiry, gravity, opening_embargo, publication_status
from l10n.site.page_selection import BuildRequest, ShownPage, Skipped, as_it_was

_KEPT = "readers have it already and keep it as it is until then (to take it off line, withdraw it)"


@dataclass(frozen=True, slots=True)
class Held:
    """The moments to come of a release, by the languages of it that stay as readers have them.

    ``whole`` is the one that all of it waits for, with what it is, None when single languages wait.
    """

    release: Release
    moments: Mapping[str, dt.datetime] = field(default_factory=dict)
    whole: str = ""

    @property
    def reasons(self) -> tuple[Skipped, ...]:
        """What an editor is told."""
        if self.whole:
            return (Skipped(self.release.id, "", f"{self.whole}; {_KEPT}{self._redated}"),)
        return tuple(
            Skipped(self.release.id, locale, f"it is planned for {at.isoformat()}; {_KEPT}")
            for locale, at in self.moments.items()
        )

    @property
    def _redated(self) -> str:
        """What an embargo does to the day of a release that came out before it and tells of no event."""
        opening = opening_embargo(self.release)
        if (
            opening is None
            or opening.date() <= self.release.date
            or self.release.locale in self.release.schedule
        ):
            return ""
        return (
            f"; from then on it is dated {opening.date()}: to keep {self.release.date}, record what was"
            f" corrected (l10n history {self.release.id} corrected NOTE --at {opening.isoformat()})"
        )


def held(request: BuildRequest, release: Release, anew: Collection[str]) -> Held:
    """What of a release that would be put on line as it is now stays, since its moment is to come.

    Nothing does where what is on line was published after the moment of the build, or has expired.
    """
    waits = Held(release)
    coming, whole = _coming(release, request.as_of)
    live = request.kept
    if not coming or live is None or (live.at is not None and live.at > request.as_of):
        return waits
    there = live(release.id).keys() & (set(release.languages) if whole else set(anew))
    moments = {locale: at for locale, at in coming.items() if locale in there}
    return Held(release, moments, whole) if moments else waits


def _coming(release: Release, as_of: dt.datetime) -> tuple[Mapping[str, dt.datetime], str]:
    """The moments to come by language, and what all wait for; nothing of a draft or of what has expired."""
    own, embargo = release.schedule.get(release.locale), release.embargo
    is_over = release.expires is not None and expiry(release.expires) <= as_of
    if is_over or (own is None and release.status != "published"):
        return {}, ""
    if own is not None and own > as_of:
        return dict.fromkeys(release.languages, own), f"it is planned for {own.isoformat()}"
    if embargo is not None and embargo > as_of:
        return dict.fromkeys(release.languages, embargo), f"under embargo until {embargo.isoformat()}"
    return {locale: at for locale, at in release.schedule.items() if at > as_of}, ""


def without_moments(waits: Held, last: Release | None, plan: str) -> tuple[Release, str]:
    """A release and its plan, with the moments at which its languages went on line for those to come."""
    before = {} if last is None else last.schedule
    schedule = {locale: at for locale, at in waits.release.schedule.items() if locale not in waits.moments}
    schedule |= {locale: before[locale] for locale in waits.moments if locale in before}
    settings = [(("schedule", locale), before.get(locale)) for locale in waits.moments]
    with suppress(ConfigError):  # where it is written in a way of its own, the page tells the day to come
        plan = plans.changed(plan, settings)
    return replace(waits.release, schedule=schedule), plan


def with_history(last: Release | None, waits: Held) -> Release | None:
    """A release as it was planned when it was published last, with all that happened to it since."""
    if last is None:
        return None
    since = (event for event in waits.release.history if event not in last.history)
    return replace(last, history=tuple(sorted((*last.history, *since), key=lambda event: event.at)))


def with_events(request: BuildRequest, release: Release, shown: ShownPage) -> ShownPage:
    """A page as it was published last, but for what happened to it since.

    What was restored comes back at its moment: until then readers keep the notice in its place.
    """
    page = shown.page
    status = publication_status(release, page.locale, request.as_of)
    if gravity(status.status) <= gravity(page.standing.status):
        return shown
    page = as_it_was(page, status, shown.inputs.corrected, behind=page.behind)
    return replace(shown, page=page, inputs=replace(shown.inputs, standing=page.standing))
