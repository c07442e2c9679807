"""Two neighbouring segments become one, or one becomes two, and not a character of the file changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from l10n import inline
from l10n.errors import UsageError
from l10n.inline import Role, Run, Runs
from l10n.model import Code, Hole, Segment
from l10n.segment import edges
from l10n.segment.edges import reads_references, reads_tags

Parts = tuple[str | Segment, ...]

_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‘’‚‹›'", '"'))
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_SPACE = re.compile(r"\u00ad?[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_HARD_BREAK = re.compile(r" {2,}\r?\n")
_PREFIX = re.compile(r"[> \t]*>[> \t]*")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_LONE = frozenset({"br", "hr", "img", "wbr"})
_DELIMITER = re.compile(r"\*{1,2}(?!\*)|_{1,2}(?!_)|~~(?!~)")
_LABELS = {
    "a": "link", "b": "bold", "br": "line break", "em": "emphasis", "i": "italic", "img": "image",
    "strong": "bold",
}  # fmt: skip
_DELIMITERS = {"*": "emphasis", "_": "emphasis", "**": "bold", "__": "bold", "~~": "struck out"}
_MARKUP = re.compile(r"[<>&{}\[\]`*_~\\|$]")


def said(source: str) -> str:
    """What a source says, without white space, codes and the shape of quotation marks."""
    return _bare(inline.plain(source))


def _bare(words: str) -> str:
    return "".join(unicodedata.normalize("NFD", words).translate(_QUOTES).split())


def joined(
    before: str, first: Segment, between: str, second: Segment, after: str, syntax: str
) -> tuple[str, Segment, str]:
    """Two neighbours made one: what then stands before it, the segment, what stands after it.

    ``before``, ``between`` and ``after`` are the skeleton around them, ``syntax`` the document's
    format.  A pair of codes of which one end stood between them is taken in with its other end
    when that stands right beside them.  Raises UsageError when it does not, or when the skeleton
    between them is more than markup and marks.
    """
    if first.context != second.context:
        raise UsageError(
            "one of the two segments has an entry of its own", remedy="Undo that first, then join them."
        )
    place = edges.joined(first.place, second.place, syntax)
    dense = syntax == "text" and _is_wide(first.source[-1:]) and _is_wide(second.source[:1])
    gap = list(_gap_runs(between, syntax, dense=dense))
    opening, closing = _ends_outside(gap, before, after)
    runs = [
        *(Run(raw, "", Role.OPEN, name, _label(name)) for name, raw in opening),
        *_coarse(first, "first"),
        *gap,
        *_coarse(second, "second"),
        *(Run(raw, "", Role.CLOSE, name, name) for name, raw in closing),
    ]
    partner = inline.pairs(runs)
    if any(run.role in {Role.OPEN, Role.CLOSE} and index not in partner for index, run in enumerate(runs)):
        raise _breaks_pair()
    source, codes = inline.compose(runs)
    head, tail = "".join(raw for _, raw in opening), "".join(raw for _, raw in closing)
    if head or tail:
        place = edges.widened(place, syntax, before=bool(head), after=bool(tail))
    raw = f"{head}{first.raw}{between}{second.raw}{tail}"
    return (
        before[: len(before) - len(head)],
        Segment(raw, source, first.context, codes, place),
        after[len(tail) :],
    )


def cut(segment: Segment, first: str, syntax: str) -> Parts:
    """A segment cut in two after the words of ``first``, with the skeleton between the halves.

    Joined, the parts are the segment's raw text.  Raises UsageError when a pair of codes or a
    character of the file would be cut, a half would have no words, or the file's text cannot be
    followed word by word.
    """
    runs = _atoms(runs_of(segment, syntax))
    at = _boundary(runs, first)
    return edges.cut(_half(runs[:at], segment), _half(runs[at:], segment), syntax)


def runs_of(segment: Segment, syntax: str) -> tuple[Run, ...]:
    """The runs a segment was composed from: its raw text and its source, walked side by side.

    Raises UsageError when the two do not run in step.
    """
    if not edges.known(segment.place):
        raise UsageError("this place holds one value, which cannot be cut", remedy="Translate it as one.")
    known = {code.number: code for code in segment.codes}
    out: list[Run] = []
    at = 0
    for token in inline.tokens(segment.source):
        found = (
            list(_spelt(segment.raw, at, token.text, syntax))
            if token.role is Role.TEXT
            else _code_runs(segment.raw, at, known[token.number], token.role)
        )
        out.extend(found)
        at += sum(len(run.raw) for run in found)
    whole = "".join(run.raw for run in out) == segment.raw
    if not whole or inline.compose(out) != (segment.source, segment.codes):
        raise _out_of_step(segment.raw[at:])
    return tuple(out)


def _code_runs(raw: str, at: int, code: Code, role: Role) -> list[Run]:
    """One end of a code, after white space that a reader does not see."""
    run = _code_run(code, role)
    if raw.startswith(run.raw, at):
        return [run]
    skipped = _SPACE.match(raw, at)
    if skipped and raw.startswith(run.raw, skipped.end()):
        return [Run(skipped[0], ""), run]
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
    reference = _REFERENCE.match(raw, at) if reads_references(syntax) else None
    if reference and text.startswith(shown := unescape(reference[0]), done) and shown != reference[0]:
        return Run(reference[0], shown)
    following = raw[at + 1 : at + 2]
    if syntax == "markdown" and raw.startswith("\\", at) and following in _PUNCTUATION and following:
        if following == text[done]:
            return Run(raw[at : at + 2], following)
        raise _out_of_step(raw[at:])
    if (space := _SPACE.match(raw, at)) and not text.startswith(space[0], done):
        return _folded(raw, at, space[0], text, done)
    if space:
        return inline.text_run(space[0])
    if raw[at : at + 1] != text[done]:
        raise _out_of_step(raw[at:])
    return inline.text_run(raw[at])


def _folded(raw: str, at: int, space: str, text: str, done: int) -> Run:
    """White space or a line's end, with the marks of a quotation after it, that reads as one space."""
    shown = " " if text[done] == " " else ""
    prefix = _PREFIX.match(raw, at + len(space)) if "\n" in space or "\r" in space else None
    if prefix and not text.startswith(">", done + len(shown)):
        space += prefix[0]
    return Run(space, shown)


