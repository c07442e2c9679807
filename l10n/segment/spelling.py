"""A segment's source and the file's own text, walked side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from l10n import inline
from l10n.errors import UsageError
from l10n.inline import Role, Run
from l10n.model import Code, Hole, Segment
from l10n.segment import edges
from l10n.segment.edges import reads_references

REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")
SPACE = re.compile(r"\u00ad?[\x00-\x20\x7f-\x9f\u2028\u2029]+")
PREFIX = re.compile(r"[> \t]*>[> \t]*")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\"\\/bfnrt]"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HTML_SPACE, _CONTROL = re.compile(r"[ \t\n\f\r]+"), re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]+")
_END_TAGS = re.compile(r"(?:</[A-Za-z]++\s*+>)++")
_START_TAG = re.compile(r"<[A-Za-z](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_XML = re.compile(r"(?:<[\w.-]*:?delText\b[^<>]*>[^<>]*|<[^<>]*>)+")


def runs_of(segment: Segment, syntax: str) -> tuple[Run, ...]:
    """The runs a segment was composed from: its raw text and its source, walked side by side.

    Raises UsageError when the two do not run in step.
    """
    if not edges.known(segment.place):
        raise UsageError("this place holds one value, which cannot be cut", remedy="Translate it as one.")
    codes = {code.number: code for code in segment.codes}
    out: list[Run] = []
    at = 0
    for token in inline.tokens(segment.source):
        runs = (
            list(_spelt(segment.raw, at, token.text, syntax))
            if token.role is Role.TEXT
            else _code_runs(segment.raw, at, codes[token.number], token.role)
        )
        out.extend(runs)
        at += sum(len(run.raw) for run in runs)
    whole = "".join(run.raw for run in out) == segment.raw
    if not whole or inline.compose(out) != (segment.source, segment.codes):
        raise _out_of_step(segment.raw[at:])
    return tuple(out)


def _code_runs(raw: str, at: int, code: Code, role: Role) -> list[Run]:
    """One end of a code, after white space that a reader does not see."""
    run = _code_run(code, role)
    if raw.startswith(run.raw, at):
        return [run]
    space = SPACE.match(raw, at)
    unseen = space[0] if space else _seam(raw, at)
    if unseen and raw.startswith(run.raw, at + len(unseen)):
        return [Run(unseen, ""), run]
    raise _out_of_step(raw[at:])


def _code_run(code: Code, role: Role) -> Run:
    """One end of a code, or a lone one; what reads as a word is a value."""
    closes = role is Role.CLOSE
    raw = (code.closing or "") if closes else code.opening
    holes = tuple(Hole(hole.start, hole.end, hole.unit) for hole in code.holes if hole.closing is closes)
    kind = Role.VALUE if role is Role.LONE and code.value else role
    return Run(raw, "" if closes else code.value, kind, str(code.number), code.label, holes)


def _spelt(raw: str, at: int, text: str, syntax: str) -> Iterator[Run]:
    """A text as the file spells it, from an offset on; what stands for itself comes in one run."""
    index = plain = at
    done = 0
    while done < len(text):
        run = _spelling(raw, index, text, done, syntax)
        if run.raw != run.text:
            if plain < index:
                yield inline.text_run(raw[plain:index])
            yield run
            plain = index + len(run.raw)
        index += len(run.raw)
        done += len(run.text)
    if plain < index:
        yield inline.text_run(raw[plain:index])


def _spelling(raw: str, at: int, text: str, done: int, syntax: str) -> Run:
    """The next thing the file spells: a reference, an escape, white space or a character."""
    reference = REFERENCE.match(raw, at) if reads_references(syntax) else None
    if reference and text.startswith(decoded := unescape(reference[0]), done) and decoded != reference[0]:
        return Run(reference[0], decoded)
    if special := _special(raw, at, text, done, syntax):
        return special
    space = (_HTML_SPACE if syntax == "html" else SPACE).match(raw, at)
    if space and text.startswith(space[0], done):
        return inline.text_run(space[0])
    if space:
        return _folded(raw, at, space[0], text, done)
    if raw[at : at + 1] != text[done]:
        raise _out_of_step(raw[at:])
    return inline.text_run(raw[at])


def _special(raw: str, at: int, text: str, done: int, syntax: str) -> Run | None:
    """What only one syntax spells so: JSON's escapes, Markdown's, the seams of a Word file's runs."""
    if syntax == "json" and (escape := _ESCAPE.match(raw, at)):
        return _unescaped(escape[0], text, done)
    if syntax == "docx" and (tags := _XML.match(raw, at)):
        return Run(tags[0], "")
    if syntax == "html" and (control := _CONTROL.match(raw, at)):
        return Run(control[0], "")
    if syntax == "html" and (seam := _seam(raw, at)):
        return Run(seam, "")
    if syntax == "markdown" and (plain := _ESCAPED.match(raw, at)) and plain[1] == text[done]:
        return Run(plain[0], plain[1])
    return None


def _seam(raw: str, at: int) -> str:
    """The ends of tags and as many starts at an offset: no words begin so, and they read as nothing."""
    if not (ends := _END_TAGS.match(raw, at)):
        return ""
    end = ends.end()
    for _ in range(ends[0].count("<")):
        if not (start := _START_TAG.match(raw, end)):
            return ""
        end = start.end()
    return raw[at:end]


def _unescaped(escape: str, text: str, done: int) -> Run:
    """An escape of JSON; white space reads as a space, what cannot be shown as nothing."""
    decoded: str = json.loads(f'"{escape}"')
    if not text.startswith(decoded, done):
        decoded = " " if decoded.isspace() and text[done] == " " else ""
    return Run(escape, decoded)


def _folded(raw: str, at: int, space: str, text: str, done: int) -> Run:
    """White space or a line's end, with the marks of a quotation after it, that reads as one space."""
    view = " " if text[done] == " " else ""
    prefix = PREFIX.match(raw, at + len(space)) if "\n" in space or "\r" in space else None
    if prefix and not text.startswith(">", done + len(view)):
        space += prefix[0]
    return Run(space, view)


def coarse(segment: Segment, name: str) -> Iterator[Run]:
    """A segment as runs that can be composed again, without the file's spelling of its words."""
    codes = {code.number: code for code in segment.codes}
    for token in inline.tokens(segment.source):
        if token.role is Role.TEXT:
            yield inline.text_run(token.text)
        else:
            run = _code_run(codes[token.number], token.role)
            yield run._replace(name=f"{name} {run.name}")


def _out_of_step(rest: str) -> UsageError:
    return UsageError(
        f"the file's own text cannot be followed word by word here: {rest[:30]!r}",
        remedy="Cut the sentence in the source file instead.",
    )
