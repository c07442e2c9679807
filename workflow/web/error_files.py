"""Which file of the project an error is about, as people at the desk name it."""

from __future__ import annotations

from pathlib import Path

from l10n.errors import L10nError


def place_of(error: L10nError, root: Path) -> str:
    """The file below the project's folder and the line in it, as in ``releases/x/release.toml:8``.

    "" for an error about no file, or one elsewhere on the machine, whose folders are nobody's business.
    """
    path = Path(error.path or "")
    if error.path is None or not path.is_relative_to(root):
        return ""
    name = path.relative_to(root).as_posix()
    return f"{name}:{error.line}" if error.line else name
