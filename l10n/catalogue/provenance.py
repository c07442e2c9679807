"""One comment line per entry says how far it has come, and notices edits made outside.

    # l10n: STATE ORIGIN ACTOR DIGEST

The line is at most 70 columns, so that no gettext tool wraps it.  The digest is over context,
source, target and fuzzy flag: an entry that no longer fits its digest was edited outside.  It
detects drift, not forgery.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from l10n.model import Entry, State

Standing = tuple[State, str, str, str, str]

PREFIX = "l10n:"
_LINE = re.compile(
    r"\s*l10n:\s+(?P<state>initial|translated|reviewed|final)\s+(?P<origin>\S{1,24})\s+(?P<actor>\S{1,12})"
    r"\s+(?P<digest>[0-9a-f]{16})\s*"
)
_NOBODY = "-"
_STATES = {str(state): state for state in State}
_NOTHING = bytes(8)
OUTSIDE = "catalogue"


def digest(entry: Entry) -> str:
    """16 hexadecimal digits over context, source, target and fuzzy flag."""
    return _digest(entry.context, entry.source, entry.target, fuzzy=entry.fuzzy)


def line(entry: Entry) -> str:
    """The comment line of an entry with a target, "" for one that has none to speak of.

    The PO never says *final*: what was published is the ledger's to know.
    """
    if not entry.target:
        return ""
    state = State.REVIEWED if entry.state is State.FINAL else entry.state
    return f"{PREFIX} {state} {entry.origin or _NOBODY} {entry.actor or _NOBODY} {digest(entry)}"


def standing(
    source: str,
    target: str,
    context: str,
    comments: Iterable[str],
    *,
    fuzzy: bool,
    trust_gettext: bool = False,
) -> Standing:
    """(state, origin, actor, base, comment) of an entry, as its comment lines tell.

    ``comment`` are the lines that are not ours.
    Of several lines of ours the one that fits counts.  When none fits, the entry was edited
    outside: it is at most *translated*, unless the project trusts what gettext tools say.
    """
    own: list[tuple[str, ...]] = []
    others: list[str] = []
    for comment in comments:
        if found := _LINE.fullmatch(comment):
            own.append(found.groups())
        else:
            others.append(comment)
    kept = "\n".join(others).strip("\n") if others else ""
    if own:
        fits = _digest(context, source, target, fuzzy=fuzzy)
        for told in own:
            if told[3] == fits:
                return _told(told, kept)
    base = own[-1][3] if own else ""
    if not target:
        return State.INITIAL, "", "", base, kept
    state = State.REVIEWED if trust_gettext and not fuzzy else State.TRANSLATED
    return state, OUTSIDE if own else "", "", base, kept


def edited_outside(entry: Entry) -> bool:
    """Whether an entry's text is not the one its comment line was written for."""
    if not entry.base:
        return bool(entry.target)
    return entry.base != digest(entry)


def _told(told: tuple[str, ...], comment: str) -> Standing:
    said, origin, actor, base = told
    state = _STATES[said]
    return state, "" if origin == _NOBODY else origin, "" if actor == _NOBODY else actor, base, comment


def _digest(context: str, source: str, target: str, *, fuzzy: bool) -> str:
    ours = source.encode("utf-8", "surrogatepass")
    theirs = target.encode("utf-8", "surrogatepass")
    packed = b"".join(
        (
            _packed(context) if context else _NOTHING,
            len(ours).to_bytes(8, "big"),
            ours,
            len(theirs).to_bytes(8, "big"),
            theirs,
            _packed("fuzzy") if fuzzy else _NOTHING,
        )
    )
    return sha256(packed).hexdigest()[:16]


def _packed(text: str) -> bytes:
    field = text.encode("utf-8", "surrogatepass")
    return len(field).to_bytes(8, "big") + field
