"""Where people cut a text differently than the rules, and which occurrence they translate by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from l10n.errors import UsageError
from l10n.model import Document, Kind, Segment, Unit
from l10n.segment import edges, following, seams
from l10n.segment.seams import Parts, said

_MOST_PASSES = 50
_HEADS = frozenset({Kind.TITLE, Kind.HEADING})


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Two neighbours of a block are one segment, wherever they stand beside each other."""

    first: str
    second: str


@dataclass(frozen=True, slots=True, order=True)
class Split:
    """The segment that says both halves is cut between them, wherever it stands."""

    first: str
    second: str


@dataclass(frozen=True, slots=True, order=True)
class Apart:
    """One occurrence of a source has an entry of its own, with this context.

    The occurrence is the one between ``before`` and ``after`` (the sources of its neighbours,
    "" at the ends of the document) and under ``heading``; of several that fit equally well, the
    ``nth``, from 1.
    """

    source: str
    context: str
    before: str = ""
    after: str = ""
    heading: str = ""
    nth: int = 1


Choice = Join | Split | Apart


@dataclass(frozen=True, slots=True)
class Choices:
    """What people chose for one release in one target language.

    A choice holds as long as its sentences say the same, but for a few words: white space, codes and the
    shape of quotation marks do not count.
    """

    joins: tuple[Join, ...] = ()
    splits: tuple[Split, ...] = ()
    aparts: tuple[Apart, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.joins or self.splits or self.aparts)

    def __iter__(self) -> Iterator[Choice]:
        """Each of them, sorted within its kind."""
        yield from self.joins
        yield from self.splits
        yield from self.aparts

    def __sub__(self, gone: Iterable[Choice]) -> Choices:
        """Those that are left without some."""
        without = set(gone)
        return of(choice for choice in self if choice not in without)


def of(choices: Iterable[Choice]) -> Choices:
    """Choices in their order, each once."""
    unique = set(choices)
    return Choices(
        tuple(sorted(choice for choice in unique if isinstance(choice, Join))),
        tuple(sorted(choice for choice in unique if isinstance(choice, Split))),
        tuple(sorted(choice for choice in unique if isinstance(choice, Apart))),
    )


@dataclass(frozen=True, slots=True)
class Stale:
    """A choice that changes nothing any more, why, and what to do about it where there is something."""

    choice: Choice
    why: str
    remedy: str = ""


def apply(document: Document, choices: Choices) -> Document:
    """The document with its segments joined, cut and set apart as chosen; its bytes stay the same.

    A choice that no longer fits changes nothing; see ``stale``.  Doing it twice is doing it once.
    """
    return _applied(document, followed(document, choices))[0] if choices else document


def followed(document: Document, choices: Choices) -> Choices:
    """Choices, each whose sentences changed in a few words with what they say now.

    ``document`` is as its format took it apart.
    """
    made, log = _applied(document, choices)
    lost = [choice for choice in choices if choice not in log.used and choice not in log.refused]
    if not lost:
        return choices
    now = {choice: _successor(made, choice) for choice in lost}
    return of(now.get(choice) or choice for choice in choices)


def _successor(document: Document, choice: Choice) -> Choice | None:
    """A choice for what its sentences say now; None where they are gone."""
    rows = [[segment.source for segment in unit.segments] for unit in document.units]
    if _stands(rows, choice):
        return None
    if isinstance(choice, Join):
        pair = following.neighbours(rows, choice.first, choice.second)
        return Join(*pair) if pair else None
    sources = [source for row in rows for source in row]
    if isinstance(choice, Split):
        pair = following.halves(sources, choice.first, choice.second)
        return Split(*pair) if pair and all(map(said, pair)) else None
    source = following.sentence(sources, choice.source, choice.before, choice.after)
    return replace(choice, source=source, nth=1) if source else None


def _stands(rows: Sequence[Sequence[str]], choice: Choice) -> bool:
    """Whether a document says what a choice was made about, however it is cut.

    Words that begin or end in mid-sentence are those of one that has become longer.
    """
    words = said(choice.source if isinstance(choice, Apart) else f"{choice.first} {choice.second}")
    for row in rows:
        told = [said(source) for source in row]
        if isinstance(choice, Join) and any(words in source for source in told):
            return True
        ends = [0, *accumulate(map(len, told))]
        row_words = "".join(told)
        if any(row_words.startswith(words, at) and at + len(words) in ends for at in ends):
            return True
    return False


