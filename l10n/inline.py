r"""Inline codes: turns the markup inside a block into numbered codes for translators, and back again.

A format gives the inside of a block as runs.  Here runs become a source with codes
(``Visit <1>our site</1>.``), and a target with codes becomes the file's text again.  The
notation is the same for every format, so memory is shared between formats::

    <1>…</1>   a pair: a link, bold text
    <2/>       a lone code: a line break, an image, a locked value such as a phone number
    <\1>      the literal text <1>, one more backslash for each it already had
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from l10n import phones
from l10n.errors import CodeError
from l10n.model import Code, Hole


class Role(Enum):
    """What a run is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    LONE = "lone"
    VALUE = "value"


# Python 3.11 takes ten times as long to look a member up in its class.
TEXT, OPEN, CLOSE, LONE, VALUE = Role


class Run(NamedTuple):
    """A stretch of a block.

    ``raw`` is the file's own text, ``text`` what a reader sees of it.  A text run may be cut
    anywhere when both are equal, and only at its ends otherwise (an entity, a line wrap).
    ``name`` pairs an opening with its closing run ("a", "strong"); ``label`` tells a person
    what it is.  A value is a lone code that reads as a word (a phone number, an address): it
    stays in its sentence, where markup at an edge is left to the skeleton.  ``holes`` lie in
    ``raw``.
    """

    raw: str
    text: str
    role: Role = TEXT
    name: str = ""
    label: str = ""
    holes: tuple[Hole, ...] = ()

    @property
    def view(self) -> str:
        """The text for the segmenter: U+FFFC stands for a code without visible text."""
        role = self.role
        if role is TEXT:
            return self.text
        return "" if role is OPEN or role is CLOSE else self.text or "\ufffc"


# The constructor of a NamedTuple takes three times as long, and a page has a run every 40 characters.
_run = tuple.__new__


def text_run(text: str) -> Run:
    """A text run that is written in the file as readers see it."""
    return _run(Run, (text, text, TEXT, "", "", ()))


def read_run(raw: str, text: str) -> Run:
    """A text run that is written in the file in another way than readers see it (an entity)."""
    return _run(Run, (raw, text, TEXT, "", "", ()))


def plain_words(run: Run) -> str:
    """The text of a text run that may be cut anywhere, "" for any other run."""
    return run.text if run.role is TEXT and run.raw == run.text else ""


Runs = Sequence[Run]

_LITERAL = re.compile(r"<(\\*/?\d+/?>)")
_TOKEN = re.compile(r"<(?:(?P<close>/)?(?P<number>\d+)(?P<lone>/)?|\\(?P<literal>\\*/?\d+/?))>")
_END = re.compile(r"</?\d+/?>")
# Chinese and Japanese write on right after an address; within one, such letters follow a mark (wiki/中国).
_IDEOGRAPHS = r"(?<=[/_=-])[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
# Python loops over every character of a range to compile it: what is below one costs less than what is above.
_URL = (
    rf"(?:https?://|www\.)(?:(?![\s<>\"«»“”„])[\x00-\u2e7f]|{_IDEOGRAPHS})+"
    r"(?<![.,;:!?…)\]}'’،؛؟])"
)
_EMAIL = r"[A-Za-z0-9](?:(?=[\x00-\u0dff])\w|[.+-]){0,63}@[A-Za-z0-9](?:[\w-]*\.)+[A-Za-z]{2,}"
_MANGLED = rf"\"?mailto:{_EMAIL}\"?>{_EMAIL}"
_VALUE_LABELS = {"mangled": "e-mail", "url": "address", "email": "e-mail", "phone": "phone"}


@cache
def _value(*, url: bool, email: bool, mangled: bool, phone: bool) -> re.Pattern[str]:
    """The values that a text may hold.  One expression for all of them is slow to compile."""
    kinds = [rf"(?P<mangled>{_MANGLED})"] if mangled else []
    kinds += [f"(?P<url>{_URL})"] if url else []
    kinds += [f"(?P<email>{_EMAIL})"] if email else []
    kinds += [f"(?P<phone>{phones.PATTERN})"] if phone else []
    return re.compile("|".join(kinds))


def escape_literal(text: str) -> str:
    """Escape literal text that looks like a code."""
    return _LITERAL.sub(r"<\\\1", text) if "<" in text else text


def may_hold_values(text: str) -> bool:
    """Whether a text may contain locked values: a cheap test before the pattern."""
    return "@" in text or "+" in text or _may_hold_url(text) or phones.without_country(text)


def _may_hold_url(text: str) -> bool:
    return "://" in text or "www." in text


