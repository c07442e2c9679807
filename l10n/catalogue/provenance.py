"""The provenance line: a comment that records an entry's state and reveals edits by other tools.

    # l10n: STATE ORIGIN ACTOR DIGEST

The line is at most 70 columns, so that no gettext tool wraps it.  The digest is over context,
source, target and fuzzy flag: an entry that no longer fits its digest was edited outside.  It
detects drift, not forgery.

Where a release needs approvals by several people a second line records who wrote the target and who
approved it so far.

    # l10n: eyes AUTHOR APPROVER,APPROVER DIGEST
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from l10n.model import EMPTY_CONTEXT, Entry, State
from l10n.review_rule import DEFAULT_RULE, NOBODY, ReviewRule

Provenance = tuple[State, str, str, str, str, str, tuple[str, ...]]

PREFIX = "l10n:"
_LINE = re.compile(
    r"\s*l10n:\s+(?P<state>initial|translated|reviewed|final)\s+(?P<origin>\S{1,24})\s+(?P<actor>\S{1,12})"
    r"\s+(?P<digest>[0-9a-f]{16})\s*"
)
_EYES = re.compile(
    r"\s*l10n:\s+eyes\s+(?P<author>\S{1,12})\s+(?P<passed>\S{1,38})\s+(?P<digest>[0-9a-f]{16})\s*"
)
_UNTOLD = "?"
_MOST = 3  # names of approvers that a line has room for; no rule asks for more
_STATES = {str(state): state for state in State}
_NOTHING = bytes(8)
OUTSIDE = "catalogue"


def digest(entry: Entry) -> str:
    """The digest of an entry: 16 hexadecimal digits over context, source, target and fuzzy flag."""
    return digest_of(entry.context, entry.source, entry.target, fuzzy=entry.fuzzy)


def digest_of(context: str, source: str, target: str, *, fuzzy: bool = False) -> str:
    """The digest of an entry with these values; an empty context counts as none."""
    source_bytes = source.encode("utf-8", "surrogatepass")
    target_bytes = target.encode("utf-8", "surrogatepass")
    packed = b"".join(
        (
            _packed(context) if context and context != EMPTY_CONTEXT else _NOTHING,
            len(source_bytes).to_bytes(8, "big"),
            source_bytes,
            len(target_bytes).to_bytes(8, "big"),
            target_bytes,
            _packed("fuzzy") if fuzzy else _NOTHING,
        )
    )
    return sha256(packed).hexdigest()[:16]


def packed(context: bytes, source: bytes) -> bytes:
    """What the digest of an entry is over before its target, from its texts in UTF-8."""
    around = len(context).to_bytes(8, "big") + context if context else _NOTHING
    return around + len(source).to_bytes(8, "big") + source


def digest_of_packed(before: bytes, target: bytes) -> str:
    """The digest of an entry that is not fuzzy: see ``packed``."""
    return sha256(before + len(target).to_bytes(8, "big") + target + _NOTHING).hexdigest()[:16]


def lines(entry: Entry) -> tuple[str, ...]:
    """The provenance lines of an entry; none for one without a target.

    The state *final* is written as *reviewed*: only the ledger knows what was published.
    """
    if not entry.target:
        return ()
    current_digest = digest(entry)
    state = State.REVIEWED if entry.state is State.FINAL else entry.state
    line = f"{PREFIX} {state} {entry.origin or NOBODY} {entry.actor or NOBODY} {current_digest}"
    if not (entry.author or entry.approvers):
        return (line,)
    approvers = ",".join(entry.approvers[:_MOST]) or NOBODY
    return line, f"{PREFIX} eyes {entry.author or _UNTOLD} {approvers} {current_digest}"


def read_provenance(
    source: str,
    target: str,
    context: str,
    comments: Iterable[str],
    *,
    fuzzy: bool,
    rule: ReviewRule = DEFAULT_RULE,
) -> Provenance:
    """Read (state, origin, actor, base, comment, author, approvers) of an entry from its comment lines.

    ``comment`` is what remains without provenance lines.  Of several provenance lines the one whose
    digest fits counts.  When none fits, the entry was edited outside: it is at most *translated*,
    unless the project trusts gettext tools.  So is one with fewer approvals than ``rule`` demands.
    """
    records: list[tuple[str, ...]] = []
    approvals: list[tuple[str, ...]] = []
    other_comments: list[str] = []
    for comment in comments:
        if match := _LINE.fullmatch(comment):
            records.append(match.groups())
        elif match := _EYES.fullmatch(comment):
            approvals.append(match.groups())
        else:
            other_comments.append(comment)
    remaining = "\n".join(other_comments).strip("\n") if other_comments else ""
    if records:
        current_digest = digest_of(context, source, target, fuzzy=fuzzy)
        for record in records:
            if record[3] == current_digest:
                return _from_record(
                    record,
                    remaining,
                    next((approval for approval in approvals if approval[2] == current_digest), ()),
                    rule,
                )
    base = records[-1][3] if records else ""
    if not target:
        return State.INITIAL, "", "", base, remaining, "", ()
    state = State.REVIEWED if rule.trusts_gettext and not fuzzy else State.TRANSLATED
    return state, OUTSIDE if records else "", "", base, remaining, "", ()


def edited_outside(entry: Entry) -> bool:
    """Whether an entry's text no longer fits its provenance line."""
    if not entry.base:
        return bool(entry.target)
    return entry.base != digest(entry)


def _from_record(
    record: tuple[str, ...], comment: str, approvals: tuple[str, ...], rule: ReviewRule
) -> Provenance:
    state_name, origin, actor, base = record
    state = _STATES[state_name]
    origin, actor = "" if origin == NOBODY else origin, "" if actor == NOBODY else actor
    if not approvals:
        return state, origin, actor, base, comment, "", ()
    author = "" if approvals[0] == _UNTOLD else approvals[0]
    approvers = tuple(name for name in approvals[1].split(",") if name and name != NOBODY)
    if state.approved and rule.strict and not rule.satisfied_by(author, {actor, *approvers}):
        state = State.TRANSLATED
    return state, origin, actor, base, comment, author, approvers


def _packed(text: str) -> bytes:
    field = text.encode("utf-8", "surrogatepass")
    return len(field).to_bytes(8, "big") + field
