"""The formats there are, and the endings of file names that choose one."""

from __future__ import annotations

from pathlib import PurePath

from l10n.errors import UsageError
from l10n.formats.seam import Format
from l10n.registry import Registry

# Our own, with their endings, so that nothing has to be loaded to know which format reads a file.
_OWN = {
    "docx": (".docx",),
    "html": (".html", ".htm", ".xhtml", ".xht"),
    "markdown": (".md", ".markdown", ".mdx", ".qmd", ".rmd"),
    "text": (".txt", ".text"),
}
_BY_ENDING = {suffix: name for name, endings in _OWN.items() for suffix in endings}
# What programs save in a form that is read here.
_SAVED_AS = dict.fromkeys((".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".rtf"), ".docx")
FORMATS: Registry[Format] = Registry("l10n.formats", {name: f"l10n.formats.{name}" for name in _OWN})


def known(suffix: str) -> bool:
    """Whether a format reads files with an ending, in small letters and with its dot."""
    return suffix in _BY_ENDING or suffix in suffixes()


def suffixes() -> tuple[str, ...]:
    """Every ending that a format reads."""
    return tuple(suffix for _, format_ in FORMATS for suffix in format_.suffixes)


def for_path(path: str) -> tuple[str, Format]:
    """The (name, format) for a path's ending.  Raises UsageError when there is none."""
    suffix = PurePath(path).suffix.lower()
    if name := _BY_ENDING.get(suffix, ""):
        return name, FORMATS.get(name)
    for name, format_ in FORMATS:
        if suffix in format_.suffixes:
            return name, format_
    endings = ", ".join(suffixes())
    save = f"Save it as {_SAVED_AS[suffix]}. " if suffix in _SAVED_AS else ""
    remedy = f"{save}Known endings: {endings}."
    raise UsageError(f"no format for the ending {suffix!r}", path=path, remedy=remedy)


def bare(path: str) -> bool:
    """Whether the files of a path's format cannot name their own encoding.  Raises as ``for_path``."""
    return not for_path(path)[1].names_encoding
