"""Dictionaries and stems of words from hunspell, where it and a dictionary of the language are installed."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock

from l10n import conventions

_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
)
_LIBRARIES = (
    "libhunspell-1.7.so.0",
    "libhunspell-1.7.so",
    "libhunspell-1.7.dylib",
    "/opt/homebrew/lib/libhunspell-1.7.dylib",
)
_NONE: frozenset[str] = frozenset()
_REMEMBERED = 1 << 15  # words

_Strings = ctypes.POINTER(ctypes.c_char_p)


def dictionary(locale: str) -> Path | None:
    """The dictionary for a locale without its ending: its region's, else the first of its language."""
    language = conventions.load(locale).language
    folders = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *_FOLDERS]
    candidates = sorted(
        path.with_suffix("")
        for folder in map(Path, folders)
        if folder.is_dir()
        for path in folder.glob(f"{language}*.dic")
        if path.stem == language or path.stem.startswith(f"{language}_")
    )
    exact = [path for path in candidates if path.name == locale.replace("-", "_")]
    plain = [path for path in candidates if path.name in {language, f"{language}_{language.upper()}"}]
    return next(iter([*exact, *plain, *candidates]), None)


@dataclass(slots=True)
class _Opened:
    """A dictionary that is loaded: its handle, and the encoding it wants its words in."""

    handle: int
    encoding: str


@dataclass(slots=True)
class Stemmer:
    """The stems of words by their dictionaries, each loaded when a word of its language is first asked about.

    Without hunspell, or a dictionary, no word has a stem.  Threads may share it.
    """

    _library: ctypes.CDLL | None = None
    _looked: bool = False
    _opened: dict[str, _Opened | None] = field(default_factory=dict)
    _known: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def stems(self, word: str, locale: str) -> frozenset[str]:
        """The words of which a word is a form, in small letters; none for one that is not known."""
        key = locale, word
        with self._lock:
            if key not in self._known:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = self._find_stems(word, locale)
            return self._known[key]

    def _find_stems(self, word: str, locale: str) -> frozenset[str]:
        if locale not in self._opened:
            self._opened[locale] = self._open(locale)
        opened, library = self._opened[locale], self._library
        if opened is None or library is None:
            return _NONE
        try:
            encoded = word.encode(opened.encoding)
        except UnicodeEncodeError:
            return _NONE
        results = _Strings()
        count = library.Hunspell_stem(opened.handle, ctypes.byref(results), encoded)
        stems = frozenset(
            text.decode(opened.encoding, "replace").lower() for text in results[:count] if text is not None
        )
        library.Hunspell_free_list(opened.handle, ctypes.byref(results), count)
        return stems

    def _open(self, locale: str) -> _Opened | None:
        path = dictionary(locale)
        if not self._looked:
            self._library, self._looked = _library(_LIBRARIES), True
        if path is None or self._library is None or not path.with_suffix(".aff").is_file():
            return None
        files = (os.fsencode(path.with_suffix(end)) for end in (".aff", ".dic"))
        handle = self._library.Hunspell_create(*files)
        encoding_name = self._library.Hunspell_get_dic_encoding(handle) if handle else None
        if not encoding_name:
            return None
        encoding = encoding_name.decode("ascii", "replace")
        with suppress(LookupError):
            "".encode(encoding)
            return _Opened(handle, encoding)
        return None


@cache
def stemmer() -> Stemmer:
    """The stemmer of this process: a dictionary is loaded once, however many ask."""
    return Stemmer()


def dictionaries_stamp(locales: Sequence[str]) -> str:
    """A stamp that changes when the installed dictionaries of some locales do."""
    parts = []
    for locale in locales:
        path = dictionary(locale)
        file = path.with_suffix(".dic") if path else None
        parts.append(f"{locale} {file} {file.stat().st_size if file else 0}")
    return "; ".join(parts)


def _library(names: Sequence[str]) -> ctypes.CDLL | None:
    for name in names:
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(name)
            library.Hunspell_create.restype = ctypes.c_void_p
            library.Hunspell_create.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
            library.Hunspell_get_dic_encoding.restype = ctypes.c_char_p
            library.Hunspell_get_dic_encoding.argtypes = [ctypes.c_void_p]
            lists = ctypes.POINTER(_Strings)
            library.Hunspell_stem.argtypes = [ctypes.c_void_p, lists, ctypes.c_char_p]
            library.Hunspell_free_list.argtypes = [ctypes.c_void_p, lists, ctypes.c_int]
            return library
    return None
