"""The runs of a block become a source with numbered codes, and what is at its edges skeleton."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from l10n.inline.notation import escape_literal
from l10n.inline.runs import CLOSE, LONE, OPEN, TEXT, VALUE, Run, Runs, plain_words, text_run
from l10n.model import Code

UNSEEN = " \t\r\n\xa0\xad\u034f\u2007\u200b\u200c\u2060\ufeff"
"""Blanks and signs without width, of which newsletters put rows behind the words that mailers show first."""


def pairs(runs: Runs) -> dict[int, int]:
    """The index of each paired opening run to that of its closing run, and the other way.

    A closing run pairs with the nearest open one of its name; whatever was opened in between
    and is still open stays without a partner.
    """
    partner: dict[int, int] = {}
    stack: list[int] = []
    waiting: dict[str, int] = {}
    for index, (_, _, role, name, _, _) in enumerate(runs):
        if role is OPEN:
            stack.append(index)
            waiting[name] = waiting.get(name, 0) + 1
        elif role is CLOSE and waiting.get(name):
            while True:
                opened = stack.pop()
                waiting[runs[opened].name] -= 1
                if runs[opened].name == name:
                    break
            partner[opened], partner[index] = index, opened
    return partner


def join_empty(runs: Runs) -> tuple[Run, ...]:
    """An opening run directly followed by its closing run becomes one lone code."""
    out: list[Run] = []
    for run in runs:
        if run.role is CLOSE and out and out[-1].role is OPEN and out[-1].name == run.name:
            opened = out.pop()
            raw = opened.raw + run.raw
            out.append(Run(raw, "", LONE, run.name, opened.label, opened.holes))
        else:
            out.append(run)
    return tuple(out)


def trim(runs: Runs) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """Runs as (before, core, after): white space and edge markup belong to the skeleton.

    A pair leaves the core only when it encloses all of it or no words (an icon before those of a
    button); an opening or closing run without a partner and a lone code leave it at either edge.
    """
    start, end = 0, len(runs)
    if runs and _is_words(runs[0]) and _is_words(runs[-1]):
        return _bared(runs, start, end)
    partner = pairs(runs)
    while start < end:
        ahead, behind = _loose(runs, start, end, partner)
        if not (ahead or behind):
            ahead, behind = _wordless(runs, start, end, partner)
        if not (ahead or behind):
            break
        start, end = start + ahead, end - behind
    return _bared(runs, start, end)


def _loose(runs: Runs, start: int, end: int, partner: Mapping[int, int]) -> tuple[int, int]:
    """How many runs at the start and the end of a stretch are no part of its words; (0, 0) when all are."""
    first, last = runs[start], runs[end - 1]
    if _is_loose(first, paired=start <= partner.get(start, -1) < end):
        return 1, 0
    if _is_loose(last, paired=start <= partner.get(end - 1, -1) < end):
        return 0, 1
    if first.role is OPEN and partner[start] == end - 1:
        return 1, 1
    return 0, 0


def _wordless(runs: Runs, start: int, end: int, partner: Mapping[int, int]) -> tuple[int, int]:
    """The same for a pair at an edge that has no words."""
    if runs[start].role is OPEN and partner[start] < end and not _say(runs[start + 1 : partner[start]]):
        return partner[start] + 1 - start, 0
    last = end - 1
    if runs[last].role is CLOSE and partner[last] >= start and not _say(runs[partner[last] + 1 : last]):
        return 0, end - partner[last]
    return 0, 0


def _say(runs: Runs) -> bool:
    """Whether any of some runs says something."""
    return any(run.role is VALUE or _is_words(run) for run in runs)


def _is_loose(run: Run, *, paired: bool) -> bool:
    if run.role is OPEN or run.role is CLOSE:
        return not paired
    return run.role is LONE or _is_blank(run)


def _is_words(run: Run) -> bool:
    return run.role is TEXT and not _shows_nothing(run.text)


def _is_blank(run: Run) -> bool:
    return run.role is TEXT and _shows_nothing(run.text)


def _shows_nothing(text: str) -> bool:
    return not text or text.isspace() or (text[0] in UNSEEN and not text.strip(UNSEEN))


def _bared(runs: Runs, start: int, end: int) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """Runs cut before ``start`` and ``end``, with white space at the edges of plain text left outside."""
    before, core, after = tuple(runs[:start]), tuple(runs[start:end]), tuple(runs[end:])
    if not core:
        return before, core, after
    first, last = core[0].text, core[-1].text
    if first[:1].isspace() and (words := plain_words(core[0])):
        size = len(words) - len(words.lstrip())
        before = (*before, text_run(words[:size]))
        core = (text_run(words[size:]), *core[1:])
    if last[-1:].isspace() and (words := plain_words(core[-1])):
        size = len(words.rstrip())
        after = (text_run(words[size:]), *after)
        core = (*core[:-1], text_run(words[:size]))
    return before, core, after


def compose(runs: Runs) -> tuple[str, tuple[Code, ...]]:
    """The source with codes that a translator sees of runs, and its codes, numbered from 1."""
    partner: dict[int, int] | None = None
    numbers: dict[int, int] = {}
    codes: list[Code] = []
    out: list[str] = []
    words = ""
    for index, (raw, text, role, _, label, holes) in enumerate(runs):
        if role is TEXT:
            words += text
            continue
        if partner is None:
            partner = pairs(runs)
        if words:
            out.append(escape_literal(words))
            words = ""
        other = partner.get(index)
        if other is not None and role is CLOSE:
            out.append(f"</{numbers[other]}>")
            continue
        number = numbers[index] = len(codes) + 1
        if other is not None:
            closing = runs[other]
            closed = tuple([replace(hole, closing=True) for hole in closing.holes])
            codes.append(Code(number, label, raw, closing.raw, "", holes + closed))
            out.append(f"<{number}>")
        else:
            codes.append(Code(number, label, raw, None, text.strip(), holes))
            out.append(f"<{number}/>")
    if not out:
        return escape_literal(words), ()
    out.append(escape_literal(words))
    return "".join(out), tuple(codes)


def orphaned(runs: Runs) -> tuple[Run, ...]:
    """Runs with each opening or closing run that has no partner turned into a lone code."""
    partner = pairs(runs)
    alone = [
        index
        for index, (_, _, role, _, _, _) in enumerate(runs)
        if (role is OPEN or role is CLOSE) and index not in partner
    ]
    if not alone:
        return tuple(runs)
    out = list(runs)
    for index in alone:
        out[index] = runs[index]._replace(role=LONE)
    return tuple(out)
