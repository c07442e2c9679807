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
from typing import NamedTuple

from l10n.model import Entry, State

PREFIX = "l10n:"
_LINE = re.compile(
    r"l10n:\s+(?P<state>initial|translated|reviewed|final)\s+(?P<origin>\S{1,24})\s+(?P<actor>\S{1,12})"
    r"\s+(?P<digest>[0-9a-f]{16})\s*"
)
_NOBODY = "-"
_STATES = {str(state): state for state in State}
_FUZZY = (5).to_bytes(8, "big") + b"fuzzy"
_SURE = bytes(8)
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


class Standing(NamedTuple):
    """What the comment lines of an entry say about it; ``comment`` are the lines not ours."""

    state: State
    origin: str = ""
    actor: str = ""
    base: str = ""
    comment: str = ""


def standing(
    source: str,
    target: str,
    context: str,
    comments: Iterable[str],
    *,
    fuzzy: bool,
    trust_gettext: bool = False,
) -> Standing:
    """How far an entry has come, by its comment lines.

    Of several lines of ours the one that fits counts.  When none fits, the entry was edited
    outside: it is at most *translated*, unless the project trusts what gettext tools say.
    """
    own: list[tuple[str, str, str, str]] = []
    others: list[str] = []
    for comment in comments:
        if PREFIX in comment and (found := _LINE.fullmatch(comment.strip())):
            own.append((found[1], found[2], found[3], found[4]))
        else:
            others.append(comment)
    kept = "\n".join(others).strip("\n") if others else ""
    if own:
        fits = _digest(context, source, target, fuzzy=fuzzy)
        for told in own:
            if told[3] == fits:
                return _told(told, kept, fuzzy=fuzzy)
    base = own[-1][3] if own else ""
    if not target:
        return Standing(State.INITIAL, base=base, comment=kept)
    state = State.REVIEWED if trust_gettext and not fuzzy else State.TRANSLATED
    return Standing(state, OUTSIDE if own else "", "", base, kept)


def edited_outside(entry: Entry) -> bool:
    """Whether an entry's text is not the one its comment line was written for."""
    if not entry.base:
        return bool(entry.target)
    return entry.base != digest(entry)


def _told(told: tuple[str, str, str, str], comment: str, *, fuzzy: bool) -> Standing:
    state = _STATES[told[0]]
    if fuzzy and state.approved:
        state = State.TRANSLATED
    origin = "" if told[1] == _NOBODY else told[1]
    actor = "" if told[2] == _NOBODY else told[2]
    return Standing(state, origin, actor, told[3], comment)


def _digest(context: str, source: str, target: str, *, fuzzy: bool) -> str:
    ours = context.encode("utf-8", "surrogatepass") if context else b""
    theirs = source.encode("utf-8", "surrogatepass")
    made = target.encode("utf-8", "surrogatepass")
    packed = b"".join(
        (
            len(ours).to_bytes(8, "big"),
            ours,
            len(theirs).to_bytes(8, "big"),
            theirs,
            len(made).to_bytes(8, "big"),
            made,
            _FUZZY if fuzzy else _SURE,
        )
    )
    return hashlib.sha256(packed).hexdigest()[:16]
