"""The noun of the memory: a source, its target, and where the two stood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A source and its target.

    ``before`` and ``after`` are the sources of the neighbouring segments: "" says that there
    is none, None that nobody knows.  ``origin`` is where it comes from (a release's id),
    ``state`` a value of ``l10n.model.State``.
    """

    source: str
    target: str
    target_locale: str
    before: str | None = None
    after: str | None = None
    origin: str = ""
    state: str = "reviewed"
