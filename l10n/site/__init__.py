"""The published site: static pages in every language, and the swap that puts them on line."""

from __future__ import annotations

from l10n.site.build import BuiltSite, build
from l10n.site.credits import CreditSource
from l10n.site.lifecycle import next_moment
from l10n.site.manifest import Damage
from l10n.site.page_selection import Skipped
from l10n.site.publish import (
    Published,
    build_incremental,
    due,
    inputs_stamp,
    kept,
    publish,
    published_at,
    recorded,
    rollback,
    verify,
)
from l10n.site.records import Record
from l10n.site.scope import Scope
from l10n.site.templates import without_use
from l10n.site.texts import without_texts
from l10n.site.typography import repair

__all__ = [
    "BuiltSite",
    "CreditSource",
    "Damage",
    "Published",
    "Record",
    "Scope",
    "Skipped",
    "build",
    "build_incremental",
    "due",
    "inputs_stamp",
    "kept",
    "next_moment",
    "publish",
    "published_at",
    "recorded",
    "repair",
    "rollback",
    "verify",
    "without_texts",
    "without_use",
]
