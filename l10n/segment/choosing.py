"""From "join this one with the next" to a choice that can be kept, and back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from l10n import inline
from l10n.errors import UsageError
from l10n.model import Document, Kind, Segment, Unit
from l10n.segment import choices as chosen
from l10n.segment import seams
from l10n.segment.choices import Apart, Choice, Choices, Flow, Join, Split
from l10n.segment.seams import said

_ID = 6
_SLUG = 32
_HEADS = frozenset({Kind.TITLE, Kind.HEADING})


@dataclass(frozen=True, slots=True)
class Spot:
    """A segment where it stands; ``id`` is short and depends on it and its neighbours alone."""

    id: str
    unit: Unit
    segment: Segment
    before: str = ""
    after: str = ""


def spots(document: Document) -> tuple[Spot, ...]:
    """Every segment of a document, in order."""
    pairs = list(document.segments())
    sources = ["", *(segment.source for _, segment in pairs), ""]
    seen: Counter[str] = Counter()
    out = []
    for at, (unit, segment) in enumerate(pairs):
        before, after = sources[at], sources[at + 2]
        name = f"{segment.source}\0{before}\0{after}"
        digest = hashlib.sha256(f"{name}\0{seen[name]}".encode()).hexdigest()
        seen[name] += 1
        out.append(Spot(digest[:_ID], unit, segment, before, after))
    return tuple(out)


def spot(document: Document, id_: str) -> Spot:
    """One segment by its id, or by as much of it as is clear.  Raises UsageError when it is not."""
    matching = (
        [candidate for candidate in spots(document) if candidate.id.startswith(id_.lower())] if id_ else []
    )
    if len(matching) == 1:
        return matching[0]
    problem = "is not clear" if matching else "names no segment"
    raise UsageError(f"{id_!r} {problem}", remedy="Use an id that the list of segments shows.")


def joining(document: Document, id_: str) -> Join:
    """The choice to join a segment with the next one of its block.

    Raises UsageError when it is the last one or the two cannot be joined.
    """
    here = spot(document, id_)
    row = here.unit.segments
    at = next(index for index, segment in enumerate(row) if segment is here.segment)
    if at + 1 == len(row):
        raise UsageError(
            "it is the last segment of its block", remedy="Only neighbours of one block can be joined."
        )
    join = Join(here.segment.source, row[at + 1].source)
    if not (said(join.first) and said(join.second)):
        raise UsageError("one of the two has no words", remedy="Only sentences can be joined.")
    _demand(document, join)
    return join


def splitting(document: Document, id_: str, after: str) -> Split:
    """The choice to cut a segment after some of its words.

    Raises UsageError when they do not stand there once, or it cannot be cut there.
    """
    segment = spot(document, id_).segment
    words, words_before = said(segment.source), said(after)
    if not words_before:
        raise UsageError(
            "there are no words to cut behind", remedy="Give the last words before the cut, as they stand."
        )
    count = words.count(words_before)
    if count != 1:
        problem = "does not stand in it" if not count else "stands in it more than once"
        raise UsageError(f"{after!r} {problem}", remedy="Give the last words before the cut, as they stand.")
    return cutting(document, id_, words[: words.index(words_before) + len(words_before)])


def cutting(document: Document, id_: str, first: str) -> Split:
    """The choice to cut a segment where its first half has said ``first``.  Raises UsageError."""
    segment = spot(document, id_).segment
    halves = [
        part
        for part in seams.cut(segment, first, document.format)
        if isinstance(part, Segment) and said(part.source)
    ]
    if not halves:
        raise UsageError("one half would have no words", remedy="Cut between two words.")
    return Split(halves[0].source, halves[-1].source)


def setting_apart(document: Document, id_: str) -> Apart:
    """The choice to give one occurrence of a source an entry of its own.

    Its context is readable and stays: the nearest heading's words and a digest of what stands
    around it.  Raises UsageError when it has an entry of its own already.
    """
    flow = Flow.of(document)
    at, here = next(
        (index, candidate)
        for index, candidate in enumerate(spots(document))
        if candidate.id == spot(document, id_).id
    )
    if here.segment.context:
        raise UsageError("it has an entry of its own already", remedy="Undo that first to change it.")
    if not said(here.segment.source):
        raise UsageError("it has no words", remedy="Only sentences can be translated differently.")
    heading = heading_above(document, at)
    place = Apart(here.segment.source, "", here.before, here.after, heading)
    apart = replace(place, nth=flow.fitting(place).index(at) + 1)
    identity = "\0".join((heading, apart.source, apart.before, apart.after, str(apart.nth)))
    digest = hashlib.sha256(identity.encode()).hexdigest()[:_ID]
    return replace(apart, context=f"{_slug(heading) or 'apart'} {digest}")


def adding(document: Document, choices: Choices, choice: Choice) -> Choices:
    """Choices with one more; one that says the opposite is taken back instead.

    So are joins and splits that together leave a block as it was.

    ``document`` is as its format took it apart.  Raises UsageError when the new one would
    change nothing there.
    """
    choices = chosen.followed(document, choices)
    if opposite := [earlier for earlier in choices if _is_opposite(earlier, choice)]:
        return choices - opposite
    more = chosen.of((*choices, choice))
    if why := next((stale.why for stale in chosen.stale(document, more) if stale.choice == choice), ""):
        raise UsageError(why)
    return _without_idle(document, more)


def undoing(document: Document, choices: Choices, id_: str) -> Choices:
    """Choices without those that made a segment what it is, and without what then hangs in the air.

    ``document`` is as its format took it apart, the id one in the document as chosen.  Raises
    UsageError when nobody chose anything about the segment.
    """
    choices = chosen.followed(document, choices)
    here = spot(chosen.apply(document, choices), id_)
    made = [choice for choice in choices if not _stands(chosen.apply(document, choices - [choice]), here)]
    if not (made := made or _together(document, choices, here)):
        raise UsageError("there is nothing to undo about this segment")
    stale = _hanging(document, choices)
    last = [choice for choice in made if _hanging(document, choices - [choice]) <= stale]
    left = choices - (last or made)
    return _without_idle(document, left - (_hanging(document, left) - stale))


def _together(document: Document, choices: Choices, here: Spot) -> list[Choice]:
    """The fewest choices without which a segment is another, where for each alone another stands in.

    A choice follows a sentence that was changed a little, and so may do for one that is like its own.
    """
    out = list(choices)
    if _stands(chosen.apply(document, choices - out), here):
        return []
    for choice in choices:
        fewer = [one for one in out if one != choice]
        if not _stands(chosen.apply(document, choices - fewer), here):
            out = fewer
    return out


def _without_idle(document: Document, choices: Choices) -> Choices:
    """Choices without joins and splits of blocks that all of them together leave as they were."""
    cut = chosen.apply(document, choices)
    active = _hanging(document, choices)
    for unit, made in zip(document.units, cut.units, strict=True):
        if [one.raw for one in unit.segments] != [one.raw for one in made.segments]:
            block = replace(document, parts=(unit,))
            active |= set(choices) - _hanging(block, choices)
    return choices - [one for one in choices if not isinstance(one, Apart) and one not in active]


def _hanging(document: Document, choices: Choices) -> set[Choice]:
    return {stale.choice for stale in chosen.stale(document, choices)}


def _stands(document: Document, here: Spot) -> bool:
    """Whether a segment stands in a document, at the same line and with the same file text."""
    identity = (here.unit.line, here.segment.raw, here.segment.key)
    return any((unit.line, segment.raw, segment.key) == identity for unit, segment in document.segments())


def _is_opposite(one: Choice, other: Choice) -> bool:
    if isinstance(one, Apart) or isinstance(other, Apart) or isinstance(one, type(other)):
        return False
    return (said(one.first), said(one.second)) == (said(other.first), said(other.second))


def _demand(document: Document, choice: Choice) -> None:
    """Raise UsageError when a choice can do nothing in a document."""
    for stale in chosen.stale(document, chosen.of([choice])):
        remedy = stale.remedy or "Change the source file instead."
        raise UsageError(stale.why, remedy=remedy)


def heading_above(document: Document, at: int) -> str:
    """The source of the nearest heading at or above a segment, "" without one."""
    heading = ""
    for index, (unit, segment) in enumerate(document.segments()):
        if unit.kind in _HEADS and segment is unit.segments[0]:
            heading = " ".join(part.source for part in unit.segments)
        if index == at:
            break
    return heading


def _slug(text: str) -> str:
    """A few words for a context, without marks or accents; "" for a script that has no such form."""
    plain = unicodedata.normalize("NFKD", inline.plain(text)).encode("ascii", "ignore").decode()
    words = "-".join(_words(plain.lower()))
    return words[:_SLUG].rpartition("-")[0] or words[:_SLUG] if len(words) > _SLUG else words


def _words(text: str) -> Iterator[str]:
    yield from re.findall(r"[a-z0-9]+", text)
