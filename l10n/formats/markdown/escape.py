r"""Words become Markdown that reads as these words: as few escapes as are safe, and never one less.

Most signs mean something only beside certain others, so "C*", "AT&T", "n° 5", "(2024)" and
"snake_case" stay as they are.  Where a backslash would not do in every surrounding (templates
are read before Markdown, an unmatched backquote earlier in the block swallows backslashes) the
sign becomes an entity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import category

from l10n.formats.markdown import dialects
from l10n.formats.markdown.places import UNKNOWN

_BREAKS = re.compile(r"[\r\n]+")
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>&~|{}$@]|://|www\.|mailto:|xmpp:"
    # What is nobody's words to some readers: emoji, comments, and the name of a paragraph.
    rf"|=(?==)|(?<==)=|(?<![{dialects.LATIN}+])\+(?=\+\w)"
    r"|(?<![\w:/]):(?=[a-z+\-1][\w-]{0,40}:)|%(?=%)|(?<![^ \t])\^(?=[a-z0-9][a-z0-9-]*\Z)"
    # m^2^
    r"|\^(?=[^\s^]+\^)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"([0-9]+)([.)])(?=\s|\Z)")
_BEGINS = re.compile(r"[>=|:]|%[ \t]|!!!|\?\?\?|[-+*](?=\s|\Z)|-[-:|]|\+\+|\^{3}|#(?=[#\s]|\.\s|\Z)|\(@")
_CLOSING_HASHES = re.compile(r"(?:\A|(?<=\s))#+\Z")
_ENTITY = re.compile(r"&(?:#|[A-Za-z][A-Za-z0-9]*(?P<end>;|\Z))")
_ENTITY_TAIL = re.compile(r"[#0-9A-Za-z]*;")
_ENTITY_HEAD = re.compile(r"&[#0-9A-Za-z]*\Z")
_ALWAYS = {"`": "&#96;", "[": "\\[", "|": "\\|", "{": "&#123;", "}": "&#125;"}
_FIGURE = re.compile(rf"{dialects.FIGURE}\w")
_LATIN = re.compile(f"[{dialects.LATIN}]")
_MARK, _RULE = 2, 8  # signs in a row that mark words, and that are a rule
_DIGITS = "0123456789"
_SCHEMES = ("http", "https", "ftp")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around some words in the file.

    ``before`` and ``after`` end and begin with the characters they touch, "" for a blank or the
    block's edge.  ``busy`` are the signs that pair with others in this block.  In a ``heading`` a pipe
    above a row of dashes would make a table to some readers, even escaped.  ``hashed``: a line of the
    source begins with a ``#`` and no blank, which is a heading to some readers.  ``loose_less``: those of
    this file take a ``<`` before a blank or digit for a sign.  ``solid_*``: no blank may stand at that
    end; ``broken_*``: a blank or punctuation must.
    """

    before: str = ""
    after: str = ""
    busy: str = ""
    cell: bool = False
    line_start: bool = False
    heading: bool = False
    heading_end: bool = False
    hashed: bool = False
    loose_less: bool = False
    solid_start: bool = False
    solid_end: bool = False
    broken_start: bool = False
    broken_end: bool = False


def entity(sign: str) -> str:
    """A character as a numeric entity."""
    return f"&#{ord(sign)};"


def breaks(sign: str) -> bool:
    """Whether a character surely counts as a blank or as punctuation beside an emphasis."""
    return (
        sign == "" or sign in " \t\n" or (sign.isascii() and not sign.isalnum()) or category(sign)[0] == "P"
    )


def escape(words: str, around: Around) -> str:
    """Words as they can stand there."""
    words = _BREAKS.sub(" ", words)
    first = (around.solid_start and words[:1].isspace()) or (around.broken_start and not breaks(words[:1]))
    head = entity(words[0]) if first else ""
    words = words[1:] if first else words
    last = (around.solid_end and words[-1:].isspace()) or (around.broken_end and not breaks(words[-1:]))
    tail = entity(words[-1]) if last and words else ""
    words = words[:-1] if tail else words
    if not words:
        return head + tail
    if not head and not tail:
        return _changed(words, _near(words, around))
    inner = replace(
        around,
        before=head or around.before,
        after=tail or around.after,
        line_start=around.line_start and not head,
    )
    return head + _changed(words, inner) + tail


