"""Moments as people write them, by a table of cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.errors import UsageError
from l10n.project import moments

LINES = Path(__file__).with_name("moments.txt").read_text("utf-8").splitlines()
CASES = [line.split(" | ") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("written", "meant"), CASES)
def test_a_moment_is_what_the_clocks_of_its_place_show(written: str, meant: str) -> None:
    try:
        found = moments.parsed(written).isoformat()
    except UsageError as error:
        found = error.message
    assert found == meant
