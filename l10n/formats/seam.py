"""What a format is: how one kind of file is read and written, and what it may add."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from l10n.formats.loading import Loaded
from l10n.model import Document, Segment, Unit

Key = tuple[str, str]
Targets = Mapping[Key, str]
Body = Callable[[Targets, tuple[str, str]], str]
Woven = Callable[[Sequence[str]], str]
"""A document's body from all of its words: the runs between the codes of each distinct segment, in order.

No codes may be in another order than in the sources, and no run may have controls, marks, or blanks in a
row or at the ends of its segment.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What gives a document's body: for any targets and mark, and ``woven`` where it is known how.

    ``woven`` is None where that does not do.
    """

    full: Body
    woven: Woven | None = None

    def __call__(self, targets: Targets, mark: tuple[str, str]) -> str:
        """The body, as ``Format.body`` gives it."""
        return self.full(targets, mark)


class Format(Protocol):
    """How one kind of file is read and written.  A module of functions will do.

    Contract, held by ``tests/contracts/test_formats_contract.py`` for every format in the table:

    * joining the parts that ``extract`` returns gives ``text`` back, character for character;
    * ``encode`` returns text that, read again in the same place, says exactly ``target``: it
      can neither end the place nor become markup;
    * both take time in proportion to their input.
    """

    suffixes: tuple[str, ...]
    names_encoding: bool
    """Whether its files can name their own encoding."""

    def load(self, data: bytes, *, path: str) -> Loaded:
        """The file's text.  Raises InputError when the bytes are not such a file."""

    def save(self, document: Document, text: str) -> bytes:
        """The file's bytes with other text in it; the text of ``load`` gives the same bytes.

        Raises UnicodeEncodeError when a character does not exist in the file's encoding.
        """

    def extract(self, text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:
        """The file's text taken apart."""

    def encode(self, unit: Unit, segment: Segment, target: str, column: int) -> str:
        """A target as the file writes it; ``column`` (from 0) is where it will start.

        Raises CodeError when the target's codes are not those of the segment.
        """

    def body(self, document: Document, targets: Targets, mark: tuple[str, str]) -> str:
        """The document as the HTML inside a page's article, with only whole units filled.

        ``mark`` is the (opening, closing) HTML put around the inside of a unit that stays in
        the source language, a span that says so.
        """


@runtime_checkable
class SaysLanguage(Protocol):
    """A format whose files say which language they are in."""

    def in_language(self, document: Document, merged: bytes, *, locale: str) -> bytes:
        """A file that ``merge`` made of the document, which says it is in ``locale``."""


@runtime_checkable
class Dated(Protocol):
    """A format whose files may say on which day they were published, in their metadata."""

    def stated_date(self, text: str) -> str:
        """That day as the file writes it, which ISO 8601 may begin with; "" where it says none."""


@runtime_checkable
class Flows(Protocol):
    """A format whose paragraphs may be wrapped at a width, where what parts two targets is wrapped again."""

    def gap(self, unit: Unit, between: str, targets: tuple[str, str], segment: Segment, column: int) -> str:
        """What parts two targets of a unit whose sources have ``between`` between them.

        ``segment`` is that of the second one, ``column`` (from 0) where the first one ended.
        """


@runtime_checkable
class Aligns(Protocol):
    """A format with tables whose columns are made of blanks."""

    def aligned(self, parts: Sequence[str | Unit], filled: Sequence[str]) -> Sequence[str]:
        """A document's parts with their targets in them, the columns one below the other."""


@runtime_checkable
class Paged(Protocol):
    """A format of whole pages, of which only a part may be the release: ``main`` is its selector."""

    def extract_main(self, text: str, *, path: str, locale: str, main: str) -> tuple[str | Unit, ...]:
        """The file's text taken apart, with units in that part and the page's titles only."""

    def body(self, document: Document, targets: Targets, mark: tuple[str, str], *, main: str = "") -> str:
        """As ``Format.body``, of that part."""

    def body_of(self, document: Document, *, main: str = "") -> Body:
        """``body`` of a document for any targets and mark."""

    def shown(self, document: Document, *, main: str = "") -> tuple[Unit, ...]:
        """The units in what ``body`` returns."""


@runtime_checkable
class Pressed(Protocol):
    """A format that can do once what is the same for all languages of a page."""

    def body_of(
        self, document: Document, full: Body | None = None, keys: Mapping[Key, Key] | None = None
    ) -> Written:
        """``Format.body`` of a document for any targets and mark.

        ``full`` is asked for it where not all is filled.  ``keys`` leads from the keys of the document's
        segments to those of the targets, where these are others.
        """


@dataclass(frozen=True, slots=True)
class BodyTraits:
    """What pages have to make good in the HTML that ``Format.body`` gives; nothing where a format is silent.

    ``commonmark`` says that it is as CommonMark renders it: HTML of the writer's stands in it as it is, a
    picture by itself has its caption for a title, and a wide table cannot be scrolled.  ``plain_addresses``
    says that addresses people wrote as plain words are no links in it, ``one_way_notes`` that its notes do
    not lead back to their places.  ``xml_skeleton`` says that the skeleton of its units is XML.
    """

    commonmark: bool = False
    plain_addresses: bool = False
    one_way_notes: bool = False
    xml_skeleton: bool = False


@runtime_checkable
class DescribesBody(Protocol):
    """A format of whose ``body`` pages have to know more."""

    body_traits: BodyTraits
