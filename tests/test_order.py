"""Slow tests come last for a person, and first in the part of each of several workers."""

from __future__ import annotations

import pytest

from tests.order import ordered


@pytest.mark.parametrize(
    ("tests", "workers", "expected"),
    [
        ("aBcDe", 0, "aceBD"),
        ("aBcDe", 1, "BDace"),
        ("abcdEF", 2, "Eab Fcd"),
        ("AbcdEf", 3, "Ab Ec df"),
        ("aBCD", 2, "BD Ca"),
        ("ABCDe", 4, "A B C De"),
        ("ab", 4, "ab"),
        ("", 4, ""),
    ],
)
def test_slow_tests_have_their_place(tests: str, workers: int, expected: str) -> None:
    assert "".join(ordered(tests, str.isupper, workers)) == expected.replace(" ", "")
