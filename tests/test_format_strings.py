"""How long it takes to compare the placeholders of hostile texts."""

from __future__ import annotations

from time import process_time

import pytest

from l10n.gate.format_strings import mismatches

SIZE = 1_000_000
HOSTILE = ["%(", "%(a", "%0", "%1$", "%.", "{a{", "{x", "{{", "{a{b}"]


@pytest.mark.parametrize("flag", ["c-format", "python-format", "python-brace-format", "qt-format"])
@pytest.mark.parametrize(
    "text",
    [*(piece * (SIZE // len(piece)) for piece in HOSTILE), *(sign + "0" * SIZE for sign in "%{")],
    ids=[*HOSTILE, "% and noughts", "{ and noughts"],
)
def test_a_hostile_megabyte_takes_time_in_proportion(flag: str, text: str) -> None:
    start = process_time()
    next(mismatches(flag, "%d {a}", text), None)
    assert process_time() - start < 30
