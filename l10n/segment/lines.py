"""Which lines and links in a block stand by themselves, though it is one paragraph to a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from l10n import inline
from l10n.inline import (
    CLOSE,
    LONE,
    OPEN,
    TEXT,
    VALUE,
    Run,
    Runs,
)
from l10n.segment.plain import LETTER

BREAK = "line break"
_BOLD = "bold"
LINK = "link"
_REACHED = frozenset({"phone", "e-mail"})
_FEWEST = 2
_BULLET = re.compile(
    r"\s*+(?:[•‣⁃◦▪▫●○■□◆◇►▶➤➢→✓✔✅★☆‧·・]|(?:[*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))(?=\s))\s*+[^\W_]"
)
_GOES_ON = re.compile(r"[,،、，;–—-]\s*\Z")
# What stands between the links of a menu, of a path to a page, of a page's foot.
_BETWEEN = re.compile(r"\s*+[|¦｜•·»›→>/＞]\s*+")


def ends(runs: Runs, views: Sequence[str]) -> set[int]:
    """Where lines end in the view of a block that are no part of a running text.

    All lines do in a block of short ones with a phone number or an e-mail in it, and where two of them
    begin with a bullet, a dash or a number; the first does when it is all bold, as a heading is, and what
    follows is not.  One of the runs is a line break.
    """
    breaks = [index for index, run in enumerate(runs) if run.role is LONE and run.label == BREAK]
    if _is_contact(runs, breaks) or _is_list(runs, views):
        return {sum(map(len, views[: index + 1])) for index in breaks}
    if _is_headed(runs, breaks[0]):
        return {sum(map(len, views[: breaks[0] + 1]))}
    return set()


def _is_contact(runs: Runs, breaks: Sequence[int]) -> bool:
    return len(breaks) >= _FEWEST and any(run.role is VALUE and run.label in _REACHED for run in runs)


def _is_list(runs: Runs, views: Sequence[str]) -> bool:
    view = "".join(
        "\n" if run.role is LONE and run.label == BREAK else seen.replace("\n", " ")
        for run, seen in zip(runs, views, strict=True)
    )
    return sum(_BULLET.match(line) is not None for line in view.split("\n")) >= _FEWEST


def _is_headed(runs: Runs, first: int) -> bool:
    """Whether the line before the first break is bold, the one after it is not and does not carry it on."""
    inside = _bold(runs, inline.pairs(runs))
    words = [index for index, run in enumerate(runs) if run.role is TEXT and LETTER.search(run.text)]
    before, after = [at for at in words if at < first], [at for at in words if at > first]
    if not before or not after or not inside.issuperset(before) or after[0] in inside:
        return False
    following = runs[after[0]].text.lstrip()
    return not (following[:1].islower() or _GOES_ON.search("".join(run.view for run in runs[:first])))


def _bold(runs: Runs, partner: Mapping[int, int]) -> set[int]:
    """The indexes of the runs inside bold."""
    indexes: set[int] = set()
    for index, run in enumerate(runs):
        if run.role is OPEN and run.label == _BOLD and index not in indexes:
            indexes.update(range(index + 1, partner.get(index, index)))
    return indexes


def apart(piece: Runs) -> list[tuple[Run, ...]]:
    """A row of links with signs or nothing between them, as in a menu, cut there; anything else whole."""
    if _says(piece[0]) or _says(piece[-1]):
        return [tuple(piece)]
    partner = inline.pairs(piece)
    signs = [-1, *_signs(piece, partner), len(piece)]
    if len(signs) > _FEWEST:
        return list(_between(piece, signs))
    starts = [0, *_starts(piece, partner)[1:], len(piece)]
    return [tuple(piece[start:end]) for start, end in pairwise(starts)]


def _says(run: Run) -> bool:
    """Whether a run at the edge of a piece has words, as no row of links has outside of them."""
    return run.role is TEXT and LETTER.search(run.text) is not None


def _starts(piece: Runs, partner: Mapping[int, int]) -> list[int]:
    """The indexes of the links in a row with nothing between them; none when it is not one, or goes on.

    A link goes on with the words of the one before it when it begins with a small letter.
    """
    indexes: list[int] = []
    at = 0
    while at < len(piece):
        run = piece[at]
        if run.role is OPEN and run.label == LINK and at in partner:
            words = "".join(inner.text for inner in piece[at : partner[at]]).lstrip()
            if indexes and words[:1].islower():
                return []
            indexes.append(at)
            at = partner[at]
        elif run.role is not LONE and (run.role is not TEXT or run.text.strip()):
            return []
        at += 1
    return indexes


def _signs(piece: Runs, partner: Mapping[int, int]) -> list[int]:
    """The indexes of the signs in a row of links, none when it is not one."""
    indexes: list[int] = []
    depth = 0
    for index, run in enumerate(piece):
        if index in partner:
            depth += {OPEN: 1, CLOSE: -1}[run.role]
        elif depth == 0 and run.role is TEXT and not run.text.isspace():
            if not _BETWEEN.fullmatch(run.text):
                return []
            indexes.append(index)
        elif depth == 0 and run.role is VALUE:
            return []
    return indexes


def _between(piece: Runs, signs: Sequence[int]) -> Iterator[tuple[Run, ...]]:
    for before, after in pairwise(signs):
        if before >= 0:
            yield (piece[before],)
        if between := tuple(piece[before + 1 : after]):
            yield between
