"""A name is found among the consonants of a text just where the expression of these consonants finds it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.checks.naming import consonant_rows, transliteration
from l10n.checks.naming.consonant_rows import Row, Ways

SIGNS = st.sampled_from("abcx")
ROWS = st.lists(
    st.tuples(st.frozensets(SIGNS, min_size=1, max_size=2), st.booleans()), min_size=1, max_size=5
)
WAYS = {
    "hyphens and loose letters": Ways(frozenset("-w"), frozenset(), frozenset(), (), words=True),
    "a loose letter that is heard too": Ways(frozenset("-wa"), frozenset(), frozenset("x"), (), words=True),
    "letters behind a name": Ways(frozenset("-"), frozenset(), frozenset("xy"), (), words=True),
    "letters before a name": Ways(frozenset("-w"), frozenset("yb"), frozenset(), (), words=True),
    "no words": Ways(frozenset("-w"), frozenset(), frozenset(), ("y", "xb"), words=False),
}
NAMES = (
    "Sandoval",
    "Сандоваль",
    "ساندوفال",
    "桑多瓦尔",
    "Stuttgart",
    "al-Mansoori",
    "Herrera",
    "Jean-Claude",
)
SCRIPTS = ("Latn", "Cyrl", "Arab", "Hans")


def expression(row: Row, ways: Ways) -> str:
    free = f"[{''.join(sorted(ways.free))}]*"
    pieces = [
        f"[{''.join(letters)}]*" if silent else f"[{''.join(letters)}](?:{free}[{''.join(letters)}]){{0,2}}"
        for letters, silent in zip(row.letters, row.silent, strict=True)
    ]
    if not ways.words:
        # A hyphen may stand anywhere in a name, which may begin behind one as well.
        fronts = "|".join("-*".join(front) for front in ways.fronts)
        pieces = [
            f"(?:-*{piece[:-1]})*" if silent else f"-*{piece}"
            for piece, silent in zip(pieces, row.silent, strict=True)
        ]
        return rf"(?:(?<=[ ·-])|\A)-*(?:{fronts})?" + "".join(pieces)
    front = f"[{''.join(ways.before)}]{{0,2}}ل?" if ways.before else ""
    end = f"[{''.join(ways.after)}]{{0,2}}" if ways.after else ""
    return rf"(?<![^\W\d_]){front}{free}{free.join(pieces)}{free}{end}(?![^\W\d_])"


@pytest.mark.parametrize("kind", WAYS)
@given(parts=ROWS, text=st.text("abcxywل-- ·.3", max_size=14))
def test_a_row_of_consonants_stands_where_its_expression_is_found(
    kind: str, parts: list[tuple[frozenset[str], bool]], text: str
) -> None:
    ways, row = WAYS[kind], consonant_rows.row(parts)
    heard = text if ways.words else text.replace(".", " ").replace("3", " ")
    if ways.words and all(row.silent):
        return  # such a name is asked for nowhere
    found = re.search(expression(row, ways), heard) is not None
    assert consonant_rows.stands(row, consonant_rows.words(heard, ways), ways) == found


@pytest.mark.parametrize("script", SCRIPTS)
@given(
    name=st.sampled_from(NAMES),
    text=st.lists(st.sampled_from((*NAMES, " ", "-", "в", "x", "و"))).map("".join),
)
def test_a_name_may_be_transcribed_where_its_expression_is_found(script: str, name: str, text: str) -> None:
    own = "Hans" if "桑" in name else "Arab" if "س" in name else "Cyrl" if "С" in name else "Latn"
    heard = transliteration.consonants(name, own)
    row, ways = transliteration._row(heard, script), transliteration._ways(script)  # noqa: SLF001
    found = re.search(expression(row, ways), transliteration.heard(text, script)) is not None
    assert transliteration.may_transcribe(heard, text, script) == (
        found or transliteration.least_heard(heard) < transliteration.FEWEST
    )
