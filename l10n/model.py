"""The data model: documents of units of segments, and catalogues of entries, with findings and matches.

``Document.parts`` is ``str | Unit`` and ``Unit.parts`` is ``str | Segment``; every ``str`` is
kept verbatim.  Joining the strings and each segment's own ``raw`` gives the file back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from l10n.frozen import quickly_made

Key = tuple[str, str]
"""(context, source): what identifies a segment, and its entry in a catalogue."""
EMPTY_CONTEXT = "\x04"
"""The context of an entry whose file says ``msgctxt ""`` and has the same source without a context, too.

It is what gettext puts between a context and a source in a compiled catalogue, so no other context has it.
Where the entry stands alone its context is "", as if its file said nothing.
"""


class Kind(StrEnum):
    """What a unit is to a reader."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    CELL = "cell"
    CAPTION = "caption"
    CUE = "cue"
    CONTACT = "contact"
    ATTRIBUTE = "attribute"
    METADATA = "metadata"


class State(StrEnum):
    """The state of a segment (the states of XLIFF 2)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"

    @property
    def approved(self) -> bool:
        """Whether a page may show it."""
        return self is _REVIEWED or self is _FINAL


# Python 3.11 takes ten times as long to look a member up in its class.
_REVIEWED, _FINAL = State.REVIEWED, State.FINAL


class Severity(StrEnum):
    """The severity of a finding: an error blocks approval until it is corrected or silenced."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@quickly_made
@dataclass(frozen=True, slots=True)
class Hole:
    """Words inside a code's own text that are translated as a unit of their own: an image's alt.

    ``start`` and ``end`` are offsets in the code's opening, or with ``closing`` in its closing.
    """

    start: int
    end: int
    unit: Unit
    closing: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Code:
    """Inline markup or a locked value, which a translator moves but never edits.

    A pair shows as ``<1>…</1>`` and has a ``closing``; a lone code shows as ``<1/>`` and has
    none.  ``opening`` and ``closing`` are the file's own text.  ``label`` says in English what
    it is ("link", "line break", "phone"); ``value`` is what a reader will see of a lone code
    (an address, an image's name), empty for markup that shows nothing by itself.  ``holes`` are
    in order.
    """

    number: int
    label: str
    opening: str
    closing: str | None = None
    value: str = ""
    holes: tuple[Hole, ...] = ()

    @property
    def paired(self) -> bool:
        """Whether it encloses words."""
        return self.closing is not None


