"""What the desk shows: a queue of tasks, rows of a list, one segment with its helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from l10n import catalogue as po
from l10n.catalogue import Counts
from l10n.errors import L10nError
from l10n.model import Code, Entry, Finding, Kind, Match
from l10n.project import Release
from l10n.review_routing import Route
from l10n.segment.seams import said
from workflow.conflicts import ConflictingText
from workflow.desk.cache import UnapprovedGroup, segment_status
from workflow.desk.hints import GlossaryHit
from workflow.states import Action, Role
from workflow.store import Claim, Decision, segment_id

NEAR = 2
"""How many neighbours are shown before and behind a segment."""

_WRITTEN = frozenset({"missing", "fuzzy"})
_REVIEWED = _WRITTEN | {"translated"}


@dataclass(frozen=True, slots=True)
class Task:
    """A release in a language, with how far it is and how much waits there for this person.

    ``risk`` are the points of what waits, added up: how much of it needs a close look.  ``actors``
    are those who decided it last.
    """

    release: Release
    title: str
    locale: str
    counts: Counts
    waiting: int
    risk: int = 0
    actors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Queue:
    """What a person may work on, and what cannot be read and has to be mended first."""

    tasks: tuple[Task, ...]
    problems: tuple[L10nError, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment in a list."""

    id: str
    entry: Entry
    codes: tuple[Code, ...] = ()
    claimed_by: str = ""

    @property
    def silenced(self) -> Mapping[str, str]:
        """The reason for each check that somebody silenced here."""
        return po.silenced(self.entry.comment)

    @property
    def status(self) -> str:
        """Where it stands, in a word: missing, fuzzy, translated or approved."""
        return segment_status(self.entry)


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment with everything that helps to decide it.

    ``base`` is the digest a decision has to name, ``position`` counts from 1.  ``before`` and
    ``after`` are its neighbours in the document.  ``terms`` are glossary hits in the source;
    ``held_by`` names another person who has it open; ``route`` says how closely it is to be looked at.
    ``others`` are the texts it was given on other branches, while nobody has chosen.  ``parts`` are
    matches for phrases of its source; ``looked_up`` is false while the memory is still being opened.
    ``note_on`` is the event that it tells readers of, in a notice.
    ``own_cut`` says that people had it cut otherwise than the rules do, ``recut`` that what its source was
    before is still said in this place, cut otherwise.
    """

    release: Release
    locale: str
    row: SegmentRow
    kind: Kind
    base: str
    position: int
    total: int
    before: tuple[SegmentRow, ...]
    after: tuple[SegmentRow, ...]
    suggestions: tuple[Match, ...]
    findings: tuple[Finding, ...]
    history: tuple[Decision, ...]
    actions: frozenset[Action]
    terms: tuple[GlossaryHit, ...] = ()
    held_by: str = ""
    route: Route | None = None
    others: tuple[ConflictingText, ...] = ()
    parts: tuple[Match, ...] = ()
    looked_up: bool = True
    note_on: str = ""
    own_cut: bool = False
    recut: bool = False


def was_recut(entry: Entry, around: Iterable[str], *, own_cut: bool) -> bool:
    """Whether the source of a segment is another than before only since the text was cut otherwise.

    ``around`` are the sources from some segments before it to some behind, itself among them: what it was
    before is then still said there.  Where the rules cut it, it was a longer one: of a shorter one more is
    said than was, which the source's author may have added.
    """
    if not entry.previous:
        return False
    before, now = said(entry.previous), said(entry.source)
    longer = now in before and now != before
    return (own_cut or longer) and before in "".join(map(said, around))


def waits_for(entry: Entry, role: Role) -> bool:
    """Whether a segment waits for somebody with a role.

    Translators are asked for what is missing or fuzzy, reviewers for all that is not approved.
    """
    return segment_status(entry) in _waiting(role)


def waiting_among(groups: Iterable[UnapprovedGroup], role: Role) -> Iterator[UnapprovedGroup]:
    """The groups of segments, not approved yet, that wait for somebody with a role."""
    return (group for group in groups if group.status in _waiting(role))


def _waiting(role: Role) -> frozenset[str]:
    return _REVIEWED if role.covers(Role.REVIEWER) else _WRITTEN


def segment_row(entry: Entry, codes: tuple[Code, ...], claims: Mapping[str, Claim]) -> SegmentRow:
    """An entry as a row; ``claims`` says by segment who has it open."""
    id_ = segment_id(entry.key)
    claim = claims.get(id_)
    return SegmentRow(id_, entry, codes, claim.person if claim else "")
