"""Decimal marks of the target are those of its language, where the source's would be misread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks.amounts import quantities, ranges
from l10n.checks.amounts.figures import Figure
from l10n.checks.pair import Pair
from l10n.model import Finding, Severity

_MISREAD = "{number} uses the decimal mark of {language} for its thousands"
_OTHER_MARK = "{number} is written {fix} in {language}"
# The decimal mark of a language and the one that its readers take for something else.
_BOTH_MARKS = {",": ".", ".": ","}
_DECIMAL_OF = {mark: re.compile(rf"\d+{re.escape(mark)}\d{{1,2}}(?![\d.,])") for mark in _BOTH_MARKS.values()}
SOMETIMES = {"es": ",", "ar": "."}
"""Marks of the languages of which some countries have another."""

# Languages that have one mark only in all their countries.
_ONE_MARK = frozenset({"en", "fr", "de", "it", "pt", "ru", "zh", "nl", "sv", "da", "pl", "cs", "ja"})


def misread(
    check: str, pair: Pair, source_figures: Sequence[Figure], target_figures: Sequence[Figure]
) -> Iterator[Finding]:
    """Thousands copied with a mark that a reader of the target takes for the decimal one.

    Only for a plain language: what holds in ``es`` need not hold in ``es-MX``.
    """
    mark = pair.target_convention.decimal
    if "-" in pair.target_locale or mark not in pair.source_convention.group:
        return
    copied = {figure.text for figure in source_figures}
    for figure in target_figures:
        if figure.text in copied and len(figure.wholes) == 2 and figure.text.count(mark) == 1:
            span = pair.target_plain.span(figure.start, figure.end)
            values = (("number", figure.text), ("language", pair.target_convention.english))
            yield Finding(check, Severity.WARNING, _MISREAD, *span, values=values)


def other_marks(
    check: str, pair: Pair, source_figures: Sequence[Figure], target_figures: Sequence[Figure]
) -> Iterator[Finding]:
    """A decimal number with the mark of the other language, where a scale, a currency or a unit counts by it.

    Elsewhere it may be the number of a version, a section or a date.  In a language whose countries have
    both marks, one text has one of them.
    """
    language, text = pair.target_convention.language, pair.target_plain.text
    mark = pair.target_convention.decimal if language in _ONE_MARK else _usual(text, language, target_figures)
    if "-" in pair.target_locale or mark not in _BOTH_MARKS:
        return
    other_mark = _BOTH_MARKS[mark]
    for figure in target_figures:
        match = _DECIMAL_OF[other_mark].match(text, figure.start) if other_mark in figure.text else None
        if not match or not any(other.wholes & figure.wholes for other in source_figures):
            continue
        last = ranges.last_of(text, language, figure.start)
        if not any(quantities.counts(text, start, language) for start in (figure.start, last)):
            continue
        span = pair.target_plain.span(*match.span())
        written = match.group().replace(other_mark, mark)
        fix = pair.target[: span[0]] + written + pair.target[span[1] :]
        values = (("number", match.group()), ("language", pair.target_convention.english), ("fix", written))
        yield Finding(check, Severity.WARNING, _OTHER_MARK, *span, fix, values)


def _usual(text: str, language: str, target_figures: Sequence[Figure]) -> str:
    """The usual mark of a language that has two, where a text has both."""
    usual = SOMETIMES.get(language, "")
    if usual and any(_DECIMAL_OF[usual].match(text, figure.start) for figure in target_figures):
        return usual
    return ""
