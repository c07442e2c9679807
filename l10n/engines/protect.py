"""Codes as marks for engines without markup: encoding, strict verification and lossless repair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from l10n import inline
from l10n.inline import Role

Span = tuple[int, int]

_SHAPES = ("⟦⟧", "⟪⟫", "〚〛", "【】", "⦃⦄")
_OPENERS, _CLOSERS = r"⟦⟪〚【⦃\[{(«‹<《〈（［｛＜", r"⟧⟫〛】⦄\]})»›>》〉）］｝＞"
_MAX_DEPTH = 16
MAX_PAIRS = 64
_BRACKET = re.compile(rf"[{_OPENERS}{_CLOSERS}]")
_SLASH = r"[/\\／⁄∕]"
_INSIDE = rf"\s{{0,3}}(?P<close>{_SLASH}?)\s{{0,3}}(?P<number>\d{{1,4}})\s{{0,3}}(?P<lone>{_SLASH}?)\s{{0,3}}"
_STRICT = {
    shape: re.compile(rf"{shape[0]}(?P<close>/?)(?P<number>[0-9]{{1,4}})(?P<lone>/?){shape[1]}")
    for shape in _SHAPES
}
_SPACED = {shape: re.compile(rf"{shape[0]}{_INSIDE}{shape[1]}") for shape in _SHAPES}
_LOOSE = re.compile(rf"[{_OPENERS}]{{1,2}}{_INSIDE}[{_CLOSERS}]{{1,2}}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A source with its codes as marks in the brackets of ``shape``."""

    text: str
    source: str
    shape: str


def mark(source: str) -> Marked:
    """A source as an engine gets it: ``⟦1⟧…⟦/1⟧`` and ``⟦2/⟧``, literals as they read.

    Where the source's own words have such brackets, others are taken.
    """
    shape = next((shape for shape in _SHAPES if not set(shape) & set(source)), _SHAPES[0])
    text = "".join(
        token.text if token.role is Role.TEXT else f"{shape[0]}{token.text[1:-1]}{shape[1]}"
        for token in inline.tokens(source)
    )
    return Marked(text, source, shape)


def has_marks(text: str) -> bool:
    """Whether marks of codes stand in a text, in any of their brackets."""
    return any(pattern.search(text) for pattern in _STRICT.values())


def unmark(text: str, marked: Marked) -> str | None:
    """An engine's answer in our notation again, None when codes were damaged beyond repair.

    What is repaired says the same thing in another shape: white space inside a mark, other
    brackets, other digits, a slash on the wrong side, white space moved across a mark.
    Nothing is guessed: a mark that is missing, doubled, renumbered or moved stays damage.
    """
    paired = {code.number: code.paired for code in inline.codes_of(marked.source)}
    foreign = set(marked.shape) - set(marked.source)
    for pattern in _patterns(marked):
        target = _read(text, pattern, paired)
        if not damage(marked.source, target) and not foreign & set(inline.plain(target)):
            return tidy(target, marked.source)
    return None


def _patterns(marked: Marked) -> Iterator[re.Pattern[str]]:
    """How a mark may look, the strictest first; other brackets only where the words have none."""
    yield _STRICT[marked.shape]
    yield _SPACED[marked.shape]
    if not _BRACKET.search(inline.plain(marked.source)):
        yield _LOOSE


def _read(text: str, pattern: re.Pattern[str], paired: Mapping[int, bool]) -> str:
    """Text with marks as a target; a slash after a pair's number closes it, if it is open."""
    parts: list[str] = []
    opened: set[int] = set()
    at = 0
    for match in pattern.finditer(text):
        number = int(match["number"])
        parts.append(inline.escape_literal(text[at : match.start()]))
        at = match.end()
        closes = match["close"] or (match["lone"] and paired.get(number) and number in opened)
        if closes:
            parts.append(f"</{number}>")
        elif match["lone"]:
            parts.append(f"<{number}/>")
        else:
            opened.add(number)
            parts.append(f"<{number}>")
    parts.append(inline.escape_literal(text[at:]))
    return "".join(parts)


def bare(text: str, marked: Marked) -> str:
    """The words of an answer whose marks are damaged, without them."""
    words = text
    for pattern in _patterns(marked):
        words = pattern.sub("", words)
    words = words.translate(dict.fromkeys(map(ord, set(marked.shape) - set(marked.source))))
    return inline.escape_literal(re.sub(" {2,}", " ", words).strip())


def damage(source: str, target: str) -> list[str]:
    """How the codes of a target differ from those of its source, in words; empty when they fit.

    Stricter than a person's target has to be: a code stays inside the codes it was inside, and
    a pair that held words or codes holds some again.
    """
    problems = [problem.message for problem in inline.code_problems(target, inline.codes_of(source))]
    if problems:
        return problems
    before, after = nesting(source), nesting(target)
    problems.extend(f"<{n}> stands inside another code than before" for n in before if after[n] != before[n])
    full, still_full = _filled(source), _filled(target)
    problems.extend(f"<{n}> holds nothing any more" for n in full - still_full)
    problems.extend(f"<{n}> held nothing before" for n in still_full - full)
    return problems


def nesting(text: str) -> dict[int, int]:
    """Each code's number to that of the pair it stands in, 0 for none."""
    parents: dict[int, int] = {}
    stack = [0]
    for token in inline.tokens(text):
        if token.role in {Role.OPEN, Role.LONE}:
            parents[token.number] = stack[-1]
        if token.role is Role.OPEN:
            stack.append(token.number)
        elif token.role is Role.CLOSE and len(stack) > 1:
            stack.pop()
    return parents


