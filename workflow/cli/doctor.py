"""What would happen, on the command line, before anything does."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from workflow.cli import OK
from workflow.cli.console import print_progress, print_result


def configure_doctor(parser: argparse.ArgumentParser) -> None:
    """Say what `doctor` takes."""
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.add_argument("--offline", action="store_true", help="do not connect to any service")
    parser.epilog = "Example: l10n doctor"
    parser.set_defaults(run=doctor)


def doctor(options: argparse.Namespace) -> int:
    """Which engines can run and be reached, and what each route would do; no text is sent."""
    from workflow import doctor as doctors
    from workflow.cli import current_project
    from workflow.engine_pool import engine_pool

    ledger = current_project.project_ledger(options)
    with engine_pool(ledger, print_progress) as pool:
        reach = (lambda *_: "") if options.offline else doctors.probe_port
        report = doctors.examine(ledger.project, pool, reach, ledger.clock())
    print_result(
        json.dumps(asdict(report), ensure_ascii=False, indent=1)
        if options.json
        else "\n".join(doctors.lines(report))
    )
    return OK
