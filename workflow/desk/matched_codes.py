"""The codes of what the memory offers: brought in step with a source's own, or left out and said so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from l10n import inline
from l10n.inline import Role, Token
from l10n.model import Match

_DIGITS = re.compile(r"\d+")


def offered(matches: Iterable[Match], source: str, *, penalty: int) -> tuple[Match, ...]:
    """Matches as they can stand for a source, the best first, each text once.

    One whose codes are not those of the source loses ``penalty`` points: a person has to put them in.
    """
    codes = inline.codes_of(source)
    by_target: dict[str, Match] = {}
    for match in matches:
        target = _fitted(source, match)
        lacks = bool(inline.code_problems(target, codes))
        fitted = replace(match, target=target, score=max(0, match.score - penalty * lacks))
        known = by_target.get(target)
        if known is None or known.score < fitted.score:
            by_target[target] = fitted
    return tuple(sorted(by_target.values(), key=lambda match: -match.score))


def _fitted(source: str, match: Match) -> str:
    """The target of a match with codes of the source alone, without any where that has no such ones."""
    codes = set(inline.code_tokens(match.target))
    if not codes or match.source == source:
        return match.target
    carried = _carried(source, match)
    if carried is not None:
        return carried
    as_it_is = codes <= set(inline.code_tokens(source))
    return match.target if as_it_is else inline.escape_literal(inline.plain(match.target))


def _carried(source: str, match: Match) -> str | None:
    """A target with the codes of a source that has the same words, None where that is not certain.

    Codes that touch are one run.  When the same words stand around as many runs in both sources, each run
    stands for the one in its place: ``Tél. : <1/>`` and ``Tél. : <1><2/></1>``.
    """
    before, after = _pieces(match.source), _pieces(source)
    if [_words(piece) for piece in before] != [_words(piece) for piece in after]:
        return None
    places = zip(before, after, strict=True)
    runs = {_written(match.source, old): _written(source, new) for old, new in places}
    target = "".join(
        runs.get(written, written) if piece[0].number else written
        for piece in _pieces(match.target)
        for written in [_written(match.target, piece)]
    )
    return None if inline.code_problems(target, inline.codes_of(source)) else target


def _pieces(text: str) -> list[Sequence[Token]]:
    """A text in words and runs of codes, by turns."""
    found = inline.tokens(text)
    return [list(tokens) for _, tokens in groupby(found, lambda token: token.role is Role.TEXT)]


def _words(piece: Sequence[Token]) -> str:
    """What two texts have in common that differ in case, spaces and numbers alone; "" for codes."""
    words = "".join(token.text for token in piece if token.role is Role.TEXT)
    return _DIGITS.sub("0", "".join(words.split())).casefold()


def _written(text: str, piece: Sequence[Token]) -> str:
    return text[piece[0].start : piece[-1].end]