@quickly_made
@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest unit of translation, usually a sentence.

    ``raw`` is the file's own text, ``source`` what a translator sees: entities decoded, line
    wraps folded, codes as ``<1>…</1>`` or ``<2/>``.  ``place`` names the spot a target lands in
    ("text", 'attribute "'), in words its format understands.
    """

    raw: str
    source: str
    context: str = ""
    codes: tuple[Code, ...] = ()
    place: str = "text"

    @property
    def key(self) -> Key:
        """What identifies it in a catalogue: (context, source)."""
        return self.context, self.source


@quickly_made
@dataclass(frozen=True, slots=True)
class Unit:
    """One block: heading, paragraph, list item, table cell, attribute text, contact line.

    ``line`` is where it starts in the file, from 1.  ``name`` refines the kind: an attribute's
    name, a heading's level.  ``width`` is the column at which a plain-text source was hard
    wrapped, 0 if it was not.
    """

    parts: tuple[str | Segment, ...]
    kind: Kind = Kind.PARAGRAPH
    line: int = 0
    name: str = ""
    width: int = 0

    @property
    def raw(self) -> str:
        """The file's own text of the block."""
        return "".join(part if isinstance(part, str) else part.raw for part in self.parts)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its segments, in order."""
        return tuple([part for part in self.parts if not isinstance(part, str)])


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed source file.

    ``format`` is a name in the table of formats, ``encoding`` a Python codec that turns the
    joined parts into the file's bytes again.  Where the parts are only what was found inside a
    file (a zip of XML parts), ``container`` holds the file's bytes.  ``extra_units`` are blocks that are
    in no file: the notices to readers in its release's plan.
    """

    parts: tuple[str | Unit, ...]
    path: str
    format: str
    locale: str
    encoding: str = "utf-8"
    container: bytes = b""
    extra_units: tuple[Unit, ...] = ()

    @property
    def text(self) -> str:
        """The file's own text, whole."""
        return "".join(part if isinstance(part, str) else part.raw for part in self.parts)

    @property
    def raw(self) -> bytes:
        """The file's bytes."""
        return self.container or self.text.encode(self.encoding)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The blocks, in order; one inside a code follows the one around it."""
        units: list[Unit] = []
        for part in (*self.parts, *self.extra_units):
            if not isinstance(part, str):
                units.append(part)
                units.extend(units_inside(part))
        return tuple(units)

    def segments(self) -> Iterator[tuple[Unit, Segment]]:
        """Every segment with the block it stands in, in order."""
        for unit in self.units:
            for part in unit.parts:
                if not isinstance(part, str):
                    yield unit, part


def units_inside(unit: Unit) -> list[Unit]:
    """The blocks inside the codes of a block."""
    return [
        hole.unit
        for part in unit.parts
        if not isinstance(part, str) and part.codes
        for code in part.codes
        for hole in code.holes
    ]


@quickly_made
@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue.

    ``origin`` says where the target came from ("human", "mt:apertium", "tm:100", "" if
    unknown), ``actor`` is the short random id of who decided it.  ``comment`` is the
    translator's own ("# " in PO), ``notes`` what the machine tells the translator ("#. "),
    ``previous`` the source the target was made for, when that was another one.  ``base`` is the
    digest its provenance line names, "" without one: the decision a file edited outside started
    from.  ``line`` is where the entry stands in its file, 0 before it is written.  ``author`` is
    the id of who wrote the target and ``approvers`` of who approved it so far; both are recorded only
    where a release needs more than one person.
    """

    source: str
    target: str = ""
    context: str = ""
    fuzzy: bool = False
    state: State = State.INITIAL
    origin: str = ""
    actor: str = ""
    comment: str = ""
    notes: tuple[str, ...] = ()
    previous: str = ""
    obsolete: bool = False
    flags: tuple[str, ...] = ()
    base: str = ""
    line: int = 0
    author: str = ""
    approvers: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What identifies it: (context, source)."""
        return self.context, self.source

    @property
    def approved(self) -> bool:
        """Whether it needs no further review."""
        return self.publishable and not self.fuzzy

    @property
    def publishable(self) -> bool:
        """Whether a page may show its target: approved, even if fuzzy for a small change of its source."""
        return self.state.approved and bool(self.target)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A PO file: the entries of one release in one language.

    ``headers`` keeps the order of the file.
    """

    locale: str
    entries: tuple[Entry, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    comment: str = ""
    path: str = ""

    @property
    def live(self) -> tuple[Entry, ...]:
        """The entries still in the source, in order."""
        return tuple(entry for entry in self.entries if not entry.obsolete)


def in_words(
    template: str, values: Sequence[tuple[str, str]], shown: Callable[[str], str] | None = None
) -> str:
    """A message with values in place of the names in its braces, each as ``shown``."""
    filled = {name: shown(value) if shown else value for name, value in values}
    return template.format_map(filled) if filled else template


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a check found.

    ``template`` is the message in English, with names in braces that stand for ``values``; the catalogues
    of the interface may translate it.  ``start`` and ``end`` are character offsets
    in the target, ``source_start`` and ``source_end`` in the source; both 0 when the finding is
    about the whole of it.  ``fix`` is the whole corrected target when it is certain, else None.
    """

    check: str
    severity: Severity
    template: str
    start: int = 0
    end: int = 0
    fix: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    source_start: int = 0
    source_end: int = 0

    @property
    def message(self) -> str:
        """The message in English."""
        return self.localised_message(str)

    def localised_message(
        self, translated: Callable[[str], str], shown: Callable[[str], str] | None = None
    ) -> str:
        """The message in the language of a catalogue's ``gettext``, each of its values as ``shown``."""
        return in_words(translated(self.template), self.values, shown)


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate for a segment.

    ``kind`` is icm (exact, same neighbours), idm (exact, marked for this place by a person),
    tm (memory), part (memory, for some of its words), tb (glossary) or mt (machine).  ``score`` is 0
    to 102: 102 and 101 exact with both or one neighbour the same, 100 exact, below that the
    similarity in percent.  ``origin`` is where it comes from ("tm:marseille", "mt:apertium");
    ``source`` the text it was made for.
    """

    target: str
    kind: str
    score: int
    origin: str
    source: str = ""
