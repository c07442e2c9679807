"""What pre-translation costs: Apertium, a release from end to end, the care around an engine."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.options import Options
from benchmarks.peers import machine
from benchmarks.texts import writer
from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Outcome, make
from l10n.engines.managed import ManagedEngine
from l10n.engines.records import InMemoryRecords, Records
from workflow.engine_records import StoredRecords
from workflow.store.opening import open_sqlite

SEGMENTS = 60
_COMMAND = "import sys; from workflow.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, and of the processor by this process and those it waited for."""

    wall: float
    cpu: float


def run(options: Options) -> None:
    """Three tables, each of medians."""
    print(machine())
    rounds = 3 if options.quick else 5
    _care(2_000 if options.quick else 10_000, rounds)
    if shutil.which("apertium") is None:
        print("Apertium is not installed: its rows are left out")
        return
    _apertium(20 if options.quick else 100, rounds)
    _release(rounds)


def sentences(number: int, seed: int) -> list[str]:
    """So many different French sentences with a pair of codes in every fourth."""
    by, distinct = writer("fr", seed), dict[str, None]()
    while len(distinct) < number:
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", by.sentence()).replace("*", "")
        first, _, rest = plain.partition(" ")
        distinct[f"<1>{first}</1> {rest}" if rest and len(distinct) % 4 == 0 else plain] = None
    return list(distinct)


def timed(work: Callable[[], object]) -> Took:
    """What a piece of work took."""
    before, started = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - started, os.times()
    return Took(wall, sum(after[:4]) - sum(before[:4]))


def median(timings: Sequence[Took]) -> Took:
    """The median of each figure."""
    return Took(
        statistics.median(timing.wall for timing in timings),
        statistics.median(timing.cpu for timing in timings),
    )


# The care around an engine


@dataclass(frozen=True, slots=True)
class Free:
    """An engine that costs nothing: the source with another first word."""

    name: str = "free"
    capabilities: Capabilities = Capabilities("xml", max_batch=50)  # noqa: RUF009 - it is frozen

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Every pair."""
        del source_locale, target_locale
        return True

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """The sources."""
        del source_locale, target_locale, contexts
        return [Draft(source) for source in batch]

    def close(self) -> None:
        """Nothing is open."""


def _care(number: int, rounds: int) -> None:
    """Microseconds a segment, asked for the first time and remembered, with records in memory and on disk."""
    batch = sentences(number, 1)
    bare = median([timed(lambda: Free().translate(batch, "fr", "es")) for _ in range(rounds)])
    print(f"the care around an engine that costs nothing, {number} segments in batches of 50, a segment:")
    print(f"  the engine alone: {_micro(bare, number)}")
    for kind in ("in memory", "in SQLite"):
        first_times, cached_times = [], []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                store = open_sqlite(Path(folder) / "ledger.sqlite")
                records: Records = InMemoryRecords() if kind == "in memory" else StoredRecords(store)
                careful = ManagedEngine(Free(), "free", records, lambda: dt.datetime.now(dt.UTC))
                first_times.append(timed(lambda engine=careful: engine.translate(batch, "fr", "es")))  # type: ignore[misc]
                cached_times.append(timed(lambda engine=careful: engine.translate(batch, "fr", "es")))  # type: ignore[misc]
                store.close()
        print(f"  records {kind}: asked {_micro(median(first_times), number)}")
        print(f"  records {kind}: remembered {_micro(median(cached_times), number)}")


def _micro(took: Took, number: int) -> str:
    return f"{took.wall / number * 1e6:.1f} µs ({took.cpu / number * 1e6:.1f} µs of CPU)"


# Apertium


def _apertium(number: int, rounds: int) -> None:
    """Segments a second: programs that stay up, programs started for each segment."""
    batch = sentences(number, 2)
    engine = make("apertium")
    engine.translate(batch[:1], "fr", "es")
    running_times, starting_times = [], []
    try:
        for _ in range(rounds):
            running_times.append(timed(lambda: engine.translate(batch, "fr", "es")).wall)
            starting_times.append(
                timed(lambda: [_started(source) for source in batch[: number // 5]]).wall * 5
            )
    finally:
        engine.close()
    running, starting = statistics.median(running_times), statistics.median(starting_times)
    print(f"Apertium from French to Spanish, {number} segments, one caller, on the clock:")
    print(f"  programs that stay up, codes bound to their words: {number / running:.0f} segments a second")
    print(f"  the command apertium for each segment: {number / starting:.1f} segments a second")
    print(f"  {starting / running:.0f} times as fast")


def _started(source: str) -> bytes:
    """What the command makes of one segment, its codes as HTML."""
    command = ["apertium", "-f", "html", "fr-es"]
    text = re.sub(r"<(/?)1>", r"<\1b>", source)
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


# A release


def _release(rounds: int) -> None:
    """Seconds from the command to its end, for a release that nobody has translated."""
    first, again, started = [], [], []
    with tempfile.TemporaryDirectory() as place:
        compiled = Path(place) / "compiled"
        for number in range(rounds + 1):
            folder = Path(place) / str(number)
            _laid(folder, number)
            started.append(_commanded(folder, "--version", compiled))
            _commanded(folder, "update", compiled)
            first.append(_commanded(folder, "pretranslate", compiled))
            again.append(_commanded(folder, "pretranslate", compiled))
    print(f"a release of {SEGMENTS} segments from French to Spanish, the command from its start to its end:")
    for label, timings in (
        ("the command alone (--version)", started),
        ("pretranslate by Apertium", first),
        ("pretranslate, nothing left", again),
    ):
        timing = median(timings[1:])  # the first round compiles
        print(f"  {label}: {timing.wall:.2f} s ({timing.cpu:.2f} s of CPU)")


def _laid(folder: Path, seed: int) -> None:
    folder.mkdir()
    (folder / "l10n.toml").write_text(
        '[project]\nsource_locales = ["fr"]\nlocales = ["fr", "es"]\n[routes]\n"*" = ["apertium"]\n', "utf-8"
    )
    release = folder / "releases" / "long"
    release.mkdir(parents=True)
    paragraphs = [re.sub(r"</?1>", "**", source) for source in sentences(SEGMENTS, 10 + seed)]
    (release / "source.md").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    (release / "release.toml").write_text('date = 2026-09-14\nlocale = "fr"\n', "utf-8")


def _commanded(folder: Path, command: str, compiled: Path) -> Took:
    """What a command took, with its modules compiled as an installed package's are."""
    arguments = [sys.executable, "-c", _COMMAND, "-q", "-C", str(folder), command]
    arguments = [*arguments[:3], command] if command.startswith("-") else arguments
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env = {**inherited, "PYTHONPYCACHEPREFIX": str(compiled)}
    return timed(lambda: subprocess.run(arguments, check=True, capture_output=True, env=env))
