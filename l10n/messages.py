"""The interface speaks the reader's language: its own strings, from its own catalogues."""

from __future__ import annotations

import gettext as stdlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from l10n import resources
from l10n.catalogue import chunks, reading
from l10n.catalogue.quoting import unquoted
from l10n.errors import CatalogueError

DOMAIN = "passerelle"
_LOCALE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_PLURAL = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")
_FORM = re.compile(r"(?:\A|\n)msgstr\[\d+\] ")
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
    """The strings of a catalogue that are translated, and those with plural forms, with their rule."""
    file = reading.opened(path)
    singles: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for _, _, line, obsolete, parts in chunks.split(file.text, file.path):
        flags, source, forms, target = parts[3], parts[6], parts[8], parts[9]
        if obsolete or "fuzzy" in flags.replace(",", " ").split():
            continue
        try:
            text = unquoted(source, chunks.JOINT, file.encoding)
            said = [unquoted(one, chunks.JOINT, file.encoding) for one in _FORM.split(forms)[1:] or [target]]
        except ValueError as error:
            raise CatalogueError(str(error), path=path, line=line) from None
        if all(said) and forms:
            plurals[text] = tuple(said)
        elif all(said):
            singles[text] = said[0]
    header = reading.fields(singles.pop("", ""))
    return singles, (_rule(header.get("Plural-Forms", ""), path), plurals)


def _rule(header: str, path: Path) -> Callable[[int], int]:
    found = _PLURAL.search(header)
    try:
        return stdlib.c2py(found[2].strip() if found else "n != 1")
    except ValueError as error:
        raise CatalogueError(f"its Plural-Forms cannot be read ({error})", path=path) from None
