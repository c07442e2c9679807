"""The system's git, called without a shell and without asking anybody for a password."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from l10n.errors import L10nError
from l10n.git_environment import git_environment

_SECRET = re.compile(r"(?<=://)[^/@\s]*@")


class GitFailed(L10nError):
    """Git did not do what it was asked; the message is its own, without what opens a remote."""


def run(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints.  Raises GitFailed, with its own words, when it does not succeed."""
    process = attempt(folder, *arguments, given=given)
    if process.returncode:
        raise GitFailed(f"git {_verb(arguments)}: {said(process)}", path=folder)
    return process.stdout


def attempt(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The finished process of git, whether it succeeded or not.  Raises GitFailed when there is no git."""
    environment = git_environment() | {"GIT_MERGE_AUTOEDIT": "no"}
    command = ["git", "-C", os.fspath(folder), *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command, input=given, capture_output=True, check=False, env=environment
        )
    except OSError:
        raise GitFailed("git is not installed", remedy="Install it, or commit in another way.") from None


def lines(folder: Path, *arguments: str) -> list[str]:
    """The names git prints with a NUL after each, when it is asked to with -z."""
    return [os.fsdecode(name) for name in run(folder, *arguments).split(b"\0") if name]


def word(folder: Path, *arguments: str) -> str:
    """The one word git prints, "" when it fails."""
    process = attempt(folder, *arguments)
    return "" if process.returncode else process.stdout.decode("utf-8", "replace").strip()


def said(process: subprocess.CompletedProcess[bytes]) -> str:
    """What git says went wrong, in a few lines and without passwords."""
    output = (process.stderr.strip() or process.stdout.strip()).decode("utf-8", "replace")
    relevant = [line for line in output.splitlines() if line.strip() and not line.startswith("hint:")]
    return _SECRET.sub("", "\n  ".join(relevant[:12])) or f"exit {process.returncode}"


def _verb(arguments: tuple[str, ...]) -> str:
    pairs = zip(("", *arguments), arguments, strict=False)
    return next(
        (argument for previous, argument in pairs if not argument.startswith("-") and previous != "-c"), ""
    )