def _atoms(runs: Runs) -> list[Run]:
    """Runs cut wherever they may be cut: between characters, never before a combining mark."""
    out: list[Run] = []
    for run in runs:
        if run.role is not Role.TEXT or run.raw != run.text:
            out.append(run)
            continue
        for char in run.text:
            if out and unicodedata.combining(char) and out[-1].role is Role.TEXT:
                last = out.pop()
                out.append(Run(last.raw + char, last.text + char))
            else:
                out.append(inline.text_run(char))
    return out


def _boundary(runs: Sequence[Run], first: str) -> int:
    """The index of the run before which to cut, so that what stands before it says ``first``."""
    wanted = said(first)
    lone = sum(token.role is Role.LONE for token in inline.tokens(first))
    spoken: list[str] = []
    length = depth = count = 0
    found: list[tuple[int, int]] = []
    for index, run in enumerate(runs):
        if length == len(wanted) and depth == 0:
            found.append((index, count))
        depth += {Role.OPEN: 1, Role.CLOSE: -1}.get(run.role, 0)
        count += run.role in {Role.LONE, Role.VALUE}
        words = _bare(run.text) if run.role is Role.TEXT else ""
        if words and length >= len(wanted):
            break
        spoken.append(words)
        length += len(words)
    else:
        found.append((len(runs), count))
    if length != len(wanted) or "".join(spoken) != wanted:
        raise UsageError(
            f"there is no place to cut after {first[-40:]!r}",
            remedy="Give words of the segment, up to a whole character of the file.",
        )
    if not found:
        raise _breaks_pair()
    return max((one for one in found if one[1] <= lone), default=found[0])[0]


def _half(runs: Sequence[Run], whole: Segment) -> edges.Half:
    """One half with the skeleton around it."""
    head, core, tail = inline.trim(runs)
    words = (run.text for run in core if run.role in {Role.TEXT, Role.VALUE})
    if not any(map(str.isalnum, "".join(words))):
        raise UsageError("one half would have no words", remedy="Cut between two words.")
    source, codes = inline.compose(core)
    raw = "".join(run.raw for run in core)
    segment = Segment(raw, source, whole.context, codes, whole.place)
    return edges.Half(tuple(_skeleton(head)), segment, tuple(_skeleton(tail)))


def _skeleton(runs: Runs) -> Iterator[str | Segment]:
    """Runs that belong to no sentence, with the words in their holes as segments."""
    for run in runs:
        at = 0
        for hole in run.holes:
            yield run.raw[at : hole.start]
            yield from hole.unit.parts
            at = hole.end
        yield run.raw[at:]


def _coarse(segment: Segment, name: str) -> Iterator[Run]:
    """A segment as runs that can be composed again, without the file's spelling of its words."""
    known = {code.number: code for code in segment.codes}
    for token in inline.tokens(segment.source):
        if token.role is Role.TEXT:
            yield inline.text_run(token.text)
        else:
            run = _code_run(known[token.number], token.role)
            yield replace(run, name=f"{name} {run.name}")


