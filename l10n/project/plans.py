"""Changes to a release's plan (`release.toml`) that keep the rest of the file as people wrote it."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli
import tomli_w

from l10n import disk
from l10n.errors import ConfigError
from l10n.project.events import Event
from l10n.project.nouns import Override, Release
from l10n.project.release_table import PRIORITIES

Value = str | dt.datetime | Mapping[str, str] | Sequence[str]
Setting = tuple[tuple[str, ...], Value | None]
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def published(release: Release, locales: Sequence[str], *, at: dt.datetime) -> Release:
    """A release as ``publish`` would plan it."""
    if not locales:
        return replace(release, status="published", schedule={})
    return replace(release, schedule={**release.schedule, **dict.fromkeys(locales, at)})


def overridden(release: Release, locale: str, decision: Override) -> Release:
    """A release as ``override`` would plan it."""
    return replace(release, overrides={**release.overrides, locale: decision})


def with_event(release: Release, event: Event) -> Release:
    """A release as ``add_event`` would plan it."""
    history = sorted((*release.history, event), key=lambda entry: entry.at)
    return replace(release, history=tuple(history))


def publish(release: Release, locales: Sequence[str], *, at: dt.datetime) -> None:
    """Plan languages of a release to be on line from a moment, or all of it from now on with none."""
    if not locales:
        settings: list[Setting] = [(("status",), "published")]
        settings += [(("schedule", locale), None) for locale in release.schedule]
    else:
        settings = [(("schedule", locale), at) for locale in locales]
    change(release, settings)


def override(release: Release, locale: str, decision: Override) -> None:
    """Let a language be published although a gate holds it back."""
    change(release, [(("overrides", locale), {"by": decision.by, "why": decision.why})])


def prioritise(release: Release, priority: str) -> None:
    """Set the priority of a release."""
    change(release, [(("priority",), None if priority == PRIORITIES[0] else priority)])


def embargo(release: Release, at: dt.datetime | None) -> None:
    """Set the embargo of a release, None for none."""
    change(release, [(("embargo",), at)])


def add_event(release: Release, event: Event) -> None:
    """Write down, behind what the plan says already, what happens to a release.

    Raises ConfigError, and changes nothing, where the plan is written in a way this cannot follow.
    """
    path = release.folder / "release.toml"
    text = disk.read(path).decode("utf-8")
    row: dict[str, Any] = {"what": event.what, "at": event.at}
    row |= {"locales": list(event.locales)} if event.locales else {}
    row |= {"text": dict(event.texts)} if event.texts else {}
    lines = "".join(f"{_line(name, value)}\n" for name, value in row.items())
    plan = tomli.loads(text)
    new_text = f"{text.rstrip()}\n\n[[history]]\n{lines}"
    if _parsed(new_text) != _parsed(tomli_w.dumps({**plan, "history": [*plan.get("history", ()), row]})):
        raise ConfigError(
            "what happens cannot be added to this plan by itself",
            path=path,
            remedy=f"Write it by hand: {', '.join(lines.splitlines())}",
        )
    disk.write(path, new_text.encode())


def change(release: Release, settings: Sequence[Setting]) -> None:
    """Set each value of the plan, or remove it where it is None.

    Raises ConfigError, and changes nothing, where the plan is written in a way this cannot follow.
    """
    path = release.folder / "release.toml"
    text = changed(disk.read(path).decode("utf-8"), settings, path)
    disk.write(path, text.encode())


def changed(plan: str, settings: Sequence[Setting], path: Path | None = None) -> str:
    """The text of a plan with each value set, or removed where it is None.

    Raises ConfigError, which names the ``path``, where it is written in a way this cannot follow.
    """
    text = plan
    for place, value in settings:
        expected = _expected(tomli.loads(text), place, value)
        text = _edited(text, place, value)
        if _parsed(text) != expected:
            raise ConfigError(
                f"{'.'.join(place)} cannot be set in this plan by itself",
                path=path,
                remedy=f"Write it by hand: {_line(place[-1], value) if value else 'remove it'}",
            )
    return text


def _expected(plan: dict[str, object], place: tuple[str, ...], value: Value | None) -> dict[str, object]:
    changed = copy.deepcopy(plan)
    table = changed
    for name in place[:-1]:
        table = table.setdefault(name, {})  # type: ignore[assignment]
    if value is None:
        table.pop(place[-1], None)
    else:
        table[place[-1]] = value
    return {name: item for name, item in changed.items() if item != {}}


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return {name: item for name, item in tomli.loads(text).items() if item != {}}
    except tomli.TOMLDecodeError:
        return None


def _edited(text: str, place: tuple[str, ...], value: Value | None) -> str:
    """The plan with one setting changed; the caller looks whether it came out right."""
    line = "" if value is None else f"{_line(place[-1], value)}\n"
    key = rf'(?:{re.escape(place[-1])}|"{re.escape(place[-1])}")'
    if isinstance(value, Mapping):
        # A table of its own takes the place of one that is there.
        own_table = re.compile(
            rf"^[ \t]*\[{re.escape(place[0])}\.{key}\][^\n]*\n?(?:(?![ \t]*\[)[^\n]*\n?)*", re.MULTILINE
        )
        text = own_table.sub("", text)
    start, end = _table(text, place[:-1])
    if start < 0:
        return text if not line else f"{text.rstrip()}\n\n[{place[0]}]\n{line}"
    inside = text[start:end]
    setting = re.compile(rf"^[ \t]*{key}[ \t]*=[^\n]*\n?", re.MULTILINE)
    if setting.search(inside):
        edited = setting.sub(lambda _: line, inside, count=1)
    else:
        edited = f"{inside.rstrip()}\n{line}".lstrip("\n") + ("\n" if text[end:] else "")
    return text[:start] + edited + text[end:]


def _table(text: str, names: tuple[str, ...]) -> tuple[int, int]:
    """Where the settings of a table stand, (-1, -1) when there is none; the plan's own come first."""
    start = 0
    if names:
        header = re.search(rf"^[ \t]*\[{re.escape('.'.join(names))}\][^\n]*(?:\n|\Z)", text, re.MULTILINE)
        if header is None:
            return -1, -1
        start = header.end()
    following = _HEADER.search(text, start)
    return start, following.start() if following else len(text)


def _line(key: str, value: Value | None) -> str:
    name = tomli_w.dumps({key: ""}).partition(" =")[0]
    if isinstance(value, Mapping):
        inner = ", ".join(tomli_w.dumps({name: item}).strip() for name, item in value.items())
        return f"{name} = {{ {inner} }}"
    if isinstance(value, list):
        return f"{name} = [{', '.join(_line(key, item).partition('= ')[2] for item in value)}]"
    return tomli_w.dumps({key: value}).strip()
