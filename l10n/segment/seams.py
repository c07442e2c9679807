"""Two neighbouring segments become one, or one becomes two, and not a character of the file changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from l10n import inline
from l10n.display_width import is_wide
from l10n.errors import UsageError
from l10n.inline import Role, Run, Runs
from l10n.model import Segment
from l10n.segment import edges, gaps
from l10n.segment.pieces import skeleton
from l10n.segment.spelling import coarse, runs_of

Parts = tuple[str | Segment, ...]

_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‘’‚‹›'", '"'))


def said(source: str) -> str:
    """What a source says, without white space, codes and the shape of quotation marks."""
    return _bare(inline.plain(source))


def _bare(words: str) -> str:
    return "".join(unicodedata.normalize("NFD", words).translate(_QUOTES).split())


def joined(
    before: str, first: Segment, between: str, second: Segment, after: str, syntax: str
) -> tuple[str, Segment, str]:
    """Two neighbours made one: what then stands before it, the segment, what stands after it.

    ``before``, ``between`` and ``after`` are the skeleton around them, ``syntax`` the document's
    format.  A pair of codes of which one end stood between them is taken in with its other end
    when that stands right beside them.  Raises UsageError when it does not, or when the skeleton
    between them is more than markup and marks.
    """
    if first.context != second.context:
        raise UsageError(
            "one of the two segments has an entry of its own", remedy="Undo that first, then join them."
        )
    place = edges.joined(first.place, second.place, syntax)
    syntax = edges.syntax(place, syntax)
    dense = syntax == "text" and is_wide(first.source[-1:]) and is_wide(second.source[:1])
    gap = list(gaps.runs(between, syntax, edges.between_runs(place), dense=dense))
    opening, closing = gaps.ends_outside(gap, before, after)
    runs = [
        *(Run(raw, "", Role.OPEN, name, gaps.label(name)) for name, raw in opening),
        *coarse(first, "first"),
        *gap,
        *coarse(second, "second"),
        *(Run(raw, "", Role.CLOSE, name, name) for name, raw in closing),
    ]
    partner = inline.pairs(runs)
    if any(run.role in {Role.OPEN, Role.CLOSE} and index not in partner for index, run in enumerate(runs)):
        raise gaps.breaks_pair()
    source, codes = inline.compose(runs)
    head, tail = "".join(raw for _, raw in opening), "".join(raw for _, raw in closing)
    if head or tail:
        place = edges.widened(place, syntax, before=bool(head), after=bool(tail))
    raw = f"{head}{first.raw}{between}{second.raw}{tail}"
    return (
        before[: len(before) - len(head)],
        Segment(raw, source, first.context, codes, place),
        after[len(tail) :],
    )


def cut(segment: Segment, first: str, syntax: str) -> Parts:
    """A segment cut in two after the words of ``first``, with the skeleton between the halves.

    Joined, the parts are the segment's raw text.  Raises UsageError when a pair of codes or a
    character of the file would be cut, a half would have no words, or the file's text cannot be
    followed word by word.
    """
    runs = _atoms(runs_of(segment, edges.syntax(segment.place, syntax)))
    at = _boundary(runs, first)
    return edges.cut(_half(runs[:at], segment), _half(runs[at:], segment), syntax)


def _atoms(runs: Runs) -> list[Run]:
    """Runs cut wherever they may be cut: between characters, never before a combining mark."""
    out: list[Run] = []
    for run in runs:
        if run.role is not Role.TEXT or run.raw != run.text:
            out.append(run)
            continue
        for char in run.text:
            if out and unicodedata.combining(char) and out[-1].role is Role.TEXT:
                last = out.pop()
                out.append(Run(last.raw + char, last.text + char))
            else:
                out.append(inline.text_run(char))
    return out


def _boundary(runs: Sequence[Run], first: str) -> int:
    """The index of the run before which to cut, so that what stands before it says ``first``."""
    first_words = said(first)
    lone = sum(token.role is Role.LONE for token in inline.tokens(first))
    spoken: list[str] = []
    length = depth = count = 0
    cuts: list[tuple[int, int]] = []
    for index, run in enumerate(runs):
        if length == len(first_words) and depth == 0:
            cuts.append((index, count))
        depth += {Role.OPEN: 1, Role.CLOSE: -1}.get(run.role, 0)
        count += run.role in {Role.LONE, Role.VALUE}
        words = _bare(run.text) if run.role is Role.TEXT else ""
        if words and length >= len(first_words):
            break
        spoken.append(words)
        length += len(words)
    else:
        cuts.append((len(runs), count))
    if length != len(first_words) or "".join(spoken) != first_words:
        raise UsageError(
            f"there is no place to cut after {first[-40:]!r}",
            remedy="Give words of the segment, up to a whole character of the file.",
        )
    if not cuts:
        raise gaps.breaks_pair()
    return max((cut for cut in cuts if cut[1] <= lone), default=cuts[0])[0]


def _half(runs: Sequence[Run], whole: Segment) -> edges.Half:
    """One half with the skeleton around it."""
    head, core, tail = inline.trim(runs)
    words = (run.text for run in core if run.role in {Role.TEXT, Role.VALUE})
    if not any(map(str.isalnum, "".join(words))):
        raise UsageError("one half would have no words", remedy="Cut between two words.")
    source, codes = inline.compose(core)
    raw = "".join(run.raw for run in core)
    segment = Segment(raw, source, whole.context, codes, whole.place)
    return edges.Half(tuple(skeleton(head)), segment, tuple(skeleton(tail)))
