"""Films with sound that say nothing to readers who do not hear them (WCAG 2.2, 1.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.locale_tags import language_of
from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag

_WRITTEN = frozenset({"captions", "subtitles"})


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """Films without captions in the language of the place they stand in."""
    for tag in sheet.named("video"):
        if tag.hidden or "muted" in tag.attributes:
            continue
        told = [_language(track, tag) for track in sheet.named("track") if _is_written(track, tag)]
        own = language_of(tag.lang)
        if not told:
            yield _fault(tag, "a film has no captions (<track>)")
        elif own and own not in map(language_of, told):
            yield _fault(
                tag, f"a film has captions in {', '.join(sorted(set(told)))}, and none in {tag.lang}"
            )


def _is_written(track: Tag, film: Tag) -> bool:
    """Whether a track writes what is said in a film; without a kind it is one of subtitles."""
    return track.parent is film and track.attributes.get("kind", "subtitles").lower() in _WRITTEN


def _language(track: Tag, film: Tag) -> str:
    return track.attributes.get("srclang", "") or film.lang


def _fault(tag: Tag, message: str) -> Fault:
    # Whether a film has sound, or captions in its picture, its page does not say.
    return Fault("captions", tag.line, message, Severity.WARNING)
