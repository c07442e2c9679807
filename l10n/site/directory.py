"""Where the pages of a site stand, and where a link from one release to another leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag, urlsplit

from l10n import formats
from l10n.project import Release

_INDEX = frozenset({"", "index.html"})


class Destination(NamedTuple):
    """A page: its path on the site, and its language; both "" for a release that has none to lead to."""

    path: str
    locale: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A release with the languages of its pages, the original's first, and the addresses it had elsewhere."""

    release: Release
    locales: tuple[str, ...]
    former: tuple[str, ...] = ()

    def destination(self, locale: str) -> Destination:
        """Where its readers of a language are led: to its page in it, else to its original."""
        if not self.locales:
            return Destination("", "")
        found = locale if locale in self.locales else self.locales[0]
        return Destination(quote(f"{found}/{self.release.slug(found)}/"), found)


Asked = Callable[[str, str], Destination | None]
"""Where a link, without its fragment, leads in a language; None where that is no release of the site."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The releases of a site by their ids, and by all addresses that lead to them.

    ``site`` is where it stands, ``addresses`` has the releases by (locale, slug), by slug alone, as ("",
    slug), and by whole addresses of before, as ("", address).
    """

    site: str
    releases: Mapping[str, Listed]
    addresses: Callable[[], Mapping[tuple[str, str], Listed]] = field(repr=False)

    def lead(self, link: str, locale: str, name: str) -> Destination | None:
        """Where a link of a release leads in a language, None where that is no release of the site.

        It may be an address on the site, one the other release had elsewhere, or lead from the folder of
        the release's source, or of its page, to the other's.
        """
        address, _ = urldefrag(link)
        moved = self.addresses().get(("", address)) or self.addresses().get(("", f"{address}/"))
        listed = moved or self._listed(address, locale, name)
        return listed.destination(locale) if listed else None

    def _listed(self, address: str, locale: str, name: str) -> Listed | None:
        on_site = self._on_site(address)
        if on_site is not None:
            return self._at(on_site.split("/"))
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or parts.query or not parts.path or parts.path.startswith("/"):
            return None
        return self._beside(unquote(parts.path), locale, name)

    def _on_site(self, address: str) -> str | None:
        """The path on the site of an address that says its whole path, None where that is elsewhere."""
        for start in (f"{self.site}/", f"{urlsplit(self.site).path}/"):
            if address.startswith(start) and not address.startswith("//"):
                return unquote(address.removeprefix(start))
        return None

    def _at(self, steps: list[str]) -> Listed | None:
        """What stands at a path from the root of the site."""
        if len(steps) == 1 or not _INDEX.issuperset(steps[2:3]) or len(steps) > 3:
            return None
        return self.addresses().get((steps[0], steps[1])) or self._with_locale(steps[1], steps[0])

    def _with_locale(self, name: str, locale: str) -> Listed | None:
        listed = self.releases.get(name)
        return listed if listed and locale in listed.release.languages else None

    def _beside(self, path: str, locale: str, name: str) -> Listed | None:
        """What stands at a path that begins in a folder two steps below the root of sources and of pages."""
        steps = ["", name]
        for step in path.split("/"):
            if step == "..":
                if not steps:
                    return None
                steps.pop()
            elif step != ".":
                steps.append(step)
        if steps[:1] == ["releases"]:
            steps[0] = ""
        if steps[:1] != [""]:
            return self._at(steps) if steps else None
        if steps[1:2] == [name] and len(steps) == 3:
            return self._loose(steps[2])
        if len(steps) == 2 and "." in steps[1]:
            return self._loose(steps[1])
        if len(steps) not in {2, 3} or not (_INDEX.issuperset(steps[2:]) or _is_source(steps[2])):
            return None
        addresses = self.addresses()
        return (
            self.releases.get(steps[1]) or addresses.get((locale, steps[1])) or addresses.get(("", steps[1]))
        )

    def _loose(self, file: str) -> Listed | None:
        """A release by the name its file had before it was added."""
        pure = PurePosixPath(file)
        return self.releases.get(pure.stem.lower()) if _is_document(pure) and pure.stem != "source" else None


def _is_source(file: str) -> bool:
    pure = PurePosixPath(file)
    return pure.stem == "source" and _is_document(pure)


def _is_document(pure: PurePosixPath) -> bool:
    return formats.known(pure.suffix)


def directory(site: str, listed: Iterable[Listed]) -> Directory:
    """The directory of a site; addresses other than ids are worked out when they are asked for."""
    releases = {one.release.id: one for one in listed}

    @cache
    def addresses() -> Mapping[tuple[str, str], Listed]:
        out: dict[tuple[str, str], Listed] = {}
        for one in releases.values():
            release = one.release
            for locale, slug in release.slugs.items():
                out[locale, slug] = out["", slug] = one
            for locale, slugs in release.former.items():
                for slug in slugs:
                    out.setdefault((locale, slug), one)
                    out.setdefault(("", slug), one)
            out.update({("", address): one for address in one.former})
        return out

    return Directory(site, releases, addresses)
