"""The notices to readers in a release's plan, as units that are translated like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from l10n import inline, segment
from l10n.formats import Targets, whole
from l10n.model import Document, Kind, Segment, Unit
from l10n.project.events import Event
from l10n.project.nouns import Release


def units(release: Release) -> tuple[Unit, ...]:
    """The texts of its history in its own language, each a block that is named by its event."""
    return tuple(_units(release))


def _units(release: Release) -> Iterator[Unit]:
    for event in release.history:
        text = " ".join(event.text(release.locale).split())
        parts = segment.cut(inline.split_locked_values(text), release.locale) if text else ()
        if any(isinstance(part, Segment) for part in parts):
            yield Unit(parts, Kind.METADATA, name=name(event))


def name(event: Event) -> str:
    """The name of an event's block, which translators see."""
    where = f" ({', '.join(event.locales)})" if event.locales else ""
    return f"{event.what} {event.at.isoformat(timespec='minutes')}{where}"


def what(unit: Unit) -> str:
    """What happened by a block's event, in its word (``events.WHAT``)."""
    return unit.name.partition(" ")[0]


def asked_in(unit: Unit, release: Release, locale: str) -> bool:
    """Whether a block is for a language: its event happens there, and the plan does not say it itself."""
    return any(
        name(event) == unit.name and event.concerns(locale) and not event.text(locale)
        for event in release.history
    )


def by_event(document: Document) -> Mapping[str, Unit]:
    """The blocks of a document by the names of their events."""
    return {unit.name: unit for unit in document.extra_units}


def said(unit: Unit, targets: Targets) -> str:
    """The words of a block in the language of the targets, "" where one of its segments has none."""
    if not whole(unit, targets):
        return ""
    return "".join(
        part if isinstance(part, str) else inline.plain(targets[part.key], part.codes) for part in unit.parts
    )
