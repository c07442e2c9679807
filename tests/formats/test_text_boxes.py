"""Boxes drawn around prose are read without their sides and drawn again: ``tests/cases/text-boxes``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.formats import extract, merge
from l10n.formats.text import boxes
from tests.formats.test_text_cases import table

CASES = Path(__file__).parents[1] / "cases" / "text-boxes"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))
BOX = """The port opens

+------------------------------+
| In figures                   |
| The port has forty berths,   |
| and nets are dried on three. |
+------------------------------+
"""
LINES = st.lists(
    st.sampled_from(
        [
            "+--------+",
            "  ┌────────┐",
            "  └────────┘",
            "| nets   |",
            "|        |",
            "| नाव      |",
            "  │ 渔网   │",
            "  │ nets    │",
            "| a | b  |",
            "+----+",
            "The nets are dry.",
            "",
        ]
    )
)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_box_says_is_read_as_prose(name: str) -> None:
    data = (CASES / f"{name}.txt").read_bytes()
    document = extract(data, path=f"{name}.txt", locale=name.rpartition(".")[2])
    assert table(document) == (CASES / f"{name}.units").read_text("utf-8")
    assert document.raw == merge(document, {}) == data


def test_targets_as_long_as_their_sources_leave_a_box_as_it_was() -> None:
    document = extract(BOX.encode(), path="a.txt", locale="en")
    targets = {segment.key: segment.source.upper() for _, segment in document.segments()}
    assert merge(document, targets).decode() == BOX.upper()


def test_a_target_is_wrapped_in_its_box_which_grows_for_a_long_heading() -> None:
    document = extract(BOX.encode(), path="a.txt", locale="en")
    _, heading, said = (segment for _, segment in document.segments())
    targets = {
        heading.key: "Le port et ses filets en chiffres",
        said.key: "Le port compte quarante places, et l’on sèche des filets sur trois d’entre elles.",
    }
    assert merge(document, targets).decode() == (
        "The port opens\n\n"
        "+-----------------------------------+\n"
        "| Le port et ses filets en chiffres |\n"
        "| Le port compte quarante           |\n"
        "| places, et l’on sèche des         |\n"
        "| filets sur trois d’entre          |\n"
        "| elles.                            |\n"
        "+-----------------------------------+\n"
    )


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_text_comes_back_from_its_open_boxes(lines: list[str], end: str) -> None:
    text = end.join(lines)
    assert boxes.together(boxes.apart(text)) == text


def test_a_text_with_the_control_that_marks_boxes_comes_back() -> None:
    data = f"{BOX}\x0b\n+------+\x0b\n".encode()
    assert merge(extract(data, path="a.txt", locale="en"), {}) == data
