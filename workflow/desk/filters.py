"""Which segments somebody wants to see, and in which order; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from l10n import checks, inline, routing
from l10n.model import Finding
from workflow.desk.views import Row
from workflow.shelf import Alike

SHOWN = ("all", "waiting", "missing", "fuzzy", "translated", "approved")
ORIGINS = ("human", "mt", "tm", "catalogue", "copy")
ORDERS = ("document", "attention", "longest", "shortest", "source")
FOUND = ("error", "warning", "any", "none")
PAGE = 50
_LONGEST = 200
_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a list shows; "" in a field asks for nothing.

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
        plain = {"show": "all", "order": "document"}
        told = {name: value for name, value in fields.items() if value and plain.get(name) != value}
        return "?" + urlencode(told)

    @property
    def onward(self) -> str:
        """The query for going through what waits, "" when that is all that waits."""
        show = "all" if self.show in {"waiting", "approved"} else self.show
        return self.address(show=show).removesuffix("?")

    @property
    def narrow(self) -> bool:
        """Whether it asks for more than a standing."""
        return bool(self.text or self.origin or self.by or self.found)


EVERYTHING = Sieve()


def sieve(fields: Mapping[str, str]) -> Sieve:
    """What the fields of an address ask for; what nobody offers asks for nothing."""

    def one_of(name: str, offered: Sequence[str], otherwise: str = "") -> str:
        return fields.get(name, "") if fields.get(name) in offered else otherwise

    return Sieve(
        show=one_of("show", SHOWN, "all"),
        text=fields.get("text", "").strip()[:_LONGEST],
        origin=one_of("origin", ORIGINS),
        by=fields.get("by", "")[:20],
        found=one_of("found", (*FOUND, *checks.names())),
        order=one_of("order", ORDERS, "document"),
    )


def asked_in(query: str) -> Sieve:
    """What the query of an address asks for; one with too many fields asks for nothing."""
    try:
        return sieve(dict(parse_qsl(query.removeprefix("?"), max_num_fields=_FIELDS)))
    except ValueError:
        return EVERYTHING


def shows(show: str, standing: str) -> bool:
    """Whether a segment of a standing is among what a tab shows."""
    return standing != "approved" if show == "waiting" else show in {"all", standing}


def choices(shown: Sequence[str] = SHOWN) -> Mapping[str, Sequence[str]]:
    """What can be asked for by the names of the fields, where it is one of a few."""
    return {"show": shown[1:], "origin": ORIGINS, "found": FOUND, "checks": checks.names(), "order": ORDERS}


def may_be(alike: Alike, asked: Sieve) -> bool:
    """Whether segments that stand alike can be among what is asked for, as far as that is known of them."""
    return (
        shows(asked.show, alike.standing)
        and asked.origin in {"", alike.origin}
        and asked.by in {"", alike.actor}
    )


def sifted(
    rows: Iterable[Row], asked: Sieve, findings: Callable[[Row], Sequence[Finding]]
) -> tuple[Row, ...]:
    """The rows that are asked for, in the order that is."""
    kept = [row for row in rows if shows(asked.show, row.standing) and _fits(row, asked)]
    if asked.found:
        kept = [row for row in kept if _found(asked.found, findings(row))]
    if asked.order == "attention":
        kept.sort(key=lambda row: -routing.route(row.entry, findings(row)).points)
    elif asked.order in {"longest", "shortest"}:
        kept.sort(key=lambda row: len(row.entry.source), reverse=asked.order == "longest")
    elif asked.order == "source":
        kept.sort(key=lambda row: inline.plain(row.entry.source).casefold())
    return tuple(kept)


def in_turn(
    rows: Sequence[Row], asked: Sieve, findings: Callable[[Row], Sequence[Finding]], *, after: str
) -> tuple[Row, ...]:
    """The rows that are asked for, those behind the segment ``after`` first, and each once."""
    ordered = tuple(rows) if asked.order == "document" else sifted(rows, Sieve(order=asked.order), findings)
    start = next((at + 1 for at, row in enumerate(ordered) if row.id == after), 0)
    turned = (*ordered[start:], *ordered[:start])
    return turned if asked == EVERYTHING else sifted(turned, replace(asked, order="document"), findings)


def _fits(row: Row, asked: Sieve) -> bool:
    entry = row.entry
    if asked.origin and entry.origin.partition(":")[0] != asked.origin:
        return False
    if asked.by and entry.actor != asked.by:
        return False
    wanted = asked.text.casefold()
    return not wanted or any(
        wanted in text.casefold()
        for text in (entry.source, entry.target, inline.plain(entry.source), inline.plain(entry.target))
    )


def _found(asked: str, findings: Sequence[Finding]) -> bool:
    if asked in {"any", "none"}:
        return bool(findings) == (asked == "any")
    return any(asked in {finding.severity.value, finding.check} for finding in findings)
