"""Finds out which findings are about entries unchanged since a git revision."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from l10n.catalogue import read_survey
from l10n.errors import CatalogueError, UsageError
from l10n.gate.findings import LocatedFinding


def unchanged(paths: Mapping[str, Path], revision: str, findings: Sequence[LocatedFinding]) -> list[bool]:
    """Whether the entry of each finding is the same at a git revision.

    ``paths`` maps the paths in findings to files.  A finding about a whole file is unchanged when the file
    is.  Raises UsageError when there is no such revision or no git.
    """
    for folder in {_folder(file) for file in paths.values()}:
        _git(folder, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    at_revision: dict[str, tuple[bytes | None, set[tuple[str, str, str]]]] = {}
    flags = []
    for finding in findings:
        file = paths.get(finding.path)
        if file is None:
            flags.append(False)
            continue
        if finding.path not in at_revision:
            at_revision[finding.path] = _at(revision, file)
        data, pairs = at_revision[finding.path]
        if finding.source:
            flags.append((finding.context, finding.source, finding.target) in pairs)
        else:
            flags.append(data is not None and file.is_file() and file.read_bytes() == data)
    return flags


def _at(revision: str, file: Path) -> tuple[bytes | None, set[tuple[str, str, str]]]:
    """The file at a revision and the pairs in it; None when it was not there."""
    folder = _folder(file)
    name = file.resolve().relative_to(folder).as_posix()
    run = _git(folder, "cat-file", "blob", f"{revision}:./{name}", known=False)
    if run.returncode:
        return None, set()
    try:
        survey = read_survey(run.stdout, file)
    except CatalogueError:
        return run.stdout, set()
    return run.stdout, {(message.context, *pair) for message in survey.messages for pair in message.pairs}


def _folder(file: Path) -> Path:
    return next(parent for parent in file.resolve().parents if parent.is_dir())


def _git(folder: Path, *arguments: str, known: bool = True) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        run = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a list of arguments, no shell
    except FileNotFoundError:
        raise UsageError("git is not installed", remedy="--changed-since needs it.") from None
    if run.returncode and known:
        raise UsageError(
            f"there is no git revision {arguments[-1].removesuffix('^{commit}')!r} here",
            path=folder,
            remedy="Name a branch, a tag or a commit that was fetched (in CI: fetch-depth: 0).",
        )
    return run
