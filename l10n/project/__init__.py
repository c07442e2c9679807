"""A project on disk: its settings, its releases, and where everything lies."""

from __future__ import annotations

from l10n.project.counting import counted
from l10n.project.events import Event
from l10n.project.layout import (
    PRIORITIES,
    Credits,
    Override,
    Project,
    Release,
    add,
    approved_targets,
    catalogue_path,
    create,
    find,
    load,
    read_catalogue,
    release,
    releases,
    route,
    rule,
)
from l10n.project.lengths import FILE as LENGTHS
from l10n.project.lengths import write as write_lengths
from l10n.project.leverage import forget_memory, open_memory
from l10n.project.routes import Discretion, Routes
from l10n.project.segmentation import change_choices, choices, cut_for, document, segmentation_path
from l10n.project.settings import FILE, EngineSettings, Settings, Site, locale_of
from l10n.project.terms import (
    Changed,
    change_glossary,
    glossary_paths,
    read_glossary,
    same_term_key,
    suggested_terms,
)

__all__ = [
    "FILE",
    "LENGTHS",
    "PRIORITIES",
    "Changed",
    "Credits",
    "Discretion",
    "EngineSettings",
    "Event",
    "Override",
    "Project",
    "Release",
    "Routes",
    "Settings",
    "Site",
    "add",
    "approved_targets",
    "catalogue_path",
    "change_choices",
    "change_glossary",
    "choices",
    "counted",
    "create",
    "cut_for",
    "document",
    "find",
    "forget_memory",
    "glossary_paths",
    "load",
    "locale_of",
    "open_memory",
    "read_catalogue",
    "read_glossary",
    "release",
    "releases",
    "route",
    "rule",
    "same_term_key",
    "segmentation_path",
    "suggested_terms",
    "write_lengths",
]
