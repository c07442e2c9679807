"""One comment line per entry says how far it has come, and notices edits made outside.

    # l10n: STATE ORIGIN ACTOR DIGEST

The line is at most 70 columns, so that no gettext tool wraps it.  The digest is over context,
source, target and fuzzy flag: an entry that no longer fits its digest was edited outside.  It
detects drift, not forgery.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from l10n.model import Entry, State

PREFIX = "l10n:"
_LINE = re.compile(
    r"l10n:\s+(?P<state>initial|translated|reviewed|final)\s+(?P<origin>\S{1,24})\s+(?P<actor>\S{1,12})"
    r"\s+(?P<digest>[0-9a-f]{16})\s*"
)
_NOBODY = "-"
OUTSIDE = "catalogue"


def digest(entry: Entry) -> str:
    """16 hexadecimal digits over context, source, target and fuzzy flag."""
    told = (entry.context, entry.source, entry.target, "fuzzy" if entry.fuzzy else "")
    packed = b"".join(
        len(field := text.encode("utf-8", "surrogatepass")).to_bytes(8) + field for text in told
    )
    return hashlib.sha256(packed).hexdigest()[:16]


def line(entry: Entry) -> str:
    """The comment line of an entry with a target, "" for one that has none to speak of.

    The PO never says *final*: what was published is the ledger's to know.
    """
    if not entry.target:
        return ""
    state = State.REVIEWED if entry.state is State.FINAL else entry.state
    return f"{PREFIX} {state} {entry.origin or _NOBODY} {entry.actor or _NOBODY} {digest(entry)}"


def applied(entry: Entry, comments: Iterable[str], *, trust_gettext: bool = False) -> Entry:
    """An entry as its comment lines tell it, the lines that are not ours kept as its comment.

    Of several lines of ours the one that fits counts.  When none fits, the entry was edited
    outside: it is at most *translated*, unless the project trusts what gettext tools say.
    """
    own: list[re.Match[str]] = []
    others: list[str] = []
    for comment in comments:
        found = _LINE.fullmatch(comment.strip())
        if found:
            own.append(found)
        else:
            others.append(comment)
    kept = replace(entry, comment="\n".join(others).strip("\n"))
    fits = digest(entry)
    for found in own:
        if found["digest"] == fits:
            return _told(kept, found)
    base = own[-1]["digest"] if own else ""
    if not entry.target:
        return replace(kept, state=State.INITIAL, base=base)
    state = State.REVIEWED if trust_gettext and not entry.fuzzy else State.TRANSLATED
    return replace(kept, state=state, origin=OUTSIDE if own else "", base=base)


def edited_outside(entry: Entry) -> bool:
    """Whether an entry's text is not the one its comment line was written for."""
    if not entry.base:
        return bool(entry.target)
    return entry.base != digest(entry)


def _told(entry: Entry, found: re.Match[str]) -> Entry:
    def said(field: str) -> str:
        return "" if found[field] == _NOBODY else found[field]

    return replace(
        entry, state=State(found["state"]), origin=said("origin"), actor=said("actor"), base=found["digest"]
    )