def split_locked_values(text: str) -> list[Run]:
    """Split text into plain runs and locked values: web addresses, e-mails, phone numbers."""
    if not may_hold_values(text):
        return [text_run(text)] if text else []
    runs: list[Run] = []
    at = 0
    email = "@" in text
    pattern = _value(
        url=_may_hold_url(text),
        email=email,
        mangled=email and "mailto:" in text,
        phone=phones.may_be(text),
    )
    for match in pattern.finditer(text):
        kind = match.lastgroup or "url"
        raw = match.group()
        if kind == "phone" and not phones.is_phone(raw):
            continue
        if match.start() > at:
            runs.append(text_run(text[at : match.start()]))
        view = raw.rpartition(">")[2] if kind == "mangled" else raw
        runs.append(Run(raw, view, VALUE, kind, _VALUE_LABELS[kind]))
        at = match.end()
    if at < len(text):
        runs.append(text_run(text[at:]))
    return runs


def pairs(runs: Runs) -> dict[int, int]:
    """The index of each paired opening run to that of its closing run, and the other way.

    A closing run pairs with the nearest open one of its name; whatever was opened in between
    and is still open stays without a partner.
    """
    partner: dict[int, int] = {}
    stack: list[int] = []
    waiting: dict[str, int] = {}
    for index, (_, _, role, name, _, _) in enumerate(runs):
        if role is OPEN:
            stack.append(index)
            waiting[name] = waiting.get(name, 0) + 1
        elif role is CLOSE and waiting.get(name):
            while True:
                opened = stack.pop()
                waiting[runs[opened].name] -= 1
                if runs[opened].name == name:
                    break
            partner[opened], partner[index] = index, opened
    return partner


def join_empty(runs: Runs) -> tuple[Run, ...]:
    """An opening run directly followed by its closing run becomes one lone code."""
    out: list[Run] = []
    for run in runs:
        if run.role is CLOSE and out and out[-1].role is OPEN and out[-1].name == run.name:
            opened = out.pop()
            raw = opened.raw + run.raw
            out.append(Run(raw, "", LONE, run.name, opened.label, opened.holes))
        else:
            out.append(run)
    return tuple(out)


def trim(runs: Runs) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """Runs as (before, core, after): white space and edge markup belong to the skeleton.

    A pair leaves the core only when it encloses all of it or no words (an icon before those of a
    button); an opening or closing run without a partner and a lone code leave it at either edge.
    """
    start, end = 0, len(runs)
    if runs and _is_words(runs[0]) and _is_words(runs[-1]):
        return _bared(runs, start, end)
    partner = pairs(runs)
    while start < end:
        ahead, behind = _loose(runs, start, end, partner)
        if not (ahead or behind):
            ahead, behind = _wordless(runs, start, end, partner)
        if not (ahead or behind):
            break
        start, end = start + ahead, end - behind
    return _bared(runs, start, end)


def _loose(runs: Runs, start: int, end: int, partner: Mapping[int, int]) -> tuple[int, int]:
    """How many runs at the start and the end of a stretch are no part of its words; (0, 0) when all are."""
    first, last = runs[start], runs[end - 1]
    if _is_loose(first, paired=start <= partner.get(start, -1) < end):
        return 1, 0
    if _is_loose(last, paired=start <= partner.get(end - 1, -1) < end):
        return 0, 1
    if first.role is OPEN and partner[start] == end - 1:
        return 1, 1
    return 0, 0


def _wordless(runs: Runs, start: int, end: int, partner: Mapping[int, int]) -> tuple[int, int]:
    """The same for a pair at an edge that has no words."""
    if runs[start].role is OPEN and partner[start] < end and not _say(runs[start + 1 : partner[start]]):
        return partner[start] + 1 - start, 0
    last = end - 1
    if runs[last].role is CLOSE and partner[last] >= start and not _say(runs[partner[last] + 1 : last]):
        return 0, end - partner[last]
    return 0, 0


def _say(runs: Runs) -> bool:
    """Whether any of some runs says something."""
    return any(run.role is VALUE or _is_words(run) for run in runs)


def _is_loose(run: Run, *, paired: bool) -> bool:
    if run.role is OPEN or run.role is CLOSE:
        return not paired
    return run.role is LONE or _is_blank(run)


def _is_words(run: Run) -> bool:
    return run.role is TEXT and run.text != "" and not run.text.isspace()


def _is_blank(run: Run) -> bool:
    return run.role is TEXT and (not run.text or run.text.isspace())


def _bared(runs: Runs, start: int, end: int) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """Runs cut before ``start`` and ``end``, with white space at the edges of plain text left outside."""
    before, core, after = tuple(runs[:start]), tuple(runs[start:end]), tuple(runs[end:])
    if core and core[0].text[:1].isspace() and (words := plain_words(core[0])):
        size = len(words) - len(words.lstrip())
        before = (*before, text_run(words[:size]))
        core = (text_run(words[size:]), *core[1:])
    if core and core[-1].text[-1:].isspace() and (words := plain_words(core[-1])):
        size = len(words.rstrip())
        after = (text_run(words[size:]), *after)
        core = (*core[:-1], text_run(words[:size]))
    return before, core, after


