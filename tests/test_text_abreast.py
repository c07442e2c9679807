"""Prose in columns is read one column below the other and written abreast: ``tests/cases/text-columns``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.formats import extract, merge
from l10n.formats.text import abreast
from tests.test_text_cases import table

CASES = Path(__file__).parent / "cases" / "text-columns"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))
LEFT = [
    "The trust has opened a ferry",
    "link between the quay and the",
    "islands, which leaves the old",
    "harbour at seven and at nine,",
    "with room for forty people on",
    "each of its two new decks, or",
    "for ten bicycles.",
]
RIGHT = [
    "We waited for this boat since",
    "the old one was sold, said the",
    "mayor of the outer island, and",
    "now our children can come home",
    "every evening, even when there",
    "is a storm, as it has a strong",
    "engine.",
]


def _abreast(left: list[str], right: list[str], column: int) -> str:
    return "".join(f"{one:<{column}}{other}".rstrip() + "\n" for one, other in zip(left, right, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_each_column_is_read_by_itself(name: str) -> None:
    data = (CASES / f"{name}.txt").read_bytes()
    document = extract(data, path=f"{name}.txt", locale=name.rpartition(".")[2])
    assert table(document) == (CASES / f"{name}.units").read_text("utf-8")
    assert document.raw == merge(document, {}) == data


def test_a_target_is_wrapped_in_its_column_and_the_other_one_stays() -> None:
    data = _abreast(LEFT, RIGHT, 34).encode()
    document = extract(data, path="a.txt", locale="en")
    first, second = (segment for _, segment in document.segments())
    merged = merge(document, {first.key: "The ferry link between the quay and the islands is open."})
    assert merged.decode() == _abreast(
        ["The ferry link between the", "quay and the islands is open.", "", "", "", "", ""], RIGHT, 34
    )
    assert second.source.startswith("We waited for this boat since the old one was sold")


def test_a_column_moves_on_in_all_its_lines_where_a_word_before_it_is_longer() -> None:
    document = extract(_abreast(LEFT, RIGHT, 34).encode(), path="a.txt", locale="en")
    first, _ = (segment for _, segment in document.segments())
    word = "Hafenrundfahrtsgesellschaftsvertreterversammlung"
    merged = merge(document, {first.key: f"Die {word} tagt."}).decode()
    column = len(word) + 2
    assert [line[column:] for line in merged.splitlines()] == RIGHT
    assert [line[:column].rstrip() for line in merged.splitlines()][:3] == ["Die", word, "tagt."]


def test_a_unit_in_a_column_has_the_number_of_its_line() -> None:
    text = "The ferry is back\n\n" + _abreast(LEFT, RIGHT, 34) + "\nIt runs all year from the old quay.\n"
    document = extract(text.encode(), path="a.txt", locale="en")
    assert [unit.line for unit in document.units] == [1, 3, 3, 11]


ROWS = [
    "10.15 a.m.        The mayor opens the meeting",
    "10.30 a.m.        The harbour master reads his report",
    "11.00 a.m.        Coffee on the quay",
    "11.30 a.m.        The plan for the new breakwater",
    "12.30 p.m.        Lunch, by invitation",
    "2.00 p.m.         Boats leave for the outer islands",
    "3.30 p.m.         Questions from the floor",
]


def test_a_table_is_no_prose() -> None:
    text = "\n".join(ROWS)
    assert abreast.apart(text) is text


def test_wide_gaps_of_a_justified_text_are_no_gutter() -> None:
    text = "\n".join(line.replace(" ", "  ", 1 + at % 3) for at, line in enumerate([*LEFT, *RIGHT]))
    assert abreast.apart(text) is text


LINES = st.lists(
    st.tuples(
        st.sampled_from([*LEFT, *RIGHT, "", "港口新开的渡轮航线把两岸"]),
        st.sampled_from([*RIGHT, "", "  and"]),
    ),
    min_size=6,
    max_size=24,
)


@settings(max_examples=150)
@given(
    LINES,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\f", "\n"]),
    st.sampled_from(["", "\n", "\r\n"]),
)
def test_columns_come_back_byte_for_byte(
    rows: list[tuple[str, str]], line_end: str, above: str, last: str
) -> None:
    text = above + line_end.join(left + " " * (34 - len(left)) + right for left, right in rows)
    text += last
    assert abreast.together(abreast.apart(text)) == text
