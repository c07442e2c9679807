"""Releases with one title told apart in lists: by their day, and where that is one too by their id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from l10n.project import Release
from workflow.web.interface_language import day_text

Named = Collection[tuple[Release, str]]
"""Releases with their titles; one may be there for each of its languages."""


def alike(named: Named) -> frozenset[str]:
    """The ids of the releases that neither their title nor their day tells from another one."""
    days = {release.id: (title, release.date) for release, title in named}
    number = Counter(days.values())
    return frozenset(release_id for release_id, day in days.items() if number[day] > 1)


def labels(named: Named) -> Mapping[str, str]:
    """What to call each release, by its id, where nothing but that is said of it."""
    titles = Counter({release.id: title for release, title in named}.values())
    twins = alike(named)
    return {
        release.id: " · ".join(
            (
                title,
                *([day_text(release.date)] if titles[title] > 1 else ()),
                *([release.id] if release.id in twins else ()),
            )
        )
        for release, title in named
    }
