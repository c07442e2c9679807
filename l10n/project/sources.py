"""Replaces the source file of an existing release, after a preview."""

from __future__ import annotations

import hashlib
from dataclasses import replace as changed

from l10n import disk, formats
from l10n.errors import InputError, UsageError
from l10n.model import Document
from l10n.project import notices
from l10n.project.nouns import Project, Release


class SourceChanged(UsageError):
    """The source of a release is another one by now than somebody started from."""


def document_of(project: Project, item: Release, data: bytes) -> Document:
    """The document of a release if its source had other bytes.

    Raises InputError when they are not what its ending says, or hold nothing to translate.
    """
    name = item.source.relative_to(project.root).as_posix()
    document = formats.extract(data, path=name, locale=item.locale, main=item.main)
    if not next(document.segments(), None):
        raise InputError("there is nothing to translate in it", remedy="Check that it has text.")
    return changed(document, extra_units=notices.units(item))


def replace_source(project: Project, item: Release, data: bytes, *, base: str) -> None:
    """Put another source in the place of the one with the digest ``base``; catalogues are left as they are.

    Raises SourceChanged when somebody changed it meanwhile, and what ``document_of`` raises.
    """
    document_of(project, item, data)
    with disk.locked(project.state / "locks" / f"{item.id}.source"):
        demand_unchanged(disk.read(item.source), base)
        disk.write(item.source, data)


def demand_unchanged(current: bytes, base: str) -> None:
    """Raise SourceChanged for somebody who started from a source that is not the current one any more."""
    if digest(current) != base:
        raise SourceChanged(
            "somebody changed the source meanwhile", remedy="Put your change into what stands there now."
        )


def digest(data: bytes) -> str:
    """Which source it is."""
    return hashlib.sha256(data).hexdigest()
