"""Thirteen kinds of damage to codes: each is seen or repaired, and nothing sound is accused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from l10n.engines import protect

TEXT = "Le rapport annuel du bureau de Marseille est publié par la direction des ports"


def sources() -> list[str]:
    """Segments with pairs, nested pairs and lone codes in many places."""
    made = []
    for start in range(1, 9):
        for length in range(1, 5):
            words = TEXT.split()
            words[start] = f"<1>{words[start]}"
            words[start + length - 1] += "</1>"
            made.append(" ".join(words) + ".")
            words[start] = words[start].replace("<1>", "<1><2>")
            words[start] = f"{words[start].removesuffix('</1>')}</2>" + "</1>" * (length == 1)
            made.append(" ".join(words) + ", <3/>.")
    return made


SOURCES = sources()
Damage = Callable[[str], str]
LOSSLESS: dict[str, Damage] = {
    "white space inside a mark": lambda text: re.sub(r"⟦(.*?)⟧", r"⟦ \1 ⟧", text),
    "other brackets": lambda text: text.replace("⟦", "[").replace("⟧", "]"),
    "full-width brackets": lambda text: text.replace("⟦", "【").replace("⟧", "】"),
    "other digits": lambda text: text.translate(str.maketrans("123", "١٢٣")),
    "the slash behind": lambda text: re.sub(r"⟦/(\d)⟧", r"⟦\1/⟧", text),
    "white space across a mark": lambda text: re.sub(r" ⟦1⟧", "⟦1⟧ ", text),
}
LOSSY: dict[str, Damage] = {
    "an opening mark lost": lambda text: text.replace("⟦1⟧", "", 1),
    "a closing mark lost": lambda text: text.replace("⟦/1⟧", "", 1),
    "all marks lost": lambda text: re.sub(r"⟦.*?⟧", "", text),
    "a mark doubled": lambda text: text.replace("⟦1⟧", "⟦1⟧⟦1⟧", 1),
    "another number": lambda text: text.replace("⟦1⟧", "⟦7⟧").replace("⟦/1⟧", "⟦/7⟧"),
    "ends exchanged": lambda text: text.replace("⟦1⟧", "\0").replace("⟦/1⟧", "⟦1⟧").replace("\0", "⟦/1⟧"),
    "half a mark": lambda text: text.replace("⟦/1⟧", "⟦/1", 1),
}


def test_there_are_thirteen_kinds() -> None:
    assert len(LOSSLESS) + len(LOSSY) == 13
    assert len(SOURCES) == 64


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_sound_is_not_accused(source: str) -> None:
    marked = protect.mark(source)
    assert protect.unmark(marked.text, marked) == source


@pytest.mark.parametrize("kind", LOSSLESS)
def test_what_says_the_same_is_repaired_exactly(kind: str) -> None:
    for source in SOURCES:
        marked = protect.mark(source)
        damaged = LOSSLESS[kind](marked.text)
        assert damaged != marked.text
        assert protect.unmark(damaged, marked) == source, damaged


@pytest.mark.parametrize("kind", LOSSY)
def test_what_is_lost_is_seen_and_not_guessed(kind: str) -> None:
    for source in SOURCES:
        marked = protect.mark(source)
        damaged = LOSSY[kind](marked.text)
        assert damaged != marked.text
        assert protect.unmark(damaged, marked) is None, damaged