def compose(runs: Runs) -> tuple[str, tuple[Code, ...]]:
    """The source with codes that a translator sees of runs, and its codes, numbered from 1."""
    if all(run.role is TEXT for run in runs):
        return escape_literal(runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)), ()
    partner = pairs(runs)
    numbers: dict[int, int] = {}
    codes: list[Code] = []
    out: list[str] = []
    words: list[str] = []
    for index, run in enumerate(runs):
        if run.role is TEXT:
            words.append(run.text)
            continue
        if words:
            out.append(escape_literal("".join(words)))
            words.clear()
        if run.role is CLOSE and index in partner:
            out.append(f"</{numbers[partner[index]]}>")
            continue
        number = numbers[index] = len(codes) + 1
        if run.role is OPEN and index in partner:
            closing = runs[partner[index]]
            holes = (*run.holes, *(replace(hole, closing=True) for hole in closing.holes))
            codes.append(Code(number, run.label, run.raw, closing.raw, holes=holes))
            out.append(f"<{number}>")
        else:
            codes.append(Code(number, run.label, run.raw, value=run.text.strip(), holes=run.holes))
            out.append(f"<{number}/>")
    out.append(escape_literal("".join(words)))
    return "".join(out), tuple(codes)


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


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """What is wrong with the codes of a target; offsets as in Token.

    ``template`` says it in English, with names in braces that stand for ``values``.
    """

    template: str
    start: int = 0
    end: int = 0
    values: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.template.format_map(dict(self.values))


def code_problems(target: str, codes: Iterable[Code]) -> list[CodeProblem]:
    """How the codes of a target differ from those of its source.

    Order is free; each code must be there exactly once, as the kind it is, well nested.
    """
    if "<" not in target:
        return [_missing(code) for code in codes]
    return _problems(tokens(target), codes)


def _problems(pieces: Iterable[Token], codes: Iterable[Code]) -> list[CodeProblem]:
    codes_by_number = {code.number: code for code in codes}
    problems: list[CodeProblem] = []
    seen: set[int] = set()
    stack: list[Token] = []
    for token in pieces:
        if token.role is TEXT:
            continue
        code = codes_by_number.get(token.number)
        if code is None:
            problem = _problem(
                "{code} is not a code of the source; to mean it as text, write {literal}",
                token,
                literal=f"<\\{token.text[1:]}",
            )
        elif (token.role is LONE) == code.paired:
            problem = _problem("{code} should be {expected}", token, expected=_shown(code))
        elif token.role is CLOSE:
            if stack and stack[-1].number == token.number:
                stack.pop()
                continue
            problem = _problem("{code} closes what is not open here", token)
        elif token.number in seen:
            problem = _problem("{code} stands here twice", token)
        else:
            seen.add(token.number)
            if token.role is OPEN:
                stack.append(token)
            continue
        problems.append(problem)
    problems.extend(_problem("{code} is not closed", token) for token in stack)
    problems.extend(_missing(code) for code in codes_by_number.values() if code.number not in seen)
    return problems


def _problem(template: str, token: Token, **values: str) -> CodeProblem:
    return CodeProblem(template, token.start, token.end, (("code", token.text), *values.items()))


def _missing(code: Code) -> CodeProblem:
    return CodeProblem("{code} is missing", values=(("code", _shown(code)),))


def codes_of(source: str) -> tuple[Code, ...]:
    """The codes in a source, without their markup: enough to validate a target."""
    return tuple(
        Code(token.number, "", "", "" if token.role is OPEN else None)
        for token in tokens(source)
        if token.role is OPEN or token.role is LONE
    )


def render_target(target: str, codes: Sequence[Code], write: Callable[[str], str]) -> str:
    """Render a target as text of the file; ``write`` escapes words for the place they are written to.

    Raises CodeError when the codes are not those of the source.
    """
    if not codes and "<" not in target:
        return write(target) if target else ""
    pieces = tokens(target)
    if wrong := _problems(pieces, codes):
        raise CodeError(
            "; ".join(problem.message for problem in wrong),
            remedy="Keep every code of the source exactly once, closed where it was opened.",
        )
    codes_by_number = {code.number: code for code in codes}
    out: list[str] = []
    for token in pieces:
        if token.role is TEXT:
            out.append(write(token.text))
        elif token.role is CLOSE:
            out.append(codes_by_number[token.number].closing or "")
        else:
            out.append(codes_by_number[token.number].opening)
    return "".join(out)


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


def notes(codes: Iterable[Code]) -> str:
    """Describe the codes of a source in one line, for translators."""
    return "; ".join(f"{_shown(code)} {code.label}{f' {code.value}' if code.value else ''}" for code in codes)


def _shown(code: Code) -> str:
    return f"<{code.number}>…</{code.number}>" if code.paired else f"<{code.number}/>"


def orphaned(runs: Runs) -> tuple[Run, ...]:
    """Runs with each opening or closing run that has no partner turned into a lone code."""
    partner = pairs(runs)
    return tuple(
        run._replace(role=LONE) if (run.role is OPEN or run.role is CLOSE) and index not in partner else run
        for index, run in enumerate(runs)
    )
