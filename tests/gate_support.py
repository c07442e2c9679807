"""Catalogues for the tests of the gate, each entry written in a line, and the demo to ask it about."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

DEMO = Path(__file__).parents[1]
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n{}\n'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
GOOD = 'msgid "The office opens on 3 May."\nmsgstr "Das Büro öffnet am 3. Mai."\n'


def entry(source: str, target: str, *lead: str) -> str:
    """One entry; ``lead`` are the lines above it."""
    return "".join(f"{line}\n" for line in lead) + f'msgid "{source}"\nmsgstr "{target}"\n'


def rule(plural_forms: str) -> str:
    """The line of a header about plural forms."""
    return f'"Plural-Forms: {plural_forms};\\n"\n'


def put(folder: Path, name: str, *entries: str, locale: str = "de", more: str = "") -> Path:
    """Write a catalogue; ``more`` are further lines of its header."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((HEAD.format(locale, more), *entries)), "utf-8")
    return path


def copy_demo(folder: Path) -> None:
    """The demo project, as far as the gate reads it."""
    for name in ("releases", "locales", "glossary"):
        shutil.copytree(DEMO / name, folder / name)
    shutil.copy(DEMO / "l10n.toml", folder)


def environment(**more: str) -> dict[str, str]:
    """What a process of its own needs to find the program from any folder."""
    return {**os.environ, "PYTHONPATH": str(DEMO), **more}


def git(*arguments: str) -> None:
    """Git in the current folder, as somebody."""
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)
