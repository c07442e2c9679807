"""How fast catalogues are read and saved, beside polib (and translate-toolkit when it is there)."""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import polib

from benchmarks.options import Options
from l10n import catalogue as po
from l10n.model import Catalogue, Entry, State

ROUNDS = 9
ENTRIES = 5000
WORDS = re.findall(
    r"\S+",
    "la réunion des États membres du bureau régional adopte un accord sur le climat et les océans avec"
    " douze partenaires pour protéger la biodiversité, a déclaré mardi sa présidente à Tanger (« enfin »)",
)
NUMBER = ENTRIES // 2


def run(options: Options) -> None:
    """Print entries a second and milliseconds of CPU, medians of rounds in which all take turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.po"
        po.write(generated(), path)
        jobs = {**_ours(path), **_polib(path), **_toolkit(path)}
        times: dict[str, list[float]] = {name: [] for name in jobs}
        rounds = 3 if options.quick else ROUNDS
        for _ in range(rounds):
            for name, job in jobs.items():
                times[name].append(_seconds(job))
        medians = {name: statistics.median(seconds_of_rounds) for name, seconds_of_rounds in times.items()}
        size = path.stat().st_size / 1e6
    print(f"{ENTRIES} entries, {size:.1f} MB, median CPU of {rounds} rounds")
    for name, seconds in medians.items():
        print(
            f"{name:42} {seconds * 1000:8.1f} ms {ENTRIES / seconds:10,.0f} entries/s{_beside(name, medians)}"
        )


def generated() -> Catalogue:
    """A catalogue of made-up sentences, each decided, from always the same seed."""
    chance = random.Random(7)  # noqa: S311 - no secret
    entries = (
        Entry(
            f"{_sentence(chance)} ({number})",
            target=f"{_sentence(chance)} ({number})",
            state=State.REVIEWED,
            origin="human",
            actor="t8pn2mzc",
            notes=("heading: 2",) if number % 9 == 0 else (),
        )
        for number in range(ENTRIES)
    )
    return Catalogue("es", tuple(entries), po.headers("es", source_locale="fr", name="benchmark"))


def _ours(path: Path) -> dict[str, Callable[[], object]]:
    loaded = po.read(path)
    changes = iter(range(10**6))

    def save_one() -> None:
        entries = list(loaded.entries)
        entries[NUMBER] = replace(entries[NUMBER], target=f"Otra frase, número {next(changes)}.")
        po.write(replace(loaded, entries=tuple(entries)), path)

    return {
        "read": lambda: po.read(path),
        "write, nothing changed": lambda: po.write(loaded, path),
        "write, one entry changed": save_one,
        "text of a new file": lambda: po.text(loaded),
    }


def _polib(path: Path) -> dict[str, Callable[[], object]]:
    copy = path.with_name("polib.po")
    copy.write_bytes(path.read_bytes())
    file = polib.pofile(str(copy))
    changes = iter(range(10**6))

    def save_one() -> None:
        file[NUMBER].msgstr = f"Otra frase, número {next(changes)}."
        file.save()

    return {
        "read, polib": lambda: polib.pofile(str(copy)),
        "write, one entry changed, polib": save_one,
        "text of a new file, polib": lambda: str(file),
    }


def _toolkit(path: Path) -> dict[str, Callable[[], object]]:
    if find_spec("translate") is None:
        return {}
    store = import_module("translate.storage.pypo").pofile
    copy = path.with_name("toolkit.po")
    copy.write_bytes(path.read_bytes())
    file = store.parsefile(str(copy))
    changes = iter(range(10**6))

    def save_one() -> None:
        file.units[NUMBER + 1].target = f"Otra frase, número {next(changes)}."
        file.save()

    return {
        "read, translate-toolkit": lambda: store.parsefile(str(copy)),
        "write, one entry changed, translate-toolkit": save_one,
    }


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(5, 28))).capitalize() + "."


def _seconds(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def _beside(name: str, medians: dict[str, float]) -> str:
    peer = medians.get(f"{name}, polib")
    return f"   {peer / medians[name]:5.1f} times polib" if peer else ""
