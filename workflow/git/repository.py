"""A project's repository: what is unfinished in it, what changed, and how to commit, merge and push."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.errors import UsageError
from workflow.git import driver, program
from workflow.git.program import GitFailed

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
}


_UNMERGED = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})


@dataclass(frozen=True, slots=True)
class Change:
    """A path, relative to the project, with git's two letters: of the index and of the folder."""

    path: str
    staged: str
    unstaged: str


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around a project; ``prefix`` is the project's folder in it, with a slash."""

    root: Path
    prefix: str
    branch: str

    def unfinished(self) -> str:
        """What somebody began here and did not end, "" when nothing."""
        places = {name: self._place(name) for name in _UNFINISHED}
        return next((_UNFINISHED[name] for name, place in places.items() if place.exists()), "")

    def changes(self) -> tuple[Change, ...]:
        """What is not committed; paths outside the project start with ``../``."""
        entries = program.lines(
            self.root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"
        )
        return tuple(Change(self._inside(entry[3:]), entry[0], entry[1]) for entry in entries)

    def conflicts(self) -> tuple[str, ...]:
        """Files whose merge somebody has to finish."""
        return tuple(
            sorted(change.path for change in self.changes() if change.staged + change.unstaged in _UNMERGED)
        )

    def committed(self, path: str) -> bytes:
        """A file as HEAD has it, empty when it has none."""
        process = program.attempt(self.root, "show", f"HEAD:./{path}")
        return b"" if process.returncode else process.stdout

    def commit(self, paths: Sequence[str], message: str, *, author: str = "") -> str:
        """Commit these files and no others; the commit's short name.  Raises GitFailed."""
        pathspecs = "\0".join(f":(literal){path}" for path in paths).encode("utf-8", "surrogateescape")
        from_list = ("--pathspec-from-file=-", "--pathspec-file-nul")
        program.run(self.root, "add", *from_list, given=pathspecs)
        author_option = (f"--author={author}",) if author else ()
        program.run(
            self.root,
            "commit",
            "--quiet",
            *author_option,
            f"--message={message}",
            "--only",
            *from_list,
            given=pathspecs,
        )
        return program.word(self.root, "rev-parse", "--short", "HEAD")

    def remote(self) -> str:
        """The remote of the branch, or the only one there is.  UsageError when it is not clear which."""
        configured = program.word(self.root, "config", "--get", f"branch.{self.branch}.remote")
        remotes = program.word(self.root, "remote").split()
        if configured and configured != ".":
            return configured
        if len(remotes) != 1:
            raise UsageError(
                "it is not clear which remote this branch goes to",
                path=self.root,
                remedy=f"git push --set-upstream REMOTE {self.branch}",
            )
        return remotes[0]

    def fetch(self, remote: str) -> str:
        """Bring what a remote has; the ref of our branch there, "" when it has none.  Raises GitFailed."""
        program.run(self.root, "fetch", "--quiet", "--", remote)
        merges = program.word(self.root, "config", "--get", f"branch.{self.branch}.merge")
        name = merges.removeprefix("refs/heads/") or self.branch
        ref = f"refs/remotes/{remote}/{name}"
        return ref if program.word(self.root, "rev-parse", "--verify", "--quiet", ref) else ""

    def lacks(self, ref: str) -> bool:
        """Whether a ref has commits that we do not have."""
        return program.attempt(self.root, "merge-base", "--is-ancestor", ref, "HEAD").returncode != 0

    def merge(self, ref: str) -> str:
        """Merge a ref, catalogues entry by entry; what our driver said.

        Raises GitFailed when it cannot be done, everything as it was before.
        """
        arguments = ("merge", "--ff", "--no-edit", "--no-stat", "--quiet", ref)
        process = program.attempt(self.root, *driver.settings(), *arguments)
        if process.returncode:
            self._give_up(process)
        return process.stderr.decode("utf-8", "replace").strip()

    def push(self, remote: str) -> str:
        """Push the branch to its name there; "" when it was taken, else what was said."""
        merges = program.word(self.root, "config", "--get", f"branch.{self.branch}.merge")
        target = merges or f"refs/heads/{self.branch}"
        new = () if merges else ("--set-upstream",)
        refs = f"refs/heads/{self.branch}:{target}"
        process = program.attempt(self.root, "push", "--quiet", *new, "--", remote, refs)
        return program.said(process) if process.returncode else ""

    def _give_up(self, process: subprocess.CompletedProcess[bytes]) -> None:
        files = self.conflicts()
        if self.unfinished():
            program.run(self.root, "merge", "--abort")
        if files:
            raise GitFailed(
                f"both sides changed {', '.join(files)}; nothing was merged, all is as it was",
                path=self.root,
                remedy="Merge it by hand (git merge), then run l10n sync again.",
            )
        raise GitFailed(f"git merge: {program.said(process)}", path=self.root)

    def _inside(self, path: str) -> str:
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else f"../{path}"

    def _place(self, name: str) -> Path:
        return self.root / program.word(self.root, "rev-parse", "--git-path", name)


def repository(root: Path) -> Repository:
    """The repository a project lies in.  Raises UsageError when there is none."""
    process = program.attempt(root, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    answers = process.stdout.decode("utf-8", "surrogateescape").split("\n")
    if process.returncode or answers[0] != "true":
        raise UsageError("this project is not in a git repository", path=root, remedy="Run git init here.")
    return Repository(root, answers[1], program.word(root, "symbolic-ref", "--quiet", "--short", "HEAD"))
