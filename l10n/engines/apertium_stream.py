"""Our codes as Apertium's word-bound blanks, and back.

A pair's words travel as ``[[t:c:1]]words[[/]]``, and each word keeps its tag through reordering
and agreement.  Whatever has no words of its own (a lone code, an address, a literal ``<1>``)
travels as an unknown noun bound to its place in a table.  The stream format is described at
https://wiki.apertium.org/wiki/Apertium_stream_format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n import inline
from l10n.engines import Draft, protect
from l10n.inline import Role, Token

_STAND_IN = "Zzq"
_SPECIAL = re.compile(r"[\\\[\]{}/@<>]")
_MARKS = {
    "*": "\ue000",
    "~": "\ue001",
    "#": "\ue002",
    "\0": "\ue003",
    "+": "\ue004",
    "^": "\ue005",
    "$": "\ue006",
}
_UNMARK = str.maketrans({private: char for char, private in _MARKS.items()})
_MARK = str.maketrans(_MARKS)
_LITERAL_OR_RESERVED = re.compile("<\\\\*/?\\d+/?>|[\ue000-\ue006\U000f0000-\U000fffff]")
_FIRST_OPAQUE = 0xF0000
_BLANK = re.compile(r"\[\[(?P<tags>(?!/\]\])[^\[\]]*)\]\](?P<words>(?:\\.|[^\[\\])*)\[\[/\]\]", re.DOTALL)
_UNESCAPE = re.compile(r"\\(.)|[*@#~]", re.DOTALL)
_UNKNOWN = re.compile(r"(?<!\\)[*@#](?=(\w))")
_STANDING_IN = re.compile(rf"\b{_STAND_IN}\b", re.IGNORECASE)
_MAX_GAP = 2
_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source with one set of codes around it.

    ``opaque`` is what stands there in our own notation when the engine must not see it.
    """

    text: str
    codes: tuple[int, ...] = ()
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class Encoded:
    """A source as Apertium gets it, and what its stand-ins stand for."""

    stream: str
    source: str
    opaque: tuple[str, ...]


def encode(source: str, *, tags: bool = True) -> Encoded:
    """A source as a stream; without ``tags``, or nested too deep, the words of pairs go bare."""
    parts: list[str] = []
    opaque: list[str] = []
    for piece in _pieces(source, depth=_MAX_DEPTH if tags else 0):
        names = [f"t:c:{number}" for number in piece.codes]
        words = piece.text
        if piece.opaque:
            names.append(f"t:o:{len(opaque)}")
            opaque.append(piece.text)
            words = _STAND_IN
        parts.append(_bound(words, names, spoken=not piece.opaque))
    return Encoded("".join(parts), source, tuple(opaque))


def _bound(words: str, names: Sequence[str], *, spoken: bool) -> str:
    core = words.strip()
    escaped = _SPECIAL.sub(r"\\\g<0>", core.translate(_MARK)) if spoken else core
    if not names or not core:
        return words.replace(core, escaped, 1) if core else words
    start = words.index(core)
    return f"{words[:start]}[[{'; '.join(names)}]]{escaped}[[/]]{words[start + len(core) :]}"


def _pieces(source: str, depth: int) -> Iterator[Piece]:
    """A source cut where its codes change; code that encloses no word is opaque as a whole.

    Only the ``depth`` outermost codes around a word are kept.
    """
    tokens = inline.tokens(source)
    ends = _wordless_ends(tokens)
    stack: list[int] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.role is Role.TEXT:
            yield from _words(token.text, tuple(stack[:depth]))
        elif index in ends:
            last = ends[index]
            yield Piece(source[token.start : tokens[last].end], tuple(stack[:depth]), opaque=True)
            index = last
        elif token.role is Role.OPEN:
            stack.append(token.number)
        elif stack:
            stack.pop()
        index += 1


def _wordless_ends(tokens: Sequence[Token]) -> dict[int, int]:
    """The index of a lone code, or of a pair without a word inside, to that of its last token."""
    ends: dict[int, int] = {}
    stack: list[int] = []
    has_words: list[bool] = [False]
    for index, token in enumerate(tokens):
        if token.role is Role.LONE:
            ends[index] = index
        elif token.role is Role.OPEN:
            stack.append(index)
            has_words.append(False)
        elif token.role is Role.CLOSE and stack:
            opened = stack.pop()
            if has_words.pop():
                has_words[-1] = True
            else:
                ends[opened] = index
        elif token.role is Role.TEXT and any(map(str.isalnum, token.text)):
            has_words[-1] = True
    return ends


def _words(text: str, codes: tuple[int, ...]) -> Iterator[Piece]:
    for run in inline.split_locked_values(text):
        if run.role is Role.VALUE:
            yield Piece(inline.escape_literal(run.raw), codes, opaque=True)
            continue
        at = 0
        for match in _LITERAL_OR_RESERVED.finditer(run.text):
            if match.start() > at:
                yield Piece(run.text[at : match.start()], codes)
            yield Piece(inline.escape_literal(match.group()), codes, opaque=True)
            at = match.end()
        if at < len(run.text):
            yield Piece(run.text[at:], codes)


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of an answer with the tags it came back with."""

    text: str
    codes: frozenset[int] = frozenset()
    opaque: int = -1


def decode(stream: str, encoded: Encoded) -> Draft:
    """An answer as a draft: with its codes where every one of them came back in good order."""
    unknown = sum(1 for match in _UNKNOWN.finditer(stream) if match[1].islower())
    atoms = _even_spaces(_settle(list(_atoms(stream)), encoded.source), encoded.source)
    if (target := _with_codes(atoms, encoded)) is not None:
        return Draft(target, unknown=unknown)
    return Draft(_bare(atoms, encoded), codes_missing=True, unknown=unknown)


def _with_codes(atoms: Sequence[Atom], encoded: Encoded) -> str | None:
    if not _same_opaque(atoms, encoded):
        return None
    spans = _spans(atoms)
    text = "".join(_shown(atom) for atom in atoms)
    return assemble(text, spans, encoded) if spans is not None else None


def assemble(text: str, spans: Mapping[int, protect.Span], encoded: Encoded) -> str | None:
    """A target from plain text with stand-ins, verified against its source; None if damaged."""
    woven = protect.weave(text, spans, encoded.source)
    if woven is None:
        return None
    target = _reveal(woven, encoded.opaque)
    return None if protect.damage(encoded.source, target) else target


def plain(stream: str, encoded: Encoded) -> str:
    """An answer's words with each stand-in as one private character, "" if some were lost."""
    atoms = _even_spaces(list(_atoms(stream)), encoded.source)
    return "".join(map(_shown, atoms)) if _same_opaque(atoms, encoded) else ""


