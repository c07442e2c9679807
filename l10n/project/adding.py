"""Adds a release to a project: its file, what it shows from its folder, and its plan."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import tomli_w

from l10n import conventions, disk, formats, inline
from l10n.errors import InputError, UsageError
from l10n.language import UNDETERMINED, instead_of
from l10n.model import Document
from l10n.project import attachments, dating, layout
from l10n.project.nouns import Project, Release
from l10n.project.settings import locale_of


def suggested_id(name: str) -> str:
    """A release id made from a name or a title, "" when nothing of it can be one."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:64].strip("-")


def add(
    project: Project,
    file: Path,
    *,
    release_id: str,
    locale: str,
    locales: tuple[str, ...],
    date: dt.date,
    embargo: dt.datetime | None = None,
    main: str = "",
    encoding: str = "",
    stated: bool = False,
) -> Release:
    """Copy a file into the project as a new release, with what it shows from its folder, and write its plan.

    ``date`` is its day; with ``stated`` the one on which the file says it was published goes before it.
    ``embargo`` is the moment, with its zone, before which nobody may read it.
    ``main`` is a selector for the part of a page that is for translators; "auto" finds one.
    ``encoding`` is what a text or Markdown file is in; the release has it in UTF-8.
    Raises UsageError when the id is taken or no format knows the file's ending, InputError when
    the file cannot be read as what its ending says, or is a link that leads out of the project.
    """
    folder = _new_folder(project, release_id)
    source = locale_of(locale)
    if _leads_out(project, file):
        raise InputError(
            "this link leads out of the project", path=file, remedy=f"Name the file itself: {file.resolve()}"
        )
    data = _read(file, encoding)
    if main == "auto":
        main = formats.located(data, path=str(file))
    document = formats.extract(data, path=str(file), locale=source, main=main)
    if not next(document.segments(), None):
        raise InputError("there is nothing to translate in it", path=file, remedy="Check that it has text.")
    targets = [locale_of(target) for target in locales]
    day = dating.stated_date(document, latest=date) if stated else None
    wanted = {"locales": targets, "embargo": embargo, "main": main}
    plan = {"date": day or date, "locale": source} | {name: value for name, value in wanted.items() if value}
    readers = (source, *(targets or project.settings.locales))
    beside = attachments.beside(document, file.parent, readers, main=main)
    _write_release(folder, f"source{file.suffix.lower()}", data, beside, plan)
    return layout.release(project, release_id)


def _write_release(
    folder: Path, name: str, data: bytes, beside: Mapping[str, Path], plan: Mapping[str, object]
) -> None:
    """Write the source of a release, what it shows from the files ``beside`` it, and its plan."""
    _write_new(folder / name, data)
    for path, shown in beside.items():
        if path != name:
            _write_new(folder / path, disk.read(shown))
    # Last: without its plan it is no release yet.
    _write_new(folder / "release.toml", tomli_w.dumps(plan).encode())


def language_of(file: Path, among: Sequence[str], *, encoding: str = "") -> str:
    """The one of the locales ``among`` that a file can be in by its words.

    Raises UsageError when it is plainly in none of them, or could be in several.
    """
    document = formats.extract(_read(file, encoding), path=str(file), locale=UNDETERMINED)
    others = {locale: reads_as(document, locale) for locale in among}
    possible = [locale for locale in among if not others[locale]]
    if not possible and among:
        raise UsageError(
            f"it reads as {others[among[0]]}, which is not a source language of the project:"
            f" {', '.join(among)}",
            path=file,
            remedy="Say which language it is in: --locale.",
        )
    if len(possible) != 1:
        raise UsageError(
            f"the project has several source languages: {', '.join(possible)}",
            path=file,
            remedy="Say which this one is in: --locale.",
        )
    return possible[0]


def reads_as(document: Document, locale: str) -> str:
    """The English name of the language a document is plainly in instead of a locale's, else ""."""
    other = instead_of("\n".join(inline.plain(segment.source) for _, segment in document.segments()), locale)
    if other == UNDETERMINED:
        return "a language in other letters"
    return conventions.load(other).english if other else ""


def _read(file: Path, encoding: str) -> bytes:
    data = disk.read(file)
    return formats.in_utf_8(data, encoding, path=str(file)) if encoding else data


def _new_folder(project: Project, release_id: str) -> Path:
    """Where a new release goes.  Raises UsageError for what is no id, or is taken."""
    if not layout.is_release_id(release_id):
        raise UsageError(
            f"{release_id!r} is no release id",
            remedy="Choose one of lower-case letters, digits and hyphens with --id.",
        )
    folder = project.root / "releases" / release_id
    if os.path.lexists(folder / "release.toml") or (os.path.lexists(folder) and not folder.is_dir()):
        raise UsageError(
            f"release {release_id!r} exists",
            path=folder,
            remedy="Choose another --id. If adding it was interrupted, l10n update finishes it.",
        )
    return folder


def _write_new(path: Path, data: bytes) -> None:
    """Write a file of a new release; an interrupted run may have done so.

    Raises UsageError when another one is there.
    """
    if os.path.lexists(path) and (not path.is_file() or disk.read(path) != data):
        raise UsageError(
            "another file is in the way", path=path, remedy="Move it away, or choose another --id."
        )
    disk.write(path, data)


def _leads_out(project: Project, file: Path) -> bool:
    """Whether a file lies in the project by its name alone: what a link says may be another's."""
    root = f"{project.root}{os.sep}"
    here = os.path.join(os.path.realpath(file.parent), file.name)  # noqa: PTH118 - realpath meets loops, too
    return here.startswith(root) and not os.path.realpath(file).startswith(root)