def _filled(text: str) -> set[int]:
    """The pairs that hold something other than white space."""
    full: set[int] = set()
    stack: list[int] = []
    for token in inline.tokens(text):
        if token.role is Role.OPEN:
            stack.append(token.number)
        elif token.role is Role.CLOSE and stack:
            closed = stack.pop()
            if closed in full and stack:
                full.add(stack[-1])
        elif stack and (token.role is Role.LONE or token.text.strip()):
            full.add(stack[-1])
    return full


def tidy(target: str, source: str) -> str:
    """White space that slipped across a pair's edges, put where the source has it."""
    tight = _tight_edges(source)
    tokens = inline.tokens(target)
    out = [inline.escape_literal(token.text) if token.role is Role.TEXT else token.text for token in tokens]
    # Of nested marks the inner one goes first: what it moves out, the outer one moves on.
    for index in range(len(tokens) - 2, -1, -1):
        if tokens[index].role is Role.OPEN and (Role.OPEN, tokens[index].number) in tight:
            between = index + 2 < len(tokens) and tokens[index + 2].role is Role.OPEN
            _move_space(out, index, inner=index + 1, outer=index - 1, between=between)
    for index in range(1, len(tokens)):
        if tokens[index].role is Role.CLOSE and (Role.CLOSE, tokens[index].number) in tight:
            between = index > 1 and tokens[index - 2].role is Role.CLOSE
            _move_space(out, index, inner=index - 1, outer=index + 1, between=between)
    return "".join(out)


def _tight_edges(source: str) -> set[tuple[Role, int]]:
    """The ends of pairs that have words, or the same end of another pair, directly inside: no white space."""
    tokens = inline.tokens(source)
    tight: set[tuple[Role, int]] = set()
    for left, right in pairwise(tokens):
        if left.role is Role.OPEN and right.role in {Role.TEXT, Role.OPEN} and not right.text[0].isspace():
            tight.add((Role.OPEN, left.number))
        if right.role is Role.CLOSE and left.role in {Role.TEXT, Role.CLOSE} and not left.text[-1].isspace():
            tight.add((Role.CLOSE, right.number))
    return tight


def _move_space(out: list[str], index: int, *, inner: int, outer: int, between: bool) -> None:
    """Move white space out of a mark; all there is only where it stands ``between`` two nested ones."""
    opening = inner > index
    text = out[inner]
    stripped = text.lstrip() if opening else text.rstrip()
    if stripped == text or not (stripped or between):
        return
    space = text[: len(text) - len(stripped)] if opening else text[len(stripped) :]
    out[inner] = stripped
    beyond = out[outer] if 0 <= outer < len(out) else ""
    edge = beyond[-1:] if opening else beyond[:1]
    if beyond and not edge.isspace():
        out[index] = space + out[index] if opening else out[index] + space


def inner_words(source: str) -> dict[int, str]:
    """The words inside each pair that has some, by its number, outer pairs first."""
    words: dict[int, list[str]] = {}
    stack: list[int] = []
    for token in inline.tokens(source):
        if token.role is Role.OPEN:
            stack.append(token.number)
            words[token.number] = []
        elif token.role is Role.CLOSE and stack:
            stack.pop()
        elif token.role is Role.TEXT:
            for number in stack[:_MAX_DEPTH]:
                words[number].append(token.text)
    joined = {number: "".join(parts).strip() for number, parts in words.items()}
    return {number: text for number, text in joined.items() if any(map(str.isalnum, text))}


def find_words(source: str, text: str, translated: Mapping[int, str]) -> dict[int, Span] | None:
    """Where the pairs of a source go in its untagged translation, None when that is not certain.

    ``translated`` holds the words of each pair, translated alone, outer pairs first; each has to
    stand in ``text`` exactly once, inside the pair it belongs in.  More than MAX_PAIRS are not
    looked for, which keeps the time in proportion to the text.
    """
    if len(translated) > MAX_PAIRS:
        return None
    parents = nesting(source)
    spans: dict[int, Span] = {}
    for number, words in translated.items():
        start, end = spans.get(parents[number], (0, len(text)))
        places = list(_occurrences(words, text, start, end))
        if len(places) != 1:
            return None
        spans[number] = places[0]
    return spans


def _occurrences(words: str, text: str, start: int, end: int) -> Iterator[Span]:
    """At most two places where the words stand as whole words."""
    if not words:
        return
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    for count, match in enumerate(pattern.finditer(text, start, end), start=1):
        yield match.span()
        if count == 2:
            return


def weave(text: str, spans: Mapping[int, Span], source: str) -> str | None:
    """Plain text with each pair of codes around its span, None when spans cross.

    Equal spans nest as they do in the source.
    """
    depth = _depths(source)
    order = sorted(spans, key=lambda number: (spans[number][0], -spans[number][1], depth.get(number, 0)))
    out: list[str] = []
    stack: list[int] = []
    at = 0
    for number in order:
        start, end = spans[number]
        while stack and spans[stack[-1]][1] <= start:
            at = _close(out, text, at, spans, stack)
        if stack and end > spans[stack[-1]][1]:
            return None
        out.append(inline.escape_literal(text[at:start]) + f"<{number}>")
        at = start
        stack.append(number)
    while stack:
        at = _close(out, text, at, spans, stack)
    return "".join(out) + inline.escape_literal(text[at:])


def _close(out: list[str], text: str, at: int, spans: Mapping[int, Span], stack: list[int]) -> int:
    number = stack.pop()
    end = spans[number][1]
    out.append(inline.escape_literal(text[at:end]) + f"</{number}>")
    return end


def _depths(source: str) -> Counter[int]:
    depths: Counter[int] = Counter()
    for number, parent in nesting(source).items():
        depths[number] = depths[parent] + 1
    return depths
