"""The published site: static pages in every language, and the swap that puts them on line."""

from __future__ import annotations

from l10n.site.build import Built, build
from l10n.site.credits import Crediting
from l10n.site.lifecycle import next_moment
from l10n.site.manifest import Damage
from l10n.site.publish import (
    Published,
    due,
    kept,
    publish,
    published_at,
    rebuilt,
    recorded,
    rollback,
    verify,
)
from l10n.site.records import Record
from l10n.site.scope import Scope
from l10n.site.showing import Skipped
from l10n.site.typography import repair

__all__ = [
    "Built",
    "Crediting",
    "Damage",
    "Published",
    "Record",
    "Scope",
    "Skipped",
    "build",
    "due",
    "kept",
    "next_moment",
    "publish",
    "published_at",
    "rebuilt",
    "recorded",
    "repair",
    "rollback",
    "verify",
]
