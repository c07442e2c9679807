"""What releases are called in lists: how those of one title are told apart, and how one is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from l10n.project import Release
from l10n.searching import searchable
from workflow.web.interface_language import day_text

Named = Collection[tuple[Release, str]]
"""Releases with their titles; one may be there for each of its languages."""

FEW = 6
"""So many releases are seen at a glance; a longer list can be searched."""
LONGEST = 200
"""So many characters of what somebody looks for count."""


def is_named(release: Release, title: str, words: str) -> bool:
    """Whether words stand in the title or the id of a release, however either is typed."""
    return searchable(words) in searchable(f"{title} {release.id}")


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
