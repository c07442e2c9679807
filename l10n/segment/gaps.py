"""What stands between two sentences that become one, and what is taken in beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from l10n import inline
from l10n.errors import UsageError
from l10n.inline import Role, Run
from l10n.segment.edges import reads_references, reads_tags
from l10n.segment.spelling import PREFIX, REFERENCE, SPACE

_HARD_BREAK = re.compile(r" {2,}\r?\n")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_LONE = frozenset({"br", "hr", "img", "wbr"})
_DELIMITER = re.compile(r"\*{1,2}(?!\*)|_{1,2}(?!_)|~~(?!~)")
_LABELS = {
    "a": "link", "b": "bold", "br": "line break", "em": "emphasis", "i": "italic", "img": "image",
    "strong": "bold",
}  # fmt: skip
_DELIMITERS = {"*": "emphasis", "_": "emphasis", "**": "bold", "__": "bold", "~~": "struck out"}
_MARKUP = re.compile(r"[<>&{}\[\]`*_~\\|$]")


def runs(text: str, syntax: str, unseen: str, *, dense: bool) -> Iterator[Run]:
    """What stands between two sentences: white space, marks, line breaks, ends of pairs.

    ``unseen`` is a pattern for what shows nothing, "" for none.  ``dense``: the text around it
    parts no words, so that a line's end there reads as nothing.  Raises UsageError for anything
    else.
    """
    at, spaced = 0, False
    while at < len(text):
        run = (
            _unseen(text, at, unseen)
            or _space(text, at, syntax, dense=dense)
            or _reference(text, at, syntax)
            or _tag(text, at, syntax)
            or _delimiter(text, at, syntax, opens=spaced)
            or _mark(text, at, syntax)
        )
        yield run
        spaced = run.role is Role.TEXT and (run.text or " ")[-1].isspace()
        at += len(run.raw)


def _unseen(text: str, at: int, unseen: str) -> Run | None:
    match = re.compile(unseen).match(text, at) if unseen else None
    return Run(match[0], "") if match else None


def _space(text: str, at: int, syntax: str, *, dense: bool) -> Run | None:
    match = SPACE.match(text, at)
    if match is None:
        return None
    raw = match[0]
    if "\n" in raw and syntax != "html" and (prefix := PREFIX.match(text, match.end())):
        raw += prefix[0]
    if syntax == "markdown" and _HARD_BREAK.match(raw):
        return Run(raw, "", Role.LONE, "break", "line break")
    return Run(raw, "" if dense and "\n" in raw else " ")


def _reference(text: str, at: int, syntax: str) -> Run | None:
    match = REFERENCE.match(text, at) if reads_references(syntax) else None
    decoded = unescape(match[0]) if match else ""
    if match is None or decoded == match[0] or any(map(str.isalnum, decoded)):
        return None
    return Run(match[0], decoded)


def _tag(text: str, at: int, syntax: str) -> Run | None:
    tag = _TAG.match(text, at) if reads_tags(syntax) else None
    if tag is None:
        return None
    name = tag[2].lower()
    role = Role.LONE if name in _LONE else Role.CLOSE if tag[1] else Role.OPEN
    return Run(tag[0], "", role, name, label(name))


def _delimiter(text: str, at: int, syntax: str, *, opens: bool) -> Run | None:
    mark = _DELIMITER.match(text, at) if syntax == "markdown" else None
    if mark is None:
        return None
    return Run(mark[0], "", Role.OPEN if opens else Role.CLOSE, mark[0], _DELIMITERS[mark[0]])


def label(name: str) -> str:
    """What a pair of codes or a lone one is called for a translator."""
    return _DELIMITERS.get(name) or _LABELS.get(name, name)


def _mark(text: str, at: int, syntax: str) -> Run:
    char = text[at]
    if char.isalnum() or (syntax != "text" and _MARKUP.match(char)):
        raise UsageError(
            f"{text.strip()[:40]!r} stands between the two segments",
            remedy="Only sentences with just spaces, marks and simple markup between them can be joined.",
        )
    return inline.text_run(char)


def ends_outside(
    gap: Sequence[Run], before: str, after: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The openings right before the first segment and closings right after the second that the gap lacks."""
    partner = inline.pairs(gap)
    alone = [
        run for index, run in enumerate(gap) if run.role in {Role.OPEN, Role.CLOSE} and index not in partner
    ]
    opening: list[tuple[str, str]] = []
    for run in (run for run in alone if run.role is Role.CLOSE):
        raw = _at_end(before, run.name)
        before = before[: len(before) - len(raw)]
        opening.insert(0, (run.name, raw))
    closing: list[tuple[str, str]] = []
    for run in reversed([run for run in alone if run.role is Role.OPEN]):
        raw = _at_start(after, run.name)
        after = after[len(raw) :]
        closing.append((run.name, raw))
    return opening, closing


def _at_end(text: str, name: str) -> str:
    """The opening of a name that a text ends with, and the white space after it."""
    solid = text.rstrip()
    if name in _DELIMITERS:
        if solid.endswith(name) and not solid[: -len(name)].endswith(name[0]):
            return text[len(solid) - len(name) :]
        raise breaks_pair()
    at = solid.rfind("<")
    tag = _TAG.fullmatch(solid, at) if at >= 0 else None
    if tag is None or tag[1] or tag[2].lower() != name:
        raise breaks_pair()
    return text[at:]


def _at_start(text: str, name: str) -> str:
    """The closing of a name that a text starts with, and the white space before it."""
    blank = len(text) - len(text.lstrip())
    if name in _DELIMITERS:
        if text.startswith(name, blank) and not text.startswith(name[0], blank + len(name)):
            return text[: blank + len(name)]
        raise breaks_pair()
    tag = _TAG.match(text, blank)
    if tag is None or not tag[1] or tag[2].lower() != name:
        raise breaks_pair()
    return text[: tag.end()]


def breaks_pair() -> UsageError:
    """The error about a pair of codes that would be torn."""
    return UsageError(
        "markup that belongs together would be torn apart here",
        remedy="Choose a place where no link, bold or other markup is still open.",
    )
