"""A block's runs become segments with the skeleton between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise

from l10n import inline
from l10n.inline import (
    CLOSE,
    OPEN,
    TEXT,
    VALUE,
    Run,
    Runs,
)
from l10n.model import Segment
from l10n.segment import lines, plain
from l10n.segment.plain import LETTER, sentences_of
from l10n.segment.sentences import HARD, OBJECT, SOFT

_TERMINATORS = SOFT + HARD
_RAISED = "superscript"
_FOOTNOTE = "footnote"
_NOTE = re.compile(r"[\[(]?\d*[\])]?")
_VERBATIM = frozenset({"code", "kbd", "samp", "var"})


def cut(
    runs: Runs,
    locale: str,
    *,
    place: str = "text",
    context: str = "",
    values: bool = False,
    whole: bool = False,
) -> tuple[str | Segment, ...]:
    """A block's runs as skeleton and segments; joined, they give the block's raw text.

    A piece without a letter or digit is skeleton; with ``values`` one that holds only a locked
    value is a segment all the same.  ``whole`` keeps the block in one piece.  A sentence end
    inside a pair of codes that goes on after it is not used, so no pair is ever cut.  Lines and links that
    stand by themselves (``lines``) are pieces, too.  Words in the hole of a code that is skeleton are
    a segment of the block.
    """
    if len(runs) == 1 and (words := inline.plain_words(runs[0])):
        return tuple(plain.of_words(words, locale, place=place, context=context, whole=whole))
    if all(map(plain.may_hold, runs)):
        return tuple(plain.of_runs(runs, locale, place=place, context=context, whole=whole))
    before, core, after = inline.trim(inline.join_empty(runs))
    parts: list[str | Segment] = [*skeleton(before)] if before else []
    pieces = [core] if whole else _pieces(core, locale)
    for piece in pieces:
        if len(piece) == 1 and (words := inline.plain_words(piece[0])):
            parts.extend(plain.of_words(words, locale, place=place, context=context, whole=True))
            continue
        head, inner, tail = ((), core, ()) if len(pieces) == 1 else inline.trim(piece)
        if not _translatable(inner, values=values):
            parts.extend(skeleton(piece))
            continue
        source, codes = inline.compose(inner)
        raw = _raw(inner)
        if head:
            parts.extend(skeleton(head))
        parts.append(Segment(raw, raw if raw == source else source, context, codes, place))
        if tail:
            parts.extend(skeleton(tail))
    if after:
        parts.extend(skeleton(after))
    return _joined(parts)


def skeleton(runs: Runs) -> Iterator[str | Segment]:
    """The file's text of runs outside every segment, with the words in their holes as segments."""
    for run in runs:
        at = 0
        for hole in run.holes:
            yield run.raw[at : hole.start]
            yield from hole.unit.parts
            at = hole.end
        yield run.raw[at:]


def _raw(runs: Runs) -> str:
    return "".join([run.raw for run in runs])


def _joined(parts: list[str | Segment]) -> tuple[str | Segment, ...]:
    out: list[str | Segment] = []
    between: list[str] = []
    for part in parts:
        if isinstance(part, str):
            if part:
                between.append(part)
            continue
        if between:
            out.append("".join(between))
            between.clear()
        out.append(part)
    if between:
        out.append("".join(between))
    return tuple(out)


def _translatable(runs: Runs, *, values: bool) -> bool:
    for run in runs:
        role = run.role
        if (role is TEXT and LETTER.search(run.text)) or (values and role is VALUE):
            return True
    return False


