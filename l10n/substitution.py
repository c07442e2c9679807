"""A target with the numbers of another source put in the place of its own."""

from __future__ import annotations

import re
import unicodedata

from l10n import conventions

# A number in digits with the marks inside it; a space joins only groups of exactly three.
NUMBER = r"\d+(?:[.,'’٫٬]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*"
_CODE_OR_NUMBER = re.compile(rf"<\\*/?\d+/?>|(?P<number>{NUMBER})")
_NOT_DIGIT = re.compile(r"\D")


def substituted(source: str, old_source: str, old_target: str, locales: tuple[str, str]) -> str | None:
    """``old_target`` with each number that ``source`` has changed, None when that is not certain.

    The two sources differ in their numbers alone.  Each changed number has to stand in the
    old target exactly once; it is written in the digits and marks it had there.  ``locales``
    are those of source and target.
    """
    changes = _changes(_numbers(old_source), _numbers(source))
    if not changes:
        return None
    out: list[str] = []
    at = 0
    done: set[str] = set()
    by_digits = {_digits(old): (old, new) for old, new in changes.items()}
    for found in _CODE_OR_NUMBER.finditer(old_target):
        digits = _digits(found["number"] or "")
        if not digits or digits not in by_digits:
            continue
        written = _like(found["number"], *by_digits[digits], locales)
        if written is None or digits in done:
            return None
        done.add(digits)
        out += [old_target[at : found.start()], written]
        at = found.end()
    return "".join([*out, old_target[at:]]) if len(done) == len(changes) == len(by_digits) else None


def _numbers(text: str) -> list[str]:
    return [found["number"] for found in _CODE_OR_NUMBER.finditer(text) if found["number"]]


def _changes(old: list[str], new: list[str]) -> dict[str, str]:
    """Each old number that changed with its new one; empty when one became several."""
    if len(old) != len(new):
        return {}
    became: dict[str, str] = {}
    for before, after in zip(old, new, strict=True):
        if became.setdefault(before, after) != after:
            return {}
    return {before: after for before, after in became.items() if before != after}


def _like(old_written: str, old: str, new: str, locales: tuple[str, str]) -> str | None:
    """A new number written as its predecessor was; None when a mark's counterpart is unknown."""
    if _pieces(old) != _pieces(old_written):
        return None
    marks = _usual_marks(locales) | dict(
        zip(_NOT_DIGIT.findall(old), _NOT_DIGIT.findall(old_written), strict=True)
    )
    zero = ord(old_written[0]) - unicodedata.decimal(old_written[0])
    out: list[str] = []
    for character in new:
        if character.isdecimal():
            out.append(chr(zero + unicodedata.decimal(character)))
        elif character in marks:
            out.append(marks[character])
        else:
            return None
    return "".join(out)


def _usual_marks(locales: tuple[str, str]) -> dict[str, str]:
    source, target = map(conventions.load, locales)
    marks = {source.decimal: target.decimal}
    if target.group:
        marks |= dict.fromkeys(source.group, target.group[0])
    return marks


def _pieces(number: str) -> list[str]:
    return [_digits(piece) for piece in _NOT_DIGIT.split(number)]


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(character)) for character in number if character.isdecimal())
