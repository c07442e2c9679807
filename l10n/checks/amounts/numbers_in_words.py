"""Numbers that a source says in words are those of the target: twenty that became thirty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from l10n.checks.amounts import fractions, magnitudes, ordinals, spans
from l10n.checks.amounts.accounted import values_of
from l10n.checks.amounts.figures import Figure
from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.numerals import Numerals, counted, spelled
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.roman import regnal
from l10n.checks.reading.values import Value
from l10n.checks.reading.words import word_set
from l10n.model import Finding
from l10n.patterns import lazy_pattern

# Days of the week that are counted: sexta-feira, 星期五.
_WEEKDAY_ENDS = frozenset({"-feira"})
_WEEKDAY_FRONTS = ("周", "週", "星期", "礼拜", "禮拜")
_WEEKDAY = lazy_pattern(f"(?:{'|'.join(_WEEKDAY_FRONTS)})[一二三四五六]")
# What stands after a number that is another word too: nine, and new, in French.
_PLURAL_AFTER = lazy_pattern(
    r"[ \u00a0](?!(?:dans|sous|sans|pas|plus|mais|vers|lors|après|depuis)\b)[^\W\d_]{2,}[sx]\b"
)
# What stands before the hundred of per cent.
_PER = (" per", " por", " pour", " في", " بال", " فى")
# What makes a conjunction of both.
_AND = lazy_pattern(r"[^.,;:!?]{1,80}?\band\b")

Spelled = tuple[Value, int, int]
"""A number in words, with its place."""


def _counting(text: str, language: str) -> str:
    """A text without what is no number of its own: fractions, and dozens or thousands of something."""
    return magnitudes.without(fractions.without(text, language), language)


@per_text
def in_source(source: str, language: str, numerals: Numerals) -> tuple[Spelled, ...]:
    """The numbers that a source says in words, and those that count bearers of a name."""
    source = _counting(source, language)
    rows = [
        row
        for row in counted(source, numerals)
        if _telling(row, source, numerals) or _says_both(row, source, numerals)
    ]
    return (*rows, *regnal(source))


def _says_both(row: Spelled, text: str, numerals: Numerals) -> bool:
    """Whether words say two of what the text has named: "both parties", but not "both parties and courts"."""
    _, start, end = row
    return text[start:end].lower() in numerals.both and not _AND().match(text, end)


def heard(rows: Sequence[Spelled], target: str, numerals: Numerals) -> bool:
    """Whether a word of a target says each of a source's numbers by itself: a quick look."""
    words = word_set(target)
    if not words.isdisjoint(numerals.seconds):
        return False
    values = {value for word in numerals.words.keys() & words for value in numerals.words[word]}
    return all(value in values for value, _, _ in rows)


def compared(
    check: str,
    pair: Pair,
    source_rows: Sequence[Spelled],
    in_digits: tuple[list[Figure], list[Figure]],
    numerals: tuple[Numerals, Numerals],
) -> Iterator[Finding]:
    """A number in words on both sides that is another: one without any counterpart on each."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_figures, target_figures = in_digits
    bare_source, bare_target = _without_ordinals(pair)
    target_values = spelled(bare_target, numerals[1]) | values_of(target_figures)
    ordinal_places = ordinals.places(source, pair.source_convention.language, pair.target_convention.language)
    lost = [row for row in source_rows if row[0] not in target_values and not _overlaps(row, ordinal_places)]
    lost += _without_duals(source_rows, lost, bare_target, numerals[1], target_figures)
    lost = lost and [row for row in lost if not _overlaps(row, spans.of_pair(pair, of_target=False))]
    if not lost:
        return
    source_values = spelled(bare_source, numerals[0]) | values_of(source_figures)
    plain = _counting(target, pair.target_convention.language)
    ordinal_places = ordinals.places(plain, pair.target_convention.language, pair.source_convention.language)
    target_rows = [
        row for row in counted(plain, numerals[1], small=True) if _telling(row, target, numerals[1])
    ]
    surplus = Counter(row[0] for row in target_rows)
    surplus.subtract(row[0] for row in counted(source, numerals[0], small=True))
    new = [
        row
        for row in target_rows + regnal(target)
        if (row[0] not in source_values or surplus[row[0]] > 0) and not _overlaps(row, ordinal_places)
    ]
    new = new and [row for row in new if not _overlaps(row, spans.of_pair(pair, of_target=True))]
    yield from mismatch_findings(
        check, pair, [(start, end) for _, start, end in lost], [(start, end) for _, start, end in new]
    )


def _without_ordinals(pair: Pair) -> tuple[str, str]:
    """Both texts without the ordinals that both have, and without Chinese days of the week.

    Neither accounts for a number: a sixteenth festival has no six of anything, nor has 星期六.
    """
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    source_ordinals = ordinals.read(source, source_language)
    target_ordinals = ordinals.read(target, target_language)
    shared = source_ordinals.keys() & target_ordinals.keys()
    return (
        _blanked(source, [source_ordinals[value] for value in shared]),
        _blanked(target, [target_ordinals[value] for value in shared]),
    )


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text if text.isascii() else _WEEKDAY().sub("  ", text)


def _without_duals(
    source_rows: Sequence[Spelled],
    lost: Sequence[Spelled],
    target: str,
    numerals: Numerals,
    target_figures: list[Figure],
) -> list[Spelled]:
    """What only the ending of some noun might say, which many a word has that says no number."""
    if not numerals.duals:
        return []
    target_values = spelled(target, replace(numerals, duals=())) | values_of(target_figures)
    return [row for row in source_rows if row[0] not in target_values and row not in lost]


def _overlaps(row: Spelled, places: Sequence[tuple[int, int]]) -> bool:
    return any(row[1] < end and start < row[2] for start, end in places)


def _telling(row: Spelled, text: str, numerals: Numerals) -> bool:
    """Whether words are a number by themselves: "one" is often none, nor is a "couple" or "3 million".

    Nor is the ten of "halb zehn", half past nine, nor the hundred of "per cento".
    """
    (digits, power), start, end = row
    word = text[start:end].lower()
    if word in numerals.doubtful and not (word in numerals.plural and _PLURAL_AFTER().match(text, end)):
        return False
    small = power <= 0 and len(digits) < 2 and digits < "2"
    if (digits, power) == ("1", 2) and text[:start].rstrip().lower().endswith(_PER):
        return False
    if numerals.is_half_to(text, start):
        return False
    if text[end : end + 6].lower() in _WEEKDAY_ENDS or text[:start].endswith(_WEEKDAY_FRONTS):
        return False
    before = text[max(0, start - 3) : start].rstrip(" \u00a0-–")[-1:]
    return not small and not any(map(str.isdigit, before + text[end : end + 2]))
