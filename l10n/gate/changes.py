"""Finds out which findings are about entries unchanged since a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from l10n.catalogue import read_survey
from l10n.errors import CatalogueError, UsageError
from l10n.gate.findings import LocatedFinding
from l10n.git_environment import git_environment

Contents = Mapping[Path, bytes]
"""Files as a revision has them, with the line ends of Unix."""
Pairs = frozenset[tuple[str, str, str]]
"""Contexts, sources and targets."""


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
    top, pairs = cache(_top), cache(_pairs)
    wanted: dict[Path, set[Path]] = {top(file): set() for file in paths.values()}
    needed = {finding.path: _sources(made_from, finding.path) for finding in findings if _is_stale(finding)}
    for path in {finding.path for finding in findings} & paths.keys():
        for file in (paths[path], *needed.get(path, ())):
            wanted.setdefault(top(file), set()).add(file)
    history = {folder: _history(folder, revision, files) for folder, files in wanted.items()}

    def is_as_it_was(finding: LocatedFinding, version: int) -> bool:
        file = paths[finding.path]
        data = history[top(file)][version].get(file)
        if finding.source:
            return (finding.context, finding.source, finding.target) in pairs(data or b"", file)
        files = (file, *(needed[finding.path] if _is_stale(finding) else ()))
        known = data is not None or len(files) > 1
        return known and all(_bytes(one) == history[top(one)][version].get(one) for one in files)

    return [
        finding.path in paths and any(is_as_it_was(finding, version) for version in (0, 1))
        for finding in findings
    ]


def _is_stale(finding: LocatedFinding) -> bool:
    return finding.check == "stale"


def _sources(made_from: Mapping[str, Sequence[str]], path: str) -> tuple[Path, ...]:
    return tuple(map(Path, made_from.get(path, ())))


def _bytes(path: Path) -> bytes | None:
    return _with_unix_line_ends(path.read_bytes()) if path.is_file() else None


def _with_unix_line_ends(data: bytes) -> bytes:
    """What can be compared: a checkout may write other line ends than its commit has (`* text=auto`)."""
    return data.replace(b"\r\n", b"\n")


def _pairs(data: bytes, file: Path) -> Pairs:
    """What a catalogue says; nothing where it cannot be read."""
    try:
        survey = read_survey(data, file)
    except CatalogueError:
        return frozenset()
    return frozenset((message.context, *pair) for message in survey.messages for pair in message.pairs)


def _top(file: Path) -> Path:
    """The folder to call git in: that of the repository, or the file's own where none is seen."""
    parents = file.resolve().parents
    seen = (folder for folder in parents if _is_repository(str(folder)))
    return next(seen, None) or next(folder for folder in parents if folder.is_dir())


def _is_repository(folder: str) -> bool:
    # A worktree has a file of this name, and none of these calls raises anything.
    return os.path.isfile(f"{folder}/.git") or os.path.exists(f"{folder}/.git/HEAD")  # noqa: PTH110, PTH113


def _history(folder: Path, revision: str, files: Iterable[Path]) -> tuple[Contents, Contents]:
    """Files as they are at a revision, and as they were where this branch left it."""
    prefix = _git(folder, "rev-parse", "--show-prefix", refused=partial(_silent, folder)).removesuffix(b"\n")
    commit = _git(
        folder,
        *("rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}"),
        refused=lambda _said: _no_revision(revision, folder),
    ).strip()
    name = os.fsdecode(commit)
    base = _git(folder, "merge-base", name, "HEAD").strip() or commit
    names = {file: prefix + os.fsencode(file.resolve().relative_to(folder).as_posix()) for file in files}
    contents = _contents(folder, name, names)
    return contents, contents if base == commit else _contents(folder, os.fsdecode(base), names)


def _contents(folder: Path, commit: str, names: Mapping[Path, bytes]) -> Contents:
    """Files at a commit, also under another name that git takes for their earlier one."""
    if not names:
        return {}
    blobs = _blobs(folder, commit)
    earlier = _renamed(folder, commit) if names.values() - blobs.keys() else {}
    found = {
        file: old_name
        for file, name in names.items()
        if (old_name := name if name in blobs else earlier.get(name, b"")) in blobs
    }
    asked = b"".join(blobs[name] + b"\n" for name in found.values())
    output = _git(folder, "cat-file", "--batch", given=asked, refused=partial(_silent, folder))
    contents, place = {}, 0
    for file in found:
        start = output.index(b"\n", place) + 1
        size = output[place:start].split()[2:]  # none where a damaged repository has no such object
        place = start + int(size[0]) + 1 if size else start
        contents[file] = _with_unix_line_ends(output[start : place - 1])
    return contents


def _blobs(folder: Path, commit: str) -> dict[bytes, bytes]:
    """The files of a commit: their names in the repository and those of what they hold."""
    lines = _git(folder, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
    parts = (line.partition(b"\t") for line in lines if line)
    return {name: kind.split()[2] for kind, _, name in parts if b" blob " in kind}


def _renamed(folder: Path, commit: str) -> dict[bytes, bytes]:
    """The earlier names, in the repository, of files that were renamed since a commit."""
    command = ("diff", "--find-renames=40%", "--diff-filter=R", "--name-status", "--no-relative", "-z")
    names = _git(folder, *command, commit).split(b"\0")
    return dict(zip(names[2::3], names[1::3], strict=False))


def _silent(folder: Path, said: Sequence[str]) -> UsageError:
    """What git says about a folder that it takes for no repository, or for one of somebody else."""
    return UsageError(f"git does not tell what changed: {said[0]}", path=folder, remedy=" ".join(said[1:]))


def _no_revision(revision: str, folder: Path) -> UsageError:
    return UsageError(
        f"there is no git revision {revision!r} here",
        path=folder,
        remedy="Name a branch, a tag or a commit that was fetched (in CI: fetch-depth: 0).",
    )


def _git(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    refused: Callable[[Sequence[str]], UsageError] | None = None,
) -> bytes:
    """What git prints, nothing where it fails; with ``refused`` that is an error, made of what it said."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        run = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command, input=given, capture_output=True, check=False, env=git_environment()
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", remedy="--changed-since needs it.") from None
    if not run.returncode:
        return run.stdout
    if refused is None:
        return b""
    said = [line.strip() for line in run.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    raise refused([said[0].removeprefix("fatal: "), *said[1:]] if said else [str(run.returncode)])
