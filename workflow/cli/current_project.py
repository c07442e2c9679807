"""The project a command works on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.project import Project
    from workflow.ledger import Ledger


def project_ledger(options: argparse.Namespace) -> Ledger:
    """The ledger of the project in the folder a command was given, or above it; closed at its end."""
    from l10n import project

    return ledger_of(project.load(project.find(options.folder)), options)


def ledger_of(project: Project, options: argparse.Namespace) -> Ledger:
    """The ledger of a project; closed at the end of the command."""
    from workflow import ledger as ledgers

    ledger = ledgers.open_ledger(project, ledgers.now)
    options.closing.callback(ledger.store.close)
    return ledger
