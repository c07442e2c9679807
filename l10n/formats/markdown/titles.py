"""The titles of links, images and reference definitions: words in quotes of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from l10n import inline, segment
from l10n.inline import CLOSE, OPEN, VALUE, Run
from l10n.model import Hole, Kind, Segment, Unit

PLACE = "title "

HTML_LABELS = {
    "a": "link",
    "b": "bold",
    "br": "line break",
    "del": "struck out",
    "em": "emphasis",
    "i": "emphasis",
    "img": "image",
    "s": "struck out",
    "strong": "bold",
}
_CLOSERS = {'"': '"', "'": "'", ")": "("}
_SPECIAL = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|&(?:#(?P<number>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*));|(?P<line>[ \t]*(?:\r\n|\r|\n)[ \t]*)"
)
# What a shortcode is given may be shown as HTML or as Markdown.
_MARKUP = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w-]*+)(?:\s[^<>]*+|/)?>|`[^`\r\n]++`")
_BLANKS = re.compile(r"\s+")
_NEWLINES = re.compile(r"[\r\n]+")
# What would begin or end a stretch of a dialect: "[[", "^[", ":x[", "[… @key]", "%%", "H~2~", "==" …
DIALECTS = (
    r"(?<=[\w\[^])\[|\[(?=[^\]]*@)|%(?=%)|(?<=%)%|(?<=\w)[~^](?=[\w+−-])"
    r"|=(?==)|(?<==)=|(?<![0-9A-Za-z_+])\+(?=\+\w)|(?<=\()@|@(?=[a-z]{2,3}-)"
)
_UNSAFE = re.compile(rf"[\\\"'()`<>|{{}}$]|&(?=[#A-Za-z0-9]|\Z)|{DIALECTS}")
_SIGNS = {
    "\\": "\\\\",
    '"': '\\"',
    "'": "\\'",
    "(": "\\(",
    ")": "\\)",
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
}
_QUOTED = r"\"(?:[^\"\\\r\n]|\\[^\r\n])*+\"|'(?:[^'\\\r\n]|\\[^\r\n])*+'|\((?:[^()\\\r\n]|\\[^\r\n])*+\)"
_DEFINITION = re.compile(
    r"^(?:[ \t]*>)*+[ \t]*+(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]++)?+"
    r"\[(?!\^)(?:[^\[\]\\\r\n]|\\[^\r\n])++\]:[ \t]*+(?:\r?\n[ \t]*+)?+(?:<[^<>\r\n]*+>|[^\s<]\S*+)"
    rf"(?:[ \t]++(?:\r?\n[ \t]*+)?+|\r?\n[ \t]*+)(?P<title>{_QUOTED})[ \t]*+\r?$",
    re.MULTILINE,
)


def hole(closing: str, title: str, locale: str) -> tuple[Hole, ...]:
    """The hole of a title in what closes a link, ``](/u "t")``; none where it is not certain."""
    inside = closing[:-1].rstrip()
    opener = _CLOSERS.get(inside[-1:], "")
    start = re.search(rf"(?<=\s){re.escape(opener)}", inside) if opener and closing[-1:] == ")" else None
    if not start or start.end() >= len(inside):
        return ()
    raw = inside[start.end() : -1]
    if _folded("".join(run.text for run in runs(raw))) != _folded(title):
        return ()
    title_unit = unit(raw, opener, locale)
    return (Hole(start.end(), len(inside) - 1, title_unit),) if title_unit.segments else ()


def unit(raw: str, opener: str, locale: str) -> Unit:
    """The unit of the inside of a title."""
    return _unit(runs(raw), opener, locale)


def _unit(inside: tuple[Run, ...], opener: str, locale: str, name: str = "title") -> Unit:
    return Unit(segment.cut(inside, locale, place=PLACE + opener), Kind.ATTRIBUTE, name=name)


def attribute_holes(
    raw: str, words: Iterable[tuple[str, str, int, int]], locale: str, *, marked: bool
) -> tuple[Hole, ...]:
    """The holes of the words that a shortcode is given between quotes; in ``marked`` ones tags are codes."""
    read = _marked if marked else runs
    units = (
        (start, end, _unit(read(raw[start:end]), quote, locale, name)) for name, quote, start, end in words
    )
    return tuple(Hole(start, end, words) for start, end, words in units if words.segments)


def _marked(raw: str) -> tuple[Run, ...]:
    """Words as runs in which tags and code between backquotes are codes."""
    out: list[Run] = []
    at = 0
    for match in _MARKUP.finditer(raw):
        out.extend(runs(raw[at : match.start()]))
        name, at = match["name"], match.end()
        if name is None:
            out.append(Run(match[0], match[0].strip("`"), VALUE, "code", "code"))
        else:
            name, role = name.lower(), CLOSE if match["close"] else OPEN
            out.append(Run(match[0], "", role, f"<{name}", HTML_LABELS.get(name, name)))
    return inline.orphaned((*out, *runs(raw[at:])))


def definitions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where in a stretch that holds no other block the titles of definitions stand, quotes left out."""
    if text.find("]:", start, end) < 0:
        return
    for match in _DEFINITION.finditer(text, start, end):
        begin, after = match.span("title")
        yield begin + 1, after - 1


def runs(raw: str) -> tuple[Run, ...]:
    """The inside of a title as runs: escapes and entities read, line ends folded."""
    out: list[Run] = []
    at = 0
    for match in _SPECIAL.finditer(raw):
        meaning = _meaning(match)
        if meaning is None:
            continue
        out.extend((*inline.split_locked_values(raw[at : match.start()]), Run(match.group(), meaning)))
        at = match.end()
    return (*out, *inline.split_locked_values(raw[at:]))


def _meaning(match: re.Match[str]) -> str | None:
    """What an escape, an entity or a line end says, None when it is plain text after all."""
    if match["escaped"]:
        return match["escaped"]
    if match["line"] is not None:
        return " "
    if match["name"]:
        return html5.get(match["name"] + ";")
    number = int(match["number"] or match["hex"], 10 if match["number"] else 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def encode(part: Segment, target: str) -> str:
    """A target as it stands inside its quotes.

    Raises CodeError when its codes are not those of the source.
    """
    quote = part.place.removeprefix(PLACE)
    return inline.render_target(target, part.codes, lambda words: _written(words, quote))


def _written(words: str, quote: str) -> str:
    own_quotes = {"(": "()"}.get(quote, quote)

    def sign(match: re.Match[str]) -> str:
        char = match.group()
        if char in "\"'()" and char not in own_quotes:
            return char
        return _SIGNS.get(char) or f"&#{ord(char)};"

    return _UNSAFE.sub(sign, _NEWLINES.sub(" ", words))
