"""The images and files in a release's folder that its pages may show."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from l10n import disk
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Attribute, Sort, attributes, tokens
from l10n.project import Release
from l10n.project.attachments import (
    PLACES,
    SUFFIXES,
    address_parts,
    is_inside,
    names_for,
    shown_addresses,
)
from l10n.site.picture_size import Size, size

_SOURCE = re.compile(r"\.\./[^/]+/source\.\w+")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Assets:
    """The files in a release's folder that its pages may show.

    ``files`` maps a path in the folder to the file; ``used`` collects what pages showed, by its path
    on the site, ``placed`` that path by the one in the folder, and ``sizes`` those of pictures by their
    addresses on a page.
    """

    release: Release
    files: Mapping[str, Path]
    used: dict[str, bytes] = field(default_factory=dict)
    placed: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, Size | None] = field(default_factory=dict)

    def shown(self, body: str, locale: str, *, measured: bool = False) -> str:
        """A page's body with its references leading to the published files.

        A file ``map.ar.png`` beside ``map.png`` takes its place on an Arabic page.  Where it is to be
        ``measured``, pictures say how large they are, unless their author did, and all but the first wait
        until a reader comes near them: nothing moves while a page loads.
        """
        if not self.files:
            return body
        out: list[str] = []
        at = pictures = 0
        for token in tokens(body):
            given = attributes(body, token) if token.sort is Sort.START else ()
            is_picture = measured and token.name == "img" and token.sort is Sort.START
            pictures += is_picture
            for attribute in given:
                published = self._led(body[attribute.start : attribute.end], attribute.name, locale)
                if published:
                    out.extend(
                        (body[at : attribute.start], published if attribute.quote else f'"{published}"')
                    )
                    at = attribute.end
                    if is_picture and attribute.name == "src":
                        out.append(body[at : at + len(attribute.quote)])
                        at += len(attribute.quote)
                        out.append(_picture_attributes(self.sizes.get(published), given, pictures == 1))
        return "".join((*out, body[at:]))

    def _led(self, value: str, name: str, locale: str) -> str:
        """What an attribute's value becomes, "" when it stays."""
        if name not in PLACES:
            return ""
        decoded = decode(value, attribute=True)
        if name != "srcset":
            path = self._path(decoded, locale)
            return escape(path) if path else ""
        pieces = [piece.split() for piece in decoded.split(",")]
        published = [[self._path(piece[0], locale) or piece[0], *piece[1:]] for piece in pieces if piece]
        return escape(", ".join(" ".join(piece) for piece in published))

    def _path(self, address: str, locale: str) -> str:
        """The address of a published file on a page, "" where it is no file of the release."""
        parts = address_parts(address)
        if parts is None:
            return ""
        name = next((name for name in names_for(unquote(parts.path), locale) if name in self.files), "")
        if not name:
            return ""
        if name not in self.placed:
            data = disk.read(self.files[name])
            pure = PurePosixPath(name)
            stem = _UNSAFE.sub("-", pure.stem).strip(".-") or "file"
            path = f"assets/{self.release.id}/{stem}.{sha256(data).hexdigest()[:12]}{pure.suffix.lower()}"
            self.used[path] = data
            self.placed[name] = path
            self.sizes[_address(path)] = size(data)
        return _address(self.placed[name]) + (f"#{parts.fragment}" if parts.fragment else "")


def _address(path: str) -> str:
    """A path on the site as a release's page has it."""
    return f"../../{quote(path)}"


def _picture_attributes(found: Size | None, given: Sequence[Attribute], is_first: bool) -> str:  # noqa: FBT001
    """What a picture says besides what its author wrote: its size, and when to load it."""
    names = {attribute.name for attribute in given}
    if found is None or names & {"width", "height", "style"}:
        return ""
    later = "" if is_first or names & {"loading", "decoding"} else ' loading="lazy" decoding="async"'
    return f' width="{found[0]}" height="{found[1]}"{later}'


def missing(beside: Assets, body: str) -> Iterator[str]:
    """Why readers of a body will miss a picture or a file: it is named there, and not in the folder."""
    for address in shown_addresses(body):
        parts = address_parts(address)
        name = unquote(parts.path) if parts else ""
        if name and not name.startswith("/") and not _is_there(beside, name):
            where = _where_shown(beside.release, address)
            yield f"it shows {name}, and there is no such file in its folder ({where})"


def _is_there(beside: Assets, name: str) -> bool:
    """Whether a file is there for readers of any of the languages, or is another release's source."""
    if _SOURCE.fullmatch(name):
        return (beside.release.folder / name).is_file()
    return any(
        candidate in beside.files
        for locale in beside.release.languages
        for candidate in names_for(name, locale)
    )


def _where_shown(release: Release, address: str) -> str:
    """Where in its source a release shows a file, where that can be read."""
    name = release.source.name
    text = disk.read(release.source).decode("utf-8", "replace") if release.source.suffix != ".docx" else ""
    at = text.find(address)
    return f"{name}, line {text.count(chr(10), 0, at) + 1}" if at >= 0 else name


def of(release: Release) -> Assets:
    """The files that lie in a release's folder and may be published."""
    root, files = str(release.folder), dict[str, Path]()
    for folder, _, names in os.walk(root):
        for name in names:
            if os.path.splitext(name)[1].lower() not in SUFFIXES:  # noqa: PTH122 - most releases have none
                continue
            path = Path(folder, name)
            if path != release.source and path.is_file() and is_inside(path, release.folder):
                files[path.relative_to(root).as_posix()] = path
    return Assets(release, files)
