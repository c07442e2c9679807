"""The gate on many catalogues, beside msgfmt, pofilter and polib: CPU, wall and memory."""

from __future__ import annotations

import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.options import Options
from benchmarks.peers import machine
from benchmarks.planted import sentences

CATALOGUES, ENTRIES, ROUNDS = 2000, 60, 3
LOCALES = ("fr", "es", "ar", "ru", "zh", "pt", "de", "it")
NAMES = ("Alda", "Borea", "Cassia", "Delmar", "Erino", "Fanta", "Galen", "Hestia", "Ilion", "Janus")
_HEAD = """msgid ""
msgstr ""
"Project-Id-Version: bench\\n"
"PO-Revision-Date: 2027-01-01 00:00+0000\\n"
"Last-Translator: A B <a@b.example>\\n"
"Language-Team: none\\n"
"Language: {}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_PROJECT = '[project]\nname = "bench"\nsource_locales = ["en"]\nlocales = ["fr", "es"]\n'
_POLIB = (
    "import polib,sys\nfor path in sys.argv[1:]:\n"
    "    found = polib.pofile(path)\n    found.percent_translated(), len(found.fuzzy_entries())\n"
)


@dataclass(slots=True)
class Cost:
    """CPU and wall seconds of each round, and the largest resident size in megabytes."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    size: float = 0.0


def run(options: Options) -> None:
    """Print a line for each way, medians of rounds in which all take turns."""
    count = CATALOGUES // 10 if options.quick else CATALOGUES
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root / "po", count)
        write(root / "new", count, alike=False)
        (root / "l10n.toml").write_text(_PROJECT, "utf-8")
        commands = _commands(options)
        _measure(f"{_ours()} new/r0000.*.po", root, Cost())  # an installed program has been compiled
        costs = {name: Cost() for name in commands}
        for _ in range(1 if options.quick else ROUNDS):
            for name, command in commands.items():
                if name.startswith("ours, warm"):
                    _touch(root / "po")
                _measure(command, root, costs[name])
    floor = statistics.median(costs["msgfmt -c, one by one"].cpu)
    print(f"{count} catalogues of {ENTRIES} entries, medians of {len(costs['ours, all checks'].cpu)} rounds")
    for name, cost in costs.items():
        cpu, wall = statistics.median(cost.cpu), statistics.median(cost.wall)
        print(
            f"{name:32} {cpu:8.2f} s CPU {wall:8.2f} s wall {cost.size:7.0f} MB {cpu / floor:7.2f} x msgfmt"
        )


def _commands(options: Options) -> dict[str, str]:
    ours = f"{_ours()} po"
    commands = {
        "msgfmt -c, one by one": "ls po/*.po | xargs -n1 msgfmt -c -o /dev/null",
        "ours, completeness": f"{ours} --checks none --no-cache",
        "ours, all checks": f"{ours} --no-cache",
        "ours, all checks, remembering": ours,
        "ours, warm, one changed": ours,
        "msgfmt -c, nothing repeats": "ls new/*.po | xargs -n1 msgfmt -c -o /dev/null",
        "ours, nothing repeats": f"{ours.removesuffix('po')}new --no-cache",
        "polib, counting": f"{sys.executable} -c '{_POLIB}' po/*.po",
    }
    pofilter = options.peers / "bin" / "pofilter"
    if pofilter.exists() or shutil.which("pofilter"):
        commands["pofilter"] = f"{pofilter if pofilter.exists() else 'pofilter'} po out"
    return commands


def _ours() -> str:
    return f"{Path(sys.executable).parent / 'l10n'} -q check"


def _measure(command: str, root: Path, cost: Cost) -> None:
    before, started = os.times(), time.perf_counter()
    run = subprocess.run(["sh", "-c", command], cwd=root, env=_installed(), capture_output=True, check=False)
    if run.returncode > ("l10n" in command.split(maxsplit=1)[0]):
        raise RuntimeError(run.stderr.decode("utf-8", "replace"))
    after = os.times()
    cost.wall.append(time.perf_counter() - started)
    cost.cpu.append(
        after.children_user - before.children_user + after.children_system - before.children_system
    )
    cost.size = max(cost.size, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def _installed() -> dict[str, str]:
    """The environment, in which Python may keep what it compiled, as an installer does."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _touch(folder: Path) -> None:
    """Change one target."""
    path = min(folder.glob("*.po"))
    path.write_text(path.read_text("utf-8").replace("Plus", "Près", 1) + "\n", "utf-8")


def write(folder: Path, count: int, *, alike: bool = True) -> None:
    """Catalogues of the sentences of `tests/cases/pairs.txt` with other names, years and numbers in them.

    Where they are not ``alike``, each entry has a mark of its own, as minutes and rulings have.
    """
    folder.mkdir()
    chance = random.Random(5)  # noqa: S311 - no secret
    rows = sentences()
    for number in range(count):
        locale = LOCALES[number % len(LOCALES)]
        entries: dict[str, str] = {}
        while len(entries) < ENTRIES:
            row = chance.choice(rows)
            source, target = row["en"], row[locale]
            for old, new in (
                ("Alda", chance.choice(NAMES)),
                ("2026", str(chance.randint(2019, 2040))),
                ("27", str(chance.randint(10, 28))),
                ("14", str(chance.randint(10, 28))),
            ):
                if old in source and old in target:
                    source, target = source.replace(old, new), target.replace(old, new)
            if not alike:
                mark = f" (R-{number}-{len(entries)})"
                source, target = source + mark, target + mark
            entries[source] = target
        text = "\n".join(
            f"msgid {_quoted(source_text)}\nmsgstr {_quoted(target_text)}\n"
            for source_text, target_text in entries.items()
        )
        (folder / f"r{number:04}.{locale}.po").write_text(_HEAD.format(locale) + text, "utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
