"""Who is credited for a page's translation, where the site discloses that."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from l10n.project import Credits, Release


@dataclass(frozen=True, slots=True)
class CreditSource:
    """Who translated and reviewed what no plan names anybody for.

    ``of`` is asked with a release, a locale, and the keys of the segments on its page; what it answers
    may change with the release's catalogue only, but for names: ``mark`` is another when one changes.
    """

    mark: str
    of: Callable[[Release, str, Collection[tuple[str, str]]], Credits]
