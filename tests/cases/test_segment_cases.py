"""Every table of sentences under tests/cases/segment: a line is a text, " | " where it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import conventions, inline
from l10n.inline import Role, Run
from l10n.model import Segment
from l10n.segment import cut, split

LABELS = {"b": "bold", "sup": "superscript"}
TABLES = Path(__file__).parent / "segment"


def cases() -> Iterator[object]:
    for table in sorted(TABLES.glob("*.txt")):
        for number, line in enumerate(table.read_text("utf-8").splitlines(), start=1):
            if line and not line.startswith("#"):
                yield pytest.param(table.stem, line, id=f"{table.stem}:{number}")


@pytest.mark.parametrize(("locale", "line"), list(cases()))
def test_sentences(locale: str, line: str) -> None:
    expected = re.split(r"\| ?", line.replace("\\n", "\n"))
    assert split("".join(expected), locale) == expected


def test_every_shipped_language_has_a_table() -> None:
    assert {table.stem for table in TABLES.glob("*.txt")} >= set(conventions.languages())


@pytest.mark.parametrize(
    ("block", "sources"),
    [
        ("One. <b>Two.</b> Three.", ["One.", "Two.", "Three."]),
        ("One.<b> Two.</b> Three.", ["One.", "Two.", "Three."]),
        ("<b>One. </b>Two.", ["One.", "Two."]),
        ("<b>One.</b> Two.", ["One.", "Two."]),
        ("One <b>or two. Or</b> three.", ["One <1>or two. Or</1> three."]),
        ("<b>One. Two.</b>", ["One.", "Two."]),
        ("One. <b>Two</b> words.", ["One.", "<1>Two</1> words."]),
        ("See www.example.org. Then call.", ["See <1/>.", "Then call."]),
        ("We met Mr. Roy.<sup>1</sup> Then he left.", ["We met Mr. Roy.<1>1</1>", "Then he left."]),
        ("Ask the UN.<sup>[12]</sup> It knows.", ["Ask the UN.<1>[12]</1>", "It knows."]),
        ("Rooms of 10 m<sup>2</sup> No. 5 is one.", ["Rooms of 10 m<1>2</1> No. 5 is one."]),
        ("“<b>Will it last?</b>” Mayor Roy asked. No.", ["“<1>Will it last?</1>” Mayor Roy asked.", "No."]),
        ("<b>“Will it last?”</b> Mayor Roy asked. No.", ["<1>“Will it last?”</1> Mayor Roy asked.", "No."]),
        ("(<b>It opened.</b>) It will run.", ["(<1>It opened.</1>)", "It will run."]),
        ("It <b>a. B <sup>c. D</sup> e.</b> Good.", ["It <1>a. B <2>c. D</2> e.</1>", "Good."]),
        ("Ask <b>tel.</b> +41 22 555. Good.", ["Ask <1>tel.</1> <2/>.", "Good."]),
        (" - ", []),
    ],
)
def test_a_block_is_cut_around_its_codes(block: str, sources: list[str]) -> None:
    parts = cut(runs(block), "en")
    assert [part.source for part in parts if isinstance(part, Segment)] == sources


def runs(block: str) -> tuple[Run, ...]:
    """A block with <b>…</b> and <sup>…</sup> in it as a format would give it."""
    out: list[Run] = []
    for piece in re.split("(</?(?:b|sup)>)", block):
        if (name := piece.strip("</>")) in LABELS and piece != name:
            role = Role.CLOSE if piece.startswith("</") else Role.OPEN
            out.append(Run(piece, "", role, name, LABELS[name]))
        else:
            out.extend(inline.split_locked_values(piece))
    return tuple(out)
