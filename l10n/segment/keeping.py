"""What people chose, written again as the document says it now, so that it holds after the next change."""

from __future__ import annotations

from dataclasses import replace

from l10n.model import Document
from l10n.segment.choices import Apart, Choices, Flow, apply, followed, of
from l10n.segment.choosing import heading_above
from l10n.segment.seams import said


def kept(document: Document, choices: Choices) -> Choices:
    """Choices in the words that their sentences and, of one set apart, its neighbours have now.

    ``document`` is as its format took it apart.  A choice that changes nothing there stays as it is.
    """
    now = followed(document, choices)
    if not now.aparts:
        return now
    cut = apply(document, now)
    flow = Flow.of(cut)
    places = {segment.context: at for at, segment in enumerate(flow.segments) if segment.context}
    contexts = frozenset(apart.context for apart in now.aparts)

    def placed(apart: Apart) -> Apart:
        at = places.get(apart.context, -1)
        if at < 0 or said(apart.source) != flow.words[at]:
            return apart
        around = {
            "before": flow.segments[at - 1].source if at else "",
            "after": flow.segments[at + 1].source if at + 1 < len(flow.segments) else "",
            "heading": heading_above(cut, at),
        }
        news = {name: words for name, words in around.items() if said(words) != said(getattr(apart, name))}
        place = replace(apart, **news, nth=1)
        fits = flow.fitting(place, contexts)
        return replace(place, nth=fits.index(at) + 1) if at in fits else apart

    return of((*now.joins, *now.splits, *map(placed, now.aparts)))
