"""Findings of the gate and of the linter: the forms asked for, and the language of whoever reads them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli.console import output_path, print_progress, print_result, user_language

if TYPE_CHECKING:
    from l10n.gate import Verdict
    from l10n.gate.wording import Wording
    from l10n.messages import Messages


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
    return outputs


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
    report = REPORTS.get(name).text(verdict)
    if file is not None:
        disk.write(file, report.encode("utf-8", "replace"))
    elif report:
        print_result(report.removesuffix("\n"))


def in_words(wording: Wording) -> str:
    """A wording as somebody reads it in a terminal, in their language where it is one of the interface's."""
    messages = _user_messages()
    if messages is None:
        return wording.english
    from l10n.gate import localised

    return localised.in_words(wording, messages)


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
