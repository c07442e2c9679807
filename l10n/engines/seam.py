"""What an engine is, and the nouns it is spoken to in."""

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

    ``tags`` says how codes travel through it: not at all, as marks ``⟦1⟧``, as XML, or bound
    to their words.  ``max_batch`` counts texts, ``max_characters`` the characters of one text;
    0 means no limit.  ``leaves_machine`` is true when the text goes to somebody else.  ``context`` says
    that what stands around a text, and the terms in it, bear on what is answered, ``context_counts``
    that they are paid for as the text is.  An engine that is ``metered`` is asked through a cache,
    budgets and a circuit breaker (``workflow.steps``); one that costs nothing to ask is not.  ``endpoint``
    is the address that the texts go to, "" where nothing is called.
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
class Wanted:
    """A term in a source: the words to use for it, the best first, and those to avoid."""

    source: str
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What an engine may know of a text: its neighbours in the source, as plain words, and its terms."""

    before: str = ""
    after: str = ""
    terms: tuple[Wanted, ...] = ()

    @property
    def size(self) -> int:
        """Its characters."""
        words = (word for term in self.terms for word in (term.source, *term.use, *term.avoid))
        return len(self.before) + len(self.after) + sum(map(len, words))


Contexts = Mapping[str, Context]
"""By source; a source may have none."""
NO_CONTEXTS: Contexts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Passage:
    """What happened to a text on its way through an engine: ``what``, and the text at that point."""

    what: Literal["sent", "answered", "failed", "remembered"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's suggestion.

    With ``codes_missing`` the text has none of the source's codes, because they could not be
    put back without guessing; otherwise it has exactly those.  ``unknown`` counts the
    lower-case words the engine did not know (names are left alone by every engine).  ``way``
    says how its codes came through: "xml", "marks", "word-bound", "words" (found again by their words)
    or "bare" (they did not), "" where the engine does not tell; ``trace`` say what was asked and
    answered on the way, in its order, as far as the engine tells.
    """

    text: str
    codes_missing: bool = False
    unknown: int = 0
    way: str = field(default="", compare=False)
    trace: tuple[Passage, ...] = field(default=(), compare=False)


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
        """Its name in the table, and in the origin of what it translates."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether it could translate between two locales here and now."""

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each source's translation or why there is none.

        An engine without ``context`` among its capabilities pays no heed to ``contexts``.
        Raises EngineMissing when the engine cannot run at all, or does not know the pair.
        """

    def close(self) -> None:
        """Let go of processes and connections."""
