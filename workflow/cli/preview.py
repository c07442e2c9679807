"""A release shown before it is published."""

from __future__ import annotations

import argparse
from pathlib import Path

from workflow.cli import OK, current_project
from workflow.cli.console import print_progress, print_result
from workflow.cli.desk_address import configure_url, desk_address


def configure_preview(parser: argparse.ArgumentParser) -> None:
    """Say what `preview` takes."""
    parser.add_argument("release", nargs="?", default="", help="the id of the release")
    parser.add_argument("--link", action="store_true", help="print a link for people without an account")
    parser.add_argument("--days", type=int, default=7, help="how long the link works (default: 7)")
    configure_url(parser)
    parser.add_argument("--revoke", action="store_true", help="revoke every link made so far")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write the pages into a folder instead")
    parser.epilog = "Example: l10n preview bureau-tanger --link --days 2 --url https://desk.example.org"
    parser.set_defaults(run=preview)


def preview(options: argparse.Namespace) -> int:
    """Print a link, write the pages, or make links void."""
    from l10n import project
    from l10n.errors import UsageError
    from workflow import preview_links

    ledger = current_project.project_ledger(options)
    if options.revoke:
        preview_links.revoke(ledger.project)
        print_progress("no link works any more", quiet=options.quiet)
        return OK
    release = project.release(ledger.project, options.release)
    if options.to is not None:
        return _written(options, release.id)
    if not options.link:
        raise UsageError(
            "nothing says how to show it", remedy="Add --link for a link, or --to FOLDER for files."
        )
    from workflow.web.shared_preview import address

    text = preview_links.token(ledger.project, release.id, now=ledger.clock(), days=options.days)
    print_result(f"{desk_address(options, ledger.project)}{address(release, text)}")
    return OK


def _written(options: argparse.Namespace, release_id: str) -> int:
    import datetime as dt

    from l10n import disk, project
    from l10n.site import preview as previews

    ledger = current_project.project_ledger(options)
    release = project.release(ledger.project, release_id)
    files = previews.everywhere(
        ledger.project,
        release,
        lambda locale: ledger.catalogue(release, locale),
        as_of=ledger.clock(),
        until=ledger.clock().date() + dt.timedelta(days=options.days),
        others=project.releases(ledger.project),
    )
    for path, data in files.items():
        disk.write(options.to / path, data)
        if path.endswith(".html"):
            print_result(str(options.to / path))
    return OK
