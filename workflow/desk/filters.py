"""Filters and sort orders of segment lists, as query parameters of their address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from l10n import checks, inline, review_routing
from l10n.model import Finding
from l10n.searching import searchable
from workflow.desk.cache import UnapprovedGroup, texts_of
from workflow.desk.views import SegmentRow

SHOWN = ("all", "waiting", "missing", "fuzzy", "translated", "approved")
ORIGINS = ("human", "mt", "tm", "catalogue", "copy")
ORDERS = ("document", "attention", "longest", "shortest", "source")
FOUND = ("error", "warning", "any", "none")
PAGE = 50
_LONGEST = 200
_FIELDS = 20


@dataclass(frozen=True, slots=True)
class SegmentFilter:
    """Which segments a list shows, and in which order; "" in a field means any.

    ``show`` is a standing, "waiting" (not approved) or "all"; ``text`` stands in source or
    target; ``origin`` is where the target came from, ``by`` who decided it last; ``found`` what
    the checks see: a severity, any, none, or the id of a check.
    """

    show: str = "all"
    text: str = ""
    origin: str = ""
    by: str = ""
    found: str = ""
    order: str = "document"

    def address(self, **changed: str) -> str:
        """The query of an address with some of it changed, "?" by itself when it asks for nothing."""
        fields = {name: getattr(self, name) for name in self.__slots__} | changed
        defaults = {"show": "all", "order": "document"}
        parameters = {name: value for name, value in fields.items() if value and defaults.get(name) != value}
        return "?" + urlencode(parameters)

    @property
    def onward(self) -> str:
        """The query for going through what waits, "" when that is all that waits."""
        show = "all" if self.show in {"waiting", "approved"} else self.show
        return self.address(show=show).removesuffix("?")

    @property
    def narrow(self) -> bool:
        """Whether it asks for more than a standing."""
        return bool(self.text or self.origin or self.by or self.found)


NO_FILTER = SegmentFilter()


def filter_from_query(fields: Mapping[str, str]) -> SegmentFilter:
    """The filter in the fields of a query; unknown values are ignored."""

    def one_of(name: str, offered: Sequence[str], otherwise: str = "") -> str:
        return fields.get(name, "") if fields.get(name) in offered else otherwise

    return SegmentFilter(
        show=one_of("show", SHOWN, "all"),
        text=fields.get("text", "").strip()[:_LONGEST],
        origin=one_of("origin", ORIGINS),
        by=fields.get("by", "")[:20],
        found=one_of("found", (*FOUND, *checks.names())),
        order=one_of("order", ORDERS, "document"),
    )


def filter_from_query_string(query: str) -> SegmentFilter:
    """The filter in a query string; one with too many fields is ignored."""
    try:
        return filter_from_query(dict(parse_qsl(query.removeprefix("?"), max_num_fields=_FIELDS)))
    except ValueError:
        return NO_FILTER


def tab_includes(show: str, standing: str) -> bool:
    """Whether a segment of a standing is among what a tab shows."""
    return standing != "approved" if show == "waiting" else show in {"all", standing}


def choices(shown: Sequence[str] = SHOWN) -> Mapping[str, Sequence[str]]:
    """What can be asked for by the names of the fields, where it is one of a few."""
    return {"show": shown[1:], "origin": ORIGINS, "found": FOUND, "checks": checks.names(), "order": ORDERS}


def may_match(group: UnapprovedGroup, filter_: SegmentFilter) -> bool:
    """Whether a group of segments can pass a filter, judged by what is known of the group."""
    return (
        tab_includes(filter_.show, group.status)
        and filter_.origin in {"", group.origin}
        and filter_.by in {"", group.actor}
    )


def filter_rows(
    rows: Iterable[SegmentRow], filter_: SegmentFilter, findings: Callable[[SegmentRow], Sequence[Finding]]
) -> tuple[SegmentRow, ...]:
    """The rows that pass a filter, in its order."""
    matching = [row for row in rows if tab_includes(filter_.show, row.status) and _fits(row, filter_)]
    if filter_.found:
        matching = [row for row in matching if _found(filter_.found, findings(row))]
    if filter_.order == "attention":
        matching.sort(key=lambda row: -review_routing.route(row.entry, findings(row)).points)
    elif filter_.order in {"longest", "shortest"}:
        matching.sort(key=lambda row: len(row.entry.source), reverse=filter_.order == "longest")
    elif filter_.order == "source":
        matching.sort(key=lambda row: inline.plain(row.entry.source).casefold())
    return tuple(matching)


def filter_rows_from(
    rows: Sequence[SegmentRow],
    filter_: SegmentFilter,
    findings: Callable[[SegmentRow], Sequence[Finding]],
    *,
    after: str,
) -> tuple[SegmentRow, ...]:
    """The rows that pass a filter, in its order, beginning behind the segment ``after``, each once."""
    ordered = (
        tuple(rows)
        if filter_.order == "document"
        else filter_rows(rows, SegmentFilter(order=filter_.order), findings)
    )
    start = next((at + 1 for at, row in enumerate(ordered) if row.id == after), 0)
    turned = (*ordered[start:], *ordered[:start])
    return (
        turned if filter_ == NO_FILTER else filter_rows(turned, replace(filter_, order="document"), findings)
    )


def _fits(row: SegmentRow, filter_: SegmentFilter) -> bool:
    entry = row.entry
    if filter_.origin and entry.origin.partition(":")[0] != filter_.origin:
        return False
    if filter_.by and entry.actor != filter_.by:
        return False
    searched = searchable(filter_.text)
    return not searched or any(searched in searchable(text) for text in texts_of(entry, row.codes))


def _found(wanted: str, findings: Sequence[Finding]) -> bool:
    if wanted in {"any", "none"}:
        return bool(findings) == (wanted == "any")
    return any(wanted in {finding.severity.value, finding.check} for finding in findings)
