"""Registries of formats, engines and checks: built-in members, and plug-ins by entry point."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from l10n.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")
_TOLD = frozenset({".dist-info", ".egg-info", ".egg"})


@cache
def _joined(family: str) -> Mapping[str, EntryPoint]:
    """The members that installed distributions add, by name in order."""
    if not _may_be_joined():
        return {}
    from importlib.metadata import entry_points  # noqa: PLC0415  slow, rarely needed

    return {point.name: point for point in sorted(entry_points(group=family), key=lambda point: point.name)}


@cache
def _may_be_joined() -> bool:
    """Whether some installed distribution may have an entry point of ours.

    Quick where all distributions are in folders; for any other kind the answer is always yes.
    """
    if any(hasattr(finder, "find_distributions") for finder in sys.meta_path if finder is not PathFinder):
        return True
    return not all(_joins_nothing(Path(path)) for path in sys.path)


def _joins_nothing(folder: Path) -> bool:
    """Whether no distribution in an entry of ``sys.path`` has an entry point of ours."""
    try:
        return not any(_names_us(path) for path in folder.iterdir() if path.suffix in _TOLD)
    except FileNotFoundError:
        return True
    except OSError:  # an archive, or a folder that may not be read
        return False


def _names_us(distribution: Path) -> bool:
    if distribution.suffix == ".egg":
        return True
    try:
        return b"[l10n." in distribution.joinpath("entry_points.txt").read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return False


@dataclass(frozen=True, slots=True)
class Registry(Generic[T]):
    """Named members of a family, each imported when first asked for.

    ``built_in`` maps a name to ``"package.module"`` or ``"package.module:attribute"``; an
    installed distribution adds members under the entry point group ``family`` (such as
    ``l10n.formats``).  A built-in name cannot be taken over by an entry point.
    """

    family: str
    built_in: Mapping[str, str]
    _loaded: dict[str, T] = field(default_factory=dict, repr=False)

    def names(self) -> tuple[str, ...]:
        """Every name, built-ins first in the order of their table."""
        return (*self.built_in, *(name for name in _joined(self.family) if name not in self.built_in))

    def get(self, name: str) -> T:
        """The member called ``name``.

        Raises UsageError, listing the names there are, when there is none.
        """
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        """Every (name, member)."""
        return ((name, self.get(name)) for name in self.names())

    def _load(self, name: str) -> T:
        if target := self.built_in.get(name):
            module, _, attribute = target.partition(":")
            member: Any = import_module(module)
            return cast("T", getattr(member, attribute) if attribute else member)
        if point := _joined(self.family).get(name):
            return cast("T", point.load())
        names = ", ".join(self.names())
        raise UsageError(f"{self.family}: there is no {name!r}", remedy=f"Known names: {names}.")
