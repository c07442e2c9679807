"""The interface speaks the reader's language: its own strings, from its own catalogues."""

from __future__ import annotations

import gettext as stdlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import polib

from l10n import resources
from l10n.errors import CatalogueError

DOMAIN = "passerelle"
_LOCALE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_PLURAL = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")
_Plurals = tuple[Callable[[int], int], Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Messages:
    """The interface's strings in one locale; what has no translation is said in English."""

    locale: str
    singles: Mapping[str, str] = field(default_factory=dict)
    plurals: tuple[_Plurals, ...] = ()

    def gettext(self, text: str) -> str:
        """An English text in this locale."""
        return self.singles.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of an English text that fits ``n``."""
        for rule, forms in self.plurals:
            if (found := forms.get(one)) and (form := rule(n)) < len(found):
                return found[form]
        return one if n == 1 else many


@lru_cache(maxsize=64)
def messages(locale: str) -> Messages:
    """The interface's strings for a BCP 47 tag, else for its language, else in English.

    Raises CatalogueError when a catalogue is there and cannot be read.
    """
    if not _LOCALE.fullmatch(locale):
        return Messages(locale)
    tags = dict.fromkeys((locale, locale.partition("-")[0]))
    found = [_read(path) for tag in tags if (path := _path(tag)).is_file()]
    singles = {key: text for known, _ in reversed(found) for key, text in known.items()}
    return Messages(locale, singles, tuple(plurals for _, plurals in found))


def _path(tag: str) -> Path:
    return resources.folder("locales") / tag / "LC_MESSAGES" / f"{DOMAIN}.po"


def _read(path: Path) -> tuple[Mapping[str, str], _Plurals]:
    try:
        file = polib.pofile(str(path), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CatalogueError(
            f"cannot be read ({error})", path=path, remedy="Run msgfmt -c on the file to see what it expects."
        ) from None
    entries = file.translated_entries()
    singles = {entry.msgid: entry.msgstr for entry in entries if not entry.msgid_plural}
    plurals = {
        entry.msgid: tuple(entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural))
        for entry in entries
        if entry.msgid_plural
    }
    return singles, (_rule(file.metadata.get("Plural-Forms", ""), path), plurals)


def _rule(header: str, path: Path) -> Callable[[int], int]:
    found = _PLURAL.search(header)
    try:
        return stdlib.c2py(found[2].strip() if found else "n != 1")
    except ValueError as error:
        raise CatalogueError(f"its Plural-Forms cannot be read ({error})", path=path) from None
