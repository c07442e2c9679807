"""What shuts readers out who do not see a page, or use no mouse (WCAG 2.2), as far as its source tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.head import unscalable
from l10n.site.lint.reader import ParsedPage, Tag, named

_WHAT = {"a": "a link", "button": "a button", "label": "a label"}
_FIELDS = ("input", "select", "textarea")
_BUTTONS = frozenset({"hidden", "submit", "reset", "button"})
_IDS = frozenset(
    {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list"}
)
_HEADING = re.compile(r"h[1-6]")
_FILE = re.compile(
    r"[\w-]+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp)|(?:IMG|DSC|DSCN|P)[_-]?\d{3,}", re.IGNORECASE
)
# WCAG 2.2, 2.2.1: a page may go on by itself after twenty hours.
_TWENTY_HOURS = 72_000


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """What shuts readers out of a page."""
    yield from _names(sheet)
    yield from _pictures(sheet)
    yield from _drawn(sheet)
    yield from _headings(sheet)
    yield from _ids(sheet)
    yield from _control(sheet)


def _names(sheet: ParsedPage) -> Iterator[Fault]:
    for tag in sheet.silent:
        if tag.name in _WHAT and (tag.name != "a" or "href" in tag.attributes):
            yield Fault("name", tag.line, f"{_WHAT[tag.name]} says nothing")
    labels = {tag.attributes.get("for") for tag in sheet.named("label")}
    for tag in sheet.tags:
        if tag.hidden or named(tag):
            continue
        if tag.name == "iframe":
            yield Fault("name", tag.line, "a frame has no title")
        elif tag.name in _FIELDS and not (tag.labelled or tag.attributes.get("id") in labels or _button(tag)):
            yield Fault("name", tag.line, f"a field has no label ({tag.name})")


def _button(tag: Tag) -> bool:
    kind = tag.attributes.get("type", "").lower()
    return tag.name == "input" and (kind in _BUTTONS or (kind == "image" and bool(tag.attributes.get("alt"))))


def _pictures(sheet: ParsedPage) -> Iterator[Fault]:
    for tag in sheet.named("img"):
        if "alt" not in tag.attributes and not tag.hidden:
            yield Fault("alt", tag.line, "an image has no alt text")
        elif _FILE.fullmatch(alt := tag.attributes.get("alt", "").strip()):
            yield Fault(
                "alt", tag.line, f"the alt text of an image is the name of a file: {alt}", Severity.WARNING
            )


def _drawn(sheet: ParsedPage) -> Iterator[Fault]:
    """Drawings that are said to be pictures, and say nothing."""
    titled = {id(tag.parent) for tag in sheet.named("title") if tag.parent is not None}
    for tag in sheet.named("svg"):
        if tag.attributes.get("role", "").lower() == "img" and not (
            tag.hidden or named(tag) or id(tag) in titled
        ):
            yield Fault("alt", tag.line, "a drawing is said to be a picture, and has no text (role=img)")


def _headings(sheet: ParsedPage) -> Iterator[Fault]:
    headings = [tag for tag in sheet.tags if _HEADING.fullmatch(tag.name) and not tag.hidden]
    first = [tag for tag in headings if tag.name == "h1"]
    if not first and not sheet.leads_on:
        yield Fault("heading", 1, "the page has no first heading (h1)", Severity.WARNING)
    for tag in first[1:2]:
        yield Fault("heading", tag.line, "the page has several first headings (h1)", Severity.WARNING)
    for tag in sheet.silent:
        if _HEADING.fullmatch(tag.name):
            yield Fault("heading", tag.line, "a heading says nothing")
    for before, tag in pairwise(headings):
        if int(tag.name[1]) > int(before.name[1]) + 1:
            message = f"a heading of level {tag.name[1]} stands below one of level {before.name[1]}"
            yield Fault("heading", tag.line, message, Severity.WARNING)


def _ids(sheet: ParsedPage) -> Iterator[Fault]:
    ids = {name for name, _ in sheet.ids}
    for tag in sheet.tags:
        for attribute in _IDS & tag.attributes.keys():
            for name in tag.attributes[attribute].split():
                if name not in ids and (attribute != "list" or tag.name == "input"):
                    yield Fault(
                        "id-missing", tag.line, f'{attribute}="{name}" is for something that is not there'
                    )


def _control(sheet: ParsedPage) -> Iterator[Fault]:
    yield from unscalable(sheet)
    again = sheet.refresh
    if again and again.seconds.isdecimal() and 0 < int(again.seconds) < _TWENTY_HOURS:
        yield Fault("control", again.line, f"the page goes on by itself after {again.seconds} seconds")
    keys: set[str] = set()
    for tag in sheet.tags:
        if (key := tag.attributes.get("accesskey", "").lower()) in keys and key:
            message = f"two things are for one key of the keyboard (accesskey {key})"
            yield Fault("control", tag.line, message, Severity.WARNING)
        keys.add(key)
        if tag.name in {"marquee", "blink"}:
            yield Fault("control", tag.line, f"<{tag.name}> moves, and readers cannot stop it")
        if (index := tag.attributes.get("tabindex", "")).isdecimal() and int(index) > 0:
            message = f"tabindex {index} puts something before all else for the keyboard"
            yield Fault("control", tag.line, message, Severity.WARNING)
        if tag.name in {"audio", "video"} and "autoplay" in tag.attributes and "muted" not in tag.attributes:
            yield Fault("control", tag.line, "sound starts by itself")
