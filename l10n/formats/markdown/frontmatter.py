"""The metadata before a page: the few values a reader sees are translated, every other byte is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n import inline
from l10n.model import Kind, Segment, Unit

KEYS = frozenset({"title", "description", "summary", "subtitle"})
_BLOCKS = (
    ("yaml", re.compile(r"---[ \t]*\r?\n"), re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    ("toml", re.compile(r"\+\+\+[ \t]*\r?\n"), re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    ("json", re.compile(r"(?=\{[ \t]*\r?\n)"), re.compile(r"^\}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
)
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_KEYS = {
    "yaml": re.compile(r"(\w+)[ \t]*:[ \t]+(?=[^ \t])"),
    "toml": re.compile(r"(\w+)[ \t]*=[ \t]*(?=['\"])"),
}
_SCALARS = (
    ("yaml-double", re.compile(r"\"(?:[^\"\\\r\n]|\\[^\r\n])*\"")),
    ("yaml-single", re.compile(r"'(?:[^'\r\n]|'')*'")),
    ("yaml-plain", re.compile(r"[^\r\n'\"](?:(?!\s\#)[^\r\n])*")),
    ("toml-basic", re.compile(r"\"(?!\"\")(?:[^\"\\\r\n]|\\[^\r\n])*\"")),
    ("toml-literal", re.compile(r"'(?!'')[^'\r\n]*'")),
)
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_YAML_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_TOML_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_YAML_REST = r"(?:(?!:(?:\s|\Z)|\s\#)[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff])*"
_YAML_PLAIN = re.compile(rf"(?:[^\W\d_]|[«“‘„¿¡(]|\d\w* [^\W\d_]){_YAML_REST}")
_YAML_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
PLACES = ("yaml", "toml", "json")
_NO_TEXT = ("\r", "\n", "{{", "{%")
_BREAKS = re.compile(r"[\r\n]+")


def split(text: str) -> tuple[str, str, str]:
    """A text as (syntax, front matter with its fences, the rest); the syntax is "" without one."""
    for syntax, opening, closing in _BLOCKS:
        if (opened := opening.match(text)) and (closed := closing.search(text, opened.end())):
            return syntax, text[: closed.end()], text[closed.end() :]
    return "", "", text


def extract(syntax: str, text: str, line: int = 1) -> Iterator[str | Unit]:
    """Front matter taken apart; ``line`` is the one it begins on.

    Only simple one-line scalars of top-level keys become units: the hole is the whole scalar
    with its quotes, so that a target may need other quotes than its source.
    """
    kept: list[str] = []
    top = True
    lines = _LINE.findall(text)
    for number, content in enumerate(lines):
        top = top and not (syntax == "toml" and content.startswith("["))
        following = lines[number + 1] if number + 1 < len(lines) else ""
        cut = _scalar(syntax, content, following) if top else None
        if cut is None:
            kept.append(content)
            continue
        key, segment, start = cut
        yield "".join((*kept, content[:start]))
        yield Unit((segment,), Kind.METADATA, line + number, key)
        kept = [content[start + len(segment.raw) :]]
    yield "".join(kept)


def _scalar(syntax: str, content: str, following: str) -> tuple[str, Segment, int] | None:
    """The (key, segment, offset) of a line that holds a translatable value."""
    found = _KEYS[syntax].match(content) if syntax in _KEYS else None
    if not found or found[1] not in KEYS or (syntax == "yaml" and following[:1] in {" ", "\t"}):
        return None
    for style, pattern in _SCALARS:
        if style.startswith(syntax) and (scalar := pattern.match(content, found.end())):
            raw = scalar.group().rstrip()
            value = _read(style, raw)
            if not _translatable(value) or content[scalar.end() :].strip()[:1] not in {"", "#"}:
                return None
            source, codes = inline.compose(inline.values(value or ""))
            return found[1], Segment(raw, source, "", codes, style), found.end()
    return None


def _translatable(value: str | None) -> bool:
    return value is not None and any(map(str.isalnum, value)) and not any(sign in value for sign in _NO_TEXT)


def _read(style: str, raw: str) -> str | None:
    """What a scalar says, None when it is no simple text."""
    if style == "yaml-plain":
        return raw if _is_plain(raw) else None
    if style == "yaml-single":
        return raw[1:-1].replace("''", "'")
    if style == "toml-literal":
        return raw[1:-1]
    return _unescape(raw[1:-1], _YAML_ESCAPES if style == "yaml-double" else _TOML_ESCAPES)


def _unescape(inner: str, table: dict[str, str]) -> str | None:
    known = True

    def character(found: re.Match[str]) -> str:
        nonlocal known
        said = found[1]
        if len(said) > 1 and (said[0] != "x" or "e" in table):
            code = int(said[1:], 16)
            known = known and code < 0x110000 and not 0xD800 <= code < 0xE000
            return chr(code) if known else ""
        known = known and said in table
        return table.get(said, "")

    value = _ESCAPE.sub(character, inner)
    return value if known else None


def _is_plain(value: str) -> bool:
    """Whether YAML reads an unquoted value as this very text, on the safe side."""
    if value != value.strip() or value.lower() in _YAML_WORDS:
        return False
    return _YAML_PLAIN.fullmatch(value) is not None


def encode(segment: Segment, target: str) -> str:
    """A target as a whole scalar: in the style of its source, or quoted where that cannot hold it.

    Line breaks become blanks.  Raises CodeError when the codes are not those of the source.
    """
    value = _BREAKS.sub(" ", inline.fill(target, segment.codes, str))
    style = segment.place
    printable = all(sign.isprintable() or sign == "\xa0" for sign in value)
    if style == "yaml-plain" and _is_plain(value):
        return value
    if style == "yaml-single" and printable:
        return "'" + value.replace("'", "''") + "'"
    if style == "toml-literal" and printable and "'" not in value:
        return f"'{value}'"
    return _quoted(value)


def _quoted(value: str) -> str:
    """A double-quoted scalar that YAML and TOML read alike."""
    return "".join(
        ['"', *(sign if _shows(sign) else _escape(sign) for sign in value), '"'],
    )


def _shows(sign: str) -> bool:
    return sign not in '"\\' and (sign.isprintable() or sign == "\xa0")


def _escape(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
