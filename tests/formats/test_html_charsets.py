"""What an HTML page is read in, whatever it says of itself, and what of a target it can write."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from l10n import formats
from l10n.errors import InputError

TABLE = Path(__file__).parents[1] / "cases" / "html" / "declared.txt"
LATE = f"<!-- {'x' * 1100} -->\n"
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
TARGET = "“ä” 学 Ж ع € 🏫 <&>"


def cases() -> list[tuple[str, ...]]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [
        tuple(part.strip() for part in line.split(" | " if " | | " not in line else " |"))
        for line in lines
        if line and not line.startswith("#")
    ]


def page(codec: str, start: str, words: str) -> bytes:
    codec, _, mark = codec.partition(" + ")
    text = f"{start.replace('[late]', LATE)}<p>{words}</p><p title='{words[:4]}'>one</p>"
    return (MARKS[codec] if mark else b"") + text.encode(codec)


@pytest.mark.parametrize(("codec", "start", "words", "outcome"), cases())
def test_a_page_is_read_in_what_it_is_in_or_refused(codec: str, start: str, words: str, outcome: str) -> None:
    data = page(codec, start, words)
    told = outcome.removeprefix("refused: ")
    if told != outcome:
        with pytest.raises(InputError) as raised:
            formats.extract(data, path="page.html", locale="en")
        assert str(raised.value).startswith(f"page.html:{told}")
        assert raised.value.remedy
        return
    document = formats.extract(data, path="page.html", locale="en")
    assert document.encoding == outcome
    assert [segment.source for segment in document.units[0].segments] == [words]
    assert formats.merge(document, {}) == data
    targets = {segment.key: TARGET for _, segment in document.segments()}
    merged = formats.merge(document, targets)
    again = formats.extract(merged, path="page.html", locale="en")
    assert again.encoding == outcome
    assert [segment.source for _, segment in again.segments()] == [TARGET] * 3
