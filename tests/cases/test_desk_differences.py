"""Two texts beside each other: words, numbers and codes are changed as a whole."""

from __future__ import annotations

import pytest

from workflow.desk.hints import DiffKind, word_diff


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("de 4,2 millions", "de 2,5 millions", [("gone", "4,2"), ("new", "2,5")]),
        ("le 1.350.000", "le 1.350.001", [("gone", "1.350.000"), ("new", "1.350.001")]),
        ("15\u202f000 euros", "16\u202f000 euros", [("gone", "15\u202f000"), ("new", "16\u202f000")]),
        ("en 2001.", "en 2002.", [("gone", "2001"), ("new", "2002")]),
        ("trois ans", "cinq ans", [("gone", "trois"), ("new", "cinq")]),
        (
            "un <1>mot</1>",
            "un <2>mot</2>",
            [("gone", "<1>"), ("new", "<2>"), ("gone", "</1>"), ("new", "</2>")],
        ),
        ("same", "same", []),
    ],
)
def test_what_differs(old: str, new: str, changed: list[tuple[str, str]]) -> None:
    found = word_diff(old, new)
    assert [(str(kind), text) for kind, text in found if kind is not DiffKind.SAME] == changed
    assert "".join(text for kind, text in found if kind is not DiffKind.GONE) == new
    assert "".join(text for kind, text in found if kind is not DiffKind.NEW) == old
