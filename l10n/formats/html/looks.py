"""Tags that editors leave in the midst of words: several that mean one look are one code.

Word, Google Docs and the editors of web systems cut a sentence into spans of one look, and put spans
inside of bold.  ``<b><span>`` is one code; ``</b><b>`` between words is a seam, which nobody is shown.
A target keeps its seams, so that a file has the same tags afterwards.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from l10n import inline
from l10n.errors import UsageError
from l10n.inline import CLOSE, OPEN, TEXT, Role, Run
from l10n.model import Segment
from l10n.patterns import lazy_pattern

_SAYS_NOTHING = frozenset({"span", "font"})
_LOOK = lazy_pattern(
    r"(?:<(?:b|big|em|font|i|mark|s|small|span|strike|strong|tt|u)"
    r"(?:\s++(?:class|color|data-[\w-]++|dir|face|lang|size|style|xml:lang)\s*+=\s*+"
    r"(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'<>]++))*+\s*+>)++",
    re.IGNORECASE,
)
_ENDS = lazy_pattern(r"(?:</[a-zA-Z]++\s*+>)++")
# What makes a box of an element: two of them are two things.
_BOX = lazy_pattern(
    r"(?<![\w-])(?:border|display|float|height|margin|padding|position|width)[\w-]*+\s*+:", re.IGNORECASE
)
_CLASS = lazy_pattern(r"\sclass\s*=", re.IGNORECASE)
_NONE: deque[_Seam] = deque(maxlen=0)
_SENTENCE_END = lazy_pattern(r"[.!?…。！？؟।][\"'”’»)\]」』]*+\s*+\Z")


def simplified(runs: Sequence[Run]) -> Sequence[Run]:
    """A block's runs with fewer codes and the same raw text.

    Equal pairs become one where no sentence ends between them, which a pair would hide; all of them
    where together they are the whole block.
    """
    if _follows(runs, OPEN):
        runs = _nested(runs)
    if not _follows(runs, CLOSE):
        return runs
    everywhere = _joined(runs, at_ends=True)
    if len(everywhere) == len(runs) or inline.pairs(everywhere).get(0) == len(everywhere) - 1:
        return everywhere
    return _joined(runs, at_ends=False)


def _follows(runs: Sequence[Run], role: Role) -> bool:
    """Whether a tag opens right behind another of a role."""
    before = TEXT
    for _, _, now, _, _, _ in runs:
        if now is OPEN and before is role:
            return True
        before = now
    return False


def _nested(runs: Sequence[Run]) -> list[Run]:
    """Runs in which a pair directly inside another is one with it, where one of them says nothing."""
    partner = inline.pairs(runs)
    inner: set[int] = set()
    out: list[Run] = []
    telling = False
    for index, run in enumerate(runs):
        before = index - 1
        if run.role is OPEN and index in partner:
            around = partner.get(before) == partner[index] + 1 and runs[before].role is OPEN
            tells = run.name not in _SAYS_NOTHING
            if around and not (telling and tells):
                inner.add(index)
                out[-1] = _one(out[-1], run, out[-1], run)
                telling = telling or tells
                continue
            telling = tells
        elif run.role is CLOSE and partner.get(before) in inner and partner.get(index) == partner[before] - 1:
            out[-1] = _one(out[-1], run, run, out[-1])
            continue
        out.append(run)
    return out


def _one(first: Run, second: Run, outer: Run, inner: Run) -> Run:
    """Two tags in a row as one run, called as the one that says something."""
    by = len(first.raw)
    moved = tuple(replace(hole, start=hole.start + by, end=hole.end + by) for hole in second.holes)
    label = inner.label if _SAYS_NOTHING.issuperset(outer.name.split()) else outer.label
    return Run(
        first.raw + second.raw, "", first.role, f"{outer.name} {inner.name}", label, first.holes + moved
    )


def _joined(runs: Sequence[Run], *, at_ends: bool) -> list[Run]:
    """Runs with a seam between each two equal pairs; without ``at_ends`` none where a sentence may end."""
    partner = inline.pairs(runs)
    out: list[Run] = []
    for index, run in enumerate(runs):
        if run.role is OPEN and index > 1 and partner.get(index, 0) > index + 1 and index - 1 in partner:
            close, before = runs[index - 1], runs[partner[index - 1]]
            words, following = runs[index - 2].text, runs[index + 1]
            if (
                close.role is CLOSE
                and out[-1] is close
                and _same_look(before.raw, run.raw)
                and _ENDS().fullmatch(close.raw)
                and not (_CLASS().search(run.raw) and _touch(runs[index - 2], following))
                and (at_ends or not _SENTENCE_END().search(words))
            ):
                out[-1] = inline.read_run(close.raw + run.raw, "")
                continue
        out.append(run)
    return out


def _same_look(before: str, after: str) -> bool:
    same = before == after or before.split() == after.split()
    return same and _LOOK().fullmatch(after) is not None and not _BOX().search(after)


def _touch(before: Run, after: Run) -> bool:
    """Whether words meet without a space: of a class of their own, they may be two labels."""
    if before.role is not TEXT or after.role is not TEXT:
        return True
    return before.text[-1:].isalnum() and after.text[:1].isalnum()


class _Seam(NamedTuple):
    """A seam, the words and how many codes stand before it in the same pair."""

    raw: str
    words: str
    codes: int


def written(segment: Segment, target: str, write: Callable[[str], str]) -> str:
    """A target as ``inline.render_target`` writes it, with the seams of its segment.

    One stays where the words before it are those of the source; otherwise it stands before the next code.
    """
    rendered = inline.render_target(target, segment.codes, write)
    seams = _seams(segment) if _may_hold_seams(segment) else {}
    if not seams:
        return rendered
    codes = {code.number: code for code in segment.codes}
    out: list[str] = []
    pairs, count = [0], [0]
    for token in inline.tokens(target):
        waiting = seams.get(pairs[-1], _NONE)
        words = token.text
        if token.role is TEXT:
            while waiting and waiting[0].codes == count[-1] and words.startswith(waiting[0].words):
                seam = waiting.popleft()
                out.extend((write(seam.words), seam.raw))
                words = words[len(seam.words) :]
            out.append(write(words))
            continue
        while waiting and (token.role is CLOSE or waiting[0].codes <= count[-1]):
            out.append(waiting.popleft().raw)
        code = codes[token.number]
        if token.role is CLOSE:
            out.append(code.closing or "")
            pairs.pop()
            count.pop()
            continue
        out.append(code.opening)
        count[-1] += 1
        if token.role is OPEN:
            pairs.append(token.number)
            count.append(0)
    out.extend(seam.raw for seam in seams.get(0, _NONE))
    return "".join(out)


def _may_hold_seams(segment: Segment) -> bool:
    ends = sum(code.opening.count("</") + (code.closing or "").count("</") for code in segment.codes)
    return segment.raw.count("</") > ends


def _seams(segment: Segment) -> dict[int, deque[_Seam]]:
    """The seams in each pair by its number, those in none by 0."""
    from l10n.segment import spelling  # noqa: PLC0415  what people cut at the desk needs it, too; no more

    try:
        runs = spelling.runs_of(segment, "html")
    except UsageError:
        return {}
    seams: dict[int, deque[_Seam]] = {}
    pairs, count, words = [0], [0], [""]
    for run in runs:
        if run.role is CLOSE:
            for stack in (pairs, count, words):
                stack.pop()
        elif run.role is not TEXT:
            count[-1] += 1
            words[-1] = ""
            if run.role is OPEN:
                pairs.append(int(run.name))
                count.append(0)
                words.append("")
        elif not run.text and run.raw.startswith("</"):
            seams.setdefault(pairs[-1], deque()).append(_Seam(run.raw, words[-1], count[-1]))
            words[-1] = ""
        else:
            words[-1] += run.text
    return seams
