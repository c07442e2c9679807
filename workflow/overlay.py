"""A catalogue with decisions laid over it, as its file will say once they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from l10n import catalogue as po
from l10n.model import Catalogue, Entry, Key
from l10n.review_rule import ReviewRule
from workflow import merging
from workflow.store import Decision


def with_decisions(catalogue: Catalogue, heads: Mapping[Key, Decision], rule: ReviewRule) -> Catalogue:
    """A catalogue with the newest decisions on some of its segments.

    One on a segment that it lacks comes as obsolete; ``rule`` is that of its release and language.
    """
    live = {entry.key for entry in catalogue.live}
    listed = {entry.key for entry in catalogue.entries}
    unlisted = [
        Entry(head.source, context=head.context, obsolete=True)
        for key, head in heads.items()
        if key not in listed and head.target
    ]
    entries = tuple(
        _decided(entry, heads.get(entry.key), rule)
        for entry in (*catalogue.entries, *unlisted)
        if not (entry.obsolete and entry.key in live)
    )
    overlaid = replace(catalogue, entries=entries)
    return _dated(overlaid, max(head.at for head in heads.values())) if heads else overlaid


def _dated(catalogue: Catalogue, latest: dt.datetime) -> Catalogue:
    """A catalogue with the date of its latest decision, or the later one it has, if it has a header."""
    if not catalogue.headers:
        return catalogue
    revised = merging.header_date(dict(catalogue.headers).get("PO-Revision-Date", ""))
    if revised and revised >= latest.replace(second=0, microsecond=0):
        return catalogue
    return po.header(catalogue, "PO-Revision-Date", f"{latest:%Y-%m-%d %H:%M%z}")


def _decided(entry: Entry, head: Decision | None, rule: ReviewRule) -> Entry:
    """An entry of a catalogue as the newest decision on it says.

    It tells whose eyes it had where the rule asks for that, unless it was approved under another rule.
    """
    if head is None:
        return entry
    tells = rule.strict and (not head.state.approved or rule.satisfied_by(head.author, head.passed))
    return replace(
        entry,
        target=head.target,
        fuzzy=head.fuzzy,
        state=head.state,
        origin=head.origin,
        actor=head.actor,
        comment=head.comment,
        previous=head.previous,
        base=head.digest if head.target else "",
        author=head.author if tells else "",
        approvers=head.passed if tells else (),
    )
