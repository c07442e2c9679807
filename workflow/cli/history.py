"""What happens to a release after it was published, on the command line."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from workflow.cli import OK
from workflow.cli.console import SEVERAL, moment_of, print_json, print_progress, print_result, table
from workflow.cli.planning import BY_ITSELF

if TYPE_CHECKING:
    from l10n.project import Event, Project, Release


def configure_history(parser: argparse.ArgumentParser) -> None:
    """Say what `history` takes."""
    from l10n.project.events import WHAT

    parser.add_argument("release", metavar="RELEASE")
    parser.add_argument(
        "what", nargs="?", choices=WHAT, help="the event to record; without one, list what happened"
    )
    parser.add_argument(
        "note", nargs="?", default="", metavar="NOTE", help="the note for readers, in the release's language"
    )
    parser.add_argument(
        "--locale", **SEVERAL, metavar="LOCALES", help="only in these languages (default: in all)"
    )
    parser.add_argument("--at", metavar="TIME", help="when it takes effect (default: now)")
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.epilog = 'Example: l10n history bureau-tanger corrected "Le bureau compte 14 agents, et non 40."'
    parser.set_defaults(run=history)


def history(options: argparse.Namespace) -> int:
    """List what happened to a release, or write down what does."""
    from l10n import project as projects
    from l10n.project import plans

    project = projects.load(projects.find(options.folder))
    release = projects.release(project, options.release)
    if options.what:
        event = _event(release, options)
        plans.add_event(release, event)
        release = projects.release(project, release.id)
        if _is_new_to_readers(project, release, event):
            print_progress(
                f"readers do not have {release.id} yet, and its first page would tell them that it was"
                f" {event.what}; to take that back, take the event out of release.toml",
                quiet=options.quiet,
            )
        print_progress(f"Next: {_next(release, event)}", quiet=options.quiet)
    if options.json:
        print_json([_row(release, event) for event in release.history])
        return OK
    rows = [tuple(map(str, _row(release, event).values())) for event in release.history]
    print_result(
        table(("what", "at", "languages", "note"), rows, left=4) if rows else "nothing has happened to it yet"
    )
    return OK


def _is_new_to_readers(project: Project, release: Release, event: Event) -> bool:
    """Whether something happens to what the site does not show, where it was published from this folder."""
    from l10n.site import gates

    on_line = gates.on_line(project)
    locales = event.locales or release.languages
    return bool(on_line) and not any(gates.path_of(release, locale) in on_line for locale in locales)


def _next(release: Release, event: Event) -> str:
    """What is left to be done for readers to see an event."""
    note = "l10n update, so that the note is translated; then " if event.texts else ""
    if event.at > dt.datetime.now(dt.UTC):
        return f"{note}nothing until {event.at.isoformat(timespec='minutes')}: {BY_ITSELF}"
    return f"{note}l10n publish {release.id}"


def _event(release: Release, options: argparse.Namespace) -> Event:
    """What was asked for.  Raises UsageError for what readers could not make sense of."""
    from l10n.errors import UsageError
    from l10n.project import Event, locale_of
    from l10n.project.events import EXPLAINED
    from l10n.site.lifecycle import may_be_restored

    note = " ".join(options.note.split())
    if options.what in EXPLAINED and not note:
        raise UsageError(f"readers are to know why it is {options.what}", remedy="Add a note of a sentence.")
    locales = tuple(locale_of(text) for text in options.locale)
    for locale in locales:
        if locale not in release.languages:
            raise UsageError(f"{release.id} is not translated into {locale}")
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    at = now if options.at is None else moment_of("--at", options.at)
    if options.what == "restored" and not may_be_restored(release, locales or release.languages, at):
        raise UsageError(
            f"there is nothing to take back: {release.id} is not retracted, withdrawn or archived",
            remedy=f"See l10n history {release.id}.",
        )
    return Event(options.what, at, at.date(), locales, {release.locale: note} if note else {})


def _row(release: Release, event: Event) -> dict[str, str]:
    return {
        "what": event.what,
        "at": event.at.isoformat(timespec="minutes"),
        "languages": ", ".join(event.locales) or "all",
        "note": event.text(release.locale),
    }
