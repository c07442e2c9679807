"""The command line: every step of a release's way, from a file to its published pages."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from l10n.errors import L10nError
from workflow.cli.parsing import CommandParser

OK, GATE_FAILED, UNUSABLE = 0, 1, 2
_MOST_DIGITS = 6

# The module of each command and its line in the help.  The module has ``configure_<command>(parser)``, which
# says what the command takes and sets ``run``.  It is imported when the command is called, and imports what
# it needs when it runs.
_COMMANDS = {
    "init": ("workflow.cli.releases", "start a project in a folder, this one or another"),
    "add": ("workflow.cli.releases", "add a source file as a new release"),
    "update": ("workflow.cli.releases", "update the catalogues to match the sources"),
    "segments": (
        "workflow.cli.segments",
        "show the segments of a text; join, split or separate them, or undo that",
    ),
    "insights": (
        "workflow.cli.routing",
        "report what people changed in drafts, and which thresholds that justifies",
    ),
    "doctor": ("workflow.cli.doctor", "show which engines can run, and what each route would do"),
    "route": ("workflow.cli.routing", "show which segments need a full review, which a light one, and why"),
    "pretranslate": ("workflow.cli.releases", "fill catalogues from memory, glossary and engines"),
    "align": ("workflow.cli.memory", "make a translation memory from a page and its translation"),
    "glossary": ("workflow.cli.glossary", "list, import, export and suggest glossary terms"),
    "memory": ("workflow.cli.memory", "search, import, export and rebuild the translation memory"),
    "status": ("workflow.cli.status", "show how far each release has come in each language"),
    "check": ("workflow.cli.check", "check catalogues for mistakes; for people and for CI"),
    "jobs": ("workflow.cli.jobs", "list, run, retry and cancel background jobs"),
    "worker": ("workflow.cli.jobs", "run background jobs until stopped; start as many workers as you like"),
    "serve": ("workflow.cli.desk", "open the desk, where people translate and review"),
    "people": ("workflow.cli.desk", "add people and make sign-in links"),
    "ledger": ("workflow.cli.ledger", "verify, back up, restore and rebuild the ledger"),
    "export": ("workflow.cli.ledger", "write every catalogue from the ledger"),
    "sync": ("workflow.cli.sync", "commit decisions to git, and exchange them with a remote"),
    "publish": ("workflow.cli.publish", "build the site and put it live in one step"),
    "history": ("workflow.cli.history", "record that a release was corrected, retracted or withdrawn"),
    "preview": (
        "workflow.cli.preview",
        "preview a release before it is published, through a link that expires",
    ),
    "site": ("workflow.cli.site", "check the built site for mistakes; for people and for CI"),
    "demo": ("workflow.cli.publish", "set up the demo project and publish it"),
    "extract": ("workflow.cli.files", "write the PO catalogue of one file"),
    "merge": ("workflow.cli.files", "write a translated copy of one file from its PO catalogue"),
    "merge-catalogue": ("workflow.cli.sync", "merge two versions of a catalogue; called by git"),
    "srx": ("workflow.cli.segments", "exchange segmentation rules with other tools"),
}


_BROKEN_PIPE = 141
"""What a shell gives for a program that SIGPIPE ended (128 + 13)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 a gate failed, 2 wrong usage or unreadable input."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    _stand_in_for_closed_streams()
    _escape_what_cannot_be_written()
    try:
        parser = _parser(argv)
        options, unknown = parser.parse_known_args(argv)
        if unknown:
            called: CommandParser = getattr(options, "called", parser)
            called.refuse(unknown)
        if options.command is None:
            _parser([]).print_help()
            return UNUSABLE
        with ExitStack() as options.closing:
            code: int = options.run(options)
        sys.stdout.flush()
    except L10nError as error:
        told = import_module("workflow.cli.verdicts").error_in_words(error)
        print(f"l10n: {told}", file=sys.stderr)  # noqa: T201 - the edge where errors are told
        return UNUSABLE
    except BrokenPipeError:
        # Whoever reads has heard enough; a gate whose verdict nobody heard must not count as passed.
        _let_go_of_stdout()
        return _BROKEN_PIPE
    except OSError as error:
        told = import_module("workflow.cli.verdicts").refusal_in_words(error)
        print(f"l10n: {told}", file=sys.stderr)  # noqa: T201 - as above
        try:
            sys.stdout.flush()
        except OSError:
            _let_go_of_stdout()
        return UNUSABLE
    except KeyboardInterrupt:
        return 130
    else:
        return code


def _stand_in_for_closed_streams() -> None:
    """Let what is told go nowhere where there is no stdout or stderr, as under some schedulers.

    Else a file that is opened would get their number, and what is told would be written into it.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = os.O_RDONLY if name == "stdin" else os.O_WRONLY
            setattr(sys, name, os.fdopen(os.open(os.devnull, mode), "r" if name == "stdin" else "w"))


def _let_go_of_stdout() -> None:
    """Let what is left for stdout go nowhere, where Python would say at its end that it cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escape_what_cannot_be_written() -> None:
    """Let a terminal of another charset show a letter it does not have as an escape, as stderr does."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


def _parser(argv: Sequence[str]) -> CommandParser:
    """The parser; only the command that is called says what it takes, so that help starts fast."""
    parser = CommandParser(
        prog="l10n",
        description="Carries press releases from one language into all the others.",
        epilog="Example: l10n init --locale fr --to es,en,ar && l10n add release.html",
        formatter_class=_layout,
    )
    parser.add_argument(
        "-C", dest="folder", type=Path, default=Path(), metavar="FOLDER", help="run in this folder"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    parser.add_argument("--version", action="version", version=_version(argv))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (module, summary) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=_layout,
        )
        if name in argv:
            getattr(import_module(module), f"configure_{name.replace('-', '_')}")(command)
            # What nobody knows is told with the usage of the command, not with that of the whole program.
            command.set_defaults(called=command)
            _quiet(command)
    return parser


def _quiet(command: argparse.ArgumentParser) -> None:
    """Take -q behind the command's name as well as before it."""
    with suppress(argparse.ArgumentError):
        command.add_argument(
            "-q", "--quiet", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )


def _layout(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=_width())


@cache
def _width() -> int:
    """The columns of help, as shutil would say them, which brings every kind of archive along."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < _MOST_DIGITS and int(columns):
        return int(columns) - 2
    try:
        return (os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80) - 2
    except (OSError, ValueError):
        return 78


def _version(argv: Sequence[str]) -> str:
    if "--version" not in argv:
        return ""
    return f"passerelle {import_module('importlib.metadata').version('passerelle')}"
