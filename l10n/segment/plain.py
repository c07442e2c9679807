"""Words without codes become segments: nothing in them has to stay together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from l10n import inline
from l10n.inline import (
    TEXT,
    Run,
    Runs,
)
from l10n.model import Segment
from l10n.segment.sentences import split

LETTER = re.compile(r"[^\W_]")
_SPACED = re.compile(r"[^ \t\n\f\r]++[ \t\n\f\r]++")
# No language ends a sentence with one of these, so most short blocks need not be looked at further.
_NO_END = re.compile(r"[\w \u00a0\u202f,'’()&%/«»“”–—-]*+.?")


def bare(words: str) -> str:
    """Words without the white space and the signs without width at their edges."""
    return words.strip().strip(inline.UNSEEN)


def of_words(
    words: str, locale: str, *, place: str, context: str = "", whole: bool = False
) -> Iterator[str | Segment]:
    """A block of one run that the file spells as a reader sees it, as ``pieces.cut`` cuts it."""
    core = bare(words)
    sentences = [core] if whole else sentences_of(core, locale)
    at, end = words.find(core), 0
    for sentence in sentences:
        raw = bare(sentence)
        if LETTER.search(raw):
            start = words.index(raw, at)
            if start > end:
                yield words[end:start]
            yield Segment(raw, inline.escape_literal(raw), context, (), place)
            end = start + len(raw)
        at += len(sentence)
    if end < len(words):
        yield words[end:]


def may_hold(run: Run) -> bool:
    """Whether ``of_runs`` takes a run: words, of which white space at an edge can be left out."""
    if run.role is not TEXT:
        return False
    text = run.text
    return run.raw == text or len(text) < 2 or not (text[0].isspace() or text[-1].isspace())


def of_runs(runs: Runs, locale: str, *, place: str, context: str, whole: bool) -> Iterator[str | Segment]:
    """The same for runs that ``may_hold`` takes: line wraps and references between words."""
    view, raw = "".join([run.text for run in runs]), "".join([run.raw for run in runs])
    seen = [0, *accumulate([len(run.text) for run in runs])]
    spelt = [0, *accumulate([len(run.raw) for run in runs])]

    def offset(at: int, *, end: bool) -> int:
        """Where in ``raw`` the character at an offset of ``view`` starts, or the one before it ends."""
        index = bisect_right(seen, at - end) - 1
        if runs[index].raw == runs[index].text:
            return spelt[index] + at - seen[index]
        return spelt[index + end]

    done = 0
    for start, stop in [_core(view)] if whole else _solid(view, locale, runs, seen):
        sentence = view[start:stop]
        if LETTER.search(sentence):
            begin, close = offset(start, end=False), offset(stop, end=True)
            if begin > done:
                yield raw[done:begin]
            inner, source = raw[begin:close], inline.escape_literal(sentence)
            yield Segment(inner, inner if inner == source else source, context, (), place)
            done = close
    if done < len(raw):
        yield raw[done:]


def _core(view: str, start: int = 0, stop: int | None = None) -> tuple[int, int]:
    """Where the words of a stretch of a text start and end."""
    stretch = view[start:stop]
    core = bare(stretch)
    left = stretch.find(core)
    return start + left, start + left + len(core)


def _solid(view: str, locale: str, runs: Runs, seen: list[int]) -> Iterator[tuple[int, int]]:
    """The sentences of a text without the white space around them; a run spelt otherwise is never cut."""
    begin, stop = _core(view)
    at = start = begin
    for sentence in sentences_of(view[begin:stop], locale)[:-1]:
        at += len(sentence)
        index = bisect_right(seen, at) - 1
        if seen[index] == at or runs[index].raw == runs[index].text:
            yield _core(view, start, at)
            start = at
    yield _core(view, start, stop)


def of_folded(raw: str, view: str, locale: str) -> tuple[str | Segment, ...] | None:
    """The same for text without white space at its edges, of which each run reads as one space in ``view``.

    None when a sentence ends where there is no white space, so that the view does not say where in ``raw``.
    """
    sentences = sentences_of(view, locale)
    if len(sentences) == 1:
        return (Segment(raw, raw if raw == view else view),) if LETTER.search(view) else (raw,)
    pieces = sentences if raw == view else _unfolded(raw, sentences)
    if pieces is None:
        return None
    parts: list[str | Segment] = []
    between = ""
    for piece, sentence in zip(pieces, sentences, strict=True):
        core = bare(piece)
        if not LETTER.search(core):
            between += piece
            continue
        start = piece.index(core)
        between += piece[:start]
        if between:
            parts.append(between)
        source = bare(sentence)
        parts.append(Segment(core, core if core == source else source))
        between = piece[start + len(core) :]
    if between:
        parts.append(between)
    return tuple(parts)


def _unfolded(raw: str, sentences: list[str]) -> list[str] | None:
    """The pieces of a text that are its sentences, in which white space is folded."""
    ends = [match.end() for match in _SPACED.finditer(raw)]
    pieces: list[str] = []
    at = count = 0
    for sentence in sentences[:-1]:
        if sentence[-1] != " ":
            return None
        count += sentence.count(" ")
        pieces.append(raw[at : ends[count - 1]])
        at = ends[count - 1]
    return [*pieces, raw[at:]]


def sentences_of(view: str, locale: str) -> list[str]:
    """``split``, where it has to be asked."""
    return [view] if _NO_END.fullmatch(view) else split(view, locale)
