"""Findings of the gate and of the linter: the forms asked for, and the language of whoever reads them."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli.console import output_path, print_progress, print_report, print_result, user_language

if TYPE_CHECKING:
    from l10n.errors import L10nError
    from l10n.gate import Verdict
    from l10n.gate.wording import Wording
    from l10n.messages import Messages


FOR_FORGES = frozenset({"sarif", "gitlab", "github"})
"""The forms whose paths begin at the root of a repository."""


def add_reporting(parser: argparse._ActionsContainer) -> None:
    """Let a command take the forms in which it reports."""
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="NAME[=FILE]",
        help="text, json, sarif, junit, gitlab or github; may be repeated",
    )
    parser.add_argument("--json", action="append_const", dest="format", const="json", help="--format json")


def reports(asked: Sequence[str]) -> list[tuple[str, Path | None]]:
    """The forms asked for, each with the file it goes to.  Raises UsageError for what is none."""
    from l10n.errors import UsageError
    from l10n.gate import REPORTS

    outputs: list[tuple[str, Path | None]] = []
    for text in asked or ("text",):
        name, equals, file = text.partition("=")
        if name not in REPORTS.names() or (equals and not file):
            raise UsageError(
                f"--format {text!r} is not NAME or NAME=FILE", remedy=f"Names: {', '.join(REPORTS.names())}."
            )
        outputs.append((name, output_path(file or "-")))
    if [file for _, file in outputs].count(None) > 1:
        raise UsageError("two formats for one output", remedy="Give all but one a file: --format sarif=FILE.")
    files = Counter(file.resolve() for _, file in outputs if file)
    for path, count in files.items():
        if count > 1 and not path.is_char_device():
            raise UsageError("two formats for one file", path=path, remedy="Give each a file of its own.")
    return outputs


def keep_from_reports(outputs: Sequence[tuple[str, Path | None]], read: Iterable[Path]) -> None:
    """See that no report goes into a file that the run reads.  Raises UsageError for one that would."""
    from l10n.errors import UsageError

    targets = {file.resolve(): file for _, file in outputs if file}
    for path in read if targets else ():
        if (file := targets.get(path.resolve())) is not None:
            raise UsageError(
                "the report would take the place of a file that is checked",
                path=file,
                remedy="Give the report a name of its own.",
            )


def put(verdict: Verdict, name: str, file: Path | None, *, quiet: bool) -> None:
    """Say a verdict in one form, or write it into a file."""
    from l10n import disk
    from l10n.gate import REPORTS
    from l10n.gate.wording import worded_count

    if quiet and name == "text" and file is None:
        if count := len(verdict.failing):
            text = worded_count("{count} finding fails the gate", "{count} findings fail the gate", count)
            print_progress(f"l10n: {in_words(text)}")
        return
    if name == "text" and file is None:
        verdict = _for_people(verdict)
    # The name of a file may hold bytes that are no UTF-8, and no report may.
    report = REPORTS.get(name).text(verdict).encode("utf-8", "replace")
    if file is not None:
        disk.write(file, report)
    elif name == "text" and report:
        print_result(report.decode().removesuffix("\n"))
    elif report:
        print_report(report.removesuffix(b"\n") + b"\n")


def in_words(wording: Wording) -> str:
    """A wording as somebody reads it in a terminal, in their language where it is one of the interface's."""
    messages = _user_messages()
    if messages is None:
        return wording.english
    from l10n.gate import localised

    return localised.in_words(wording, messages)


def error_in_words(error: L10nError) -> L10nError:
    """An error as somebody reads it in a terminal, in their language where it is one of the interface's."""
    messages = _user_messages()
    if messages is None:
        return _obeyed_in_nothing(error)
    from l10n.gate import localised

    return _obeyed_in_nothing(localised.error_in_words(error, messages))


def _obeyed_in_nothing(error: L10nError) -> L10nError:
    """An error whose path and texts, which may come from anywhere, no terminal or forge obeys."""
    from l10n.errors import L10nError as Told
    from l10n.gate.reports.lines import visible

    path = None if error.path is None else visible(error.path)
    message = "\n  | ".join(map(visible, error.message.split("\n  ")))  # git says several lines
    remedy = "\n".join(map(visible, error.remedy.split("\n")))
    return Told(message, path=path, line=error.line, column=error.column, remedy=remedy)


def refusal_in_words(error: OSError) -> L10nError:
    """What the system refused, with what to do about it, as somebody reads it in a terminal."""
    from l10n import disk

    return error_in_words(disk.refused(error))


def translation() -> Callable[[str], str]:
    """What puts a whole text into the language of whoever reads a terminal."""
    messages = _user_messages()
    if messages is None:
        return str
    return messages.gettext


def _for_people(verdict: Verdict) -> Verdict:
    """A verdict as somebody reads it in a terminal, in their language where it is one of the interface's."""
    if not verdict.findings or (messages := _user_messages()) is None:
        return verdict
    from l10n.gate.localised import localised

    return localised(verdict, messages)


def _user_messages() -> Messages | None:
    """The texts of the interface in the language of whoever reads a terminal, None where it is English."""
    import os

    language = user_language(os.environ)
    if language == "en":
        return None
    from l10n.messages import messages

    return messages(language)
