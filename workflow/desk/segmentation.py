"""Where a source is cut into segments, changed by whoever translates it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from l10n import project
from l10n.errors import UsageError
from l10n.model import Document
from l10n.project import Release
from l10n.segment import choices, choosing
from l10n.segment.choices import Choice, Choices
from workflow import steps
from workflow.desk.main import Desk
from workflow.states import Refused
from workflow.store import segment_id

WAYS = ("join", "split", "apart", "undo")
_MAKE: Mapping[str, Callable[[Document, str, str], Choice]] = {
    "join": lambda cut, spot, _after: choosing.joining(cut, spot),
    "split": choosing.splitting,
    "apart": lambda cut, spot, _after: choosing.setting_apart(cut, spot),
}


def change_segmentation(
    desk: Desk, release: Release, locale: str, segment: str, way: str, *, after: str = ""
) -> str:
    """Cut a source differently for one language; the id of the segment that then stands in this place.

    A segment is joined with the next of its block, split behind some words, set apart from others
    that say the same, or is again as the rules have it.  Raises Refused for what cannot be done.
    """
    document = project.document(desk.ledger.project, release)
    cut = project.segmented_for(document, release, locale)
    spots = choosing.spots(cut)
    index = next((i for i, spot in enumerate(spots) if segment_id(spot.segment.key) == segment), None)
    if index is None:
        raise UsageError("there is no such segment", remedy="It may have left the source.")
    spot = spots[index].id

    def changed(current: Choices) -> Choices:
        if way == "undo":
            return choosing.undoing(document, current, spot)
        choice = _MAKE[way](choices.apply(document, current), spot, after)
        return choosing.adding(document, current, choice)

    try:
        project.change_choices(desk.ledger.project, release, locale, changed)
    except UsageError as error:
        raise Refused(error.message, remedy=error.remedy) from None
    recut = project.segmented_for(document, release, locale)
    steps.update_catalogue(desk.ledger, release, locale, recut)
    new_spots = choosing.spots(recut)
    return segment_id(new_spots[min(index, len(new_spots) - 1)].segment.key)
