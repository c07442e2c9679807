"""A catalogue that is to be inspected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.review_rule import DEFAULT_RULE, ReviewRule

if TYPE_CHECKING:
    from l10n.glossary import Glossary
    from l10n.lengths import LengthRatio


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A catalogue to inspect, with what its project knows about it.

    ``path`` is a string, since there may be thousands, and ``name`` is its name in reports.  ``locale`` and
    ``source_locale`` are those of its project, "" when only the header of the file can tell.
    ``source_keys`` returns the keys of the segments of its source, None without a source to compare with;
    ``length_ratio`` is learned from the project; ``stamp`` is a digest of all these values depend on;
    ``made_from`` are the files that say which segments it has to have.
    """

    path: str
    name: str
    locale: str = ""
    source_locale: str = ""
    release: str = ""
    source_keys: Callable[[], frozenset[tuple[str, str]]] | None = None
    glossary: Callable[[], Glossary | None] | None = None
    rule: ReviewRule = DEFAULT_RULE
    stamp: str = ""
    length_ratio: LengthRatio | None = None
    made_from: tuple[str, ...] = ()
