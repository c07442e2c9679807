"""Which findings fail nothing: those of a baseline, and those in what did not change since a revision."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
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
    from l10n.gate.wording import worded

    if not options.baseline.exists():
        _refuse_in_ci(options.baseline)
        text = worded("{path} is written; the findings in it no longer fail", path=options.baseline)
        print_progress(f"l10n: {in_words(text)}", quiet=options.quiet)
    return partial(
        gate.in_baseline,
        options.baseline,
        covers=_covered(options, places, unreadable),
        fails=fails,
        gone=_gone(options, places),
    )


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


def _gone(options: argparse.Namespace, places: Sequence[CatalogueFile]) -> Callable[[str], bool]:
    """Whether a catalogue would have been looked at if it were still there."""
    names = {place.name for place in places}
    covered = _covered(options, places, frozenset())
    return lambda path: path.endswith(".po") and path not in names and covered(path)


def _covered(
    options: argparse.Namespace, places: Sequence[CatalogueFile], unreadable: Collection[str]
) -> Callable[[str], bool]:
    """Whether a run looks at all that is to be said of a path."""
    names = {place.name for place in places}
    anything = options.release == "*"
    folders = tuple(f"{path}/" for path in options.paths if anything)
    everywhere = anything and (not options.paths or Path() in options.paths)
    whole = "all" in (options.checks or ("all",))
    return lambda path: (
        whole and path not in unreadable and (everywhere or path in names or path.startswith(folders))
    )
