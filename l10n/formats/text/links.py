"""The numbers that text browsers put before links, and the list of addresses they put below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.formats.text.lines import BLANK, RULE, Line
from l10n.inline import LONE, Run, text_run

LINK_NUMBER = "link number"
"""The label of the code that stands for the number before a link."""
BEFORE_LABEL = re.compile(r"\[\d{1,3}\](?=\S)")
"""Such a number, at whatever label it stands."""
_NUMBER = re.compile(r"\[(\d{1,3})\](?=[^\s\[(:]|$)")
_ADDRESS = re.compile(r"(?:\[?(?P<number>\d{1,3})[.\]]\s+)?(?:[a-z][a-z+.-]{1,10}:\S+|/\S*)")
_HEAD = re.compile(r"(?:#|Link: )\[\d{1,3}\]")
_HEADINGS = frozenset({"references", "visible links", "hidden links", "visible links:", "hidden links:"})


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the list of addresses that ``lynx -dump`` writes at the end as rules.

    Each has the number of a link of the text, counted from one, and its heading is "References".  So are
    the links of the page's head, which stand before the text.
    """
    start = _listed(lines)
    if start == len(lines):
        return [*lines]
    above = (
        line._replace(shape=RULE, marker="") if _HEAD.match(line.content) else line for line in lines[:start]
    )
    listed = (line._replace(shape=RULE, marker="") if line.content else line for line in lines[start:])
    return [*above, *listed]


def numbered(lines: Sequence[Line]) -> bool:
    """Whether the text before a list of addresses has their numbers before its links."""
    start = _listed(lines)
    return start < len(lines) and any(_NUMBER.search(line.content) for line in lines[:start])


def _listed(lines: Sequence[Line]) -> int:
    """Where the heading of a list of addresses stands; the end of the text when there is none."""
    at = len(lines) - 1
    addresses = 0
    while at >= 0:
        line = lines[at]
        if line.content.casefold() in _HEADINGS:
            return at if addresses else len(lines)
        if line.shape is not BLANK:
            if not _ADDRESS.fullmatch((line.before + line.content).strip()):
                break
            addresses += 1
        at -= 1
    return len(lines)


def runs(text: str) -> Iterator[Run]:
    """Text with the number before each link as a code."""
    at = 0
    for match in _NUMBER.finditer(text):
        if match.start() > at:
            yield text_run(text[at : match.start()])
        yield Run(match.group(), "", LONE, "link", LINK_NUMBER)
        at = match.end()
    if at < len(text):
        yield text_run(text[at:])
