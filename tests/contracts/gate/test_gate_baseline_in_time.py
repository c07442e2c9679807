"""How long it takes to look a finding with a hostile message up in a baseline."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from l10n.gate.findings import LocatedFinding
from l10n.gate.verdict import in_baseline
from l10n.gate.wording import worded
from l10n.model import Severity


def test_a_hostile_megabyte_takes_time_in_proportion(tmp_path: Path) -> None:
    message = worded("1 of 2 segments " * 60_000)
    finding = LocatedFinding("a.po", 1, Severity.ERROR, "syntax", message)
    start = process_time()
    for _ in range(2):
        assert in_baseline(tmp_path / "baseline", [finding]) == [True]
    assert process_time() - start < 10
