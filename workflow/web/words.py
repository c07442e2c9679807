"""Words looked up in the memory from a segment: a page, of which its script shows the part that was found."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from l10n.memory.concordance import LONGEST_SOUGHT, SIDES
from workflow.desk import concordance
from workflow.web.context import DeskContext, single_thread_route
from workflow.web.templating import page


@single_thread_route("GET", "/releases/{release_id}/{locale}/{segment}/words")
def words_page(context: DeskContext, request: Request) -> Response:
    """The pairs of the memory that hold some words, in the ``source``, the ``target`` or either."""
    desk, query = context.services.desk, request.query_params
    text = " ".join(query.get("text", "").replace("\0", "").split())[:LONGEST_SOUGHT]
    side = query.get("side", "") if query.get("side") in SIDES else ""
    segment: str = request.path_params["segment"]
    found = concordance.search_memory(desk, context.person, context.release, context.locale, text, side=side)
    return page(
        "words.html",
        person=context.person,
        at=context,
        segment=segment,
        title=desk.title(context.release),
        titles={hit.release.id: desk.title(hit.release) for hit in found.hits if hit.release},
        text=text,
        side=side,
        found=found,
        most=concordance.MOST_PAIRS,
        onward_here=f"{context.address(segment)}/words?{request.url.query}",
    )
