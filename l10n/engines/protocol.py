"""The Engine protocol and the types of its arguments and results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from l10n.errors import EngineFailed

Tags = Literal["none", "marks", "xml", "word-bound"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do.

    ``tags`` says how codes are sent: not at all, as marks ``⟦1⟧``, as XML, or bound to their words.
    ``max_batch`` counts texts, ``max_characters`` the characters of one text; 0 means no limit.
    ``leaves_machine`` is true when texts are sent to another machine.  ``context`` says that the engine
    uses the neighbours of a text and its terms, ``context_counts`` that these are charged for as well.
    ``metered`` engines are wrapped with a cache, budgets and a circuit breaker (``workflow.steps``).
    ``endpoint`` is the address that texts are sent to, "" without one.
    """

    tags: Tags
    max_batch: int = 0
    max_characters: int = 0
    leaves_machine: bool = False
    context: bool = False
    context_counts: bool = False
    metered: bool = True
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class TermHint:
    """A term in a source: the words to use for it, the best first, and those to avoid."""

    source: str
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The context of a text: its neighbours in the source, as plain words, and the terms in it."""

    before: str = ""
    after: str = ""
    terms: tuple[TermHint, ...] = ()

    @property
    def size(self) -> int:
        """The number of its characters."""
        words = (word for term in self.terms for word in (term.source, *term.use, *term.avoid))
        return len(self.before) + len(self.after) + sum(map(len, words))


Contexts = Mapping[str, Context]
"""By source; a source may have none."""
NO_CONTEXTS: Contexts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step in the translation of a text: what happened, and the text at that point."""

    what: Literal["sent", "answered", "failed", "remembered"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine translation of one text.

    With ``codes_missing`` the text has none of the source's codes, because they could not be
    put back without guessing; otherwise it has exactly those.  ``unknown`` counts the
    lower-case words the engine did not know (names are left alone by every engine).  ``way``
    says how the codes were sent: "xml", "marks", "word-bound", "words" (placed again by their words)
    or "bare" (lost), "" if the engine does not tell; ``trace`` lists what was sent and answered, in
    order, if the engine tells.
    """

    text: str
    codes_missing: bool = False
    unknown: int = 0
    way: str = field(default="", compare=False)
    trace: tuple[TraceStep, ...] = field(default=(), compare=False)


Outcome = Draft | EngineFailed


class Engine(Protocol):
    """A translator of batches.

    Contract, held by ``tests/contracts/test_engines_contract.py`` for every engine that can run:

    * ``translate`` returns as many outcomes as it was given texts, in their order; a text that
      could not be translated has an EngineFailed in its place and does not spoil the others;
    * sources and targets are in our notation (``l10n.inline``), and a target that is not marked
      ``codes_missing`` has exactly the codes of its source;
    * threads may share it: each caller gets the translations of its own texts;
    * ``close`` may be called twice, and leaves no process, socket or file behind.
    """

    @property
    def name(self) -> str:
        """Its name in the table, and in the origin of its drafts."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether it could translate between two locales here and now."""

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """A draft, or an error, for each source.

        An engine without the capability ``context`` ignores ``contexts``.
        Raises EngineMissing when the engine cannot run at all, or does not know the pair.
        """

    def close(self) -> None:
        """Release processes and connections."""


def count_mismatch(engine: str, answers: int | str, texts: int) -> EngineFailed:
    """The error that an engine gave another number of answers than it got texts."""
    return EngineFailed(f"{engine}: it gave {answers} texts for {texts}")
