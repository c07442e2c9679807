"""Of two changes to one text: both or neither, never a part of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.desk.edit_conflict import merge_edits

WORDS = st.lists(st.sampled_from(["mar", "playa", "<1>ola</1>", "tres", ".", "y"]), max_size=8).map(" ".join)


@given(was=WORDS, mine=WORDS, theirs=WORDS)
def test_one_change_alone_is_itself_and_sides_do_not_matter(was: str, mine: str, theirs: str) -> None:
    assert merge_edits(was, mine, was, "") == mine
    assert merge_edits(was, was, theirs, "") == theirs
    assert merge_edits(was, mine, mine, "") == mine
    assert merge_edits(was, mine, theirs, "") == merge_edits(was, theirs, mine, "")


@given(
    before=st.lists(st.sampled_from(["a", "b", "c"]), min_size=2, max_size=6),
    mine=st.sampled_from(["X", "X Y", ""]),
    theirs=st.sampled_from(["Z", "Z W", ""]),
)
def test_changes_at_both_ends_are_both_there(before: list[str], mine: str, theirs: str) -> None:
    middle = " ".join(before)
    was = f"one {middle} two"
    together = merge_edits(was, f"{mine} {middle} two", f"one {middle} {theirs}", "")
    assert together == f"{mine} {middle} {theirs}"


@pytest.mark.parametrize(
    ("was", "mine", "theirs"),
    [
        ("la mar azul", "la mar verde", "la mar gris"),
        ("la mar azul", "la mar", "la mar azul y gris"),
        ("", "uno", "dos"),
        ("a <1>b</1> c", "a c", "a <1>b d</1> c"),
    ],
)
def test_changes_in_one_place_are_for_a_person(was: str, mine: str, theirs: str) -> None:
    assert merge_edits(was, mine, theirs, "a <1>b</1> c" if "<" in was else "") is None


def test_a_merge_that_would_break_the_codes_is_none() -> None:
    source = "Lisez <1>le rapport</1> ici."
    was = "Lea <1>el informe</1> aquí."
    assert merge_edits(was, "Lea <1>el informe</1> ahora.", "Vea <1>el informe</1> aquí.", source)
    assert merge_edits(was, "Lea el informe</1> aquí.", "Lea <1>el informe</1> ahora.", source) is None
