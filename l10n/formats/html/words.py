"""Turn a stretch of text, as the file spells it, into runs, as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n import inline
from l10n.formats import merge_tags
from l10n.formats.html import expressions
from l10n.formats.html.entities import REFERENCE, reference
from l10n.inline import (
    LONE,
    TEXT,
    VALUE,
    Run,
)
from l10n.patterns import lazy_pattern

OWN_NAME = "name of the page's own"

# What ends at the next opening of its own kind is not an expression: so each is looked at once.
EXPRESSION = (
    r"\{\{\{[^{}]*+\}\}\}|\{\{\$\{[^{}]*+\}(?:[^{}]*+)\}\}"
    r"|\{\{(?!\{[^{}]*+\}\}(?!\}))(?:[^{}]|\{(?!\{)|\}(?!\}))*+\}\}"
    r"|\{%(?:[^{%]|\{(?!%)|%(?!\}))*+%\}"
    r"|\{\#(?:[^{#]|\{(?!\#)|\#(?!\}))*+\#\}"
    r"|<%(?:[^<%]|<(?!%)|%(?!>))*+%>"
    r"|<\?(?:[^<?]|<(?!\?)|\?(?!>))*+\?>"
)
# A block of a template begins, names a value or ends; its signs are as ``expressions`` hides them.
_FLOW = r"@let[^\x05;@]*+\x05[^;@]*+;|@[a-z]{2,11}+[^\x06\x07@]*+\x06|\x07"
_ATOM = (
    r"(?P<space>[ \t\n\f\r]{2,}|[\t\n\f\r]|(?<=[.!?…])\u200b[ \t\n\f\r]+)"
    rf"|(?P<reference>{REFERENCE.pattern})"
    r"|(?P<own>&\x10[^\s&;]++;)"
    rf"|(?P<flow>{_FLOW})"
    r"|(?P<control>[\x00-\x08\x0b\x0e-\x1f\x7f]+)"
    rf"|(?P<expression>{EXPRESSION})"
)
_SPECIAL = re.compile(_ATOM)
_SPECIAL_OR_TAG = lazy_pattern(rf"{_ATOM}|(?P<tag>{merge_tags.PATTERN})")
# Both begin with a plain class of characters, which is what `re` looks for quickly.
_ODD = re.compile(
    rf"[&{{<\u200b\x00-\x08\x0b\x0e-\x1f\x7f{merge_tags.BEGINS}](?:(?<![{merge_tags.BEGINS}])|{merge_tags.MAY_BEGIN})"
)
_FOLDED = re.compile(r"[ \t\n\f\r](?:(?<! )|(?=[ \t\n\f\r]))[ \t\n\f\r]*+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SHOWS = re.compile(r"\{\{|<%=|<\?(?:=|php\s+echo\b)")


def runs(raw: str, *, attribute: bool = False) -> list[Run]:
    """The runs of a text, an attribute value or the inside of a title.

    White space that is not exactly one plain space reads as one, with the space without width that
    SharePoint writes between a full stop and it; a control character reads as nothing; template
    expressions, merge tags, addresses, e-mails and phone numbers are locked.
    """
    if not _ODD.search(raw):
        return list(locked(folded(raw))) if inline.may_hold_values(raw) else folded(raw)
    out: list[Run] = []
    plain: list[Run] = []
    for run in _atoms(raw, attribute=attribute):
        if run.role is TEXT:
            plain.append(run)
        else:
            out.extend(locked(plain))
            plain.clear()
            out.append(run)
    out.extend(locked(plain))
    return out


def unmarked(raw: str) -> str | None:
    """What a reader sees of words that only their white space sets apart, None for any others."""
    if not are_plain(raw):
        return None
    return _FOLDED.sub(" ", raw) if _is_folded(raw) else raw


def are_plain(raw: str) -> bool:
    """Whether ``runs`` would find nothing in words but white space to fold."""
    return not (_ODD.search(raw) or inline.may_hold_values(raw))


def _is_folded(raw: str) -> bool:
    """Whether some white space is not exactly one plain space; the search for one sign is the quickest."""
    return "\n" in raw or "  " in raw or "\t" in raw or "\r" in raw or "\f" in raw


def expression(raw: str) -> Run:
    """A template expression: a value where it shows something, otherwise lone markup."""
    if _SHOWS.match(raw):
        return Run(raw, expressions.closed(raw), VALUE, "expression", "template expression")
    return Run(raw, "", LONE, "expression", "template expression")


def folded(raw: str) -> list[Run]:
    """The runs of words whose only specialty is their white space."""
    if not _is_folded(raw):
        return [inline.text_run(raw)] if raw else []
    out: list[Run] = []
    at = 0
    for match in _FOLDED.finditer(raw):
        start, end = match.span()
        if start > at:
            out.append(inline.text_run(raw[at:start]))
        out.append(inline.read_run(raw[start:end], " "))
        at = end
    if at < len(raw):
        out.append(inline.text_run(raw[at:]))
    return out


def _atoms(raw: str, *, attribute: bool) -> Iterator[Run]:
    at = 0
    special = _SPECIAL_OR_TAG() if merge_tags.may_be_in(raw) else _SPECIAL
    for match in special.finditer(raw):
        kind, start, end = match.lastgroup, match.start(), match.end()
        text = ""
        if kind == "space":
            text = " "
        elif kind == "reference":
            length, text = reference(match.group(), raw[end : end + 1], attribute=attribute)
            end, text = start + length, _CONTROL.sub("", text)
            if not length:
                continue
        if start > at:
            yield inline.text_run(raw[at:start])
        if kind in {"expression", "flow"}:
            yield expression(match.group())
        elif kind == "own":
            yield Run(
                match.group(), match.group().replace("\x10", ""), VALUE, "name", "name of the page's own"
            )
        elif kind == "tag":
            yield merge_tags.run(match.group())
        else:
            yield inline.read_run(raw[start:end], text)
        at = end
    if at < len(raw):
        yield inline.text_run(raw[at:])


def locked(plain: Sequence[Run]) -> Sequence[Run]:
    """Text runs with the values a reader sees in them locked, however the file spells them."""
    if len(plain) == 1 and plain[0].raw == plain[0].text:
        return inline.split_locked_values(plain[0].raw)
    pieces = inline.split_locked_values("".join(run.text for run in plain))
    if all(run.role is TEXT for run in pieces):
        return tuple(plain)
    out: list[Run] = []
    rest = list(reversed(plain))
    missing = 0
    for piece in pieces:
        missing += len(piece.raw)
        taken: list[Run] = []
        while missing > 0:
            run, missing = inline.take_words(rest, missing)
            taken.append(run)
        if piece.role is TEXT:
            out.extend(taken)
        elif taken:
            raw = "".join(run.raw for run in taken)
            out.append(Run(raw, piece.text, VALUE, piece.name, piece.label))
    return [*out, *reversed(rest)]
