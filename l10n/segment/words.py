"""What kind of word stands before a full stop, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from l10n.conventions import Convention, Segmentation


class Before(Enum):
    """How the word before a full stop bears on it; see ``Segmentation`` for the classes."""

    PLAIN = "plain"
    LEADING = "leading"
    NUMBERED = "numbered"
    TRAILING = "trailing"
    INNER = "inner"


_REACH = 40
_TOKEN = re.compile(r"[^\s\"“”«»„‘‚‹›()\[\]{}<>,;:!?…/\\|=*_•–—+-]+$")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_]{1,2}\.\s?){1,4}[^\W_]{1,2}$")
_NEXT_PART = re.compile(r"\s?([^\W\d_]{1,4})\.")
_DOTTED = re.compile(r"[^\W\d_]{1,3}(?:\.-?[^\W\d_]{1,3})+")
_GAP = re.compile(r"\s")
_LETTERS = re.compile(r"[^\W\d_]+$")
_ROMAN = re.compile(r"[IVXLCDM]{2,}")
_FIRST = re.compile(r"[\s\"'«»“”„‘’‚‹›(\[{¿¡*•·–—―-]{0,8}([^\W_]\w*)?")
_LABEL = re.compile(r"\d{1,4}|[ivx]{1,4}|[IVX]{1,4}|[^\W\d_](?:\. ?[^\W\d_])?")
_BULLET = re.compile(r"[•·‣⁃▪◦*–—-]\s?$")


def kind_before(text: str, at: int, convention: Convention) -> Before:
    """What the word that ends at ``at``, where a full stop stands, is."""
    classes = convention.segmentation
    reach = text[max(0, at - _REACH) : at]
    found = _TOKEN.search(reach)
    if found is None:
        return Before.PLAIN
    last = found.group()
    counted = reach[: found.start()].rstrip()[-1:].isdecimal()
    for form in _forms(last, reach, text, at):
        if kind := _listed(form, classes, counted=counted):
            return kind
    if _is_initial(last) or (classes.ordinals and last.isdecimal() and len(last) <= 2):
        return Before.INNER
    return Before.PLAIN


def _forms(last: str, reach: str, text: str, at: int) -> Iterator[str]:
    """A word as the classes may hold it: with its neighbours ("z. B."), alone, after an elision."""
    spaced = _SPACED.search(reach)
    whole = _GAP.sub("", spaced.group()) if spaced else last
    if len(last) <= 2 and (part := _NEXT_PART.match(text, at + 1)):
        yield f"{whole}.{part[1]}"
    if spaced:
        yield whole
    yield last
    elided = re.split("['’]", last)[-1]
    if 1 < len(elided) < len(last):
        yield elided


def _listed(form: str, classes: Segmentation, *, counted: bool) -> Before | None:
    if _among(form, classes.leading):
        return Before.LEADING
    if counted and _among(form, classes.units):
        return Before.TRAILING
    if _among(form, classes.numbered):
        return Before.NUMBERED
    if _among(form, classes.trailing):
        return Before.TRAILING
    return Before.INNER if _among(form, classes.inner) else None


def _among(word: str, words: frozenset[str]) -> bool:
    if word in words or len(word) == 1:
        return word in words
    return word.lower() in words or (word.isupper() and word.capitalize() in words)


def _is_initial(word: str) -> bool:
    """Whether a word is a capital or letters with dots: "J", "U.S", "Ph.D"."""
    if len(word) == 1:
        return word.isupper()
    return _DOTTED.fullmatch(word) is not None and any(len(part) == 1 for part in word.split("."))


def is_label(text: str, word: int, at: int) -> bool:
    """Whether what ends at ``at`` numbers an item: "1", "IV", "a", with nothing before it.

    ``word`` is where the first word of the sentence begins.  A number after a bullet is one too.
    """
    if at - word <= 5 and _LABEL.fullmatch(text, word, at):
        return True
    found = _TOKEN.search(text[max(0, at - 4) : at])
    if found is None or not _LABEL.fullmatch(found.group()):
        return False
    before = at - len(found.group())
    return _BULLET.search(text[max(0, before - 2) : before]) is not None and found.group().isdecimal()


def is_whole(text: str, at: int, convention: Convention) -> bool:
    """Whether the word that ends at ``at`` is surely no abbreviation: long, or a function word."""
    found = _LETTERS.search(text[max(0, at - _REACH) : at])
    if found is None:
        return False
    word = found.group()
    return len(word) >= 4 or (len(word) > 1 and word in convention.function_words)


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or Roman."""
    return word[:1].isdecimal() or _ROMAN.fullmatch(word) is not None


def is_starter(word: str, convention: Convention) -> bool:
    """Whether a word often begins a sentence."""
    small = word.lower()
    return small in convention.function_words or small in convention.segmentation.starters


def is_small(word: str) -> bool:
    """Whether a word begins small and is no name such as iPhone."""
    return word[:1].islower() and word.islower()


def next_word(text: str, at: int) -> tuple[str, int]:
    """The (word, its end) at ``at``, past quotation marks, brackets and dashes; ("", at) if none."""
    found = _FIRST.match(text, at)
    return (found[1], found.end()) if found and found[1] else ("", at)
