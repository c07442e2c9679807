"""A publication in a process of its own, which loads what a publication needs and nothing else."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from l10n import project, site

NOW = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


def publish(folder: Path) -> int:
    """Build a project's site and put it live; how many pages it has."""
    loaded = project.load(folder)
    built = site.build_incremental(loaded, as_of=NOW, processes=64)
    site.publish(loaded, built)
    return sum(name.endswith(".html") for name in built.files)


if __name__ == "__main__":
    print(publish(Path(sys.argv[1])))
