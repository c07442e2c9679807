"""Choose a document's headline and summary, and render units as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from l10n import inline
from l10n.formats import Targets
from l10n.formats.filling import need_space
from l10n.model import Kind, Unit

# A line of more characters is no title.
TITLE = 120
_ENDS = ".!?…:;,。！？：；，؟؛،।"
_SPACE = re.compile(r"[ \t\r\n]+")


def headline(units: Sequence[Unit]) -> Unit | None:
    """The title of a document, else its first heading, else a first line that can be no sentence."""
    return _first(units, _title_rank) or _title_line(units)


def summary(units: Sequence[Unit], title: Unit | None) -> Unit | None:
    """The description of a page, or its first paragraph after the title."""
    if title is not None and title.kind is Kind.PARAGRAPH:
        return _first(units[1:], _summary_rank)
    at = units.index(title) if title is not None and title.kind is Kind.TITLE else 0
    return _first((*units[at:], *units[:at]), _summary_rank)


def _title_line(units: Sequence[Unit]) -> Unit | None:
    """The first paragraph, where it is a short line that ends no sentence and others follow it."""
    first, *following = units or (None,)
    if first is None or first.kind is not Kind.PARAGRAPH or not following:
        return None
    text = plain(first, {})
    return first if text and len(text) <= TITLE and text[-1] not in _ENDS else None


def _title_rank(unit: Unit) -> int:
    """How well a unit serves as the headline, 0 if it does not."""
    first = unit.name in {"", "1", "h1"}
    if unit.kind is Kind.METADATA:
        return 3 if unit.name == "title" else 0
    if unit.kind is Kind.TITLE:
        return 4 if first else 2
    return (2 if first else 1) if unit.kind is Kind.HEADING else 0


def _summary_rank(unit: Unit) -> int:
    if unit.kind in {Kind.METADATA, Kind.ATTRIBUTE} and unit.name in {"description", "summary"}:
        return 2
    return 1 if unit.kind is Kind.PARAGRAPH else 0


def _first(units: Iterable[Unit], rank: Callable[[Unit], int]) -> Unit | None:
    """The first of the units that rank highest; one without words does not count."""
    best = max((unit for unit in units if unit.segments), key=rank, default=None)
    return best if best is not None and rank(best) else None


def plain(unit: Unit, targets: Targets, limit: int = 0) -> str:
    """The words of a unit; the skeleton between two segments counts as a space if it has one.

    With a limit no more of them than are longer than it.
    """
    pieces: list[str] = []
    size = 0
    last, is_own = "", True
    for part in unit.parts:
        if isinstance(part, str):
            pieces.append(" " if part == " " or _SPACE.search(part) else "")
            last = ""
            continue
        target = targets.get(part.key, part.source)
        words = inline.plain(target, part.codes)
        was_own, is_own = is_own, target == part.source
        if last and words and not (was_own and is_own) and need_space(last, words):
            pieces.append(" ")
        pieces.append(words)
        last = words
        size += len(words)
        if 0 < limit < size and len(short := _spaced("".join(pieces))) > limit:
            return short
    return _spaced("".join(pieces))


def _spaced(text: str) -> str:
    """A text with each stretch of white space as one space, and none at its ends."""
    if "\n" in text or "\t" in text or "\r" in text:
        text = _SPACE.sub(" ", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def shortened(text: str, limit: int) -> str:
    """A text of at most ``limit`` characters, cut between words with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = cut.rfind(" ")
    return cut[: at if at > limit // 2 else len(cut)].rstrip(" ,;:–—-\u00a0\u202f") + "…"
