"""What the options of `check` mean: which catalogues, which checks, and what is asked of each language."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.gate import CatalogueFile, Goals

# Not among "all": what they find depends on the machine. The values are functions of `l10n.gate`.
EXTRAS = {"spelling": "misspelled", "language-model": "wrong_language"}


def catalogues(options: argparse.Namespace) -> tuple[list[CatalogueFile], str, Path | None]:
    """What to look at, where to say that something is not there, and the project's state folder.

    The folder is None outside a project. Raises UsageError where nothing is named and there is no project,
    and where what is named is a release instead of a file.
    """
    from l10n import project as projects
    from l10n.errors import UsageError
    from l10n.gate import discovery

    if not options.paths:
        try:
            root = projects.find(options.folder)
        except UsageError as error:
            raise UsageError(
                error.message, path=error.path, remedy="Name PO files or folders, as in l10n check po."
            ) from None
        project = projects.load(root)
        return list(discovery.in_project(project, options.release)), projects.FILE, project.state
    try:
        project = projects.load(projects.find(options.folder))
    except UsageError:
        return list(discovery.around(options.paths, options.release)), str(options.paths[0]), None
    releases = {release.id for release in projects.releases(project)}
    for path in options.paths:
        if str(path) in releases and not path.exists():
            raise UsageError(
                f"{path} is a release, and no file of that name is here",
                remedy=f"l10n check --release {path}",
            )
    return (
        list(discovery.belonging(project, options.paths, options.release)),
        str(options.paths[0]),
        project.state,
    )


def check_ids(asked_for: Sequence[str]) -> tuple[str, ...]:
    """The checks to run on each pair, without the extras. Raises UsageError for what is none."""
    from l10n import checks
    from l10n.errors import UsageError

    names = checks.names()
    chosen = tuple(part for part in asked_for or ("all",) if part not in EXTRAS)
    if chosen == ("none",):
        return ()
    if "none" in chosen:
        raise UsageError("--checks none stands alone", remedy="Name only the checks to run.")
    for name in chosen:
        if name not in {*names, "all"}:
            raise UsageError(f"there is no check {name!r}", remedy=f"Checks: {', '.join(names)}.")
    return names if "all" in chosen else chosen


def goals(options: argparse.Namespace) -> Goals:
    """How much of each language is asked for. Raises UsageError for what contradicts itself."""
    from l10n.errors import UsageError
    from l10n.gate import Goals

    required, optional = _locales(options.required), _locales(options.optional)
    if both := ", ".join(sorted(required & optional)):
        raise UsageError(
            f"{both} cannot be required and optional at once", remedy="Name a language in one of the two."
        )
    return Goals(
        _percentages("--min-approved", options.min_approved),
        _percentages("--min-translated", options.min_translated),
        required,
        optional,
    )


def _locales(asked_for: Sequence[str]) -> frozenset[str]:
    from l10n.project import locale_of

    return frozenset(map(locale_of, asked_for))


def _percentages(option: str, texts: Sequence[str]) -> dict[str, int]:
    """The percentage of each locale.  Raises UsageError for one that is asked for two of them."""
    from l10n.errors import UsageError

    percentages: dict[str, int] = {}
    for locale, number in (_percentage(option, text) for text in texts):
        if percentages.setdefault(locale, number) != number:
            raise UsageError(
                f"{option} asks for two percentages of {locale}", remedy="Name each language once."
            )
    return percentages


def _percentage(option: str, text: str) -> tuple[str, int]:
    """A locale, or `*`, and a whole percentage of its segments."""
    from l10n.errors import UsageError
    from l10n.project import locale_of

    locale, _, number = text.partition("=")
    if not locale or not number.isascii() or not number.isdecimal() or int(number) > 100:
        raise UsageError(f"{option} {text!r} is not LOCALE=PERCENT", remedy="As in es=100.")
    return (locale if locale == "*" else locale_of(locale)), int(number)
