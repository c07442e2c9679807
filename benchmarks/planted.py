"""Errors planted in correct pairs: what the checks find by kind and language, and what they say of the rest.

The pairs are `tests/cases/pairs.txt` and `benchmarks/pairs`: the same sentences in nine languages, so that
every language is source and target of every other.  What is planted is said in `planters`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.options import Options
from benchmarks.planters import PLANTERS
from l10n import checks
from l10n.checks import Between
from l10n.model import Finding, Severity

_OURS = Path(__file__).parent / "pairs"
_KNOWN = (Path(__file__).parent.parent / "tests" / "cases" / "pairs.txt", _OURS / "developed.txt")
_SETS = (
    ("developed on", _KNOWN),
    ("seen once", (_OURS / "unseen.txt",)),
    ("fresh", (_OURS / "fresh.txt",)),
    ("last", (_OURS / "last.txt",)),
    ("next", (_OURS / "next.txt",)),
)


def sentences(paths: Sequence[Path] = _KNOWN) -> list[dict[str, str]]:
    """The sets of some tables: locale to sentence."""
    out: list[dict[str, str]] = []
    for path in paths:
        for block in path.read_text("utf-8").split("\n\n"):
            lines = [line.partition(": ") for line in block.splitlines() if line and line[0] != "#"]
            if lines:
                out.append({locale: text for locale, _, text in lines})
    return out


def pairs(paths: Sequence[Path] = _KNOWN) -> Iterator[tuple[str, str, str, str]]:
    """(source locale, target locale, source, target), each set in every direction."""
    for row in sentences(paths):
        for one, source in row.items():
            for other, target in row.items():
                if one != other:
                    yield one, other, source, target


def run(options: Options) -> None:
    """Print what the checks say of the pairs they were developed on, then of those they were not, by set."""
    for said, paths in _SETS:
        _measured(said, paths, quick=options.quick)


def _measured(said: str, paths: Sequence[Path], *, quick: bool) -> None:
    """Print false alarms on the untouched pairs, then what was found of each kind."""
    between: dict[tuple[str, str], Between] = {}
    planted: Counter[tuple[str, str]] = Counter()
    caught: Counter[tuple[str, str]] = Counter()
    alarms: Counter[Severity] = Counter()
    total = 0
    for one, other, source, target in pairs(paths):
        if quick and one != "en":
            continue
        locales = between.setdefault((one, other), checks.between(one, other))
        before = checks.look(source, target, locales)
        total += 1
        alarms.update({finding.severity for finding in before})
        known = Counter(map(_shape, before))
        for kind, planter in PLANTERS.items():
            wrong = planter(source, target, other)
            if wrong is None or wrong == target:
                continue
            planted[kind, other] += 1
            after = Counter(map(_shape, checks.look(source, wrong, locales)))
            if after - known:
                caught[kind, other] += 1
    errors, warnings = alarms[Severity.ERROR], alarms[Severity.WARNING]
    print(f"{said}: {total} correct pairs, {errors} with an error, {warnings} with a warning")
    _table(planted, caught)


def _shape(finding: Finding) -> tuple[str, str] | None:
    return (finding.check, finding.message) if finding.severity is not Severity.INFO else None


def _table(planted: Counter[tuple[str, str]], caught: Counter[tuple[str, str]]) -> None:
    languages = sorted({language for _, language in planted})
    print(f"{'found of planted, in %':29}" + "".join(f"{language:>6}" for language in languages) + "   all")
    for kind in PLANTERS:
        if not any(one == kind for one, _ in planted):
            continue
        cells = [_share(caught[kind, language], planted[kind, language]) for language in languages]
        count = sum(planted[kind, language] for language in languages)
        whole = _share(sum(caught[kind, language] for language in languages), count)
        print(f"{kind:29}" + "".join(f"{cell:>6}" for cell in cells) + f"{whole:>6}  of {count}")
    every = _share(sum(caught.values()), sum(planted.values()))
    print(f"{'all kinds':29}" + " " * 6 * len(languages) + f"{every:>6}  of {sum(planted.values())}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"
