"""Which findings fail nothing: those of a baseline, and those in what did not change since a revision."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli.console import print_progress
from workflow.cli.verdicts import in_words

if TYPE_CHECKING:
    from l10n.gate import CatalogueFile, LocatedFinding

Condition = Callable[[Sequence["LocatedFinding"]], list[bool]]
"""Says of each finding whether it is exempt."""


def exempt(
    options: argparse.Namespace,
    places: Sequence[CatalogueFile],
    unreadable: Collection[str],
    fails: Callable[[LocatedFinding], bool],
) -> Condition | None:
    """What exempts a finding from failing the gate, None where the options name nothing that does.

    ``unreadable`` are paths of which a baseline keeps its lines, ``fails`` says what belongs into one.
    Raises UsageError in CI for a baseline that is not there.
    """
    conditions: list[Condition] = []
    if options.changed_since is not None:
        conditions.append(_unchanged_since(options.changed_since, places))
    if options.baseline is not None:
        conditions.append(_known(options, places, unreadable, fails))
    if not conditions:
        return None
    return lambda findings: [
        any(results) for results in zip(*(condition(findings) for condition in conditions), strict=True)
    ]


def _unchanged_since(revision: str, places: Sequence[CatalogueFile]) -> Condition:
    from l10n import gate

    return partial(
        gate.unchanged,
        {place.name: Path(place.path) for place in places},
        revision,
        made_from={place.name: place.made_from for place in places},
    )


def _known(
    options: argparse.Namespace,
    places: Sequence[CatalogueFile],
    unreadable: Collection[str],
    fails: Callable[[LocatedFinding], bool],
) -> Condition:
    from l10n import gate
    from l10n.errors import UsageError
    from l10n.gate.wording import worded

    if options.baseline.is_fifo():
        raise UsageError(
            "a baseline cannot be read from a pipe", path=options.baseline, remedy="Name a file to keep."
        )
    if not options.baseline.exists():
        _refuse_in_ci(options.baseline)
        text = worded("{path} is written; the findings in it no longer fail", path=options.baseline)
        print_progress(f"l10n: {in_words(text)}", quiet=options.quiet)
    named = _from_folder_of(options, places)
    judged = partial(
        gate.in_baseline,
        options.baseline,
        covers=_covered(options, places, unreadable, named),
        fails=fails,
        gone=_gone(options, places, named),
    )
    return lambda findings: judged([finding._replace(path=named(finding.path)) for finding in findings])


def _from_folder_of(options: argparse.Namespace, places: Sequence[CatalogueFile]) -> Callable[[str], str]:
    """What a baseline calls a path of a report: as seen from its own folder, wherever the run begins."""
    from l10n import project as projects

    files = {place.name: place.path for place in places}
    base = "" if options.paths else os.fspath(projects.find(options.folder))
    real = cache(os.path.realpath)
    start = real(options.baseline.parent)

    @cache
    def named(path: str) -> str:
        # A link is named where it is, and not where it leads.
        folder, name = os.path.split(files.get(path) or os.path.join(base, path))  # noqa: PTH118
        return os.path.relpath(os.path.join(real(folder), name), start)  # noqa: PTH118

    return named


def _refuse_in_ci(baseline: Path) -> None:
    """CI keeps no file for its next run: a baseline it wrote anew each time would let everything pass.

    Raises UsageError where CI is set, as GitHub, GitLab and most others do.
    """
    from l10n.errors import UsageError

    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        raise UsageError(
            "there is no such baseline, and one that CI writes is gone with its run",
            path=baseline,
            remedy="Check its name, or write it with the same command on your machine and commit it.",
        )


def _gone(
    options: argparse.Namespace, places: Sequence[CatalogueFile], named: Callable[[str], str]
) -> Callable[[str], bool]:
    """Whether a catalogue would have been looked at if it were still there.

    Also whether a line has the name of a report, as lines had that older versions wrote.
    """
    reported = {place.name for place in places}
    names = set(map(named, reported))
    covered = _covered(options, places, frozenset(), named)
    folder = options.baseline.parent
    return lambda path: (
        path.endswith(".po")
        and path not in names
        and (covered(path) or (path in reported and not os.path.lexists(folder / path)))
    )


def _covered(
    options: argparse.Namespace,
    places: Sequence[CatalogueFile],
    unreadable: Collection[str],
    named: Callable[[str], str],
) -> Callable[[str], bool]:
    """Whether a run looks at all that is to be said of a path, as a baseline names it."""
    names = {named(place.name) for place in places}
    unread = set(map(named, unreadable))
    paths = [os.fspath(path) for path in options.paths] if options.paths else ["."]
    start = os.path.realpath(options.baseline.parent)
    folders = tuple(f"{_whole(start, named(path))}/" for path in paths if options.release == "*")
    whole = "all" in (options.checks or ("all",))
    return lambda path: (
        whole and path not in unread and (path in names or _whole(start, path).startswith(folders))
    )


def _whole(start: str, path: str) -> str:
    return os.path.normpath(os.path.join(start, path))  # noqa: PTH118 - there may be thousands
