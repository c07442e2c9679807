"""What fails: all that is serious, but for what was known before and what did not change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from l10n import disk
from l10n.errors import ConfigError
from l10n.gate.remarks import Remark, Sheet, fingerprints
from l10n.model import Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that was seen; ``failing`` are the remarks that fail the gate.

    ``rules`` explains by id those of the remarks that are neither a check's nor the gate's.
    """

    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...]
    failing: tuple[Remark, ...]
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether every catalogue could be read."""
        return all(sheet.readable for sheet in self.sheets)

    @property
    def summary(self) -> str:
        """What was looked at and what came of it, in a line."""
        counts = [sheet.counts for sheet in self.sheets]
        total, approved = sum(one.total for one in counts), sum(one.approved for one in counts)
        open_ = ", ".join(
            f"{sum(getattr(one, name) for one in counts)} {name}" for name in ("fuzzy", "missing")
        )
        by = Counter(remark.severity for remark in self.remarks)
        found = ", ".join(_many(by[one], str(one)) for one in (Severity.ERROR, Severity.WARNING))
        return (
            f"{_many(len(counts), 'catalogue')}, {approved} of {total} entries approved ({open_}): {found};"
            f" {_many(len(self.failing), 'failure')}"
        )


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def judge(
    sheets: Sequence[Sheet],
    more: Iterable[Remark],
    *,
    serious: frozenset[Severity],
    optional: frozenset[str],
    spared: Callable[[Sequence[Remark]], list[bool]] | None = None,
) -> Verdict:
    """The verdict; ``spared`` says of each remark whether it may stand all the same."""
    remarks = (*(one for sheet in sheets for one in sheet.remarks), *more)
    free = spared(remarks) if spared else [False] * len(remarks)
    failing = tuple(
        one
        for one, may_stand in zip(remarks, free, strict=True)
        if can_fail(one, serious, optional) and not may_stand
    )
    return Verdict(tuple(sheets), remarks, failing)


def can_fail(remark: Remark, serious: Collection[Severity], optional: Collection[str]) -> bool:
    """Whether a remark fails the gate when nothing spares it."""
    return remark.severity in serious and remark.locale not in optional


_HEAD = "# Findings of l10n check that are known; new ones fail. Lines of what was mended go by themselves.\n"


def known(
    path: Path,
    remarks: Sequence[Remark],
    covers: Callable[[str], bool] = lambda _path: True,
    fails: Callable[[Remark], bool] = lambda remark: remark.severity is not Severity.INFO,
) -> list[bool]:
    """Whether each remark stands in a baseline, which is written when there is none.

    Only what ``fails`` is written.  Lines of the file that nothing was said for are taken out, and those
    of what is mentioned only, but for those about a path that this run does not cover: a warning stays
    known where errors alone fail, for the run that asks for more.  Raises ConfigError for a file that is
    no baseline.
    """
    names = fingerprints(remarks)
    if not path.exists():
        lines = (_line(name, one) for name, one in zip(names, remarks, strict=True) if fails(one))
        disk.write(path, (_HEAD + "".join(sorted(lines, key=_without_name))).encode("utf-8", "replace"))
        return [True] * len(remarks)
    kept = _read(path)
    now = {name for name, one in zip(names, remarks, strict=True) if one.severity is not Severity.INFO}
    lines = (line for name, line in kept.items() if name in now or not covers(_path_of(line)))
    disk.write(path, (_HEAD + "".join(lines)).encode())
    return [name in kept for name in names]


def _line(name: str, one: Remark) -> str:
    said = " ".join(f"{one.path}: {one.severity}: {one.message} [{one.check}] {one.source[:60]}".split())
    return f"{name}  {said}\n"


def _path_of(line: str) -> str:
    found = re.match(r"[0-9a-f]{32}  (.*?): (?:error|warning|info): ", line)
    return found[1] if found else ""


def _without_name(line: str) -> str:
    return line.partition("  ")[2]


def _read(path: Path) -> dict[str, str]:
    kept: dict[str, str] = {}
    text = disk.read(path).decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.startswith("#") or not line.strip():
            continue
        name = line.partition("  ")[0]
        if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
            raise ConfigError(
                "this is no line of a baseline",
                path=path,
                line=number,
                remedy="Delete the file; the next run writes it anew.",
            )
        kept[name] = line
    return kept
