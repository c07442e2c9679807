"""What readers may press on a page: a button of the lists, a row of them, a size of letters, a box."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from l10n.conventions.copied import everywhere
from l10n.formats.text import labels, networks
from l10n.formats.text.lines import ends_sentence, words
from l10n.formats.text.links import BEFORE_LABEL
from l10n.patterns import one_of

_PARTED = re.compile(r"\s*(?:[|｜·•]|\][\s/]*\[|\s/\s|\t|[^\S\n]{2,}|\u3000)\s*")
_DIGITS = re.compile(r"\d+(?:[ ,.\u00a0\u202f]\d{3})*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# What lies between buttons in brackets, and the brackets themselves.
_BRACKETED = re.compile(r"[\]】][\s/|]*[\[【]")
_BRACKETS = re.compile(r"\s*[\[\]【】]\s*")
# What a page says of a link that leads away from it: "(new window)".
_ASIDE = re.compile(r"\s\([^()]{3,30}(?:\)|$)")
_COLON = re.compile(r"\s*[:：]\s*")
# Some words for the sizes that follow.
_OF_SIZES = r"(?:[^\W\d_]{2,8}(?:\s[^\W\d_]{2,8})?\s?[:：]?)?\W*"
# Images and the fields of forms, as text browsers show them.
_BOXES = re.compile(r"(?:\s*(?:\[\d{1,3}\])?(?:\[[^\]]{0,40}\]|【[^】]{1,8}】(?!$)|(?<=】)【[^】]{1,8}】))+")
# One of them with words alone may be what was heard: "[Applause]", "[inaudible]".
_HEARD = re.compile(r"\[[^\W_](?:[^\]_]*[^\W_])?[.!?…]?\]")
_WIDEST = 160
_LONGEST_FILE = 10


def is_box(text: str) -> bool:
    """Whether a line is an image or a field of a form, as text browsers show them."""
    return _BOXES.fullmatch(text) is not None and not _was_heard(text)


def may_be_pressed(text: str, buttons: tuple[str, ...]) -> bool:
    """Whether a line is a button; its first word tells of most lines that they are none."""
    if len(text) > _WIDEST:
        return False
    label = BEFORE_LABEL.sub("", text) if "[" in text else text
    first = _FIRST_WORD.search(label)
    if first and first[0].casefold() not in _first_words(buttons) and not _begins_sizes().match(label):
        return False
    return is_button(label, labels_of(buttons))


@lru_cache(maxsize=64)
def _first_words(buttons: tuple[str, ...]) -> frozenset[str]:
    """The letters that a button, a row of them or a label beside them begins with."""
    labels = (*labels_of(buttons), *networks.listed()["beside"], *networks.listed()["names"])
    return frozenset(first[0] for label in labels if (first := _FIRST_WORD.search(label)))


def _was_heard(text: str) -> bool:
    """Whether words in brackets may be part of a record of what was said, and are no image and no file."""
    if _image().match(text) or networks.leads_elsewhere(text):
        return False
    return _HEARD.fullmatch(text) is not None


@lru_cache(maxsize=64)
def labels_of(buttons: tuple[str, ...]) -> frozenset[str]:
    """What readers may press, as a line is compared with it."""
    return frozenset(map(as_listed, buttons))


def is_button(text: str, buttons: Collection[str]) -> bool:
    """Whether a line is a button, a row of them, or one that names what it takes along or where to.

    A number in it counts as ``#``: "3 min read", "Print (2)".
    """
    label = as_listed(text)
    if label in buttons:
        return True
    if ends_sentence(text) and text[-1] != "…":
        return False
    return _sizes().fullmatch(text) is not None or _begins_with_button(text, label, buttons)


def _begins_with_button(text: str, label: str, buttons: Collection[str]) -> bool:
    """Whether a button stands first, with what it takes along or where to, or a row of them."""
    parts = _ASIDE.sub("", label).split(" ")
    for at in range(1, min(len(parts), labels.LONGEST + 1)):
        if " ".join(parts[:at]) in buttons and _leads(" ".join(parts[at:]), text):
            return True
    begun, _, behind = label.partition(":")
    begun = begun.rstrip()
    if begun in buttons and networks.leads_elsewhere(behind):
        return True
    pieces = [as_listed(piece) for piece in _PARTED.split(behind if behind and begun in buttons else label)]
    if len(pieces) == 1 and begun not in buttons:
        return _are_buttons(parts, buttons)
    beside = networks.listed()["beside"]
    return all(
        piece in buttons or piece in beside or _sizes().fullmatch(piece) or networks.is_network(piece)
        for piece in pieces
        if piece
    )


def _leads(behind: str, text: str) -> bool:
    """Whether what stands behind a button names a network, or a file."""
    return networks.is_network(behind) or (networks.names_file(text) and words(text) <= _LONGEST_FILE)


def _are_buttons(parts: Sequence[str], buttons: Collection[str]) -> bool:
    """Whether words are several buttons one after the other, with the networks that they lead to."""
    beside = networks.listed()["beside"]
    at = count = 0
    while at < len(parts):
        ends = range(min(len(parts), at + labels.LONGEST), at, -1)
        begun = ((end, " ".join(parts[at:end])) for end in ends)
        end = next((end for end, label in begun if label in buttons or label in beside), 0)
        if not end:
            return False
        at, count = end, count + 1
        while at < len(parts) and networks.is_network(parts[at]):
            at += 1
    return count > 1


def as_listed(text: str) -> str:
    """A label as the lists of buttons have it."""
    parted = _BRACKETS.sub(" ", _BRACKETED.sub(" | ", text))
    plain = _DIGITS.sub("#", _COLON.sub(":", parted)).casefold()
    return plain.strip(" \t\u00a0()<>|:→›»…").replace("\u00a0", " ").removesuffix(" (#")


@cache
def _image() -> re.Pattern[str]:
    return re.compile(rf"(?i)\[{one_of(everywhere().images)}\b")


@cache
def _sizes() -> re.Pattern[str]:
    """The sizes a page may be read in, after some words for that perhaps: "字号：[ 大 中 小 ]", "A+ A A-"."""
    return re.compile(rf"{_OF_SIZES}{_size()}(?:[\s/|·、【】\[\]]+{_size()}){{1,4}}\W*")


@cache
def _begins_sizes() -> re.Pattern[str]:
    return re.compile(rf"\W*{_OF_SIZES}{_size()}[\s/|·、【】\[\]]")


def _size() -> str:
    return f"{one_of(everywhere().sizes)}[+＋−-]?"
