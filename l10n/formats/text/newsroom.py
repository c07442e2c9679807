"""What newsrooms put on lines of their own: where a text ends or goes on, how long it is, who typed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from l10n.conventions.copied import everywhere
from l10n.formats.text.lines import BLANK, RULE, WORDS, Line, words
from l10n.patterns import one_of

# Words between signs or in brackets, in any case: "(more)", "- fin -".
_SIGNED = re.compile(
    r"(?:[-–—*#=~/<>\[(（【]\s?){1,5}(?P<words>[^-–—*#=~/<>\[\](（)）【】.]+)\.?(?:\s?[-–—*#=~/<>\])）】]){1,5}"
)
_LABELLED_COUNT = re.compile(
    r"[(（\[]?(?P<label>[^\d:：()（\[]{1,30}?)(?: \([^()]{1,40}\))?"
    r"\s?[:：]\s?\d[\d .,]*(?:\([^()]{1,40}\))?[)）\]]?"
)
_SIGNED_COUNT = re.compile(r"[-–—*(（\[] ?\d[\d.,]* (?P<label>[^\W\d_]+) ?[-–—*)）\]]")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\s?\d+\s?")
# The initials of who wrote, edited and checked a text of an agency: "jl/mp", "Marea/jl/mp".
_INITIALS = re.compile(r"[^\W\d_]{2,12}/[a-z]{2,3}(?:/[a-z]{2,3}){1,3}|[a-z]{2}/[a-z]{2}(?:/[a-z]{2,3}){0,3}")
_LONGEST_MARK = 48
_LONGEST_SLUG = 12


def is_furniture(content: str) -> bool:
    """Whether a line only says where the text ends or goes on, how long it is or who typed it."""
    if len(content) > _LONGEST_MARK:
        return False
    if _is_bare_end(content) or _INITIALS.fullmatch(content) or _counts(content):
        return True
    signed = _between_signs(content)
    return signed in _ends() or signed in _goes_on()


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with such ones as rules, and so the head of the sheet on which a text goes on."""
    out = list(lines)
    on = False
    for index, line in enumerate(lines):
        if line.shape is BLANK:
            continue
        written = (line.before + line.content).strip()
        heads_sheet = on and line.shape is WORDS and _heads_sheet(line.content)
        if heads_sheet or is_furniture(written):
            out[index] = line._replace(shape=RULE, marker="")
        on = len(written) <= _LONGEST_MARK and _between_signs(written) in _goes_on()
    return out


def _between_signs(content: str) -> str:
    """The words of a line between signs, as they are compared with those of the languages; "" without."""
    match = _SIGNED.fullmatch(content)
    return match["words"].strip().casefold() if match else ""


def _is_bare_end(content: str) -> bool:
    """Whether a line says "ENDS", with a full stop perhaps: in small letters it is an answer ("Fine.")."""
    plain = content[:-1] if content[-1] in ".。।" and not content.istitle() else content
    return plain in everywhere().ends


@cache
def _ends() -> frozenset[str]:
    return _folded((*everywhere().ends, *everywhere().ends_between))


@cache
def _goes_on() -> frozenset[str]:
    return _folded(everywhere().goes_on)


@cache
def _lengths() -> frozenset[str]:
    return _folded(everywhere().lengths)


def _folded(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(map(str.casefold, phrases))


def _counts(content: str) -> bool:
    """Whether a line tells how many words or signs a text has."""
    if not _DIGIT.search(content):
        return False
    match = _LABELLED_COUNT.fullmatch(content) or _SIGNED_COUNT.fullmatch(content)
    if match:
        return match["label"].casefold() in _lengths()
    return _NUMBER.sub("#", content.strip("(（)）")) in _lengths()


def _heads_sheet(content: str) -> bool:
    return words(content) <= _LONGEST_SLUG and _next_sheet().fullmatch(content) is not None


@cache
def _next_sheet() -> re.Pattern[str]:
    """What heads the next sheet: "HARBOUR PLAN / Page 2", "harbour 2-2-2", "Add 1: harbour"."""
    labels = one_of(label for label in (*everywhere().pages, *everywhere().sheets) if "#" not in label)
    return re.compile(
        rf"(?i).{{0,80}}?\b{labels}\s?#?\d{{1,3}}\b.{{0,80}}"
        r"|.{1,80}[\s,/–—-]\d(?:[- ]?\d){0,3}|.{1,60}/\s?\d{1,2}"
    )