def _bare(atoms: Sequence[Atom], encoded: Encoded) -> str:
    """The words alone; addresses and literals are words, codes are not."""
    words = []
    for atom in atoms:
        if atom.opaque < 0:
            words.append(inline.escape_literal(atom.text))
        elif not inline.codes_of(original := _lookup(encoded.opaque, atom.opaque)):
            words.append(original)
    text = "".join(words).strip()
    return text if "  " in encoded.source else re.sub(" {2,}", " ", text)


def _lookup(opaque: Sequence[str], index: int) -> str:
    return opaque[index] if index < len(opaque) else ""


def _shown(atom: Atom) -> str:
    return chr(_FIRST_OPAQUE + atom.opaque) if atom.opaque >= 0 else atom.text


def _reveal(text: str, opaque: Sequence[str]) -> str:
    return re.sub(
        "[\U000f0000-\U000fffff]", lambda match: _lookup(opaque, ord(match.group()) - _FIRST_OPAQUE), text
    )


def _same_opaque(atoms: Sequence[Atom], encoded: Encoded) -> bool:
    return sorted(atom.opaque for atom in atoms if atom.opaque >= 0) == list(range(len(encoded.opaque)))


def _atoms(stream: str) -> Iterator[Atom]:
    at = 0
    for match in _BLANK.finditer(stream):
        if bare := _unescaped(stream[at : match.start()]):
            yield Atom(bare)
        yield from _bound_atoms(match["tags"], _unescaped(match["words"]))
        at = match.end()
    if bare := _unescaped(stream[at:]):
        yield Atom(bare)


def _bound_atoms(tags: str, words: str) -> Iterator[Atom]:
    """The words under some tags, a stand-in among them apart.

    A language that has a phrase begin with its preposition puts that under the tags of the next word.
    """
    codes: Counter[int] = Counter()
    opaque: list[int] = []
    for tag in tags.split(";"):
        kind, _, number = tag.strip().removeprefix("t:").partition(":")
        if number.isdecimal():
            if kind == "c":
                codes[int(number)] += 1
            else:
                opaque.append(int(number))
    around = _STANDING_IN.split(words) if len(opaque) == 1 else [words]
    if len(around) != 2:
        yield Atom(words, frozenset(codes))
        return
    shared = frozenset(number for number, count in codes.items() if count > 1)
    before, after = around
    if before:
        yield Atom(before, shared)
    yield Atom(_STAND_IN, frozenset(codes), opaque[0])
    if after:
        yield Atom(after, shared)


def _unescaped(stream: str) -> str:
    """Stream text as a reader sees it; the marks of unknown words are dropped."""
    return _UNESCAPE.sub(lambda match: match[1] or "", stream).translate(_UNMARK)


def _settle(atoms: list[Atom], source: str) -> list[Atom]:
    """Atoms with one code (and those it stands in) each.

    Two words that became one ("de" and "le": "del") carry both their codes; the code with the
    fewest words keeps it.
    """
    parents = protect.nesting(source)
    counts = Counter(number for atom in atoms for number in atom.codes)
    settled: list[Atom] = []
    for atom in atoms:
        codes = {number for number in atom.codes if number in parents}
        leaves = codes - {parents[number] for number in codes}
        leaf = min(leaves, key=lambda number: (counts[number], number), default=0)
        chain: set[int] = set()
        while leaf:
            chain.add(leaf)
            leaf = parents[leaf]
        settled.append(Atom(atom.text, frozenset(chain), atom.opaque))
    return settled


def _even_spaces(atoms: Sequence[Atom], source: str) -> list[Atom]:
    """Atoms without the doubled spaces that vanished words leave, unless the source has such."""
    if "  " in source:
        return list(atoms)
    evened: list[Atom] = []
    previous = ""
    for atom in atoms:
        text = re.sub(" {2,}", " ", atom.text)
        if previous.endswith(" ") and atom.opaque < 0:
            text = text.removeprefix(" ")
        if text or atom.opaque >= 0:
            evened.append(Atom(text, atom.codes, atom.opaque))
            previous = text
    return evened


def _spans(atoms: Sequence[Atom]) -> dict[int, protect.Span] | None:
    """Each pair's (start, end) in the shown text; None when its words were scattered."""
    spans: dict[int, protect.Span] = {}
    last: dict[int, int] = {}
    at = words = 0
    for atom in atoms:
        end = at + len(_shown(atom))
        for number in atom.codes:
            if words - last.get(number, words) > _MAX_GAP:
                return None
            spans[number] = (spans.get(number, (at, end))[0], end)
        words += len(atom.text.split())
        for number in atom.codes:
            last[number] = words
        at = end
    return spans
