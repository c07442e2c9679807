"""No two releases, nor a release and a list, stand at one address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from l10n.errors import ConfigError
from l10n.project import Release
from l10n.project.toml_lines import line_of
from l10n.site.release_building import BuiltRelease

_RESERVED = frozenset({"topics", "search"})
_YEAR = re.compile(r"\d{4}", re.ASCII)


def check_addresses(releases: Sequence[BuiltRelease]) -> None:
    """Raise ConfigError where two releases, or a release and a list, would stand at one address.

    An address a release had before may not be taken either: it leads on to where that stands now.
    """
    if all(_stands_as_before(built) for built in releases):
        return
    taken: dict[str, Release] = {}
    for built in releases:
        release = built.group.release
        for page in built.pages if release.kind == "release" else ():
            slug = release.slug(page.locale)
            holder = _holder(page.locale, slug, taken)
            if holder:
                raise _address_taken(release, page.locale, slug, holder, "slugs")
            taken[f"{page.locale}/{slug}"] = release
    for built in releases:
        release = built.group.release
        for page in built.pages if release.kind == "release" and release.former else ():
            for slug in release.former.get(page.locale, ()):
                holder = _holder(page.locale, slug, taken)
                if holder and holder != release.id:
                    raise _address_taken(release, page.locale, slug, holder, "former")
                taken[f"{page.locale}/{slug}"] = release


def _holder(locale: str, slug: str, taken: Mapping[str, Release]) -> str:
    """What stands at an address, "" where nothing does."""
    if slug in _RESERVED or _YEAR.fullmatch(slug):
        return "a list"
    release = taken.get(f"{locale}/{slug}")
    return release.id if release else ""


def _address_taken(release: Release, locale: str, slug: str, holder: str, table: str) -> ConfigError:
    path = release.folder / "release.toml"
    return ConfigError(
        f"the address {locale}/{slug} is taken by {holder}",
        path=path,
        line=line_of(path, table, locale),
        remedy="Take it out of [former]."
        if table == "former"
        else f"Give it another in [slugs]: {locale} = …",
    )


def _stands_as_before(built: BuiltRelease) -> bool:
    """Whether a release takes the addresses it took in the version on line."""
    last = built.group if built.inputs is None else built.last
    return last is not None and (
        last is built.group
        or (
            last.release == built.group.release
            and [page.locale for page in last.pages] == [page.locale for page in built.pages]
        )
    )
