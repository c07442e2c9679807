"""The atoms of a paragraph become runs with codes, and every byte between them finds a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n import inline
from l10n.formats.docx.atoms import Atom, What
from l10n.formats.docx.looks import PLAIN, Look, label
from l10n.formats.docx.markup import REFERENCE, referred
from l10n.inline import Role, Run

# A space without width beside another, as SharePoint writes it, is a part of that.
_SPECIAL = re.compile(
    rf"(?P<reference>{REFERENCE.pattern})|(?<!\u200b)(?=\u200b*[ \t\n\r])[ \t\n\r\u200b]{{2,}}|[\t\n\r]"
)
_FIELDS = frozenset({"field", "ruby", "formula"})


@dataclass(slots=True)
class Piece:
    """A run before it is cut out of the file: it may still grow over the noise beside it.

    ``around`` is the look of the text that follows it, for an opening or closing one.
    """

    role: Role
    start: int
    end: int
    text: str = ""
    name: str = ""
    label: str = ""
    around: Look = PLAIN
    atom: Atom | None = None


class Change(NamedTuple):
    """From an offset on, text outside of the codes that begin there has a look."""

    offset: int
    look: Look


@dataclass(slots=True)
class _Layout:
    """Lays pieces side by side.

    Noise between two texts of one look is a piece of its own, beside a code it belongs to the
    code; between two codes it is divided after the last end of a run.
    """

    at: int
    seam: int = 0
    pieces: list[Piece] = field(default_factory=list)

    def text(self, atom: Atom) -> None:
        if atom.start > self.at:
            if self.after_text():
                self.pieces.append(Piece(Role.TEXT, self.at, atom.start))
            else:
                self.pieces[-1].end = atom.start
        self.pieces.append(Piece(Role.TEXT, atom.start, atom.end, atom.text, atom=atom))
        self.at = atom.end

    def code(self, end: int, piece: Piece) -> None:
        """Add a code that reaches to an offset."""
        if not self.after_text() and self.seam > self.at:
            self.pieces[-1].end = self.at = self.seam
        piece.start, piece.end = self.at, end
        self.pieces.append(piece)
        self.at = end

    def closing(self, piece: Piece) -> None:
        """Add a closing that is no tag of its own: it takes the ends of the run before it."""
        self.code(max(self.seam, self.at), piece)

    def after_text(self) -> bool:
        return not self.pieces or self.pieces[-1].role is Role.TEXT

    def finish(self, end: int) -> None:
        if end > self.at:
            if self.after_text():
                self.pieces.append(Piece(Role.TEXT, self.at, end))
            else:
                self.pieces[-1].end = end


def pieces(atoms: Sequence[Atom], start: int, end: int) -> tuple[list[Piece], list[Change]]:
    """The pieces of a paragraph whose inside reaches from ``start`` to ``end``, and how its text looks."""
    layout = _Layout(start)
    bases = [_dominant(atoms)]
    current: Look | None = None
    upcoming, following = _ahead(atoms)
    for index, atom in enumerate(atoms):
        if atom.what is What.SEAM:
            layout.seam = atom.end
            continue
        edge = atom.what in {What.OPEN, What.CLOSE}
        look = None if edge else atom.look if atom.styled else upcoming[index]
        if current is not None and (look is None or look.key != current.key):
            layout.closing(Piece(Role.CLOSE, 0, 0, name="look", around=bases[-1]))
            current = None
        if atom.styled and current is None and atom.look.key != bases[-1].key:
            current = atom.look
            name = label(current, bases[-1])
            layout.code(atom.start, Piece(Role.OPEN, 0, 0, name="look", label=name, around=current))
        if atom.what is What.WORDS:
            layout.text(atom)
        elif atom.what is What.LONE:
            role = Role.VALUE if atom.label in _FIELDS and atom.text.strip() else Role.LONE
            layout.code(atom.end, Piece(role, 0, 0, atom.text, atom.label, atom.label, atom=atom))
        elif atom.what is What.OPEN:
            bases.append(following[index] or bases[-1])
            layout.code(
                atom.end, Piece(Role.OPEN, 0, 0, "", atom.label, atom.label, around=bases[-1], atom=atom)
            )
        else:
            bases.pop()
            layout.code(atom.end, Piece(Role.CLOSE, 0, 0, name=atom.label, around=bases[-1], atom=atom))
    if current is not None:
        layout.closing(Piece(Role.CLOSE, 0, 0, name="look", around=bases[-1]))
    layout.finish(end)
    return layout.pieces, _changes(layout.pieces, start, bases[0])


def _dominant(atoms: Sequence[Atom]) -> Look:
    """The look most of a paragraph's own words have; links count only when there are no others."""
    weights: Counter[str] = Counter()
    looks: dict[str, Look] = {}
    links: list[bool] = []
    for atom in atoms:
        if atom.what is What.OPEN:
            links.append(atom.label == "link" or bool(links and links[-1]))
        elif atom.what is What.CLOSE:
            links.pop()
        elif atom.what is What.WORDS and atom.styled:
            looks.setdefault(atom.look.key, atom.look)
            weights[atom.look.key] += 0 if links and links[-1] else len(atom.text)
    return looks[max(weights, key=lambda key: weights[key])] if weights else PLAIN


