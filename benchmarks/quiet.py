"""How quiet the checks are on published human translations: findings by language and check.

The catalogues are PO files under `.l10n/bench-prose/LANGUAGE/`, or `SOURCE-to-LANGUAGE/` where the source is
not English: prose and not menus, for example the installation guide of Debian
(`apt-get source installation-guide`, its folder `po`).  They are no part of this repository.  What was found
is written beside each folder, as `LANGUAGE.findings.txt`, to be judged by a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import prose
from benchmarks.options import Options
from l10n import checks, conventions
from l10n.errors import ConfigError
from l10n.gate.habits import HABITS, Habit
from l10n.model import Finding, Severity

_SourceAndTarget = tuple[str, str]


def run(options: Options) -> None:
    """Print the shares of segments with an error and with a warning, and which checks gave them."""
    root = options.peers.parent / "bench-prose"
    folders = sorted(path for path in root.glob("*") if path.is_dir())
    if not folders:
        print(f"no catalogues under {root}: see the head of benchmarks/quiet.py")
    for folder in folders:
        source, _, target = folder.name.rpartition("-to-")
        locales = source.replace("_", "-") or "en", target.replace("_", "-")
        try:
            conventions.load(locales[0]), conventions.load(locales[1])
        except ConfigError:
            continue
        files = {
            path.stem: pairs for path in sorted(folder.glob("*.po")) if (pairs := list(prose.pairs(path)))
        }
        _measure(
            folder, locales, {name: files[name][:300] for name in list(files)[:1]} if options.quick else files
        )


def _measure(folder: Path, locales: tuple[str, str], files: dict[str, list[_SourceAndTarget]]) -> None:
    """What the gate tells once of a file is counted once."""
    context = checks.check_context(*locales)
    seen: set[_SourceAndTarget] = set()
    touched: Counter[Severity] = Counter()
    by_check: Counter[tuple[str, Severity]] = Counter()
    listed: list[str] = []
    for file, pairs in files.items():
        unseen = [pair for pair in pairs if pair not in seen]
        seen.update(unseen)
        found = [checks.run_checks(*pair, context) for pair in unseen]
        habits = _habits(found, [target for _, target in unseen])
        told = [
            [one for one in findings if not any(habit.tells_of(one) for habit in habits)]
            for findings in found
        ]
        kinds = [{(finding.check, finding.severity) for finding in findings} for findings in told]
        kinds += [{(habit.check, Severity.WARNING)} for habit in habits]
        for of_segment in kinds:
            touched.update({severity for _, severity in of_segment})
            by_check.update(of_segment)
        listed += [
            line for pair, findings in zip(unseen, told, strict=True) for line in _lines(file, pair, findings)
        ]
    frequent = sorted((key, count) for key, count in by_check.items() if key[1] is not Severity.INFO)
    shares = [100 * touched[severity] / max(len(seen), 1) for severity in (Severity.ERROR, Severity.WARNING)]
    counts = ", ".join(f"{check} {severity.value[0]} {count}" for (check, severity), count in frequent)
    told_shares = f"errors {shares[0]:.2f} %, warnings {shares[1]:.2f} %"
    print(f"{folder.name:6} {len(seen):5} segments, {told_shares}: {counts}", flush=True)
    folder.with_name(f"{folder.name}.findings.txt").write_text("\n".join(listed) + "\n", encoding="utf-8")


def _lines(file: str, pair: _SourceAndTarget, findings: Sequence[Finding]) -> Iterator[str]:
    """What was found in a segment, and the segment."""
    told = [finding for finding in findings if finding.severity is not Severity.INFO]
    yield from (f"[{one.check} {one.severity.value}] {one.message}" for one in told)
    if told:
        yield f"    {file}\n    {pair[0]}\n    {pair[1]}\n"


def _habits(found: Sequence[Sequence[Finding]], targets: Sequence[str]) -> list[Habit]:
    """The habits of a file, of which the gate tells once."""
    return [
        habit
        for habit in HABITS
        if habit.is_formed(
            sum(any(habit.tells_of(finding) for finding in findings) for findings in found),
            sum(map(habit.is_chance, targets)),
        )
    ]
