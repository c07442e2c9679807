"""An amount is the same in every language however each says it, and another amount never is."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.checks import check_pair
from l10n.model import Finding

LANGUAGES = ("en", "fr", "es", "pt", "it", "de", "ru", "ar", "zh")
TABLE = Path(__file__).parents[1] / "cases" / "amounts.txt"


def kinds() -> dict[str, list[dict[str, str]]]:
    """The values of each kind of amount, each by language."""
    blocks = TABLE.read_text("utf-8").strip().split("\n\n")[1:]
    found = {}
    for block in blocks:
        name, *lines = block.splitlines()
        found[name] = [dict(zip(LANGUAGES, map(str.strip, line.split("|")), strict=True)) for line in lines]
    return found


KINDS = kinds()


def told(one: str, other: str, source: str, target: str) -> list[Finding]:
    return check_pair(
        source, target, source_locale=one, target_locale=other, only=["numbers", "measures", "dates"]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_the_same_in_any_two_languages(kind: str) -> None:
    for value in KINDS[kind]:
        for one, other in permutations(LANGUAGES, 2):
            assert told(one, other, value[one], value[other]) == [], (one, other, value[one], value[other])


@pytest.mark.parametrize("kind", KINDS)
def test_another_value_is_always_found(kind: str) -> None:
    for value, wrong in permutations(KINDS[kind], 2):
        for one, other in permutations(LANGUAGES, 2):
            assert told(one, other, value[one], wrong[other]), (one, other, value[one], wrong[other])


PARTS = {"½": "5", "¼": "25", "¾": "75"}


@given(st.integers(1, 999), st.sampled_from(sorted(PARTS)), st.sampled_from(["", " "]))
def test_a_number_with_a_part_is_its_decimal_and_no_other(whole: int, part: str, space: str) -> None:
    written = f"{whole}{space}{part} km"
    assert told("en", "fr", written, f"{whole},{PARTS[part]} km") == []
    for other in PARTS.values():
        if other != PARTS[part]:
            assert told("en", "fr", written, f"{whole},{other} km")
