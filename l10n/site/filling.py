"""Validate and repair all targets of a page as one text, one segment to a line.

This works for pages whose targets are all approved and have their codes in the order of the source, which
is nearly all of them; any other page is filled segment by segment (``publishable_targets``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n import inline
from l10n.formats import Targets
from l10n.site.typography import BLOCK, BREAK, OBJECT, TAG, may_need_repair, repair_blocks

Key = tuple[str, str]
# A line's end stands between two segments.
_BETWEEN = re.compile(r"(\n|</?\d+/?>)")
_CODE = re.compile(r"(</?\d+/?>)")
_UNUSUAL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ue000\ue001\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Filling:
    """The repaired targets of a page by the keys of its segments, and the same as runs of words.

    ``words`` are the runs between the codes of each segment, None where a blank stands where the writer
    of a page has to look at it.
    """

    targets: Targets
    words: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Form:
    """The sequence of codes and line breaks that the joined targets must show, from the sources.

    ``keys`` are those of the segments in the file, block by block, and ``repaired`` those in its repaired
    document.  ``marks`` are the codes and line ends between two runs of words: the ``codes`` with the number
    of line ``ends`` before, between and after them; ``signs`` is what each is to typography.  Where a
    segment stands in several blocks, ``once`` are the indexes of the runs without those that come again.
    """

    keys: tuple[Key, ...]
    repaired: tuple[Key, ...]
    marks: Sequence[str]
    codes: Sequence[str]
    ends: Sequence[int]
    signs: Sequence[str]
    once: Sequence[int] | None

    def filled(self, approved: Targets, locale: str) -> Filling | None:
        """A page from the approved targets of a catalogue; None where each has to be looked at."""
        try:
            text = "\n".join([approved[key] for key in self.keys])
        except KeyError:
            return None
        words = self._words(text)
        if words is None or inline.may_hold_values(text):
            return None
        if may_need_repair(text, locale):
            words = repair_blocks(words, self.signs, locale)
            parts = [""] * (len(words) + len(self.marks))
            parts[::2], parts[1::2] = words, self.marks
            text = "".join(parts)
        return self._filling(text, words)

    def in_source(self) -> Filling | None:
        """The page in the source's own words, which are repaired already."""
        text = "\n".join([source for _, source in self.repaired])
        words = self._words(text)
        return None if words is None else self._filling(text, words)

    def renamed(self, keys: Mapping[Key, Key]) -> Form | None:
        """The form of the repaired document, to whose keys ``keys`` lead; None where two became one."""
        repaired = tuple([keys[key] for key in self.keys])
        return replace(self, repaired=repaired) if len({*keys.values()}) == len(keys) else None

    def _words(self, text: str) -> list[str] | None:
        """The runs of words between codes and line ends, None for a text of another form."""
        bare = text.replace("\n", "")
        if "<\\" in text or (not bare.isprintable() and _UNUSUAL.search(bare)):
            return None
        # Most lines have no code, and to split at one sign is much quicker than at one of two.
        pieces = _CODE.split(text)
        runs = pieces[::2]
        if pieces[1::2] != self.codes or [run.count("\n") for run in runs] != self.ends:
            return None
        return "\n".join(runs).split("\n")

    def _filling(self, text: str, words: Sequence[str]) -> Filling | None:
        """What is filled in; None where a segment would be repaired in two ways."""
        lines = text.split("\n")
        targets = dict(zip(self.repaired, lines, strict=True))
        if self.once is not None:
            if [targets[key] for key in self.repaired] != lines:
                return None
            words = [words[at] for at in self.once]
        plain = "  " not in text and all(lines) and [line.strip() for line in lines] == lines
        return Filling(targets, words if plain else None)


def form(keys: Mapping[Key, Key], rows: Iterable[tuple[Key, ...]]) -> Form | None:
    """The form of a release; ``keys`` leads from those in the file, ``rows`` are those of each block.

    None where two sources became one.
    """
    blocks = tuple(dict.fromkeys(row for row in rows if row))
    repaired = tuple(key for row in blocks for key in row)
    originals = {repaired_key: key for key, repaired_key in keys.items()}
    if len(originals) != len(keys) or originals.keys() != set(repaired):
        return None
    text = "\n".join(source for _, source in repaired)
    marks = _BETWEEN.findall(text)
    if "<\\" in text or marks.count("\n") != len(repaired) - 1:
        return None
    ends = iter("".join(BREAK * (len(row) - 1) + BLOCK for row in blocks))
    signs = [next(ends) if mark == "\n" else OBJECT if mark.endswith("/>") else TAG for mark in marks]
    pieces = _CODE.split(text)
    line_ends = [run.count("\n") for run in pieces[::2]]
    return Form(
        tuple([originals[key] for key in repaired]),
        repaired,
        marks,
        pieces[1::2],
        line_ends,
        signs,
        _once(repaired, marks),
    )


def _once(keys: Sequence[Key], marks: Sequence[str]) -> tuple[int, ...] | None:
    """The indexes of the runs of each segment where it stands first, None where none stands twice."""
    if len(set(keys)) == len(keys):
        return None
    indexes: list[int] = []
    seen: set[Key] = set()
    ends = [at for at, mark in enumerate(marks) if mark == "\n"]
    for key, start, end in zip(keys, [0, *(at + 1 for at in ends)], [*ends, len(marks)], strict=True):
        if key not in seen:
            indexes.extend(range(start, end + 1))
            seen.add(key)
    return tuple(indexes)
