"""Finds out which findings are about entries unchanged since a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.catalogue import read_survey
from l10n.errors import CatalogueError, UsageError
from l10n.gate.findings import LocatedFinding


def unchanged(
    paths: Mapping[str, Path],
    revision: str,
    findings: Sequence[LocatedFinding],
    made_from: Mapping[str, Sequence[str]],
) -> list[bool]:
    """Whether the entry of each finding is the same at a git revision, or where this branch left it.

    ``paths`` maps the paths in findings to files, ``made_from`` to what they are made from.  A finding about
    a whole file is unchanged when the file is, and one that is out of step when its sources are too.  Raises
    UsageError when there is no such revision or no git.
    """
    commits: dict[Path, Sequence[str]] = {}
    for folder in {_folder(file) for file in paths.values()}:
        _git(folder, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        base = _git(folder, "merge-base", "--end-of-options", revision, "HEAD", known=False).stdout
        commits[folder] = tuple(dict.fromkeys((revision, *base.decode("ascii", "replace").split())))
    earlier_by_path: dict[str, Sequence[_Earlier]] = {}
    flags = []
    for finding in findings:
        file = paths.get(finding.path)
        if file is None:
            flags.append(False)
            continue
        if finding.path not in earlier_by_path:
            found = (_at(commit, file) for commit in commits[_folder(file)])
            earlier_by_path[finding.path] = [earlier for earlier in found if earlier.data is not None]
        needed = made_from.get(finding.path, ()) if finding.check == "stale" else ()
        flags.append(
            any(_is_as_it_was(finding, file, earlier, needed) for earlier in earlier_by_path[finding.path])
        )
    return flags


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A file at a revision, and the pairs in it; without bytes where it was not there."""

    revision: str
    data: bytes | None = None
    pairs: frozenset[tuple[str, str, str]] = frozenset()


def _is_as_it_was(finding: LocatedFinding, file: Path, earlier: _Earlier, needed: Sequence[str]) -> bool:
    if finding.source:
        return (finding.context, finding.source, finding.target) in earlier.pairs
    if not file.is_file() or file.read_bytes() != earlier.data:
        return False
    return all(_at(earlier.revision, Path(name)).data == _bytes(Path(name)) for name in needed)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _at(revision: str, file: Path) -> _Earlier:
    """The file at a revision, also under another name that git takes for its earlier one."""
    folder = _folder(file)
    name = file.resolve().relative_to(folder).as_posix()
    run = _git(folder, "cat-file", "blob", f"{revision}:./{name}", known=False)
    if run.returncode and (old_name := _renamed(folder, revision).get(name)):
        run = _git(folder, "cat-file", "blob", f"{revision}:{old_name}", known=False)
    if run.returncode:
        return _Earlier(revision)
    try:
        survey = read_survey(run.stdout, file)
    except CatalogueError:
        return _Earlier(revision, run.stdout)
    pairs = frozenset((message.context, *pair) for message in survey.messages for pair in message.pairs)
    return _Earlier(revision, run.stdout, pairs)


def _renamed(folder: Path, revision: str) -> Mapping[str, str]:
    """The earlier names, in the repository, of files in a folder that were renamed since a revision."""
    prefix = _git(folder, "rev-parse", "--show-prefix", known=False).stdout.removesuffix(b"\n")
    command = ("diff", "--find-renames=40%", "--diff-filter=R", "--name-status", "--no-relative", "-z")
    names = _git(folder, *command, revision, known=False).stdout.split(b"\0")
    renamed = zip(names[1::3], names[2::3], strict=False)
    return {
        os.fsdecode(new.removeprefix(prefix)): os.fsdecode(old)
        for old, new in renamed
        if new.startswith(prefix)
    }


def _folder(file: Path) -> Path:
    return next(parent for parent in file.resolve().parents if parent.is_dir())


def _git(folder: Path, *arguments: str, known: bool = True) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        run = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a list of arguments, no shell
    except FileNotFoundError:
        raise UsageError("git is not installed", remedy="--changed-since needs it.") from None
    if run.returncode and known:
        reason = run.stderr.decode("utf-8", "replace").partition("\n")[0].removeprefix("fatal: ")
        if reason:
            raise UsageError(f"git does not tell what changed: {reason}", path=folder)
        raise UsageError(
            f"there is no git revision {arguments[-1].removesuffix('^{commit}')!r} here",
            path=folder,
            remedy="Name a branch, a tag or a commit that was fetched (in CI: fetch-depth: 0).",
        )
    return run
