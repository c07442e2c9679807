"""What `l10n status` costs as a project grows: nothing known, all known, one catalogue changed."""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.options import Options
from benchmarks.peers import machine
from l10n import catalogue, project
from l10n.model import State

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SEGMENTS = 60
LOCALES = ("en", "es", "ar", "pt", "de", "it", "ru", "zh", "hi", "ja")
ROUNDS = 5


def run(options: Options) -> None:
    """A row for each size of the project: CPU seconds, start of the program included, medians."""
    print(machine())
    for size in SIZES[:3] if options.quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            paths = list(_made(root, size // SEGMENTS))
            bare = _seconds(root, "--help")
            cold = _seconds(root, "status")
            time.sleep(2.5)  # what was written this moment is not yet trusted to be the same
            _seconds(root, "status")
            warm = statistics.median(_seconds(root, "status") for _ in range(ROUNDS))
            paths[0].write_text(paths[0].read_text("utf-8").replace("(0)", "(00)"), "utf-8")
            after_change = _seconds(root, "status")
            print(
                f"{size:9,} segments in {len(paths):6,} catalogues: --help {bare:.2f}, status at first"
                f" {cold:.2f}, again {warm:.2f}, with one changed {after_change:.2f}"
            )


def _made(root: Path, catalogues: int) -> Iterator[Path]:
    """A project of so many approved catalogues, all copies of one; their paths."""
    new_project = project.create(root, name="Archive", source_locale="fr", locales=LOCALES)
    folder = root / "releases"
    for number in range(-(-catalogues // len(LOCALES))):
        locales = LOCALES[: catalogues - number * len(LOCALES)]
        release = folder / f"release-{number:05}"
        release.mkdir(parents=True)
        (release / "source.txt").write_text(
            "\n\n".join(f"La plage {n} rouvre. ({n})" for n in range(SEGMENTS)), "utf-8"
        )
        (release / "release.toml").write_text(
            f'date = {dt.date(2026, 9, 14)}\nlocale = "fr"\nlocales = {list(locales)}\n', "utf-8"
        )
        for locale in locales:
            path = project.catalogue_path(new_project, project.release(new_project, release.name), locale)
            path.parent.mkdir(parents=True, exist_ok=True)
            if number:
                shutil.copyfile(path.with_name("release-00000.po"), path)
            else:
                _filled(new_project, release.name, locale, path)
            yield path
    new_project.state.mkdir()


def _filled(new_project: project.Project, name: str, locale: str, path: Path) -> None:
    document = project.document(new_project, project.release(new_project, name))
    blank = catalogue.template(document, locale=locale, name="Archive")
    decided = (replace(entry, target=entry.source, state=State.REVIEWED) for entry in blank.entries)
    catalogue.write(replace(blank, entries=tuple(decided)), path)


def _seconds(root: Path, *arguments: str) -> float:
    """CPU seconds of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "workflow.cli", "-C", str(root), *arguments]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "COLUMNS": "80"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
