"""The moment as which the site was published last, and since when a release that could not be read waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from l10n import disk
from l10n.project.layout import is_release_id

_FILE = "as-of"


@dataclass(frozen=True, slots=True)
class AsOf:
    """``at`` is the moment, ``waiting`` an earlier one for each release that could not be read then.

    What was to happen to such a release since then by itself has not happened yet.
    """

    at: dt.datetime
    waiting: Mapping[str, dt.datetime] = field(default_factory=dict)

    def since(self, release: str) -> dt.datetime:
        """Up to which moment what was to happen to a release by itself has happened."""
        return self.waiting.get(release, self.at)


def read(store: Path) -> AsOf | None:
    """What was written last, None where that is not known."""
    try:
        first, *others = (store / _FILE).read_text("utf-8").splitlines()
        waiting = {
            name: dt.datetime.fromisoformat(at) for name, _, at in (line.partition(" ") for line in others)
        }
        return AsOf(dt.datetime.fromisoformat(first), waiting)
    except (OSError, ValueError):
        return None


def write(store: Path, at: dt.datetime, unreadable: Iterable[str]) -> None:
    """Remember that the site stands as at a moment, but for releases that could not be read.

    A folder with another name than a release may have can never come to be one, and waits for nothing.
    """
    last = read(store)
    names = filter(is_release_id, sorted(unreadable))
    waiting = {} if last is None else {name: last.since(name) for name in names}
    lines = [_text(at), *(f"{name} {_text(since)}" for name, since in waiting.items())]
    disk.write(store / _FILE, "\n".join(lines).encode())


def _text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()