# A page that is taken apart has the same words put into all of its places.
@lru_cache(maxsize=512)
def _changed(words: str, around: Around) -> str:
    """Words with each sign that needs it escaped."""
    changes = dict(_signs(words, around))
    changes.update(_edges(words, around))
    if not changes:
        return words
    out: list[str] = []
    at = 0
    for index in sorted(changes):
        out.extend((words[at:index], changes[index]))
        at = index + 1
    out.append(words[at:])
    return "".join(out)


def _near(words: str, around: Around) -> Around:
    """The surroundings as far as they matter: of what stands before mostly the last character."""
    if len(around.before) < 2 or _ENTITY_TAIL.match(words):
        return around
    return replace(around, before=around.before[-1])


def _edges(words: str, around: Around) -> Iterator[tuple[int, str]]:
    """What must be escaped because it begins or ends the words: (index, what to write)."""
    if around.line_start and (numbered := _NUMBERED.match(words)):
        yield numbered.start(2), "\\" + numbered[2]
    hash_ = words[0] == "#" and not around.hashed
    first = around.line_start and (hash_ or _BEGINS.match(words))
    before = around.before[-1:]
    if first or (before in {"]", UNKNOWN} and words[0] in "([:") or (before == "[" and words[0] in "^!"):
        yield 0, "\\" + words[0]
    elif before == "$" and _LATIN.match(words):
        yield 0, entity(words[0])  # beside it the formula before it would not end
    elif (tail := _ENTITY_TAIL.match(words)) and _ENTITY_HEAD.search(around.before[-40:]):
        yield tail.end() - 1, entity(";")
    if around.heading_end and not around.after and (hashes := _CLOSING_HASHES.search(words)):
        yield hashes.start(), "\\#"
    if around.after[:1] == "$" and _LATIN.match(words[-1]):
        yield len(words) - 1, entity(words[-1])
    if words[-1] == "!" and around.after[:1] in {"[", UNKNOWN}:
        yield len(words) - 1, "\\!"


