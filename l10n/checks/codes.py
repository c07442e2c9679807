"""Every code of the source stands in the target once, closed where it was opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from l10n import inline
from l10n.checks.pair import Example, Pair
from l10n.inline import Role
from l10n.model import Code, Finding, Severity

ID = "codes"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A code such as <1>…</1> or <2/> stands for a link, bold text, a line break or a locked value. A target "
    "may move codes but must contain each exactly once, of the same kind and properly nested; otherwise the "
    "page cannot be built. A pair with nothing inside, where the source has words in it, is a link that "
    "nobody can follow; one that has the words of another pair gets a warning."
)
BAD = Example("en", "Read <1>the report</1>.", "fr", "Lisez <1>le rapport.")
GOOD = Example("en", "Read <1>the report</1>.", "fr", "Lisez <1>le rapport</1>.")

_EMPTY = "there is nothing inside {code}"
_CROSSED = "{one} and {other} have each other’s words"
_MOST = 100  # pairs of codes that are compared with each other
_Facts = tuple[frozenset[str], frozenset[str]]  # of the source and of the target
_FACT = re.compile(r"\d+|[^\W\d_]{4,}")  # shorter words mean something else in other languages


def run(pair: Pair) -> Iterator[Finding]:
    """One finding for each missing, foreign, doubled or badly nested code."""
    if "<" not in pair.source and "<" not in pair.target:
        return
    codes = inline.codes_of(pair.source)
    if _is_foreign(pair, codes):
        return
    for problem in inline.code_problems(pair.target, codes):
        yield Finding(ID, SEVERITY, problem.template, problem.start, problem.end, values=problem.values)
    if pair.source.count("</") <= _MOST:
        yield from _other_words(pair)


def _other_words(pair: Pair) -> Iterator[Finding]:
    """Pairs of codes that stand around nothing, or around what stands in each other in the source."""
    source, target = _contents(pair.source), _contents(pair.target)
    inside = {code: target[code] for code in source if code in target and source[code].text.strip()}
    for code, content in inside.items():
        if not content.text.strip():
            yield Finding(ID, SEVERITY, _EMPTY, content.start, content.end, values=(("code", _shown(code)),))
    facts = {code: (_facts(source[code].text), _facts(content.text)) for code, content in inside.items()}
    for one, other in combinations(inside, 2):
        if _crossed(facts[one], facts[other]):
            values = (("one", _shown(one)), ("other", _shown(other)))
            yield Finding(ID, Severity.WARNING, _CROSSED, inside[one].start, inside[one].end, values=values)


def _crossed(one: _Facts, other: _Facts) -> bool:
    """Whether two contents changed places: each shares a word with the other's, none with its own."""
    return bool(one[0] & other[1] and other[0] & one[1]) and not (one[0] & one[1] or other[0] & other[1])


class _Content(NamedTuple):
    """What stands between the two ends of a pair of codes, and where in the stored text."""

    text: str
    start: int
    end: int


def _contents(text: str) -> dict[int, _Content]:
    """The pairs of codes of a text that are closed, each with the text between its ends, codes left out."""
    opened: dict[int, tuple[int, int]] = {}
    words: list[str] = []
    contents: dict[int, _Content] = {}
    for token in inline.tokens(text):
        if token.role is Role.TEXT:
            words.append(text[token.start : token.end])
        elif token.role is Role.LONE:
            words.append(token.text)
        elif token.role is Role.OPEN:
            opened.setdefault(token.number, (len(words), token.start))
        elif token.number in opened:
            first, start = opened[token.number]
            contents.setdefault(token.number, _Content("".join(words[first:]), start, token.end))
    return contents


def _facts(text: str) -> frozenset[str]:
    """What every language writes alike: numbers in digits, and words that two texts share as they are."""
    return frozenset(_FACT.findall(text.casefold()))


def _shown(number: int) -> str:
    return f"<{number}>…</{number}>"


def _is_foreign(pair: Pair, codes: Sequence[Code]) -> bool:
    """Whether what looks like codes is another notation, such as the ``B<5>`` of manuals, kept as it is."""
    kept = sorted(inline.code_tokens(pair.target)) == sorted(inline.code_tokens(pair.source))
    return kept and bool(inline.code_problems(pair.source, codes))
