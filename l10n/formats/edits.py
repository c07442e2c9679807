"""Changes to stretches of a text, made all at once."""

from __future__ import annotations

from collections.abc import Iterable

Edit = tuple[int, int, str]
"""The offsets of a stretch, and what is to stand in its place."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits, of which no two overlap, in any order."""
    out: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        out.extend((text[at:start], new))
        at = end
    return "".join((*out, text[at:]))
