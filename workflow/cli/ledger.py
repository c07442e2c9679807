"""Commands for the ledger itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, current_project
from workflow.cli.console import print_progress, print_result

if TYPE_CHECKING:
    from workflow.ledger import Ledger
    from workflow.store.database import DatabaseStore


def configure_ledger(parser: argparse.ArgumentParser) -> None:
    """Say what `ledger` takes."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="verify|backup|restore|rebuild")
    commands.add_parser("verify", help="check the chain of decisions; exit 1 if it is broken").set_defaults(
        run=verify
    )
    saved = commands.add_parser("backup", help="write the whole ledger to one file")
    saved.add_argument("file", type=Path)
    saved.set_defaults(run=backup)
    restored = commands.add_parser("restore", help="restore a backup into an empty ledger")
    restored.add_argument("file", type=Path)
    restored.set_defaults(run=restore)
    rebuilt = commands.add_parser("rebuild", help="rebuild the ledger from the catalogues, without history")
    rebuilt.add_argument("--force", action="store_true", help="move an existing ledger aside first")
    rebuilt.set_defaults(run=rebuild)
    parser.epilog = "Example: l10n ledger backup ledger-2026-11.gz"


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Say what `export` takes."""
    parser.epilog = (
        "Example: l10n export\n"
        "Deleted catalogues are written again with every decision; edits in existing ones are taken in first."
    )
    parser.set_defaults(run=export)


def verify(options: argparse.Namespace) -> int:
    """Check every chain."""
    broken = current_project.project_ledger(options).store.breaks()
    for chain_break in broken:
        print_result(f"{chain_break.release}: decision {chain_break.place}: {chain_break.why}")
    if not broken:
        print_progress("every chain of decisions is intact", quiet=options.quiet)
    return GATE_FAILED if broken else OK


def backup(options: argparse.Namespace) -> int:
    """Write the ledger to one file."""
    from workflow.store import backup as backups

    ledger = current_project.project_ledger(options)
    ledger.settle()
    count = backups.save(_database(ledger), options.file)
    print_progress(f"{options.file}: {count} decisions", quiet=options.quiet)
    return OK


def restore(options: argparse.Namespace) -> int:
    """Fill an empty ledger from a file, then write the catalogues."""
    from workflow.store import backup as backups

    ledger = current_project.project_ledger(options)
    count = backups.restore(_database(ledger), options.file)
    ledger.settle()
    print_progress(f"{count} decisions", quiet=options.quiet)
    return OK


def rebuild(options: argparse.Namespace) -> int:
    """Make the ledger again from the catalogues."""
    from l10n import project as projects
    from workflow import ledger as ledgers

    project = projects.load(projects.find(options.folder))
    path = ledgers.path_of(project)
    if ledgers.is_embedded(project):
        if path.exists():
            _move_aside(path, options)
        ledger = current_project.ledger_of(project, options)
    else:
        ledger = current_project.ledger_of(project, options)
        _empty(ledger, options)
    ledger.settle()
    print_progress("the ledger is made from the catalogues", quiet=options.quiet)
    return OK


def _move_aside(path: Path, options: argparse.Namespace) -> None:
    """Keep a ledger's file, which may be one that cannot be read, under another name."""
    from l10n.errors import UsageError

    if not options.force:
        raise UsageError("there is a ledger", path=path, remedy="Move it aside with --force.")
    aside = path.with_suffix(".before-rebuild.sqlite")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    print_progress(f"the old one is {aside}", quiet=options.quiet)


def _empty(ledger: Ledger, options: argparse.Namespace) -> None:
    """Save the decisions of a database to a file and take them out of it."""
    from l10n.errors import UsageError
    from workflow.store import backup as backups

    aside = ledger.project.state / "ledger.before-rebuild.gz"
    if not options.force:
        raise UsageError(
            "the ledger is in a database", remedy=f"With --force it is saved to {aside} and made anew."
        )
    backups.save(_database(ledger), aside)
    ledger.store.empty()
    print_progress(f"the old one is {aside}", quiet=options.quiet)


def export(options: argparse.Namespace) -> int:
    """Write every catalogue from the ledger."""
    from l10n import project as projects

    ledger = current_project.project_ledger(options)
    ledger.settle()
    written = sum(
        projects.catalogue_path(ledger.project, release, locale).is_file()
        for release in projects.releases(ledger.project)
        for locale in release.locales
    )
    print_progress(f"{written} catalogues", quiet=options.quiet)
    return OK


def _database(ledger: Ledger) -> DatabaseStore:
    from l10n.errors import UsageError
    from workflow.store.database import DatabaseStore

    if not isinstance(ledger.store, DatabaseStore):
        raise UsageError("this store cannot be backed up by this program")
    return ledger.store
