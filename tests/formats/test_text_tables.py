"""Tables of plain texts: each cell is read by itself, and columns stand one below the other again."""

from __future__ import annotations

import pytest

from l10n.formats import extract, merge
from l10n.model import Document

DRAWN = """\
The quays were dredged

+---------+--------+
| Quay    | Depth  |
+---------+--------+
| North   | 4.5 m  |
| South   | 6 m    |
+---------+--------+

Boats may come in again at high water.
"""
BOXED = """\
┌───────┬───────┐
│ Quay  │ Depth │
├───────┼───────┤
│ North │ 4.5 m │
│ South │ 6 m   │
└───────┴───────┘
"""
BLANKS = """\
Quay        Depth     Boats

North       4.5 m     12 boats
South       6 m       40 boats
Old quay    3 m       7 boats
"""


def _read(text: str) -> Document:
    return extract(text.encode(), path="a.txt", locale="en")


def _merged(text: str, targets: dict[str, str]) -> str:
    return merge(_read(text), {("", source): target for source, target in targets.items()}).decode()


@pytest.mark.parametrize("text", [DRAWN, BOXED, BLANKS])
def test_each_cell_is_read_by_itself(text: str) -> None:
    sources = [segment.source for _, segment in _read(text).segments()]
    assert {"Quay", "Depth", "North", "South"} <= set(sources)
    assert _merged(text, {}) == text
    assert _merged(text, {source: source for source in sources}) == text


def test_a_column_keeps_its_width_while_targets_fit() -> None:
    assert _merged(DRAWN, {"Quay": "Kai", "North": "Norden"}) == DRAWN.replace("Quay ", "Kai  ").replace(
        "North ", "Norden"
    )


def test_a_drawn_table_is_wider_in_all_its_lines_where_a_target_is() -> None:
    table = _merged(DRAWN, {"North": "Nördlicher Kai", "Depth": "Wassertiefe"}).split("\n\n")[1]
    assert table.splitlines() == [
        "+----------------+-------------+",
        "| Quay           | Wassertiefe |",
        "+----------------+-------------+",
        "| Nördlicher Kai | 4.5 m       |",
        "| South          | 6 m         |",
        "+----------------+-------------+",
    ]


def test_an_ideograph_takes_two_columns() -> None:
    assert _merged(BOXED, {"Quay": "码头名称", "South": "南"}).splitlines() == [
        "┌──────────┬───────┐",
        "│ 码头名称 │ Depth │",
        "├──────────┼───────┤",
        "│ North    │ 4.5 m │",
        "│ 南       │ 6 m   │",
        "└──────────┴───────┘",
    ]


def test_columns_of_blanks_move_on_together() -> None:
    rows = _merged(BLANKS, {"Old quay": "Alter Handelskai", "North": "Nord"}).splitlines()
    assert rows == [
        "Quay              Depth     Boats",
        "",
        "Nord              4.5 m     12 boats",
        "South             6 m       40 boats",
        "Alter Handelskai  3 m       7 boats",
    ]


def test_figures_set_flush_right_stay_so() -> None:
    text = "North quay        4.5 m\nSouth quay       12.5 m\nThe old quay    100.0 m\n"
    assert _merged(text, {"North quay": "The quay in the north"}).splitlines() == [
        "The quay in the north  4.5 m",
        "South quay            12.5 m",
        "The old quay         100.0 m",
    ]


def test_dots_lead_to_a_price_as_far_as_they_did() -> None:
    fares = "Adult, return ........ £7.50\nBicycle . . . . . . .  free\n"
    document = _read(fares)
    keys = {segment.source: segment.key for _, segment in document.segments()}
    assert [*keys] == ["Adult, return", "£7.50", "Bicycle", "free"]
    targets = {keys["Adult, return"]: "Erwachsene, hin und zurück", keys["Bicycle"]: "Rad"}
    assert merge(document, {}).decode() == fares
    lines = merge(document, targets).decode().splitlines()
    assert lines[0] == "Erwachsene, hin und zurück .... £7.50"
    assert lines[1].startswith("Rad . . . . .")
    assert lines[1].endswith(" free")


def test_a_pause_of_dots_parts_no_columns() -> None:
    document = _read("He waited.... and left.\nNobody knew.... why.\n")
    assert [len(unit.segments) for unit in document.units] == [1, 1]
