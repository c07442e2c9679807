"""One small table for each family: formats, engines, checks; others join by entry point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar, cast

from l10n.errors import UsageError

T = TypeVar("T")


@cache
def _joined(family: str) -> Mapping[str, EntryPoint]:
    """The members that installed distributions add, by name in order."""
    return {point.name: point for point in sorted(entry_points(group=family), key=lambda one: one.name)}


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
        known = ", ".join(self.names())
        raise UsageError(f"{self.family}: there is no {name!r}", remedy=f"Known names: {known}.")
