"""What people type becomes what a page of their language shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import inline
from l10n.site.typography import repair

CASES = Path(__file__).parents[1] / "cases" / "typography"


def _table() -> list[tuple[str, str, str]]:
    rows = []
    for path in sorted(CASES.glob("*.txt")):
        for line in path.read_text("utf-8").replace("⍽", "\u00a0").replace("⎵", "\u202f").splitlines():
            if line and not line.startswith("#"):
                typed, _, shown = line.partition(" => ")
                rows.append((path.stem, typed, shown or typed))
    return rows


@pytest.mark.parametrize(("locale", "typed", "shown"), _table())
def test_what_was_typed_is_shown_as_the_language_sets_it(locale: str, typed: str, shown: str) -> None:
    assert repair(typed, locale) == shown


@pytest.mark.parametrize(("locale", "typed", "shown"), _table())
def test_what_is_shown_needs_no_second_repair(locale: str, typed: str, shown: str) -> None:
    assert repair(shown, locale) == shown
    assert inline.codes_of(typed) == inline.codes_of(shown)
