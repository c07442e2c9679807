"""HTML inside Markdown: its words are found and written by the HTML format.

A segment of such words carries the HTML format's own place behind the word "html", or
"html-inline" where the tag stands in a line of Markdown.  The HTML format is found by its name
in the table of formats, as anybody finds it: no format imports another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from l10n import inline
from l10n.formats import FORMATS
from l10n.formats.markdown import titles
from l10n.model import Hole, Kind, Segment, Unit

PLACES = ("html ", "html-inline ")

_WORDS = re.compile(
    r"(?:alt|title|placeholder|aria-[a-z]+|label|value|text|heading|description|caption|tooltip|summary)"
    r"[ \t\r\n]*=",
    re.IGNORECASE,
)
_LOCKS = re.compile(r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=[^=>]*\bnotranslate\b", re.IGNORECASE)
_PARSED = re.compile(r"\bmarkdown\s*=\s*[\"']?(?:1|block|span|true)\b|\bmarkdown(?=[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>")
_VOID = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr", re.IGNORECASE)
_SIGNS = "$|` \t\xa0:!?=[%~^+@"
_FIRST = 0xFDD0  # the first of the noncharacters, which no text holds
_UNSAFE = re.compile(
    r"\$(?=\$|\Z)|\A\$|(?<=\$)\$|\A(?::(?=::)|!(?=!!)|\?(?=\?\?)|=(?===))|" + titles.DIALECTS
)
_UNSAFE_INLINE = re.compile(rf"[$|`]|{titles.DIALECTS}")
_ANYTHING = re.compile(r"[ \t\xa0]")
_MARKED = re.compile("[\ufdd0-\ufddf]")
_NO_MARKS = dict.fromkeys(range(_FIRST, _FIRST + 32), "\ufffd")


@dataclass(frozen=True, slots=True)
class Lock:
    """An element that says "do not translate" and is still open; ``depth`` counts its like in it."""

    name: str
    depth: int = 1


def still_locked(lock: Lock | None, html: str) -> Lock | None:
    """The lock that holds after a stretch of HTML."""
    if lock is None and not _LOCKS.search(html):
        return None
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        opens = not tag["close"]
        if lock and name == lock.name:
            depth = lock.depth + (1 if opens else -1)
            lock = Lock(name, depth) if depth else None
        elif not lock and opens and locks(tag.group()) and not _VOID.fullmatch(name):
            lock = Lock(name)
    return lock


def locks(tag: str) -> bool:
    """Whether a tag says that nobody translates what it encloses."""
    return _LOCKS.search(tag) is not None


def asks_for_markdown(tag: str) -> bool:
    """Whether a tag asks for its inside to be read as Markdown."""
    match = _TAG.match(tag)
    return match is not None and _PARSED.search(match["rest"] + ">") is not None


def block(html: str, locale: str) -> tuple[str | Unit, ...]:
    """A block of HTML taken apart; lines are counted from its own first one.

    One that asks for its inside to be read as Markdown is left alone: what reads it so is not
    CommonMark.
    """
    if asks_for_markdown(html.lstrip()):
        return (html,)
    return tuple(_taken_apart(html, locale, PLACES[0]))


def holes(tag: str, locale: str) -> tuple[Hole, ...]:
    """The words in the attributes of a tag that stands in a line."""
    if not _WORDS.search(tag):
        return ()
    out: list[Hole] = []
    at = 0
    for part in _taken_apart(tag, locale, PLACES[1]):
        if isinstance(part, str):
            at += len(part)
            continue
        end = at + len(part.raw)
        if part.kind is Kind.ATTRIBUTE and part.segments[0].place.startswith(f"{PLACES[1]}attribute"):
            out.append(Hole(at, end, part))
        at = end
    return tuple(out)


def _taken_apart(html: str, locale: str, prefix: str) -> Iterator[str | Unit]:
    for part in FORMATS.get("html").extract(html, path="", locale=locale):
        yield part if isinstance(part, str) else _prefixed(part, prefix)


def _prefixed(unit: Unit, prefix: str) -> Unit:
    """A unit whose segments, also those in the holes of its codes, are known to be HTML."""
    return replace(
        unit,
        parts=tuple(
            part
            if isinstance(part, str)
            else replace(
                part,
                place=prefix + part.place,
                codes=tuple(
                    replace(
                        code,
                        holes=tuple(replace(hole, unit=_prefixed(hole.unit, prefix)) for hole in code.holes),
                    )
                    if code.holes
                    else code
                    for code in part.codes
                ),
            )
            for part in unit.parts
        ),
    )


def encode(unit: Unit, segment: Segment, target: str, column: int) -> str:
    """A target as the HTML format writes it, and so that Markdown sees nothing in it either.

    Raises CodeError when its codes are not those of the source.
    """
    prefix, _, place = segment.place.partition(" ")
    format_, html_segment = FORMATS.get("html"), replace(segment, place=place)
    if not place.startswith(("text", "attribute", "rcdata")):
        return format_.encode(unit, html_segment, target, column)
    unsafe = _UNSAFE_INLINE if prefix == "html-inline" else _UNSAFE
    if not target.strip():
        unsafe = _ANYTHING
    marked = inline.words_only(target, lambda words: unsafe.sub(_mark, words.translate(_NO_MARKS)))
    written = format_.encode(unit, html_segment, marked, column)
    return _MARKED.sub(lambda match: f"&#{ord(_SIGNS[ord(match.group()) - _FIRST])};", written)


def _mark(match: re.Match[str]) -> str:
    """A noncharacter in place of a sign: the HTML format lets it pass, and it becomes a reference."""
    return chr(_FIRST + _SIGNS.index(match.group()))
