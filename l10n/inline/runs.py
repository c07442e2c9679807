"""Runs: the stretches of a block that a format reads."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from l10n.model import Hole


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


def take_words(rest: list[Run], length: int) -> tuple[Run, int]:
    """Take the last run, cut to ``length`` characters where it may be cut; it, and how many still lack."""
    run = rest.pop()
    if len(run.text) > length and run.raw == run.text:
        rest.append(text_run(run.text[length:]))
        run = text_run(run.text[:length])
    return run, length - len(run.text)


def plain_words(run: Run) -> str:
    """The text of a text run that may be cut anywhere, "" for any other run."""
    return run.text if run.role is TEXT and run.raw == run.text else ""


Runs = Sequence[Run]
