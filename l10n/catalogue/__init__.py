"""PO catalogues: made from a document, kept in step with it, counted."""

from __future__ import annotations

from l10n.catalogue.counts import Counts, count
from l10n.catalogue.grading import Grade
from l10n.catalogue.po import encoded, parse, read, text, write
from l10n.catalogue.provenance import digest, edited_outside
from l10n.catalogue.shown import Shown, shown
from l10n.catalogue.silence import Silence, silenced, silences, with_silences, without_silences
from l10n.catalogue.survey import Message, Survey, survey
from l10n.catalogue.template import header, headers, template
from l10n.catalogue.update import Change, Revision, revise, update

__all__ = [
    "Change",
    "Counts",
    "Grade",
    "Message",
    "Revision",
    "Shown",
    "Silence",
    "Survey",
    "count",
    "digest",
    "edited_outside",
    "encoded",
    "header",
    "headers",
    "parse",
    "read",
    "revise",
    "shown",
    "silenced",
    "silences",
    "survey",
    "template",
    "text",
    "update",
    "with_silences",
    "without_silences",
    "write",
]
