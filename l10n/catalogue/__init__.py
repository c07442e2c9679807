"""PO catalogues: made from a document, updated when it changes, read, written and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.catalogue.counts import Counts, count
    from l10n.catalogue.grading import Grade
    from l10n.catalogue.page_targets import PageTargets, read_page_targets
    from l10n.catalogue.po import encoded, encoded_folded, parse, parse_folded, read, text, write
    from l10n.catalogue.provenance import digest, edited_outside
    from l10n.catalogue.silence import Silence, silenced, silences, with_silences, without_silences
    from l10n.catalogue.survey import Message, Survey, read_survey
    from l10n.catalogue.templates import header, headers, template
    from l10n.catalogue.updating import Change, Revision, revise, update
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Change": "updating",
            "Counts": "counts",
            "Grade": "grading",
            "Message": "survey",
            "Revision": "updating",
            "PageTargets": "page_targets",
            "Silence": "silence",
            "Survey": "survey",
            "count": "counts",
            "digest": "provenance",
            "edited_outside": "provenance",
            "encoded": "po",
            "encoded_folded": "po",
            "header": "templates",
            "headers": "templates",
            "parse": "po",
            "parse_folded": "po",
            "read": "po",
            "revise": "updating",
            "read_page_targets": "page_targets",
            "silenced": "silence",
            "silences": "silence",
            "read_survey": "survey",
            "template": "templates",
            "text": "po",
            "update": "updating",
            "with_silences": "silence",
            "without_silences": "silence",
            "write": "po",
        },
    )

__all__ = [
    "Change",
    "Counts",
    "Grade",
    "Message",
    "PageTargets",
    "Revision",
    "Silence",
    "Survey",
    "count",
    "digest",
    "edited_outside",
    "encoded",
    "encoded_folded",
    "header",
    "headers",
    "parse",
    "parse_folded",
    "read",
    "read_page_targets",
    "read_survey",
    "revise",
    "silenced",
    "silences",
    "template",
    "text",
    "update",
    "with_silences",
    "without_silences",
    "write",
]
