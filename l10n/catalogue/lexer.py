"""A strict lexer of gettext's PO grammar, for messages in an unusual form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from l10n.catalogue.quoting import is_known
from l10n.errors import CatalogueError

_ANY = r"""
    (?P<space>[ \t\r\f\v]++)
  | (?P<newline>\n)
  | (?P<gone>\#~\|?+)
  | (?P<past>\#\|)
  | (?P<comment>\#.*+)
  | (?P<string>"(?:[^"\\\n]++|\\.)*+")
  | (?P<word>[A-Za-z_$][A-Za-z0-9_$]*+(?:[ \t]*+\[[ \t]*+[0-9]++[ \t]*+\])?+)
"""
_SWALLOWED = r"^[ \t\r\f\v]*+#(?!~).*\\\n(?=[^#\n]|#~)"
_CONFLICT = r"^(?:#~ )?(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)"
_AFTER = {
    "": {"#msgctxt", "#msgid", "msgctxt", "msgid"},
    "#msgctxt": {"#msgid"},
    "#msgid": {"#msgid_plural", "msgctxt", "msgid"},
    "#msgid_plural": {"msgctxt", "msgid"},
    "msgctxt": {"msgid"},
    "msgid": {"msgid_plural", "msgstr"},
    "msgid_plural": {"msgstr[0]"},
}
_KEYWORDS = ("msgid", "msgstr", "msgctxt", "msgid_plural", "msgstr[0]")
_KEYWORD = re.compile(r"msg(?:id(?:_plural)?|ctxt|str(?:\[\d+\])?)")
# What stands after each of them in every entry, or in one with plural forms.
_EXPECTED = {"": "msgid", "msgctxt": "msgid", "msgid": "msgstr", "msgid_plural": "msgstr[0]"}
_ALIKE = 0.7
_NO_LINE = "this is no line of a PO file"
_QUOTES = 'Every text stands between double quotes; a quote inside it is written \\".'
UNDONE_MERGE = "a merge was left undone here (conflict markers)"
"""What is said of conflict markers."""
MSGFMT = "Run msgfmt -c on the file to see what it expects."
"""What to do about a file that is out of order."""


class Token(NamedTuple):
    """A comment, a string or a keyword; ``gone`` on a line of #~, ``past`` on one of #| or #~|.

    Of kind "other" is a sign that no PO file has there.  ``start`` is that of the mark, for the first
    token after it.
    """

    kind: str
    text: str
    start: int
    end: int
    gone: bool
    past: bool


def check(text: str, path: str) -> None:
    """Refuse what gettext would read as something else than it looks.

    Raises CatalogueError.
    """
    for sign, name in (("\0", "NUL"), ("\4", "EOT")):
        if sign in text:
            raise error_at(text, text.index(sign), path, f"no text may hold the control character {name}")
    if "\\\n" in text and (match := re.search(_SWALLOWED, text, re.MULTILINE)):
        raise error_at(
            text,
            match.start(),
            path,
            "a comment ends in a backslash, so that gettext takes the next line for a part of it",
            "Put something after the backslash.",
        )


def message(text: str, start: int, path: str) -> tuple[int, int, bool, tuple[str, ...]] | None:
    """(start, end, obsolete, parts) of the message after ``start``, None when none is left.

    Raises CatalogueError where msgfmt would not read on.
    """
    comments: list[str] = []
    fields: dict[str, list[str]] = {}
    name = ""
    begin = end = -1
    first: Token | None = None
    for token in _tokens(text, start, path):
        if begin < 0:
            begin = token.start
        if token.kind == "comment" and not name:
            comments.append(token.text)
            continue
        if token.kind == "string" and name:
            _check_mark(text, path, name, token, first)
            fields[name].append(token.text[1:-1])
            end = token.end
            continue
        has_target = name.startswith("msgstr") and fields[name]
        keyword = _name(token) if token.kind == "word" else ""
        if has_target and not (keyword and keyword == _next_form(name)):
            break
        if not (has_target or keyword in _AFTER.get(name, ())) or (name and not fields[name]):
            raise _unexpected(text, path, token, name, needs_text=bool(name) and not fields[name])
        first = first or token
        name = keyword
        _check_mark(text, path, name, token, first)
        fields[name] = []
    if first is None:
        return None
    if not name.startswith("msgstr") or not fields[name]:
        raise error_at(text, first.start, path, "this entry has no msgstr", MSGFMT)
    if not all(map(is_known, chain(*(fields.get(field, ()) for field in ("#msgctxt", "#msgid_plural"))))):
        raise error_at(text, first.start, path, "an escape in #| that gettext does not know", MSGFMT)
    return begin, _to_newline(text, end), first.gone, _parts(comments, fields)


def error_at(text: str, at: int, path: str, message: str, remedy: str = "") -> CatalogueError:
    """An error about the place ``at``, or about the conflict that was left in the file."""
    if conflict := re.search(_CONFLICT, text, re.MULTILINE):
        at, message = conflict.start(), UNDONE_MERGE
        remedy = "Resolve the conflict and save the file."
    return CatalogueError(message, path=path, line=text.count("\n", 0, at) + 1, remedy=remedy)


def _tokens(text: str, start: int, path: str) -> Iterator[Token]:
    gone = past = False
    marked = -1
    pattern = re.compile(_ANY, re.VERBOSE)  # compiled once: `re` remembers it
    while start < len(text):
        match = pattern.match(text, start)
        if match is None:
            if text[start] == '"':
                raise error_at(text, start, path, "a text is not closed on its line", _QUOTES)
            yield Token("other", text[start], start if marked < 0 else marked, start + 1, gone, past)
            start, marked = start + 1, -1
            continue
        kind, start = str(match.lastgroup), match.end()
        if kind == "newline":
            gone, past, marked = False, False, -1
        elif kind in {"gone", "past"}:
            gone, past = gone or kind == "gone", past or kind == "past" or match[0] == "#~|"
            marked = match.start() if marked < 0 else marked
        elif kind == "comment" and past:
            # gettext would take the mark for one of the next line too
            raise error_at(text, match.start(), path, "a comment may not stand after #|", MSGFMT)
        elif kind != "space":
            yield Token(kind, match[0], match.start() if marked < 0 else marked, start, gone, past)
            marked = -1


def _name(token: Token) -> str:
    return ("#" if token.past else "") + re.sub(r"\s", "", token.text)


def _next_form(name: str) -> str:
    """The msgstr[N] that may follow a msgstr[N]."""
    return f"msgstr[{int(name[7:-1]) + 1}]" if name.endswith("]") else ""


def _check_mark(text: str, path: str, name: str, token: Token, first: Token | None) -> None:
    if (first and token.gone != first.gone) or token.past != name.startswith("#"):
        raise error_at(text, token.start, path, "#~ or #| is missing or too much on this line", MSGFMT)


def _unexpected(text: str, path: str, token: Token, name: str, *, needs_text: bool) -> CatalogueError:
    """What is wrong with a token after a keyword ("" before the first), whose text may still be missing."""
    bare = name.lstrip("#")
    if token.kind == "comment":
        message, remedy = f"a comment may not stand after {bare}", "Put it above the entry."
    elif token.kind == "string":
        message, remedy = "a text without a keyword before it", MSGFMT
    elif needs_text:
        message, remedy = f"a text between double quotes is expected after {bare}", _QUOTES
    elif token.kind == "word":
        message, remedy = _misplaced(re.sub(r"\s", "", token.text), bare)
    else:
        is_comment = text.startswith(("//", "/*"), token.start)
        message, remedy = _NO_LINE, "A comment begins with #." if is_comment else _QUOTES
    return error_at(text, token.start, path, message, remedy)


def _misplaced(word: str, before: str) -> tuple[str, str]:
    """What is wrong with a word that may not stand after a keyword, and what to do."""
    if word == "domain":
        return "a catalogue holds one domain only", "Put each domain into a file of its own."
    if _KEYWORD.fullmatch(word):
        expected = _EXPECTED[before]
        if before == "msgid" and word.endswith("]"):
            expected = "msgid_plural"
        return f"{expected} is expected here, not {word}", ""
    from difflib import get_close_matches  # noqa: PLC0415  slow, and only for a mistake

    if meant := get_close_matches(word.lower(), _KEYWORDS, 1, _ALIKE):
        return f"{word} is no keyword of a PO file", f"Write {meant[0]}."
    return _NO_LINE, _QUOTES


def _to_newline(text: str, end: int) -> int:
    while text[end : end + 1] in {" ", "\t", "\r", "\f", "\v"}:
        end += 1
    return end + 1 if text[end : end + 1] == "\n" else end


def _parts(comments: list[str], fields: dict[str, list[str]]) -> tuple[str, ...]:
    """The same message as the common shape has it."""
    blocks: dict[str, list[str]] = {"": [], ".": [], ":": [], ",": []}
    for comment in comments:
        kind = comment[1:2].replace("!", ",")
        body = comment[2:] if kind in blocks and kind else comment.lstrip("#")
        block = blocks.get(kind, blocks[""])
        if body.strip() or block is blocks[""]:
            block.append(body.removeprefix(" ").rstrip())
    joined = {name: f'"{"".join(strings)}"' for name, strings in fields.items()}
    forms = [f"{name} {string}" for name, string in joined.items() if name.endswith("]")]
    return (
        "".join(f"# {line}\n" for line in blocks[""]),
        "".join(f"#. {line}\n" for line in blocks["."]),
        "".join(f"#: {line}\n" for line in blocks[":"]),
        ", ".join(blocks[","]),
        joined.get("#msgid", ""),
        joined.get("msgctxt", ""),
        joined.get("msgid", ""),
        joined.get("msgid_plural", ""),
        "\n".join(forms),
        joined.get("msgstr", ""),
    )
