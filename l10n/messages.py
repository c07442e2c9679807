"""Translations of the interface's own strings, from its PO catalogues."""

from __future__ import annotations

import gettext as stdlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import polib

from l10n import resources
from l10n.conventions import load
from l10n.errors import CatalogueError, ConfigError

DOMAIN = "passerelle"
SOURCE = "en"
INTERFACE_LANGUAGES = ("en", "fr", "es", "ar")
"""The languages that the desk and the messages for its people are in; the site speaks many more."""
_PLURAL = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")
_Plurals = tuple[Callable[[int], int], Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Messages:
    """The interface's strings in one locale; a string without a translation stays English.

    A region falls back to its language, but only within one script: Taiwan's Chinese is in traditional
    characters, and never falls back to simplified ones.
    """

    locale: str
    singles: Mapping[str, str] = field(default_factory=dict)
    plurals: tuple[_Plurals, ...] = ()
    native: bool = False

    def gettext(self, text: str) -> str:
        """The translation of an English text."""
        return self.singles.get(text, text)

    def has_translation(self, text: str) -> bool:
        """Whether an English text has a translation, or the locale is English itself."""
        return self.native or text in self.singles or any(text in forms for _, forms in self.plurals)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The translation of an English text in the plural form for ``n``."""
        for rule, forms in self.plurals:
            if (translations := forms.get(one)) and (form := rule(n)) < len(translations):
                return translations[form]
        return one if n == 1 else many


@lru_cache(maxsize=64)
def messages(locale: str) -> Messages:
    """The interface's strings for a BCP 47 tag, else for its language, else in English.

    Raises CatalogueError when a catalogue is there and cannot be read.
    """
    return messages_with(locale, ())


def messages_with(locale: str, folders: Iterable[Path]) -> Messages:
    """The same, with catalogues in other folders that go before those that ship."""
    read = [_read(path) for path in catalogue_paths(locale, folders)]
    singles = {key: text for own_singles, _ in reversed(read) for key, text in own_singles.items()}
    return Messages(locale, singles, tuple(plurals for _, plurals in read), native=is_native(locale))


def catalogue_paths(locale: str, folders: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The catalogues a locale takes its strings from, in order; none for what is no tag."""
    try:
        tags = tuple(_tags(locale))
    except ConfigError:
        return ()
    places = (*folders, resources.folder("locales"))
    paths = (place / tag / "LC_MESSAGES" / f"{DOMAIN}.po" for place in places for tag in tags)
    return tuple(path for path in paths if path.is_file())


def is_native(locale: str) -> bool:
    """Whether a locale is one of the language the strings are written in."""
    try:
        return load(locale).language == SOURCE
    except ConfigError:
        return False


def _tags(locale: str) -> Iterator[str]:
    """A tag and its parents that are written in the same script (CLDR, parent locales)."""
    script = load(locale).script
    parts = locale.split("-")
    shorter = ["-".join(parts[:size]) for size in range(len(parts), 0, -1)]
    for tag in dict.fromkeys((*shorter[:-1], f"{parts[0]}-{script}", parts[0])):
        if load(tag).script == script:
            yield tag


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
    match = _PLURAL.search(header)
    try:
        return stdlib.c2py(match[2].strip() if match else "n != 1")
    except ValueError as error:
        raise CatalogueError(f"its Plural-Forms cannot be read ({error})", path=path) from None
