"""Words that are looked for, as keyboards write them, in texts as newsrooms do."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.searching import places, searchable


def rows() -> list[list[str]]:
    lines = Path(__file__).with_name("searching.txt").read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "typed", "marked"), rows())
def test_what_is_found_and_marked(text: str, typed: str, marked: str) -> None:
    found = [text[start:end] for start, end in places(text, typed)]
    assert found == ([] if marked == "-" else [marked])
    assert not typed or (searchable(typed) in searchable(text)) == bool(found)


def test_every_place_is_marked_once() -> None:
    assert list(places("ana banana", "ana")) == [(0, 3), (5, 8)]
    assert list(places("e\u0301te\u0301", "e")) == [(0, 2), (3, 5)]
