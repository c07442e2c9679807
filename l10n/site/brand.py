"""What a site shows of its organisation: icon, logo and picture, files that the project's settings name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from os.path import isfile
from pathlib import Path, PurePosixPath

from l10n import disk
from l10n.errors import ConfigError, L10nError
from l10n.project import Project
from l10n.project.attachments import is_inside
from l10n.project.settings import EVERYWHERE, FILE, spoken
from l10n.project.toml_lines import line_of
from l10n.site.picture_size import Size, size

# What browsers take as an icon, what they show, and what networks show.
_ICONS = {".png": "image/png", ".svg": "image/svg+xml", ".ico": "image/x-icon"}
_LOGOS = (".svg", ".png", ".webp", ".avif", ".jpg", ".jpeg", ".gif")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class BrandFile:
    """A file of the organisation: its path on the site, its bytes, and its size where it is known."""

    path: str
    data: bytes = field(repr=False)
    size: Size | None

    @property
    def type(self) -> str:
        """Its media type, "" where nobody asks for it."""
        return _ICONS.get(PurePosixPath(self.path).suffix, "")

    @property
    def sizes(self) -> str:
        """For which sizes an icon is meant, as HTML says it."""
        is_drawn = self.path.endswith(".svg")
        return "any" if is_drawn else "{}x{}".format(*self.size) if self.size else ""


@dataclass(frozen=True, slots=True)
class Brand:
    """The icons of a site, and its logo and its picture by locale, as its settings name them."""

    icons: tuple[BrandFile, ...] = ()
    logos: Mapping[str, BrandFile] = field(default_factory=dict)
    pictures: Mapping[str, BrandFile] = field(default_factory=dict)

    def logo(self, locale: str) -> BrandFile | None:
        """What stands for the site's name in a language."""
        return spoken(self.logos, locale)

    def picture(self, locale: str) -> BrandFile | None:
        """What networks show for a page in a language that has no picture of its own."""
        return spoken(self.pictures, locale)

    @property
    def touch_icon(self) -> BrandFile | None:
        """What a phone shows among its programs: the largest icon of pixels."""
        drawn = [icon for icon in self.icons if icon.type == "image/png" and icon.size]
        return max(drawn, key=lambda icon: icon.size or (0, 0), default=None)

    @property
    def files(self) -> Mapping[str, bytes]:
        """All of them, by their paths on the site."""
        every = (*self.icons, *self.logos.values(), *self.pictures.values())
        return {file.path: file.data for file in every}


def brand(project: Project) -> Brand:
    """The files that a project's settings name.

    Raises ConfigError, with the line, for one that is missing, of a kind that is not shown there, or
    outside the project.
    """
    site = project.settings.site
    return Brand(
        tuple(_file(project, "site", "icon", name, _ICONS) for name in site.icon),
        dict(_by_locale(project, "logo", site.logo, _LOGOS)),
        dict(_by_locale(project, "picture", site.picture, _PICTURES)),
    )


def stamp(project: Project) -> str:
    """A mark of the files that the settings name, which changes when they do."""
    site = project.settings.site
    stamps: list[object] = []
    for name in (*site.icon, *site.logo.values(), *site.picture.values()):
        with suppress(L10nError):  # told with its line when it is read
            stamps.append(disk.file_stamp(project.root / name))
    return f"{stamps}"


def _by_locale(
    project: Project, key: str, named: Mapping[str, str], kinds: Collection[str]
) -> Iterator[tuple[str, BrandFile]]:
    for locale, name in named.items():
        place = ("site", key) if locale == EVERYWHERE else (f"site.{key}", locale)
        yield locale, _file(project, *place, name, kinds)


def _file(project: Project, table: str, key: str, name: str, kinds: Collection[str]) -> BrandFile:
    pure = PurePosixPath(name)
    if problem := _problem(project.root, pure, kinds):
        settings = project.root / FILE
        message, remedy = problem
        line = line_of(settings, table, key)
        raise ConfigError(f"{table}.{key} names {name!r}, {message}", path=settings, line=line, remedy=remedy)
    data = disk.read(project.root / pure)
    stem = _UNSAFE.sub("-", pure.stem).strip("-") or "file"
    path = f"assets/{stem}.{sha256(data).hexdigest()[:12]}{pure.suffix.lower()}"
    return BrandFile(path, data, size(data))


def _problem(root: Path, name: PurePosixPath, kinds: Collection[str]) -> tuple[str, str] | None:
    """What is wrong about a file, and what to do about it."""
    path = root / name
    if name.suffix.lower() not in kinds:
        return "which is not shown there", f"It may be {', '.join(kinds)}."
    if not _leads_inside(path, root):
        return "which leads out of the project", "Put the file into the project and name it from there."
    if not isfile(path):  # noqa: PTH113 - Path.is_file fails on a long name
        return "and there is no such file", "Name it from the folder of the settings, as in brand/logo.svg."
    return None


def _leads_inside(path: Path, root: Path) -> bool:
    try:
        return is_inside(path, root)
    except (OSError, ValueError, RuntimeError):  # a loop of links, or no name at all
        return False
