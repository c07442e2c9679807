"""Phone numbers are told from dates, times and quantities, whatever stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import inline
from l10n.inline import Role
from tests.growth import seconds

PHONES, NONE = (
    part.strip().splitlines()
    for part in (Path(__file__).parent / "phones.txt").read_text("utf-8").split("\n", 1)[1].split("## none\n")
)
AROUND = ("{}", "Tel. {}, Monday", "call {}.", "电话{}或")


def locked(text: str) -> list[str]:
    return [run.raw for run in inline.split_locked_values(text) if run.role is Role.VALUE]


@pytest.mark.parametrize("number", PHONES)
def test_a_phone_number_is_locked(number: str) -> None:
    for around in AROUND:
        assert locked(around.format(number)) == [number]


@pytest.mark.parametrize("number", NONE)
def test_what_only_looks_like_one_is_not(number: str) -> None:
    assert [locked(around.format(number)) for around in AROUND] == [[]] * len(AROUND)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0800 123 456 24 h/24", ["0800 123 456"]),
        ("0800 123 456 24/7", ["0800 123 456"]),
        ("030 123456 und 030 654321", ["030 123456", "030 654321"]),
        ("01 44 55 66 77 / 01 44 55 66 78", ["01 44 55 66 77", "01 44 55 66 78"]),
    ],
)
def test_what_follows_is_no_part_of_it(text: str, expected: list[str]) -> None:
    assert locked(text) == expected


@pytest.mark.parametrize("piece", ["01 22 ", "0", "(22) ", "12 34 56 78 0", "0800-"])
def test_time_grows_with_the_text(piece: str) -> None:
    def taken(number: int) -> float:
        return seconds(lambda: inline.split_locked_values(piece * number))

    taken(10)
    assert taken(8000) < 12 * taken(2000) + 0.1
