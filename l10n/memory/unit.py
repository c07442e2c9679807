"""The translation unit: a source, its target, and where the two stood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A source and its target.

    ``before`` and ``after`` are the sources of the neighbouring segments: "" says that there
    is none, None that nobody knows.  ``origin`` is where it comes from: a release's id, or where
    ``own`` is false the name of a memory from elsewhere.  ``state`` is a value of
    ``l10n.model.State``; ``day`` the proleptic ordinal of its date, 0 when nobody knows it.
    """

    source: str
    target: str
    target_locale: str
    before: str | None = None
    after: str | None = None
    origin: str = ""
    state: str = "reviewed"
    own: bool = True
    day: int = 0
