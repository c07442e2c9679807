"""Phone numbers are told from dates, times and quantities, whatever stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import inline, phones
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
        ("+44 161 555 0199 (24 hours)", ["+44 161 555 0199"]),
        ("0800 123 456 24 h/24", ["0800 123 456"]),
        ("0800 123 456 24/7", ["0800 123 456"]),
        ("030 123456 und 030 654321", ["030 123456", "030 654321"]),
        ("01 44 55 66 77 / 01 44 55 66 78", ["01 44 55 66 77", "01 44 55 66 78"]),
    ],
)
def test_what_follows_is_no_part_of_it(text: str, expected: list[str]) -> None:
    assert locked(text) == expected


@pytest.mark.parametrize(
    "piece", ["01 22 ", "0", "(22) ", "12 34 56 78 0", "0800-", "0800 123 456, ", "a@b.org, "]
)
def test_time_grows_with_the_text(piece: str) -> None:
    def taken(number: int) -> float:
        return seconds(lambda: inline.split_locked_values(piece * number))

    taken(10)
    assert taken(8000) < 12 * taken(2000) + 0.1


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("+33 1 44 55 66 77", "+33144556677"),
        ("+33 (0)1 44 55 66 77", "+33144556677"),
        ("(+33) 1.44.55.66.77", "+33144556677"),
        ("+\u0662\u0660 \u0662 \u0665\u0665\u0665 \u0660\u0661\u0660\u0661", "+2025550101"),
        ("+49 30/1234567", "+49301234567"),
        ("+41 22 555 01 10/11", ""),
        ("01 44 55 66 77", ""),
        ("00 33 1 44 55 66 77", ""),
        ("+0 44 55 66 77", ""),
        ("+33 1 44", ""),
    ],
)
def test_a_number_with_its_country_is_dialled_from_everywhere(number: str, dialled: str) -> None:
    assert phones.e164(number) == dialled


@pytest.mark.parametrize(
    ("number", "country", "dialled"),
    [
        ("01 44 55 66 77", "+33", "+33144556677"),
        ("+41 22 555 01 02", "+33", "+41225550102"),
        ("022 730 81 11", "+41", "+41227308111"),
        ("030/1234567", "+49", "+49301234567"),
        ("06 1234 5678", "+39", "+390612345678"),
        ("06 1 234 5678", "+36", "+3612345678"),
        ("8 (495) 123-45-67", "+7", "+74951234567"),
        ("(495) 123-45-67", "+7", "+74951234567"),
        ("(212) 555-0147", "+1", "+12125550147"),
        ("1-800-555-0147", "+1", "+18005550147"),
        ("(11) 94002-8922", "+55", "+5511940028922"),
        ("\u0660\u0666 \u0661\u0662\u0663\u0664\u0665\u0666\u0667", "+962", "+96261234567"),
        ("212-555-0147", "+33", ""),
        ("00962 6 1234567", "+33", ""),
        ("022 730 81 11/12", "+41", ""),
        ("12-34", "+1", ""),
    ],
)
def test_a_number_without_its_country_is_dialled_where_that_is_stated(
    number: str, country: str, dialled: str
) -> None:
    assert phones.e164(number, country) == dialled