def stale(document: Document, choices: Choices) -> tuple[Stale, ...]:
    """The choices that change nothing in a document, for whatever reason.

    ``document`` is as its format took it apart, without any choice applied.
    """
    now = followed(document, choices)
    _, log = _applied(document, now)
    return tuple(
        Stale(choice, *log.refused.get(choice, (_gone(choice), "")))
        for choice in now
        if choice not in log.used
    )


def _gone(choice: Choice) -> str:
    if isinstance(choice, Apart):
        return "the sentence does not stand between these neighbours any more"
    return "its sentences do not stand there any more"


@dataclass(frozen=True, slots=True)
class _Log:
    """What became of the choices on the way."""

    used: set[Choice] = field(default_factory=set)
    refused: dict[Choice, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The joins and splits of one document, by what their sentences say."""

    joins: Mapping[tuple[str, str], Join]
    splits: Mapping[str, Sequence[Split]]
    syntax: str
    log: _Log


def _applied(document: Document, choices: Choices) -> tuple[Document, _Log]:
    log = _Log()
    splits: dict[str, list[Split]] = {}
    for split in choices.splits:
        splits.setdefault(said(split.first) + said(split.second), []).append(split)
    joins = {(said(join.first), said(join.second)): join for join in reversed(choices.joins)}
    if joins or splits:
        cuts = _Cuts(joins, splits, document.format, log)
        document = _with_units(document, lambda unit: _unit(unit, cuts))
    if choices.aparts:
        document = _set_apart(document, choices.aparts, log)
    return document, log


def _with_units(document: Document, change: Callable[[Unit], Unit]) -> Document:
    parts = tuple(part if isinstance(part, str) else change(part) for part in document.parts)
    return document if parts == document.parts else replace(document, parts=parts)


def _unit(unit: Unit, cuts: _Cuts) -> Unit:
    """A block with the blocks inside its codes, cut as chosen."""
    parts = _until_settled(
        tuple(
            _with_holes(part, lambda inner: _unit(inner, cuts)) if isinstance(part, Segment) else part
            for part in unit.parts
        ),
        cuts,
    )
    return unit if parts == unit.parts else replace(unit, parts=parts)


def _with_holes(segment: Segment, change: Callable[[Unit], Unit]) -> Segment:
    """A segment with the units in the holes of its codes changed."""
    if not any(code.holes for code in segment.codes):
        return segment
    codes = tuple(
        replace(code, holes=tuple(replace(hole, unit=change(hole.unit)) for hole in code.holes))
        for code in segment.codes
    )
    return replace(segment, codes=codes)


def _until_settled(parts: Parts, cuts: _Cuts) -> Parts:
    """Parts after as many rounds as it takes; as they were when the choices contradict each other."""
    now = edges.tidy(parts)
    seen = {now}
    used: set[Choice] = set()
    for _ in range(_MOST_PASSES):
        became = _with_joins(edges.tidy(_with_splits(now, cuts, used)), cuts, used)
        if became == now or not used:
            cuts.log.used.update(used)
            return became if used else parts
        if became in seen:
            break
        seen.add(became)
        now = became
    cuts.log.refused.update(dict.fromkeys(used, ("it contradicts another one", "")))
    return parts


def _with_splits(parts: Parts, cuts: _Cuts, used: set[Choice]) -> Iterator[str | Segment]:
    waiting = list(reversed(parts))
    while waiting:
        part = waiting.pop()
        halves = _split(part, cuts, used) if isinstance(part, Segment) and cuts.splits else None
        if halves is None:
            yield part
        else:
            waiting.extend(reversed(halves))


def _split(segment: Segment, cuts: _Cuts, used: set[Choice]) -> Parts | None:
    for split in cuts.splits.get(said(segment.source), ()):
        try:
            halves = seams.cut(segment, split.first, cuts.syntax)
        except UsageError as error:
            cuts.log.refused[split] = error.message, error.remedy
        else:
            used.add(split)
            return halves
    return None


def _with_joins(parts: Parts, cuts: _Cuts, used: set[Choice]) -> Parts:
    """Parts with neighbours joined from left to right; what was joined may join again."""
    rest = list(parts)
    out: list[str | Segment] = []
    for index, part in enumerate(rest):
        if isinstance(part, Segment):
            after = rest[index + 1] if index + 1 < len(rest) else ""
            if isinstance(after, Segment):
                _join_on(out, part, "", cuts, used)
            elif (left := _join_on(out, part, after, cuts, used)) != after:
                rest[index + 1] = left
        elif part:
            out.append(part)
    return tuple(out)


def _join_on(out: list[str | Segment], part: Segment, after: str, cuts: _Cuts, used: set[Choice]) -> str:
    """Put a segment at the end of ``out``, joined with the one there if so chosen; what then follows it."""
    between = out[-1] if out and isinstance(out[-1], str) else ""
    at = len(out) - (2 if between else 1)
    first = out[at] if at >= 0 else ""
    join = cuts.joins.get((said(first.source), said(part.source))) if isinstance(first, Segment) else None
    if join is None or not isinstance(first, Segment):
        out.append(part)
        return after
    before = out[at - 1] if at and isinstance(out[at - 1], str) else ""
    try:
        left, merged, right = seams.joined(str(before), first, str(between), part, after, cuts.syntax)
    except UsageError as error:
        cuts.log.refused[join] = error.message, error.remedy
        out.append(part)
        return after
    used.add(join)
    del out[at - 1 if before else at :]
    out.extend(piece for piece in (left, merged) if piece)
    return right


def _set_apart(document: Document, aparts: Sequence[Apart], log: _Log) -> Document:
    contexts = {apart.context for apart in aparts}
    flow = Flow.of(document)
    chosen: dict[int, str] = {}
    for apart in aparts:
        at = flow.find(apart, contexts)
        if at is None:
            continue
        if chosen.setdefault(at, apart.context) != apart.context:
            log.refused[apart] = "another one holds for the same sentence", ""
        else:
            log.used.add(apart)
    return with_contexts(document, chosen)


@dataclass(frozen=True, slots=True)
class Flow:
    """What a document says, one sentence after the other.

    ``headings`` has for each what the nearest heading at or above it says.
    """

    segments: tuple[Segment, ...]
    words: tuple[str, ...]
    headings: tuple[str, ...]

    @staticmethod
    def of(document: Document) -> Flow:
        """The flow of a document."""
        segments: list[Segment] = []
        headings: list[str] = []
        heading = ""
        for unit, segment in document.segments():
            if unit.kind in _HEADS and segment is unit.segments[0]:
                heading = said("".join(part.source for part in unit.segments))
            segments.append(segment)
            headings.append(heading)
        return Flow(tuple(segments), tuple(said(segment.source) for segment in segments), tuple(headings))

    def find(self, apart: Apart, contexts: Iterable[str] = ()) -> int | None:
        """The occurrence a choice means; None when neither neighbour is there any more."""
        fits = self.fitting(apart, contexts)
        return fits[apart.nth - 1] if len(fits) >= apart.nth else None

    def fitting(self, apart: Apart, contexts: Iterable[str] = ()) -> list[int]:
        """The occurrences that fit a choice equally well, and better than all others."""
        words = said(apart.source)
        allowed = {"", *contexts}
        scores = {
            at: self._score(at, apart)
            for at, word in enumerate(self.words)
            if word == words and self.segments[at].context in allowed
        }
        best = max(scores.values(), default=0)
        return [at for at, score in scores.items() if score == best and score >= 2]

    def _score(self, at: int, apart: Apart) -> int:
        before = self.words[at - 1] if at else ""
        after = self.words[at + 1] if at + 1 < len(self.words) else ""
        neighbours = (before == said(apart.before)) + (after == said(apart.after))
        return 2 * neighbours + (self.headings[at] == said(apart.heading))


def with_contexts(document: Document, contexts: Mapping[int, str]) -> Document:
    """The document with a context given to some of its segments, by their place in its flow."""
    if not contexts:
        return document
    at = 0

    def place(unit: Unit) -> Unit:
        nonlocal at
        parts: list[str | Segment] = []
        for part in unit.parts:
            if isinstance(part, Segment):
                parts.append(replace(part, context=contexts.get(at, part.context)))
                at += 1
            else:
                parts.append(part)
        return replace(unit, parts=tuple(parts))

    def whole(unit: Unit) -> Unit:
        placed = place(unit)
        parts = (_with_holes(part, place) if isinstance(part, Segment) else part for part in placed.parts)
        return replace(placed, parts=tuple(parts))

    return _with_units(document, whole)
