"""Prose in columns is read one column below the other and written abreast: ``tests/cases/text-columns``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.formats import extract, merge
from l10n.formats.text import abreast
from tests.formats.test_text_cases import table

CASES = Path(__file__).parents[1] / "cases" / "text-columns"
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


def test_columns_of_which_most_lines_stand_at_different_heights_are_read_one_by_one() -> None:
    left = [*LEFT, *(line for below in LEFT for line in (below, ""))]
    right = [*RIGHT, *(line for above in RIGHT for line in ("", above))]
    data = _abreast(left, right, 34).encode()
    document = extract(data, path="a.txt", locale="en")
    sources = [segment.source for _, segment in document.segments()]
    assert not any("trust" in source and "waited" in source for source in sources)
    assert sources[0] == " ".join(LEFT)
    assert document.raw == data


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


PRICES = """
adult, a single crossing, with one piece of luggage          4.20
adult, a return on the same day, with one piece of it        7.50
child under fourteen years of age, together with adults      2.00
bicycle, on the lower deck only, without any trailer         free
"""
NAMES_AND_PROJECTS = """
海津市港务局工程处              鸥岛渡轮改造项目
北港船舶修造有限公司            旧船坞修复工程项目
海津大学海洋研究学院            近海潮汐观测研究项目
鸥岛居民志愿服务协会            灯塔清洁志愿服务活动
南湾水产养殖合作社              贝类养殖示范区建设
海津市图书馆古籍部              港口档案整理出版项目
东港渔业互助协会                渔民安全培训教材编写
"""
WORKS = """
Rebuilding of the northern quay      with new piles and a crane
Repair of the old lock gates         by a yard from Northmoor
A walkway to the light house         with lamps and benches
New moorings for small boats         forty places in two rows
Dredging of the inner basin          down to four metres
A pumping station at the dock        against the winter floods
"""


@pytest.mark.parametrize("text", [PRICES, NAMES_AND_PROJECTS, WORKS])
def test_what_is_listed_beside_something_is_no_prose(text: str) -> None:
    assert abreast.apart(text) is text


def test_a_paragraph_grows_beside_a_box_and_goes_on_below_it() -> None:
    text = "\n".join(
        [
            "The ferry to the island has been sailing again since",
            " " * 56 + "Media contact",
            "Monday. It had been laid up for two years after its     Ruth Alder",
            "engine failed, and a smaller boat had taken passengers  Tel. +44 20 7946 0112",
            "on its way.                                             press@saltby.example",
            "",
        ]
    )
    document = extract(text.encode(), path="a.txt", locale="en")
    segments = [segment for _, segment in document.segments()]
    first, second = segments[-2:]
    assert first.source == "The ferry to the island has been sailing again since Monday."
    assert second.source.endswith("and a smaller boat had taken passengers on its way.")
    targets = {
        first.key: "It sails, as it has not for two years.",
        second.key: "It failed. " * 18 + "It was mended.",
    }
    merged = merge(document, targets)
    assert [line[56:] for line in merged.decode().splitlines()][1:5] == [
        "Media contact",
        "Ruth Alder",
        "Tel. +44 20 7946 0112",
        "press@saltby.example",
    ]


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
