"""The lines of a text that only a web page writes: menus, buttons, links to other articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from l10n.conventions import Convention
from l10n.formats.text import (
    buttons,
    choices,
    consent,
    justified,
    labels,
    networks,
    related,
    repeats,
    rights,
    rows,
    sharing,
)
from l10n.formats.text.lines import (
    BLANK,
    ITEM,
    RULE,
    WORDS,
    Line,
    ends_sentence,
)


class Sign(Enum):
    """Why a line is known as navigation by itself."""

    DOUBLED = "the same line follows"
    GLUED = "it repeats the label above it, glued to a blurb"
    BARE = "a bullet without an item"
    CHOICES = "several labels between bars"
    TRAIL = "the way from the first page to this one"
    RIGHTS = "a notice of copyright"
    SHARES = "a link to a social network"
    RELATED = "other articles are named"
    BUTTON = "a button of the page"
    CONSENT = "the page asks whether it may keep cookies"


PRESSED = frozenset({Sign.BUTTON, Sign.SHARES, Sign.CONSENT})
"""What readers may press, and what asks them to: it stands between a title and its text as well."""

_LONGEST = 300  # characters


def signs(lines: Sequence[Line], convention: Convention) -> dict[int, Sign]:
    """The lines that are navigation whatever stands around them, each with the reason.

    Of two equal lines the first is the sign; the second is a label like any other.  ``convention`` has the
    words over a row of titles of other articles, and those of what readers may press, such as to share or
    print.
    """
    filled = [index for index, line in enumerate(lines) if line.shape is not BLANK]
    out = _repeated(lines, filled, convention)
    out.update(_alone(lines, [index for index in filled if index not in out], convention))
    notices = {index for index, sign in out.items() if sign is Sign.RIGHTS}
    out.update(dict.fromkeys(related.find(lines, filled, out, notices, convention), Sign.RELATED))
    out.update(_among(lines, filled, out))
    pressed = {index for index, sign in out.items() if sign in PRESSED}
    out.update(dict.fromkeys(sharing.also(lines, filled, pressed, out), Sign.SHARES))
    out.update(dict.fromkeys(choices.of_language(lines, filled), Sign.CHOICES))
    out.update(dict.fromkeys(consent.find(lines, filled, out, convention.buttons), Sign.CONSENT))
    return out


def _repeated(lines: Sequence[Line], filled: Sequence[int], convention: Convention) -> dict[int, Sign]:
    """The lines that the page says twice, where the second time belongs to the text."""
    out: dict[int, Sign] = {}
    for above, below in pairwise(filled):
        label, line = lines[above], lines[below]
        doubled = repeats.doubled(label, line, apart=below > above + 1)
        if doubled or repeats.doubled_behind_kicker(label, line, convention):
            out[above] = Sign.DOUBLED
        elif repeats.glued(label.content, line.content):
            out[above] = Sign.DOUBLED
            out[below] = Sign.GLUED
    out.update(dict.fromkeys(repeats.doubled_in_two(lines, filled), Sign.DOUBLED))
    return out


def _alone(lines: Sequence[Line], filled: Sequence[int], convention: Convention) -> dict[int, Sign]:
    """The lines that are signs by themselves.

    No such are the names of networks that head what is said of them, and labels that are cells of a table.
    """
    out = {index: sign for index in filled if (sign := _by_itself(lines[index], convention))}
    for above, index, below in zip(filled, filled[1:], filled[2:], strict=False):
        if out.get(index) is Sign.SHARES and _heads_text(lines[above], lines[index], lines[below]):
            del out[index]
    if Sign.CHOICES in out.values():
        rowed = rows.find(lines) | justified.find(lines)
        cells = [index for index, sign in out.items() if sign is Sign.CHOICES]
        for index in cells:
            if index in rowed or _in_table(lines, index):
                del out[index]
    return out


def _heads_text(above: Line, line: Line, below: Line) -> bool:
    """Whether the name of a network between sentences heads what is said of it."""
    return (
        line.shape is WORDS
        and networks.is_network(line.content)
        and all(labels.is_prose(near.content) and ends_sentence(near.content) for near in (above, below))
    )


def _among(lines: Sequence[Line], filled: Sequence[int], out: dict[int, Sign]) -> Iterator[tuple[int, Sign]]:
    """Labels such as "E-mail" or "X" that say nothing by themselves, beside what shares a page."""
    for above, index in pairwise(filled):
        under = out.get(above) is Sign.BUTTON and out.get(index) is Sign.SHARES
        if under and networks.is_network(lines[index].content):
            out[index] = Sign.BUTTON
    pressed = {index for index in filled if out.get(index) in PRESSED}
    beside = networks.listed()["beside"]
    for first, second in (*pairwise(filled), *pairwise(reversed(filled))):
        if first in pressed and second not in out and lines[second].content.casefold() in beside:
            pressed.add(second)
            yield second, Sign.BUTTON


def _in_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a line between bars has another, or a ruled one, right above or below it."""
    text = lines[at].content
    if text[:1] != "|" or text[-1:] != "|":
        return False
    beside = [lines[index].content[:1] for index in (at - 1, at + 1) if 0 <= index < len(lines)]
    return "|" in beside or "+" in beside


def _by_itself(line: Line, convention: Convention) -> Sign | None:
    if line.shape is RULE:
        return Sign.BARE if line.marker in {"-", "*", "+", "•", "·", "–", "|"} else None
    if rights.is_notice(line.content):
        return Sign.RIGHTS
    if line.shape not in (WORDS, ITEM) or len(line.content) > _LONGEST:
        return None
    return _of_words(line.content, convention)


def _of_words(text: str, convention: Convention) -> Sign | None:
    """What a line of words is, of all that readers press: a button, a link, or several of them."""
    if buttons.is_box(text) or buttons.may_be_pressed(text, convention.buttons):
        return Sign.BUTTON
    on_x = " X" in f" {text}" and sharing.is_on_x(text, buttons.labels_of(convention.buttons))
    if on_x or networks.shares(text) or networks.leads_elsewhere(repeats.run_together(text)):
        return Sign.SHARES
    if choices.is_trail(text, convention.buttons):
        return Sign.TRAIL
    return Sign.CHOICES if choices.are_several(text, convention) else None