def _ahead(atoms: Sequence[Atom]) -> tuple[list[Look | None], list[Look | None]]:
    """For each atom the look that comes next before any edge, and the look of the next words at all."""
    upcoming: list[Look | None] = [None] * len(atoms)
    following: list[Look | None] = [None] * len(atoms)
    near: Look | None = None
    far: Look | None = None
    for index in range(len(atoms) - 1, -1, -1):
        atom = atoms[index]
        if atom.what in {What.OPEN, What.CLOSE}:
            near = None
        elif atom.styled:
            near = atom.look
        if atom.what is What.WORDS:
            far = atom.look
        upcoming[index], following[index] = near, far
    return upcoming, following


def _changes(found: Iterable[Piece], start: int, base: Look) -> list[Change]:
    """Where the look of plain text changes, in order."""
    return [Change(start, base)] + [
        Change(piece.end, piece.around) for piece in found if piece.role in {Role.OPEN, Role.CLOSE}
    ]


def runs(text: str, found: Iterable[Piece]) -> list[Run]:
    """Pieces cut out of their part, with addresses and the like locked."""
    out: list[Run] = []
    plain: list[Run] = []
    for piece in found:
        raw = text[piece.start : piece.end]
        if piece.role is Role.TEXT:
            plain.extend(_text(raw, piece.text))
        else:
            out.extend(_locked(plain))
            plain.clear()
            out.append(Run(raw, piece.text, piece.role, piece.name, piece.label))
    out.extend(_locked(plain))
    return out


def words(raw: str) -> list[Run]:
    """The runs of an attribute's value or an element's text."""
    return list(_locked(list(_text(raw, raw))))


def _text(raw: str, text: str) -> Iterator[Run]:
    if raw.startswith("<") or not text:
        yield Run(raw, text)
        return
    at = 0
    for match in _SPECIAL.finditer(raw):
        if match.start() > at:
            yield inline.text_run(raw[at : match.start()])
        yield Run(match.group(), referred(match.group()) if match["reference"] else " ")
        at = match.end()
    if at < len(raw):
        yield inline.text_run(raw[at:])


def _locked(plain: Sequence[Run]) -> Sequence[Run]:
    """Text runs with the values a reader sees in them locked, however the file divides them."""
    locked = inline.split_locked_values("".join(run.text for run in plain))
    if all(run.role is Role.TEXT for run in locked):
        return tuple(plain)
    out: list[Run] = []
    rest = list(reversed(plain))
    for piece in locked:
        taken: list[Run] = []
        missing = len(piece.raw)
        while missing > 0:
            run, missing = inline.take_words(rest, missing)
            taken.append(run)
        if piece.role is Role.TEXT or not taken:
            out.extend(taken)
        else:
            leading = 0
            while not taken[leading].text:
                leading += 1
            out.extend(taken[:leading])
            raw = "".join(run.raw for run in taken[leading:])
            out.append(Run(raw, piece.text, Role.VALUE, piece.name, piece.label))
    return [*out, *reversed(rest)]
