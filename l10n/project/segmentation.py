"""Segmentation choices of people for one target language of a release: `segmentation.<locale>.toml`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from l10n import disk
from l10n.errors import ConfigError
from l10n.model import Document
from l10n.project import layout, notices, toml_table
from l10n.project.layout import segmentation_path
from l10n.project.nouns import Project, Release
from l10n.segment import choices as chosen
from l10n.segment.choices import Apart, Choice, Choices, Join, Split
from l10n.segment.keeping import kept
from l10n.segment.seams import said

_HEAD = """\
# How people cut this release for {locale}, and which sentences they translate by themselves.
# l10n segments {release} {locale} shows and changes it; what a sentence says identifies it.
"""
_KINDS: Mapping[str, tuple[type[Join | Split | Apart], frozenset[str], frozenset[str]]] = {
    "join": (Join, frozenset({"first", "second"}), frozenset()),
    "split": (Split, frozenset({"first", "second"}), frozenset()),
    "apart": (Apart, frozenset({"source", "context"}), frozenset({"before", "after", "heading", "nth"})),
}
_LONGEST_CONTEXT = 120


def document(project: Project, item: Release, locale: str | None = None) -> Document:
    """A release's source, taken apart; its path is relative to the project.

    Beside it stands what the plan tells readers.  With a target locale it is cut as people chose for
    that language.
    """
    extracted = replace(layout.document(project, item), extra_units=notices.units(item))
    return extracted if locale is None else segmented_for(extracted, item, locale)


def has_own_segmentation(document: Document, item: Release) -> Callable[[str], bool]:
    """Whether a release's document may be another for a target language, by the languages."""
    file_names = frozenset(name for name in os.listdir(item.folder) if name.startswith("segmentation."))  # noqa: PTH208
    return lambda locale: bool(document.extra_units) or f"segmentation.{locale}.toml" in file_names


def segmented_for(document: Document, item: Release, locale: str, earlier: str | None = None) -> Document:
    """A release's document as people segmented it for a target language, with the notices of that language.

    ``earlier`` is how they did so once, as ``choices_text`` told it.
    """
    adapted = _adapted(document, item, locale)
    if earlier is None:
        return chosen.apply(adapted, choices(item, locale))
    return chosen.apply(adapted, _read(toml_table.parsed(earlier.encode(), segmentation_path(item, locale))))


def _adapted(document: Document, item: Release, locale: str) -> Document:
    """A release's document with the notices of a target language."""
    extra_units = tuple(unit for unit in document.extra_units if notices.asked_in(unit, item, locale))
    return document if extra_units == document.extra_units else replace(document, extra_units=extra_units)


def keep_up(project: Project, item: Release, locale: str, source: Document | None = None) -> None:
    """Write what the sentences that people cut or set apart say now, where a few words of them changed.

    A choice that was written once and for all would be lost after some more changes.  ``source`` is
    the release's, not cut for any language; without one it is read where there are choices.
    """
    made = choices(item, locale)
    if not made:
        return
    now = kept(_adapted(source or document(project, item), item, locale), made)
    if now != made:
        change_choices(project, item, locale, lambda current: now if current == made else current)


def choices_text(item: Release, locale: str) -> str:
    """The text of the file of choices for a release in a target language, "" where there is none."""
    path = segmentation_path(item, locale)
    return disk.read(path).decode("utf-8") if os.path.isfile(path) else ""  # noqa: PTH113 - as above


def choices(item: Release, locale: str) -> Choices:
    """The segmentation choices for a release in a target language.

    Raises ConfigError, with file, line and key, for what the file should not say.
    """
    path = segmentation_path(item, locale)
    return read(path) if os.path.isfile(path) else Choices()  # noqa: PTH113 - asked for every page


def write_choices(item: Release, locale: str, choices: Choices) -> None:
    """Write segmentation choices; without any the file is deleted."""
    path = segmentation_path(item, locale)
    if not choices:
        path.unlink(missing_ok=True)
        return
    disk.write(path, text(choices, _HEAD.format(release=item.id, locale=locale)).encode())


def change_choices(
    project: Project, item: Release, locale: str, change: Callable[[Choices], Choices]
) -> Choices:
    """Read, change and write choices, one process at a time; returns the new ones."""
    with disk.locked(project.state / "locks" / f"{item.id}.{locale}.segmentation"):
        changed = change(choices(item, locale))
        write_choices(item, locale, changed)
    return changed


def read(path: Path) -> Choices:
    """The choices in a file.  Raises ConfigError with line and key."""
    return _read(toml_table.read(path))


def _read(table: toml_table.Table) -> Choices:
    table.only(_KINDS)
    collected: list[Choice] = []
    for kind in _KINDS:
        entries = table.values.get(kind, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise table.wrong(kind, "should be tables", f"Write each one under a line [[{kind}]].")
        collected.extend(_choice(table.path, kind, number, entry) for number, entry in enumerate(entries))
    return chosen.of(collected)


def text(choices: Choices, head: str = "") -> str:
    """Choices as TOML, sorted, so that two people's changes to it merge."""
    return head + "".join(f"\n[[{kind}]]\n{_lines(choice)}" for kind, choice in _named(choices))


def _named(choices: Choices) -> Iterator[tuple[str, Choice]]:
    for choice in choices:
        yield next(kind for kind, (noun, _, _) in _KINDS.items() if isinstance(choice, noun)), choice


def _lines(choice: Choice) -> str:
    values = {name: getattr(choice, name) for name in type(choice).__slots__}
    written = {name: value for name, value in values.items() if value not in {"", 1} or _needed(choice, name)}
    return "".join(f"{name} = {_value(value)}\n" for name, value in written.items())


def _needed(choice: Choice, name: str) -> bool:
    return any(isinstance(choice, noun) and name in needed for noun, needed, _ in _KINDS.values())


def _value(value: str | int) -> str:
    """A text as a basic string of TOML, which is JSON's with one more escape; or a number."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _choice(path: Path, kind: str, number: int, values: Mapping[str, Any]) -> Choice:
    noun, needed, optional = _KINDS[kind]
    for key in (*needed - values.keys(), *values.keys() - needed - optional):
        problem = "is missing" if key in needed else "is not a setting here"
        raise _wrong(path, kind, number, key, problem, f"It has {', '.join(sorted(needed | optional))}.")
    for key, value in values.items():
        if key == "nth":
            if type(value) is not int or value < 1:
                raise _wrong(path, kind, number, key, "should be a whole number from 1")
        elif not isinstance(value, str):
            raise _wrong(path, kind, number, key, "should be a text")
        elif key in needed and not said(value):
            raise _wrong(path, kind, number, key, "has no words")
    context = values.get("context", "")
    if not str(context).isprintable() or len(str(context)) > _LONGEST_CONTEXT:
        raise _wrong(path, kind, number, "context", "should be a few words in one line")
    return noun(**values)


def _wrong(path: Path, kind: str, number: int, key: str, problem: str, remedy: str = "") -> ConfigError:
    line = _line(path.read_text("utf-8").split("\n"), kind, number, key)
    return ConfigError(f"{kind}[{number + 1}].{key} {problem}", path=path, line=line, remedy=remedy)


def _line(lines: Sequence[str], kind: str, number: int, key: str) -> int:
    """The line of a key in the nth table of a kind, else that of the table's head."""
    heads = [at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line)]
    if number >= len(heads):
        return 0
    head = heads[number]
    for at in range(head + 1, len(lines)):
        if lines[at].lstrip().startswith("["):
            break
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[at]):
            return at + 1
    return head + 1
