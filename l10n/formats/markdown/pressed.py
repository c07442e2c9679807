"""A page's HTML with holes: parsed once for all languages, and filled without parsing again.

A target becomes HTML by putting its words and codes in order, each code as ``probing`` found it.  A target
that is not of the plainest kind makes its page be rendered in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n import inline
from l10n.formats import Body, Targets, Written
from l10n.formats.filling import need_space
from l10n.formats.markdown.probing import Key, Parts, Place, distinct, places, slots, written
from l10n.inline import Role
from l10n.model import Document, Segment

# What is written in more than one way: controls, line ends, marks; and spaces at an edge or in a row.
_UNUSUAL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ue000\ue001\ufdd0-\ufdef]")


class _Full(Exception):
    """This page has to be rendered in full."""


def body_of(document: Document, full: Body, keys: Mapping[Key, Key] | None = None) -> Written:
    """What gives a document's body for any targets; ``full`` does so by rendering.

    It is asked where a segment has no target, or none of the plainest kind.  ``keys`` leads from the keys
    of the document to those of the targets, where these are others.
    """
    segments = distinct(document)
    parts = places(document, segments)
    if parts is None:
        return Written(full)
    if any(need_space(segments[one].source, segments[other].source) for one, other in _touching(parts)):
        return Written(full)  # a space was forgotten there, and the source goes without it
    target_keys = [segment.key if keys is None else keys[segment.key] for segment in segments]

    def body(targets: Targets, mark: tuple[str, str]) -> str:
        out: list[str] = []
        try:
            _fill(parts, [targets.get(key, "") for key in target_keys], out.append)
        except _Full:
            return full(targets, mark)
        return "".join(out)

    return Written(body, _weaving(parts, segments).woven)


def _fill(parts: Parts, targets: Sequence[str], put: Callable[[str], None]) -> None:
    """The parts with targets by the numbers of their segments."""
    before = ""
    for part in parts:
        if isinstance(part, str):
            put(part)
            before = "" if part else before
            continue
        target = targets[part.number]
        if not target or _unusual(target):
            raise _Full
        if before and need_space(before, target):
            put(" ")
        before = target
        if not part.codes and "<" not in target:
            put(written(target, in_tag=part.in_tag))
            continue
        tokens = inline.tokens(target)
        if part.order and part.order != tuple(token.text for token in tokens if token.number):
            raise _Full
        for token in tokens:
            if token.role is Role.TEXT:
                put(written(token.text, in_tag=part.in_tag))
            elif token.text in part.codes:
                _fill(part.codes[token.text], targets, put)
            else:
                raise _Full


def _touching(parts: Parts) -> Iterator[tuple[int, int]]:
    """The numbers of segments between which nothing stands, as in Chinese and Japanese."""
    before = None
    for part in parts:
        if isinstance(part, str):
            before = None if part else before
            continue
        if before is not None:
            yield before, part.number
        before = part.number
        for code in part.codes.values():
            yield from _touching(code)


def _unusual(target: str) -> bool:
    if target[0].isspace() or target[-1].isspace() or "  " in target:
        return True
    return not target.isprintable() and _UNUSUAL.search(target) is not None


@dataclass(frozen=True, slots=True)
class _Weaving:
    """The HTML as a row of pieces with a run of words between each two.

    ``order`` has the index of each run among all words of the document, None where it is their own;
    ``in_tags`` are the runs in it that stand in an attribute's value, ``touching`` those that begin a segment
    where another ends.
    """

    pieces: tuple[str, ...]
    order: tuple[int, ...] | None
    in_tags: tuple[int, ...]
    touching: tuple[int, ...]

    def woven(self, words: Sequence[str]) -> str:
        """The HTML with all words of the document, none of which has a line's end."""
        runs = written("\n".join(words), in_tag=False).split("\n")
        if self.order is not None:
            runs = [runs[at] for at in self.order]
        for at in self.in_tags:
            runs[at] = runs[at].replace('"', "&quot;")
        out = [""] * (2 * len(runs) + 1)
        out[::2], out[1::2] = self.pieces, runs
        for at in self.touching:
            if need_space(runs[at - 1] or ">", runs[at] or "<"):
                out[2 * at] = " "
        return "".join(out)


def _weaving(parts: Parts, segments: Sequence[Segment]) -> _Weaving:
    """The parts of a document in one row."""
    first: list[int] = []
    count = 0
    for segment in segments:
        first.append(count)
        count += 1 + len(slots(segment))
    pieces, order, in_tags, touching = [""], list[int](), list[int](), list[int]()

    def put(some: Parts) -> None:
        is_behind = False
        for part in some:
            if isinstance(part, str):
                pieces[-1] += part
                is_behind = is_behind and not part
                continue
            if is_behind:
                touching.append(len(order))
            is_behind = True
            hole(part, 0)
            for slot, code in enumerate(part.codes.values(), 1):
                put(code)
                hole(part, slot)

    def hole(part: Place, slot: int) -> None:
        if part.in_tag:
            in_tags.append(len(order))
        order.append(first[part.number] + slot)
        pieces.append("")

    put(parts)
    in_order = order == list(range(count))
    return _Weaving(tuple(pieces), None if in_order else tuple(order), tuple(in_tags), tuple(touching))
