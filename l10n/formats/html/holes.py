"""Words outside of the running text become units of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from l10n.formats.html import captions, elements, linked, pictures, words
from l10n.formats.html.attributes import Stretch
from l10n.inline import Run
from l10n.model import Hole, Segment, Unit
from l10n.segment import cut

Marked = tuple[Sequence[Run], Sequence[Run], Sequence[Run]]


class Loose(NamedTuple):
    """A unit that stands in no block, from offset ``start``."""

    start: int
    unit: Unit


@dataclass(slots=True)
class Holes:
    """What turns stretches of a file into units; ``line`` is the line of the offset ``at``."""

    text: str
    locale: str
    at: int = 0
    line: int = 1

    def line_of(self, offset: int) -> int:
        """The line an offset is on; asked in the file's order or nearly so, it takes linear time."""
        if offset >= self.at:
            self.line += self.text.count("\n", self.at, offset)
        else:
            self.line -= self.text.count("\n", offset, self.at)
        self.at = offset
        return self.line

    def loose(self, stretches: Iterable[Stretch]) -> Iterator[Loose]:
        """The units of stretches; one without a word is none."""
        for stretch in stretches:
            start, parts = bare(stretch.start, self._parts(stretch))
            if parts:
                yield Loose(start, Unit(parts, stretch.kind, self.line_of(start), stretch.name))

    def within(self, stretches: Iterable[Stretch], start: int) -> tuple[Hole, ...]:
        """The same as the holes of a code that starts at an offset."""
        if not stretches:
            return ()
        return tuple(Hole(at - start, at - start + length(unit), unit) for at, unit in self.loose(stretches))

    def _parts(self, stretch: Stretch) -> tuple[str | Segment, ...]:
        raw = self.text[stretch.start : stretch.end]
        if stretch.place == linked.PLACE:
            return linked.parts(raw, self.locale)
        if stretch.place == pictures.PLACE:
            return self._marked(pictures.runs(raw), "text")
        if stretch.place.startswith(elements.CAPTION_PLACE):
            return self._marked(captions.runs(raw), stretch.place)
        runs = words.runs(raw, attribute=stretch.place.startswith("attribute"))
        return cut(runs, self.locale, place=stretch.place)

    def _marked(self, made: Marked, place: str) -> tuple[str | Segment, ...]:
        """The parts of words with markup in them, given by the runs before, in and behind the unit."""
        before, after = ("".join(run.raw for run in edge) for edge in (made[0], made[2]))
        return _joined(before, cut(made[1], self.locale, place=place), after)


def _joined(before: str, parts: tuple[str | Segment, ...], after: str) -> tuple[str | Segment, ...]:
    """Parts with text before and behind them, which joins what is there already."""
    if parts and isinstance(first := parts[0], str):
        before, parts = before + first, parts[1:]
    if parts and isinstance(last := parts[-1], str):
        parts, after = parts[:-1], last + after
    return tuple(part for part in (before, *parts, after) if part)


def loose(runs: Sequence[Run], start: int) -> Iterator[Loose]:
    """The units in the holes of runs that stand outside every unit, from an offset."""
    for run in runs:
        for hole in run.holes:
            yield Loose(start + hole.start, hole.unit)
        start += len(run.raw)


def bare(start: int, parts: tuple[str | Segment, ...]) -> tuple[int, tuple[str | Segment, ...]]:
    """Parts without the text around them, and where they then start."""
    if parts and isinstance(parts[0], str):
        start, parts = start + len(parts[0]), parts[1:]
    if parts and isinstance(parts[-1], str):
        parts = parts[:-1]
    return start, parts


def length(unit: Unit) -> int:
    """How many characters of the file a unit takes."""
    count = 0
    for part in unit.parts:
        count += len(part) if isinstance(part, str) else len(part.raw)
    return count
