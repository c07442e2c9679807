"""The pictures and files that a source shows from its own folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os.path import isfile
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import SplitResult, unquote, urlsplit

from l10n import formats
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, attributes, tokens
from l10n.model import Document

# What is published; plans, catalogues and sources are nobody's business.
_NAMED = "avif csv docx gif jpeg jpg json mp3 mp4 odt ogg pdf png svg txt vtt webm webp xlsx zip"
SUFFIXES = frozenset(f".{name}" for name in _NAMED.split())
PLACES = frozenset({"src", "href", "poster", "srcset"})
# Where a body may show a file: told before it is taken apart.
_SHOWS = re.compile(
    rf"\s(?:src|srcset|poster)\s*=|\shref\s*=[^>:]*\.(?:{'|'.join(_NAMED.split())})\b", re.IGNORECASE
)
# They lead elsewhere than to something a reader would see or fetch.
_UNSEEN = frozenset({"script", "iframe", "link"})


def beside(document: Document, folder: Path, locales: Sequence[str], *, main: str = "") -> dict[str, Path]:
    """The files a source shows that lie in the folder it comes from or below, by their paths in there.

    A file ``map.ar.png`` beside ``map.png`` is for readers of Arabic and comes along where that is one of the
    ``locales``.  ``main`` is a selector for the part of a page that is the release.
    """
    there: dict[str, Path] = {}
    for address in shown_addresses(formats.body(document, {}, ("", ""), main=main)):
        parts = address_parts(address)
        path = unquote(parts.path) if parts else ""
        for name in (normpath(name) for locale in locales for name in names_for(path, locale)):
            file = folder / name
            if _may_come(name) and isfile(file) and is_inside(file, folder):  # noqa: PTH113 - Path.is_file fails on a long name
                there[name] = file
    return there


def _may_come(name: str) -> bool:
    """Whether a path without detours stays below its folder, and is of a kind that is published."""
    return not name.startswith(("/", "../")) and PurePosixPath(name).suffix.lower() in SUFFIXES


def shown_addresses(body: str) -> tuple[str, ...]:
    """The addresses of the pictures and files that a body of HTML shows, each once."""
    if not _SHOWS.search(body):
        return ()
    named = (
        address
        for token in tokens(body)
        if token.sort is Sort.START and token.name not in _UNSEEN
        for given in attributes(body, token)
        for address in _addresses(given.name, decode(body[given.start : given.end], attribute=True))
    )
    return tuple(dict.fromkeys(named))


def _addresses(attribute: str, value: str) -> Iterator[str]:
    """The addresses of files in the value of an attribute."""
    if attribute == "srcset":
        yield from (piece.split()[0] for piece in value.split(",") if piece.strip())
    elif attribute in {"src", "poster"} or PurePosixPath(value.partition("#")[0]).suffix.lower() in SUFFIXES:
        yield from (value,) if attribute in PLACES else ()


def address_parts(address: str) -> SplitResult | None:
    """An address in a folder taken apart, None for one that leads elsewhere, or is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc or not parts.path else parts


def names_for(path: str, locale: str) -> Iterator[str]:
    """What a file may be called for readers of a locale, the nearest first."""
    pure = PurePosixPath(path)
    if pure.name:
        for tag in dict.fromkeys((locale, locale.partition("-")[0])):
            yield str(pure.with_name(f"{pure.stem}.{tag}{pure.suffix}"))
    yield str(pure)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, links followed."""
    return path.resolve().is_relative_to(folder.resolve())