def _signs(words: str, around: Around) -> Iterator[tuple[int, str]]:
    """What must be escaped wherever it stands: (index, what to write)."""
    for match in _SPECIAL.finditer(words):
        sign, at = match.group(), match.start()
        if sign == "|" and around.heading:
            yield at, entity(sign)
        elif sign in _ALWAYS:
            yield at, _ALWAYS[sign]
        elif sign in _RULES:
            if written := _RULES[sign](_spot(words, at, around)):
                yield at, written
        elif sign == "://":
            if words[max(at - 5, 0) : at].lower().endswith(_SCHEMES):
                yield at, "\\:"
        else:
            yield match.end() - 1, "\\" + sign[-1]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A sign among its neighbours; ``first`` and ``last``: it begins or ends the words."""

    words: str
    at: int
    before: str
    after: str
    first: bool
    last: bool
    around: Around


def _spot(words: str, at: int, around: Around) -> _Spot:
    first, last = at == 0, at + 1 == len(words)
    before = around.before[-1:] if first else words[at - 1]
    after = around.after[:1] if last else words[at + 1]
    return _Spot(words, at, before, after, first, last, around)


def _blank(sign: str) -> bool:
    return sign == "" or sign.isspace()


def _backslash(spot: _Spot) -> str:
    """In a cell even an escaped backslash would escape the pipe after it; two open and close a formula."""
    return entity("\\") if spot.around.cell or spot.after in {"(", ")"} else "\\\\"


def _star(spot: _Spot) -> str:
    """With a blank after it a star can only close, and only what is open."""
    loose = _blank(spot.before) and not (spot.first and spot.around.line_start)
    return "" if _blank(spot.after) and (loose or "*" not in spot.around.busy) else "\\*"


def _underscore(spot: _Spot) -> str:
    within = not spot.first and not spot.last and spot.before.isalnum() and spot.after.isalnum()
    return "" if within else "\\_"


def _tilde(spot: _Spot) -> str:
    """After a blank a tilde can only open, and no other is left to close it."""
    return "" if _blank(spot.before) and "~" not in spot.around.busy else "\\~"


def _bracket(spot: _Spot) -> str:
    return "\\]" if "[" in spot.around.busy else ""


def _less(spot: _Spot) -> str:
    """To MDX it opens a tag whatever follows, to others only before a letter and some signs.

    Python-Markdown knows no backslash before it, and HTML that is not read as Markdown none at all.
    """
    loose = not spot.last and (spot.after.isspace() or spot.after in _DIGITS)
    return "" if loose and spot.around.loose_less else "&lt;"


def _greater(spot: _Spot) -> str:
    return "&gt;" if "<" in spot.around.busy else ""


def _ampersand(spot: _Spot) -> str:
    after = spot.around.after[:1]
    goes_on = after.isalnum() or (after != "" and after in f"{UNKNOWN}#;")
    reference = _ENTITY.match(spot.words, spot.at)
    complete = reference and (reference["end"] != "" or goes_on)
    return "&amp;" if complete or (spot.last and goes_on) else ""


_AFTER_MONEY = frozenset(",.;:!?…")


def _dollar(spot: _Spot) -> str:
    """Another segment of the paragraph may have the other end of a formula; money has a number beside it."""
    if spot.at in _formulas(spot.words) or ("$" in spot.around.busy and not _blank(spot.after)):
        return "\\$"
    unknown = (spot.first and spot.before == UNKNOWN) or (spot.last and spot.after == UNKNOWN)
    if unknown or "$" in {spot.before, spot.after}:
        return entity("$")
    before, after = spot.before, spot.after
    is_price = after in _AFTER_MONEY and spot.words[max(0, spot.at - 3) : spot.at].rstrip()[-1:].isdecimal()
    opens = not (_LATIN.match(before) or _blank(after) or after.isdecimal() or is_price)
    closes = not _blank(before) and not before.isalnum() and not _LATIN.match(after)
    return "\\$" if opens or closes else ""


@lru_cache(maxsize=64)
def _formulas(words: str) -> frozenset[int]:
    """Where in words the signs stand that would begin or end a formula."""
    found = dialects.formulas(words) if words.count("$") > 1 else ()
    return frozenset(at for start, end in found for at in (start, end - 1))


def _equals(spot: _Spot) -> str:
    """Two signs or more mark the words that they touch; a long row is a rule."""
    start = end = spot.at
    while start and spot.words[start - 1] == "=" and end - start < _RULE:
        start -= 1
    while end < len(spot.words) and spot.words[end] == "=" and end - start < _RULE:
        end += 1
    before = spot.words[start - 1] if start else spot.around.before[-1:]
    after = spot.words[end] if end < len(spot.words) else spot.around.after[:1]
    touches = not (_blank(before) and _blank(after))
    return "\\=" if end - start == _MARK or (touches and end - start < _RULE) else ""


def _at(spot: _Spot) -> str:
    """In an address, in front of the name of a figure or an example, and in the brackets of a title.

    There it would begin the key of a citation.
    """
    around = spot.around
    if spot.before == "(" or _FIGURE.match(spot.words, spot.at + 1):
        return "\\@"
    if spot.before.isalnum():
        return "\\@" if spot.after.isalnum() or spot.last else ""
    return "\\@" if around.heading and "[" in around.busy else ""


_RULES: Mapping[str, Callable[[_Spot], str]] = {
    "\\": _backslash,
    "*": _star,
    "_": _underscore,
    "~": _tilde,
    "]": _bracket,
    "<": _less,
    ">": _greater,
    "&": _ampersand,
    "$": _dollar,
    "@": _at,
    "=": _equals,
}
