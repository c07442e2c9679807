"""Commands around git: commit and exchange decisions, and merge two branches of a catalogue."""

from __future__ import annotations

import argparse
from pathlib import Path

from workflow.cli import GATE_FAILED, OK, UNUSABLE, current_project
from workflow.cli.console import print_progress
from workflow.cli.verdicts import error_in_words


def configure_sync(parser: argparse.ArgumentParser) -> None:
    """Say what `sync` takes."""
    parser.add_argument("--pull", action="store_true", help="merge what others decided, then record it here")
    parser.add_argument("--push", action="store_true", help="push the branch")
    parser.add_argument("--message", default="", metavar="TEXT", help="the first line of the commit")
    parser.add_argument(
        "--accept-branch",
        action="store_true",
        help="after switching branches: take over what the new branch says",
    )
    parser.epilog = (
        "Example: l10n sync --pull --push\n"
        "Commits catalogues and segmentation choices, nothing else, with the people who decided\n"
        "as authors.  Exits 1 when a remote refuses."
    )
    parser.set_defaults(run=sync)


def configure_merge_catalogue(parser: argparse.ArgumentParser) -> None:
    """Say what `merge-catalogue` takes."""
    parser.add_argument("base", type=Path, help="the common ancestor of both sides (git's %%O)")
    parser.add_argument("ours", type=Path, help="our side; the result is written here (%%A)")
    parser.add_argument("theirs", type=Path, help="the other side (%%B)")
    parser.add_argument("path", nargs="?", default="", help="the path of the catalogue (%%P)")
    parser.epilog = (
        "Example: l10n merge-catalogue base.po ours.po theirs.po\n"
        "Git calls this where l10n init --git was run.  What one side decided is kept; what both\n"
        "decided differently becomes a question at the desk, with both texts."
    )
    parser.set_defaults(run=merge_catalogue)


def sync(options: argparse.Namespace) -> int:
    """Commit what was decided; bring in and push what was asked for."""
    from workflow import git_sync
    from workflow.git import GitFailed

    ledger = current_project.project_ledger(options)
    sync_options = git_sync.SyncOptions(options.pull, options.push, options.message, options.accept_branch)
    try:
        done = git_sync.sync(ledger, sync_options, lambda text: print_progress(text, quiet=options.quiet))
    except GitFailed as error:
        print_progress(f"l10n: {error_in_words(error)}")
        return GATE_FAILED
    return OK if done else GATE_FAILED


def merge_catalogue(options: argparse.Namespace) -> int:
    """Merge three versions of a catalogue into the second."""
    from l10n.catalogue.plurals import BETWEEN
    from l10n.errors import CatalogueError
    from workflow import git, merging

    name = options.path or options.ours
    try:
        merged = merging.merge_files(options.base, options.ours, options.theirs)
    except CatalogueError as error:
        place = f", line {error.line}" if error.line else ""
        print_progress(f"{name}: not merged entry by entry: {error.message}{place}")
        git.merge_as_text(options.ours, options.base, options.theirs)
        return UNUSABLE
    if merged.questions:
        sources = "; ".join(f"{entry.source.partition(BETWEEN)[0][:60]!r}" for entry in merged.questions[:3])
        more = " …" if len(merged.questions) > 3 else ""
        print_progress(f"{name}: decided on both sides, kept for the desk: {sources}{more}")
    return OK
