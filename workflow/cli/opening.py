"""The project a command works on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.ledger import Ledger


def opened(options: argparse.Namespace) -> Ledger:
    """The ledger of the project in the folder a command was given, or above it; closed at its end."""
    from l10n import project
    from workflow import ledger

    found = ledger.open_ledger(project.load(project.find(options.folder)), ledger.now)
    options.closing.callback(found.store.close)
    return found