def _pieces(runs: Runs, locale: str) -> list[tuple[Run, ...]]:
    views = [_view(run) for run in runs]
    labels = {run.label for run in runs}
    if _RAISED in labels:
        _hide_notes(runs, views)
    if _FOOTNOTE in labels:
        _hide_words_of_notes(runs, views)
    view = "".join(views)
    line_ends = lines.ends(runs, views) if lines.BREAK in labels else set()
    sentences = _sentences(view, line_ends, locale) if line_ends else sentences_of(view, locale)
    if len(sentences) < 2:
        return lines.apart(runs) if lines.LINK in labels else [tuple(runs)]
    partner = inline.pairs(runs)
    ends: list[int] = []
    openings = _openings(runs, views, partner)
    at = 0
    for sentence in sentences[:-1]:
        solid, at = at + len(sentence.rstrip()), at + len(sentence)
        index = bisect_left(openings, solid)
        ends.append(min(at, openings[index]) if index < len(openings) else at)
    pieces = _at_ends(runs, views, partner, ends)
    return [part for piece in pieces for part in lines.apart(piece)] if lines.LINK in labels else list(pieces)


def _sentences(view: str, line_ends: set[int], locale: str) -> list[str]:
    """The sentences of a view in which no sentence goes on over these line ends."""
    marks = (0, *sorted(line_ends - {len(view)}), len(view))
    return [sentence for at, end in pairwise(marks) for sentence in sentences_of(view[at:end], locale)]


def _view(run: Run) -> str:
    """What the segmenter reads of a run: a mark that ends code or a key ("press ?") ends no sentence."""
    role = run.role
    if role is TEXT:
        return run.text
    if role is OPEN or role is CLOSE:
        return ""
    view = run.text or OBJECT
    if role is VALUE and run.name in _VERBATIM and view[-1] in _TERMINATORS:
        solid = view.rstrip(_TERMINATORS)
        return solid + "_" * (len(view) - len(solid))
    return view


def _hide_notes(runs: Runs, views: list[str]) -> None:
    """Let the raised figure of a footnote behind a mark show nothing: "Mr. Roy.¹ Then" is no "No.5"."""
    last, raised = "", False
    for index, run in enumerate(runs):
        if run.label == _RAISED and run.role is OPEN:
            raised = last in _TERMINATORS
        elif run.role is CLOSE:
            raised = False
        elif raised and run.role is TEXT and _NOTE.fullmatch(view := views[index]):
            views[index] = OBJECT * len(view)
        last = views[index][-1:] or last


def _hide_words_of_notes(runs: Runs, views: list[str]) -> None:
    """The same for a note that stands in the text: "May^[Weather allowing.] and June" is one sentence."""
    for opened, closed in inline.pairs(runs).items():
        if opened < closed and runs[opened].label == _FOOTNOTE:
            for index in range(opened + 1, closed):
                views[index] = OBJECT * len(views[index])


def _openings(runs: Runs, views: list[str], partner: Mapping[int, int]) -> list[int]:
    """Where outermost pairs open in the view: a sentence may end there, before white space inside."""
    offsets: list[int] = []
    if not partner:
        return offsets
    at = closing = 0
    for index, run in enumerate(runs):
        if run.role is OPEN and index in partner and index >= closing:
            offsets.append(at)
            closing = partner[index]
        at += len(views[index])
    return offsets


def _at_ends(
    runs: Runs, views: list[str], partner: Mapping[int, int], ends: list[int]
) -> Iterator[tuple[Run, ...]]:
    """Runs cut at offsets of their view, where neither a pair nor an unbreakable run is cut."""
    piece: list[Run] = []
    depth = at = upcoming = 0
    for index, run in enumerate(runs):
        while upcoming < len(ends) and ends[upcoming] < at:
            upcoming += 1
        if upcoming == len(ends):
            piece.extend(runs[index:])
            break
        if ends[upcoming] == at and depth == 0 and piece and run.role is not CLOSE:
            yield tuple(piece)
            piece = []
            upcoming += 1
        if index in partner:
            depth += 1 if run.role is OPEN else -1
        rest = run
        if run.role is TEXT and depth == 0 and run.raw == run.text:
            offset = 0
            while upcoming < len(ends) and ends[upcoming] < at + len(run.text):
                local = ends[upcoming] - at
                if local > offset:
                    piece.append(inline.text_run(run.text[offset:local]))
                    yield tuple(piece)
                    piece = []
                    offset = local
                upcoming += 1
            rest = inline.text_run(run.text[offset:]) if offset else run
        piece.append(rest)
        at += len(views[index])
    if piece:
        yield tuple(piece)
