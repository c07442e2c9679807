"""A template filled in once for all pages of a kind, with holes where they differ.

A template is a file of the project's and may do anything.  It is therefore given values that let it do
nothing but show them and ask whether they are there: whatever else it tries, it is not pressed, and
each page is rendered by itself.  So what is pressed says what rendering says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from l10n.errors import ConfigError

_HOLE = re.compile("\ue000([^\ue000\ue001]+)\ue001")


class Unpressable(Exception):
    """A template asked for more of a value than whether it is there."""


class _Closed:
    """Something that answers no question."""

    __slots__ = ()

    def _refuse(self, *_: Any) -> Any:  # noqa: ANN401 - it stands for every operation
        raise Unpressable

    __getattr__ = __call__ = __getitem__ = __iter__ = __len__ = __contains__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __str__ = __repr__ = __format__ = __bytes__ = __int__ = __float__ = __index__ = _refuse
    __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = __bool__ = _refuse
    __sub__ = __rsub__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = __pos__ = _refuse
    __floordiv__ = __rfloordiv__ = __iadd__ = _refuse
    # What a test like "is string" looks at.
    __class__ = property(_refuse)


class Hole(_Closed):
    """The place of a value; ``there`` is what the template hears when it asks whether it is there."""

    __slots__ = ("_name", "_there")

    def __init__(self, name: str, *, there: bool = True) -> None:
        self._name = name
        self._there = there

    def __html__(self) -> str:
        return f"\ue000{self._name}\ue001"

    def __bool__(self) -> bool:
        return self._there


class Known(_Closed):
    """An object of which some attributes may be asked for."""

    __slots__ = ("_known",)

    def __init__(self, **known: object) -> None:
        self._known = known

    def __getattr__(self, name: str) -> object:
        if name in self._known:
            return self._known[name]
        raise Unpressable

    def __bool__(self) -> bool:
        return True


class Day(Known):
    """The day of a page, which can be compared with itself."""

    __slots__ = ()

    def __eq__(self, other: object) -> Any:  # noqa: ANN401
        return self._same(other) and True

    def __gt__(self, other: object) -> Any:  # noqa: ANN401
        return self._same(other) and False

    __ge__ = __le__ = __eq__
    __lt__ = __ne__ = __gt__
    __hash__ = _Closed.__hash__

    def _same(self, other: object) -> bool:
        if other is not self:
            raise Unpressable
        return True


@dataclass(frozen=True, slots=True)
class Pressed:
    """Pieces of text between which the values of ``names`` go, in their order."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with the values put in, which are HTML already."""
        out = [*self.pieces]
        out[1::2] = [values[name] for name in self.names]
        return "".join(out)


def pressed(render: Callable[[], str], names: frozenset[str]) -> Pressed | None:
    """What a template says with holes among its values; None when it does not let itself be pressed.

    ``names`` are those a hole may have.
    """
    try:
        pieces = _HOLE.split(render())
    except (Unpressable, ConfigError):
        return None
    found = tuple(pieces[1::2])
    return Pressed(tuple(pieces), found) if names.issuperset(found) else None
