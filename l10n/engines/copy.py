"""The `copy` engine: a source without words (a number, an address) is its own translation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from l10n import inline
from l10n.conventions import load
from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Outcome
from l10n.errors import EngineFailed

_MARKED_NUMBER = re.compile(r"\d[^\w\s]\d|\d\s\d")


@dataclass(frozen=True, slots=True)
class Copy:
    """The source itself, where it holds no words; anything else it leaves to others."""

    name: str = "copy"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities("xml", metered=False))

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Every pair."""
        del source_locale, target_locale
        return True

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """The wordless texts themselves."""
        del contexts
        return [
            Draft(source)
            if wordless(source, source_locale, target_locale)
            else EngineFailed("it has words, which have to be translated")
            for source in batch
        ]

    def close(self) -> None:
        """There is nothing to let go of."""


def make(settings: Mapping[str, object]) -> Copy:
    """The engine; it has no settings."""
    del settings
    return Copy()


def wordless(source: str, source_locale: str, target_locale: str) -> bool:
    """Whether a source says the same in both locales: no letters outside codes and addresses.

    Numbers with marks in them (1,25) count only where both locales write them the same way.
    """
    words = _words(source)
    if any(map(str.isalpha, words)):
        return False
    return not _MARKED_NUMBER.search(words) or _marks(source_locale) == _marks(target_locale)


def _words(source: str) -> str:
    text = "".join(token.text if token.role is inline.Role.TEXT else "\n" for token in inline.tokens(source))
    return "".join(
        "\n" if run.role is inline.Role.VALUE else run.text for run in inline.split_locked_values(text)
    )


def _marks(locale: str) -> tuple[str, tuple[str, ...]]:
    convention = load(locale)
    return convention.decimal, convention.group
