"""A block's runs become segments with the skeleton between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from l10n import inline
from l10n.inline import Role, Run, Runs
from l10n.model import Segment
from l10n.segment.sentences import split

_LETTER = re.compile(r"[^\W_]")
_SPACED = re.compile(r"[^ \t\n\f\r]++[ \t\n\f\r]++")
# No language ends a sentence with one of these, so most short blocks need not be looked at further.
_NO_END = re.compile(r"[\w \u00a0\u202f,'’()&%/«»“”–—-]*+.?")


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
    inside a pair of codes that goes on after it is not used, so no pair is ever cut.  Words in
    the hole of a code that is skeleton are a segment of the block.
    """
    if len(runs) == 1 and (words := inline.plain_words(runs[0])):
        return tuple(_cut_words(words, locale, place=place, context=context, whole=whole))
    before, core, after = inline.trim(inline.join_empty(runs))
    parts: list[str | Segment] = [*skeleton(before)]
    pieces = [core] if whole else _pieces(core, locale)
    for piece in pieces:
        head, inner, tail = ((), core, ()) if len(pieces) == 1 else inline.trim(piece)
        if not _translatable(inner, values=values):
            parts.extend(skeleton(piece))
            continue
        source, codes = inline.compose(inner)
        raw = _raw(inner)
        segment = Segment(raw, raw if raw == source else source, context, codes, place)
        parts.extend((*skeleton(head), segment, *skeleton(tail)))
    parts.extend(skeleton(after))
    return _joined(parts)


def _cut_words(words: str, locale: str, *, place: str, context: str, whole: bool) -> Iterator[str | Segment]:
    """The same for a single run of plain text, which most blocks are."""
    core = words.strip()
    sentences = [core] if whole else _sentences(core, locale)
    at, end = words.find(core), 0
    for sentence in sentences:
        raw = sentence.strip()
        if _LETTER.search(raw):
            start = words.index(raw, at)
            if start > end:
                yield words[end:start]
            yield Segment(raw, inline.escape_literal(raw), context, (), place)
            end = start + len(raw)
        at += len(sentence)
    if end < len(words):
        yield words[end:]


def cut_words(raw: str, view: str, locale: str) -> tuple[str | Segment, ...] | None:
    """The same for text without white space at its edges, of which each run reads as one space in ``view``.

    None when a sentence ends where there is no white space, so that the view does not say where in ``raw``.
    """
    sentences = _sentences(view, locale)
    pieces = [raw] if len(sentences) == 1 else sentences if raw == view else _unfolded(raw, sentences)
    if pieces is None:
        return None
    parts: list[str | Segment] = []
    between = ""
    for piece, sentence in zip(pieces, sentences, strict=True):
        core = piece.strip()
        if not _LETTER.search(core):
            between += piece
            continue
        start = piece.index(core)
        between += piece[:start]
        if between:
            parts.append(between)
        source = sentence.strip()
        parts.append(Segment(core, core if core == source else source))
        between = piece[start + len(core) :]
    if between:
        parts.append(between)
    return tuple(parts)


def _unfolded(raw: str, sentences: list[str]) -> list[str] | None:
    """The pieces of a text that are its sentences, in which white space is folded."""
    ends = [found.end() for found in _SPACED.finditer(raw)]
    pieces: list[str] = []
    at = count = 0
    for sentence in sentences[:-1]:
        if sentence[-1] != " ":
            return None
        count += sentence.count(" ")
        pieces.append(raw[at : ends[count - 1]])
        at = ends[count - 1]
    return [*pieces, raw[at:]]


def _sentences(view: str, locale: str) -> list[str]:
    return [view] if _NO_END.fullmatch(view) else split(view, locale)


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
    return "".join(run.raw for run in runs)


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
    return any(
        (values and run.role is Role.VALUE)
        or (run.role is Role.TEXT and _LETTER.search(run.text) is not None)
        for run in runs
    )


def _pieces(runs: Runs, locale: str) -> list[tuple[Run, ...]]:
    views = [run.view for run in runs]
    view = "".join(views)
    sentences = _sentences(view, locale)
    if len(sentences) < 2:
        return [tuple(runs)]
    partner = inline.pairs(runs)
    ends: list[int] = []
    openings = _openings(runs, views, partner)
    at = 0
    for sentence in sentences[:-1]:
        solid, at = at + len(sentence.rstrip()), at + len(sentence)
        index = bisect_left(openings, solid)
        ends.append(min(at, openings[index]) if index < len(openings) else at)
    return list(_at_ends(runs, views, partner, ends))


def _openings(runs: Runs, views: list[str], partner: Mapping[int, int]) -> list[int]:
    """Where outermost pairs open in the view: a sentence may end there, before white space inside."""
    found: list[int] = []
    if not partner:
        return found
    at = closing = 0
    for index, run in enumerate(runs):
        if run.role is Role.OPEN and index in partner and index >= closing:
            found.append(at)
            closing = partner[index]
        at += len(views[index])
    return found


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
        if ends[upcoming] == at and depth == 0 and piece and run.role is not Role.CLOSE:
            yield tuple(piece)
            piece = []
            upcoming += 1
        if index in partner:
            depth += 1 if run.role is Role.OPEN else -1
        rest = run
        if run.role is Role.TEXT and depth == 0 and run.raw == run.text:
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
