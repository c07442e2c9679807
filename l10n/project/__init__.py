"""A project on disk: its settings, its releases, and the paths of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.project.adding import add, language_of, reads_as, suggested_id
    from l10n.project.counting import load_counts
    from l10n.project.dating import stated_date
    from l10n.project.engine_routes import Confidentiality, Routes
    from l10n.project.events import Event
    from l10n.project.layout import (
        ReadableReleases,
        approved_targets,
        as_planned,
        catalogue_name,
        catalogue_path,
        create,
        find,
        load,
        read_catalogue,
        readable_releases,
        release,
        releases,
        review_rule,
        route,
        segmentation_path,
    )
    from l10n.project.lengths import FILE as LENGTHS
    from l10n.project.lengths import write as write_lengths
    from l10n.project.leverage import forget_memory, open_memory
    from l10n.project.nouns import Credits, Override, Project, Release
    from l10n.project.release_table import PRIORITIES
    from l10n.project.segmentation import (
        change_choices,
        choices,
        choices_text,
        document,
        has_own_segmentation,
        keep_up,
        segmented_for,
    )
    from l10n.project.settings import FILE, EngineSettings, Settings, Site, locale_of
    from l10n.project.sources import SourceChanged, document_of, replace_source
    from l10n.project.sources import demand_unchanged as demand_unchanged_source
    from l10n.project.sources import digest as source_digest
    from l10n.project.term_suggestions import suggested_terms
    from l10n.project.terms import (
        GlossaryChanged,
        change_glossary,
        glossary_paths,
        read_glossary,
        same_term_key,
    )
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "GlossaryChanged": "terms",
            "Credits": "nouns",
            "Confidentiality": "engine_routes",
            "EngineSettings": "settings",
            "Event": "events",
            "FILE": "settings",
            "LENGTHS": "lengths:FILE",
            "Override": "nouns",
            "PRIORITIES": "release_table",
            "Project": "nouns",
            "ReadableReleases": "layout",
            "Release": "nouns",
            "Routes": "engine_routes",
            "Settings": "settings",
            "Site": "settings",
            "add": "adding",
            "approved_targets": "layout",
            "as_planned": "layout",
            "catalogue_name": "layout",
            "catalogue_path": "layout",
            "change_choices": "segmentation",
            "change_glossary": "terms",
            "choices": "segmentation",
            "choices_text": "segmentation",
            "load_counts": "counting",
            "create": "layout",
            "segmented_for": "segmentation",
            "document": "segmentation",
            "document_of": "sources",
            "find": "layout",
            "forget_memory": "leverage",
            "glossary_paths": "terms",
            "has_own_segmentation": "segmentation",
            "keep_up": "segmentation",
            "language_of": "adding",
            "load": "layout",
            "locale_of": "settings",
            "open_memory": "leverage",
            "read_catalogue": "layout",
            "read_glossary": "terms",
            "readable_releases": "layout",
            "reads_as": "adding",
            "release": "layout",
            "releases": "layout",
            "replace_source": "sources",
            "route": "layout",
            "review_rule": "layout",
            "same_term_key": "terms",
            "segmentation_path": "layout",
            "source_digest": "sources:digest",
            "SourceChanged": "sources",
            "demand_unchanged_source": "sources:demand_unchanged",
            "stated_date": "dating",
            "suggested_id": "adding",
            "suggested_terms": "term_suggestions",
            "write_lengths": "lengths:write",
        },
    )

__all__ = [
    "FILE",
    "LENGTHS",
    "PRIORITIES",
    "Confidentiality",
    "Credits",
    "EngineSettings",
    "Event",
    "GlossaryChanged",
    "Override",
    "Project",
    "ReadableReleases",
    "Release",
    "Routes",
    "Settings",
    "Site",
    "SourceChanged",
    "add",
    "approved_targets",
    "as_planned",
    "catalogue_name",
    "catalogue_path",
    "change_choices",
    "change_glossary",
    "choices",
    "choices_text",
    "create",
    "demand_unchanged_source",
    "document",
    "document_of",
    "find",
    "forget_memory",
    "glossary_paths",
    "has_own_segmentation",
    "keep_up",
    "language_of",
    "load",
    "load_counts",
    "locale_of",
    "open_memory",
    "read_catalogue",
    "read_glossary",
    "readable_releases",
    "reads_as",
    "release",
    "releases",
    "replace_source",
    "review_rule",
    "route",
    "same_term_key",
    "segmentation_path",
    "segmented_for",
    "source_digest",
    "stated_date",
    "suggested_id",
    "suggested_terms",
    "write_lengths",
]
