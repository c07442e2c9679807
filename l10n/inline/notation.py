"""The notation of codes in a source or target, read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from l10n.inline.runs import CLOSE, LONE, OPEN, TEXT, Role
from l10n.model import Code

_LITERAL = re.compile(r"<(\\*/?\d+/?>)")
_TOKEN = re.compile(r"<(?:(?P<close>/)?(?P<number>\d+)(?P<lone>/)?|\\(?P<literal>\\*/?\d+/?))>")
_END = re.compile(r"</?\d+/?>")


def escape_literal(text: str) -> str:
    """Escape literal text that looks like a code."""
    return _LITERAL.sub(r"<\\\1", text) if "<" in text else text


class Token(NamedTuple):
    """A piece of a source or target: words, or one end of a code.

    ``number`` is 0 for words.  ``start`` and ``end`` are offsets in the text it was read from.
    """

    text: str
    number: int = 0
    role: Role = TEXT
    start: int = 0
    end: int = 0


# The same for tokens, of which a release has a few in each segment and language.
_token = tuple.__new__


def tokens(text: str) -> tuple[Token, ...]:
    """Split a source or target into words, unescaped, and codes."""
    if "<" not in text:
        return (_token(Token, (text, 0, TEXT, 0, len(text))),) if text else ()
    return _coded(text)


# A page's targets are compared with their sources, repaired and written, one after the other.
@lru_cache(maxsize=4096)
def _coded(text: str) -> tuple[Token, ...]:
    out: list[Token] = []
    at = begin = 0
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        close, number, lone, literal = match.groups()
        words.append(text[at:start])
        at = end
        if literal is not None:
            words.append(f"<{literal}>")
            continue
        if joined := "".join(words):
            out.append(_token(Token, (joined, 0, TEXT, begin, start)))
        words.clear()
        begin = end
        role = CLOSE if close else LONE if lone else OPEN
        out.append(_token(Token, (match[0], int(number), role, start, end)))
    words.append(text[at:])
    if joined := "".join(words):
        out.append(_token(Token, (joined, 0, TEXT, begin, len(text))))
    return tuple(out)


def code_tokens(text: str) -> tuple[str, ...]:
    """The codes of a source or target as written there, in order."""
    return tuple(token.text for token in _coded(text) if token.number) if "<" in text else ()


def codes_of(source: str) -> tuple[Code, ...]:
    """The codes in a source, without their markup: enough to validate a target."""
    return tuple(
        Code(token.number, "", "", "" if token.role is OPEN else None)
        for token in tokens(source)
        if token.role is OPEN or token.role is LONE
    )


def plain(text: str, codes: Iterable[Code] = ()) -> str:
    """The visible text of a source or target, including the values of lone codes."""
    if "<" not in text:
        return text
    values = {code.number: code.value for code in codes if code.value}
    if not values and "<\\" not in text:
        return _END.sub("", text)
    return "".join(
        token.text if token.role is TEXT else values.get(token.number, "") if token.role is LONE else ""
        for token in tokens(text)
    )


def words_only(text: str, change: Callable[[str], str]) -> str:
    """Apply ``change`` to the words of a source or target, but not to its codes."""
    return "".join(
        escape_literal(change(token.text)) if token.role is TEXT else token.text for token in tokens(text)
    )


def renumbered(text: str, shift: int) -> str:
    """A source or target with ``shift`` added to the number of every code."""
    if not shift:
        return text
    marks = {OPEN: "<{}>", CLOSE: "</{}>", LONE: "<{}/>"}
    return "".join(
        escape_literal(token.text) if token.role is TEXT else marks[token.role].format(token.number + shift)
        for token in tokens(text)
    )