def _gap_runs(text: str, syntax: str, *, dense: bool) -> Iterator[Run]:
    """What stands between two sentences: white space, marks, line breaks, ends of pairs.

    ``dense``: the text around it parts no words, so that a line's end there reads as nothing.
    """
    at, spaced = 0, False
    while at < len(text):
        run = (
            _gap_space(text, at, syntax, dense=dense)
            or _gap_reference(text, at, syntax)
            or _gap_tag(text, at, syntax)
            or _gap_delimiter(text, at, syntax, opens=spaced)
            or _gap_mark(text, at, syntax)
        )
        yield run
        spaced = run.role is Role.TEXT and (run.text or " ")[-1].isspace()
        at += len(run.raw)


def _gap_space(text: str, at: int, syntax: str, *, dense: bool) -> Run | None:
    found = _SPACE.match(text, at)
    if found is None:
        return None
    raw = found[0]
    if "\n" in raw and syntax != "html" and (prefix := _PREFIX.match(text, found.end())):
        raw += prefix[0]
    if syntax == "markdown" and _HARD_BREAK.match(raw):
        return Run(raw, "", Role.LONE, "break", "line break")
    return Run(raw, "" if dense and "\n" in raw else " ")


def _gap_reference(text: str, at: int, syntax: str) -> Run | None:
    found = _REFERENCE.match(text, at) if reads_references(syntax) else None
    shown = unescape(found[0]) if found else ""
    if found is None or shown == found[0] or any(map(str.isalnum, shown)):
        return None
    return Run(found[0], shown)


def _gap_tag(text: str, at: int, syntax: str) -> Run | None:
    tag = _TAG.match(text, at) if reads_tags(syntax) else None
    if tag is None:
        return None
    name = tag[2].lower()
    role = Role.LONE if name in _LONE else Role.CLOSE if tag[1] else Role.OPEN
    return Run(tag[0], "", role, name, _label(name))


def _gap_delimiter(text: str, at: int, syntax: str, *, opens: bool) -> Run | None:
    mark = _DELIMITER.match(text, at) if syntax == "markdown" else None
    if mark is None:
        return None
    return Run(mark[0], "", Role.OPEN if opens else Role.CLOSE, mark[0], _DELIMITERS[mark[0]])


def _label(name: str) -> str:
    return _DELIMITERS.get(name) or _LABELS.get(name, name)


def _gap_mark(text: str, at: int, syntax: str) -> Run:
    char = text[at]
    if char.isalnum() or (syntax != "text" and _MARKUP.match(char)):
        raise UsageError(
            f"{text.strip()[:40]!r} stands between the two segments",
            remedy="Only sentences with just spaces, marks and simple markup between them can be joined.",
        )
    return inline.text_run(char)


def _ends_outside(
    gap: Sequence[Run], before: str, after: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The openings right before the first segment and closings right after the second that the gap lacks."""
    partner = inline.pairs(gap)
    alone = [
        run for index, run in enumerate(gap) if run.role in {Role.OPEN, Role.CLOSE} and index not in partner
    ]
    opening: list[tuple[str, str]] = []
    for run in (one for one in alone if one.role is Role.CLOSE):
        raw = _at_end(before, run.name)
        before = before[: len(before) - len(raw)]
        opening.insert(0, (run.name, raw))
    closing: list[tuple[str, str]] = []
    for run in reversed([one for one in alone if one.role is Role.OPEN]):
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
        raise _breaks_pair()
    at = solid.rfind("<")
    found = _TAG.fullmatch(solid, at) if at >= 0 else None
    if found is None or found[1] or found[2].lower() != name:
        raise _breaks_pair()
    return text[at:]


def _at_start(text: str, name: str) -> str:
    """The closing of a name that a text starts with, and the white space before it."""
    blank = len(text) - len(text.lstrip())
    if name in _DELIMITERS:
        if text.startswith(name, blank) and not text.startswith(name[0], blank + len(name)):
            return text[: blank + len(name)]
        raise _breaks_pair()
    found = _TAG.match(text, blank)
    if found is None or not found[1] or found[2].lower() != name:
        raise _breaks_pair()
    return text[: found.end()]


def _is_wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in {"W", "F"}


def _breaks_pair() -> UsageError:
    return UsageError(
        "markup that belongs together would be torn apart here",
        remedy="Choose a place where no link, bold or other markup is still open.",
    )


def _out_of_step(rest: str) -> UsageError:
    return UsageError(
        f"the file's own text cannot be followed word by word here: {rest[:30]!r}",
        remedy="Cut the sentence in the source file instead.",
    )
