"""What the memory and the glossary have for a segment, without asking a machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Protocol

from l10n.model import Catalogue, Entry, Key, Match
from l10n.pretranslate.judging import EXACT, Judge

LEAST = 75

Neighbours = Mapping[Key, tuple[str | None, str | None]]


class Lookup(Protocol):
    """A memory as pre-translation uses it."""

    def lookup(
        self,
        source: str,
        *,
        target_locale: str,
        limit: int = 3,
        threshold: float = 0.7,
        before: str | None = None,
        after: str | None = None,
    ) -> list[Match]:
        """The best matches for a source, best first."""


def leverage(
    entry: Entry, judge: Judge, memory: Lookup | None, around: tuple[str | None, str | None]
) -> Iterator[Match]:
    """The matches from the memory and the glossary, without asking a machine, best first."""
    if judge.wordless(entry.source):
        yield Match(entry.source, "copy", EXACT, "copy", entry.source)
    before, after = around
    look: Callable[..., list[Match]] | None = None
    # What is similar is looked for only where what is the same was not taken: it takes ten times as long.
    if memory is not None:
        look = partial(
            memory.lookup, entry.source, target_locale=judge.target_locale, before=before, after=after
        )
        yield from look(threshold=EXACT / 100)
    if target := judge.terms.get(entry.source.strip()):
        yield Match(target, "tb", EXACT, "tb", entry.source)
    if look is not None:
        yield from (match for match in look(threshold=LEAST / 100) if match.score < EXACT)


def neighbours_of(catalogue: Catalogue) -> Neighbours:
    """The sources before and after each entry, by its key, "" where there is none."""
    live = catalogue.live
    sources = ["", *(entry.source for entry in live), ""]
    return {entry.key: (sources[index], sources[index + 2]) for index, entry in enumerate(live)}
