"""The scope of a publication: some releases, or languages of them; everything else stays as published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from l10n.project import Release
from l10n.site.as_of import AsOf
from l10n.site.lifecycle import locales_changing


@dataclass(frozen=True, slots=True)
class Scope:
    """The releases that are put on line as they are now, each with its languages, none for every one.

    ``plans`` are releases as they are not planned yet, to see what would come of it; ``since`` says as
    which moment the site was published last: what was to happen by itself after it happens.
    """

    asked: Mapping[str, Collection[str]] = field(default_factory=dict)
    plans: Mapping[str, Release] = field(default_factory=dict)
    since: AsOf | None = None

    def anew(self, release: Release, as_of: dt.datetime) -> frozenset[str]:
        """The languages in which a release is put on line as it is now."""
        all_languages = frozenset(release.languages)
        requested = self.asked.get(release.id)
        if requested is not None and not requested:
            return all_languages
        since = None if self.since is None else self.since.since(release.id)
        by_itself = frozenset[str]() if since is None else locales_changing(release, since, as_of)
        return all_languages & {*(requested or ()), *by_itself}
