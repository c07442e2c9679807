"""Output of commands (results, progress, tables) and parsing of their options."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from l10n.progress import ProgressCallback


def print_result(text: str = "") -> None:
    """Write a line of the result to stdout."""
    sys.stdout.write(f"{text}\n")


def print_report(report: bytes) -> None:
    """Write a report for a program to stdout, byte for byte, whatever a terminal writes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(report)
    sys.stdout.buffer.flush()


def print_progress(text: str, *, quiet: bool = False) -> None:
    """Write a line about progress or problems to stderr, behind all results so far."""
    if not quiet:
        sys.stdout.flush()
        sys.stderr.write(f"{text}\n")


def user_language(environment: Mapping[str, str]) -> str:
    """The language of the interface that somebody's environment asks for, English where it asks for none.

    As gettext reads it: LC_ALL, LC_MESSAGES, LANG, and first LANGUAGE with languages in order, except where
    the locale is C or POSIX, with or without an encoding, as it is on most machines that run CI.
    """
    from l10n.messages import INTERFACE_LANGUAGES

    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return INTERFACE_LANGUAGES[0]
    for name in (*environment.get("LANGUAGE", "").split(":"), locale):
        language = re.split(r"[_.@-]", name.lower())[0]
        if language in INTERFACE_LANGUAGES:
            return language
    return INTERFACE_LANGUAGES[0]


def print_json(value: object) -> None:
    """Write a value to stdout as JSON, which is UTF-8 (RFC 8259, section 8.1)."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    print_report(f"{text}\n".encode("utf-8", "backslashreplace"))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Rows under their heads; the first ``left`` columns to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = []
    for row in (heads, *rows):
        cells = [
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def comma_separated(text: str) -> list[str]:
    """The values of an option that takes several with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def one_or_more(text: str) -> list[str]:
    """The same, but at least one: a variable that is not set must not ask for less than it should."""
    parts = comma_separated(text)
    if not parts:
        raise argparse.ArgumentTypeError("expected at least one value")
    return parts


SEVERAL: Mapping[str, Any] = {"action": "extend", "type": one_or_more, "default": []}
"""How an option is declared that takes several values, with commas between or given again."""


def output_path(text: str) -> Path | None:
    """The file a result goes to; "-" is standard output, as it is without the option."""
    return None if text == "-" else Path(text)


OUTPUT: Mapping[str, Any] = {
    "dest": "output",
    "type": output_path,
    "help": "write to this file (default: standard output)",
}
"""How the option of a command is declared that names the file its result goes to."""


def up_to_64(text: str) -> int:
    """A number of things that work side by side, as it was typed after an option."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= 64:
        raise argparse.ArgumentTypeError("must be a number from 1 to 64")
    return int(text)


def how_many(text: str) -> int:
    """How many results are wanted, from 1 on, as it was typed after an option; at most 1,000,000."""
    digits = text.lstrip("0")
    if not text.isascii() or not digits.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(digits) if len(digits) < 7 else 1_000_000


PROCESSES: Mapping[str, Any] = {
    "type": up_to_64,
    "default": 64,
    "metavar": "N",
    "help": "use at most N processes (default: one for each core)",
}
"""How the option of a command is declared that spreads its work over processes."""


def whole_percentage(text: str) -> int:
    """A whole number of percent, for argparse."""
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 100")
    return int(text)


def moment_of(option: str, text: str) -> dt.datetime:
    """A moment as it was typed after an option.  Raises UsageError where that is none."""
    from l10n.errors import UsageError
    from l10n.project import moments

    try:
        return moments.parsed(text)
    except UsageError as error:
        raise UsageError(f"{option} {text!r}: {error.message}", remedy=error.remedy) from None


_ERASE_LINE_ABOVE = "\x1b[A\x1b[2K"


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[ProgressCallback]:
    """A bar on a terminal, nothing elsewhere; call it with (done, all)."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from click import progressbar

    with progressbar(length=1, label=label, show_pos=True, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
    sys.stderr.write(_ERASE_LINE_ABOVE)


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun; the plural is the singular with an s unless it is given."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
