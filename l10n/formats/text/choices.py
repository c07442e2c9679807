"""Several labels beside each other: menus in one line, the way to a page, the languages it is there in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from l10n.conventions import Convention
from l10n.conventions.copied import everywhere
from l10n.formats.text import buttons, justified, labels, locked, networks, repeats, rows
from l10n.formats.text.lines import Line, ends_sentence, is_date, words
from l10n.formats.text.links import BEFORE_LABEL

BARS = re.compile(r"\s[|›»>·•/→]\s|｜|\|")
"""What parts the labels of a menu in one line."""
_BAR_SIGNS = re.compile(r"[|›»>·•/→｜]")
_ARROW_SIGNS = re.compile(r"[>›»→＞]")
_ARROWS = re.compile(r"\s*(?:>>|(?<![<=-])[›»>→＞](?!\d))\s*")
_QUOTED_OR_TAGGED = re.compile(r"[«<‹]")
_LEADS = re.compile(r":\s|：")
_FEWEST_LANGUAGES = 3
_FEWEST_SPACED = 4


def is_trail(text: str, listed: tuple[str, ...]) -> bool:
    """Whether a line is the way from the first page to this one; it may begin with one of the buttons."""
    if ends_sentence(text) or not _ARROW_SIGNS.search(text):
        return False
    *steps, last = _ARROWS.split(text)
    # "You are here: home > news" is surely one, with a single arrow.
    first = steps[0] if steps else ""
    home = buttons.as_listed(first) in buttons.labels_of(listed)
    led = home or (_LEADS.search(first) is not None and "@" not in text)
    short = len(steps) + led > 1 and all(0 < words(step) <= labels.LONGEST for step in steps)
    return short and bool(last) and not _QUOTED_OR_TAGGED.search(text)


def are_several(text: str, convention: Convention) -> bool:
    """Whether a line is several labels: with numbers of links, run together, between bars or spaced."""
    if ends_sentence(text):
        return False
    linked = len(BEFORE_LABEL.findall(text)) if text[0] == "[" else 0
    if (linked > 1 and words(text) <= labels.LONGEST * linked) or repeats.run_together(text):
        return True
    choices = BARS.split(text) if _BAR_SIGNS.search(text) else [text]
    wide = rows.is_wide(text)
    if (len(choices) < 3 and not wide and "  " not in text) or locked.has_value(
        text, convention.phone_labels
    ):
        return False
    if sum(map(is_date, choices)) == 1:  # who wrote it, and when
        return False
    if "  " in text and _are_spaced(justified.WIDENED.split(text)):
        return True
    return _are_labels(choices) or (wide and _are_labels([cell for cell, _ in rows.cells(text)]))


def _are_spaced(cells: Sequence[str]) -> bool:
    """Whether pieces with two blanks between them are labels: those of a justified line begin small, too."""
    capital = not any(cell[0].islower() for cell in cells)
    return len(cells) >= _FEWEST_SPACED and capital and _are_labels(cells)


def _are_labels(cells: Sequence[str]) -> bool:
    return len(cells) > 2 and all(
        words(cell) <= labels.LONGEST and any(map(str.isalpha, cell)) for cell in cells
    )


def of_language(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """Lines that let readers choose a language, each under its own name."""
    for is_language, row in groupby(filled, key=lambda index: _names_language(lines[index].content)):
        indices = [*row]
        if is_language and len(indices) >= _FEWEST_LANGUAGES:
            yield from indices


def _names_language(text: str) -> bool:
    known = _languages()
    name = (BEFORE_LABEL.sub("", text) if "[" in text else text).casefold()
    return name in known or (name.partition(" ")[0] in known and words(name) < labels.LONGEST)


@cache
def _languages() -> frozenset[str]:
    return frozenset((*everywhere().names, *networks.listed()["languages"]))
