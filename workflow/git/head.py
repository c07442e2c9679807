"""Where HEAD stands, and whether it moved to another branch since the catalogues were settled.

Read from git's own files, so that it costs a desk no process: HEAD, the ref it names, packed refs.
Only when HEAD has moved is git asked how.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from l10n import disk
from l10n.errors import L10nError
from workflow.git import program

_BUSY = 2.0
_STEP = 0.02
_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Head:
    """A branch, "" when detached, and its commit, "" before the first one."""

    branch: str
    commit: str

    def __str__(self) -> str:
        """What a person calls it."""
        return self.branch or self.commit[:12] or "nothing"


class HeadMoved(L10nError):
    """Another branch was checked out, and its catalogues are not those that were settled."""

    def __init__(self, before: Head, now: Head) -> None:
        command = f"git switch {before.branch}" if before.branch else f"git checkout {before.commit}"
        super().__init__(
            f"HEAD moved from {before} to {now}, where many catalogues differ",
            remedy=f"Go back with {command}, or go on with what is here: l10n sync --accept-branch.",
        )


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells a ledger what git did to the catalogues under its hands.

    ``kept`` is the file that remembers where HEAD stood; ``wait`` sleeps.
    """

    root: Path
    folder: Path
    common: Path
    kept: Path
    wait: Callable[[float], None] = field(default=time.sleep, repr=False)

    def now(self) -> Head | None:
        """Where HEAD stands, None where its files are not as we know them."""
        try:
            text = (self.folder / "HEAD").read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if not text.startswith("ref:"):
            return Head("", text)
        name = text.removeprefix("ref:").strip()
        if name == "refs/heads/.invalid":
            return None
        return Head(name.removeprefix("refs/heads/"), self._commit(name))

    def remembered(self) -> Head | None:
        """Where HEAD stood when the catalogues were settled last."""
        try:
            commit, _, branch = self.kept.read_text("utf-8").rstrip("\n").partition(" ")
        except (OSError, UnicodeDecodeError):
            return None
        return Head(branch, commit)

    def remember(self, head: Head | None = None) -> None:
        """Keep where HEAD stands, now or when it was looked at."""
        current = head or self.now()
        if current and current != self.remembered():
            disk.write(self.kept, f"{current.commit} {current.branch}\n".encode())

    def moved(self) -> tuple[Head, Head] | None:
        """(from, to) when HEAD went to another line of work; None when it only went on.

        Waits, at most two seconds, for a checkout that is under way.
        """
        self._wait_for_git()
        before, now = self.remembered(), self.now()
        if before is None or now is None or before.commit == now.commit:
            return None
        if before.branch == now.branch and self._goes_on(before.commit, now.commit):
            return None
        return before, now

    def came(self, path: Path, digest: str) -> bool:
        """Whether a file came by new commits: it is the committed one, and it was ``digest`` before.

        ``digest`` is the SHA-256 of what we last wrote there.
        """
        before, now = self.remembered(), self.now()
        if before is None or now is None or before.commit == now.commit:
            return False
        name = path.relative_to(self.root).as_posix()
        if program.attempt(self.root, "diff", "--quiet", "HEAD", "--", name).returncode:
            return False
        commits = program.word(
            self.root, "log", f"--max-count={_VERSIONS}", "--full-history", "--format=%H", "HEAD", "--", name
        )
        return any(digest == sha256(text).hexdigest() for text in self._texts(commits.split(), name))

    def _texts(self, commits: list[str], name: str) -> Iterator[bytes]:
        processes = (program.attempt(self.root, "show", f"{commit}:./{name}") for commit in commits)
        return (process.stdout for process in processes if not process.returncode)

    def _goes_on(self, before: str, now: str) -> bool:
        if not before:
            return True
        return program.attempt(self.root, "merge-base", "--is-ancestor", before, now).returncode == 0

    def _wait_for_git(self) -> None:
        """A checkout writes files first and HEAD last, and holds the index while it does."""
        lock = self.folder / "index.lock"
        remaining = _BUSY
        while remaining > 0 and lock.exists():
            self.wait(_STEP)
            remaining -= _STEP

    def _commit(self, name: str) -> str:
        for folder in (self.folder, self.common):
            try:
                return (folder / name).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                continue
        try:
            packed = (self.common / "packed-refs").read_bytes()
        except OSError:
            return ""
        position = packed.find(f" {name}\n".encode())
        return (
            packed[packed.rfind(b"\n", 0, position) + 1 : position].decode("ascii", "replace")
            if position >= 0
            else ""
        )


def watch(root: Path, state: Path) -> Watch | None:
    """A watch over the repository a project lies in; None outside git.

    ``state`` is the project's own folder, where it keeps what can be made again.
    """
    for folder in (root, *root.parents):
        git_folder = _git_folder(folder / ".git")
        if git_folder:
            return Watch(root, git_folder, _common(git_folder), state / "head")
    return None


def _git_folder(place: Path) -> Path | None:
    """The folder behind a `.git`, which in a worktree or submodule is a file that names it."""
    try:
        if (place / "HEAD").is_file():
            return place
        text = place.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    target = place.parent / text.removeprefix("gitdir:").strip()
    return target if (target / "HEAD").is_file() else None


def _common(folder: Path) -> Path:
    try:
        return folder / (folder / "commondir").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return folder
