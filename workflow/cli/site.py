"""The built site on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from workflow.cli import GATE_FAILED, OK
from workflow.cli.console import PROCESSES, print_progress, print_result
from workflow.cli.verdicts import add_reporting, in_words, put, reports, translation


def configure_site(parser: argparse.ArgumentParser) -> None:
    """Say what `site` takes."""
    parser.add_argument("action", choices=("check",))
    parser.add_argument(
        "where",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of the site (default: the live site)",
    )
    parser.add_argument("--url", metavar="URL", help="the address of the site (default: the project's)")
    parser.add_argument("--fail-on", choices=("error", "warning"), default="error")
    add_reporting(parser)
    parser.add_argument("--processes", **PROCESSES)
    parser.add_argument("--explain", metavar="RULE", help="what a rule looks for, and why")
    parser.add_argument("--list-rules", action="store_true", help="list every rule and what it looks for")
    parser.epilog = "Example: l10n site check --format sarif=site.sarif\nExits 1 when something is wrong."
    parser.set_defaults(run=site)


def site(options: argparse.Namespace) -> int:
    """Look at the site, say what is wrong, judge."""
    import datetime as dt
    from dataclasses import replace

    from l10n import gate
    from l10n import project as projects
    from l10n.gate.wording import worded_count, worded_list
    from l10n.model import Severity
    from l10n.site import lint

    if options.list_rules:
        translated = translation()
        print_result("\n".join(lint.describe(rule, translated) for rule in lint.RULES))
        return OK
    if options.explain:
        print_result(lint.explain(options.explain, translation()))
        return OK
    outputs = reports(options.format)
    url, folder = options.url, options.where
    if url is None or folder is None:
        project = projects.load(projects.find(options.folder))
        url, folder = url or project.settings.site.url, folder or project.public
    files = lint.files_of(folder)
    remarks = lint.check(files, url, options.processes, symlinks=files.symlinks, now=dt.datetime.now(dt.UTC))
    serious = {Severity.ERROR} | ({Severity.WARNING} if options.fail_on == "warning" else set())
    verdict = replace(
        gate.judge((), remarks, serious=frozenset(serious), optional=frozenset()), rules=lint.RULES
    )
    for name, file in outputs:
        put(verdict, name, file, quiet=options.quiet)
    pages = sum(name.endswith(".html") for name in files)
    if not any(name != "text" and file is None for name, file in outputs):
        found = worded_count("{count} finding", "{count} findings", len(remarks))
        text = worded_list((worded_count("{count} page", "{count} pages", pages), found))
        print_progress(in_words(text), quiet=options.quiet)
    return GATE_FAILED if verdict.failing else OK
