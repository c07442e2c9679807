"""What the memory has of a segment itself, which is no suggestion for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from l10n.model import Match
from l10n.project import Release
from workflow.desk.views import SegmentRow
from workflow.store import Decision


def others(
    matches: Iterable[Match],
    release: Release,
    rows: Sequence[SegmentRow],
    row: SegmentRow,
    *,
    history: Callable[[], Sequence[Decision]],
) -> Iterator[Match]:
    """The matches for one of the rows of a catalogue that are not its own text.

    What is approved is in the memory itself; what was approved until now is there a moment longer, as its
    ``history`` tells, which is asked only where it counts.
    """
    for match in matches:
        if row.status == "approved":
            own = match.target == row.entry.target
        else:
            here = (match.kind, match.origin) == ("icm", f"tm:{release.id}")
            own = here and not _approved(rows, row.entry.source, match.target) and _was(match, history())
        if not own:
            yield match


def _approved(rows: Iterable[SegmentRow], source: str, target: str) -> bool:
    pair = source, target
    return any(row.status == "approved" and (row.entry.source, row.entry.target) == pair for row in rows)


def _was(match: Match, history: Iterable[Decision]) -> bool:
    return any(past.state.approved and past.target == match.target for past in history)
