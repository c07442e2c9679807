"""Plain text, clean or taken from a web page: the release is found, the menus stay where they are."""

from __future__ import annotations

from l10n.formats.text.page import body
from l10n.formats.text.units import extract
from l10n.formats.text.writing import encode

__all__ = ["body", "charset", "encode", "extract", "suffixes"]

suffixes = (".txt", ".text")


def charset(data: bytes) -> str | None:
    """None: a plain text never names its encoding."""
    del data
    return None
