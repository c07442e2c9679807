"""The merge driver for catalogues: a line that goes with the repository, a setting for each clone."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from l10n import disk
from workflow.git import program

ATTRIBUTE = "locales/**/*.po merge=l10n"
_NAME = "PO catalogues, entry by entry"


def command() -> str:
    """What git has a shell run: base, ours, theirs, and the path in the repository.

    It names this very Python, so that it works without its folder in PATH; -P keeps the
    repository's own folders from being taken for modules.
    """
    return f"{shlex.quote(sys.executable)} -P -m workflow.cli merge-catalogue -- %O %A %B %P"


def settings() -> tuple[str, ...]:
    """The driver as options for one call of git."""
    return ("-c", f"merge.l10n.name={_NAME}", "-c", f"merge.l10n.driver={command()}")


def install(root: Path) -> tuple[Path, bool]:
    """Set up the driver for a project; (its `.gitattributes`, whether that changed)."""
    program.run(root, "config", "--local", "merge.l10n.name", _NAME)
    program.run(root, "config", "--local", "merge.l10n.driver", command())
    path = root / ".gitattributes"
    lines = disk.read(path).decode("utf-8", "surrogateescape").splitlines() if path.is_file() else []
    if ATTRIBUTE in lines:
        return path, False
    text = "".join(f"{line}\n" for line in (*lines, ATTRIBUTE))
    return path, disk.write(path, text.encode("utf-8", "surrogateescape"))


def missing(root: Path) -> str:
    """What this clone lacks of the driver, "" when nothing."""
    if not program.word(root, "config", "--get", "merge.l10n.driver"):
        return "this clone does not know how to merge catalogues"
    attribute = program.word(root, "check-attr", "merge", "--", "locales/x/LC_MESSAGES/x.po")
    return "" if attribute.endswith(": l10n") else ".gitattributes does not name the merge driver"


def merge_as_text(ours: Path, base: Path, theirs: Path) -> None:
    """Merge line by line into ``ours``, as git does without a driver, with markers where it cannot."""
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    program.attempt(Path(), "merge-file", "--quiet", *labels, *(f"{path}" for path in (ours, base, theirs)))
