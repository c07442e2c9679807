"""A template filled in once for all pages of a kind, with holes where they differ.

A template is a file of the project's and may do anything.  It is therefore given values that let it do
nothing but write them and ask whether they are there: whatever else it tries, it is not pressed, and each
page is rendered by itself.  What it does with a text it has written (a block set aside, a macro's) shows
when other words stand there: it is filled in twice, the second time with hard ones, and both have to agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from l10n.errors import ConfigError

_HARD = " \n<b>x</b> &amp; A\"q\" 'Ünï' œ\t123 … 文字 العربية a, b. {i} %s\n " + "long words " * 40
_HOLE = re.compile("\ue000([^\ue000\ue001]+)\ue001")


class Unpressable(Exception):
    """A template did more with a value than write it and ask whether it is there."""


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
    """The place of a value; ``there`` is what the template hears when it asks whether it is there.

    A ``hard`` one has hard words around its name.
    """

    __slots__ = ("_name", "_there", "_words")

    def __init__(self, name: str, *, there: bool = True, hard: bool = False) -> None:
        self._name = name
        self._there = there
        self._words = _HARD if hard else ""

    def __bool__(self) -> bool:
        return self._there


def written(value: Any) -> Any:  # noqa: ANN401 - templates write anything
    """What a template writes for a value: for a hole its mark, for anything else itself."""
    if type(value) is not Hole:
        return value
    name, words = value._name, value._words  # noqa: SLF001 - only here
    return Markup(f"{words}\ue000{name}\ue001{words}") if value else ""  # noqa: S704 - names are ours


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
    """Pieces of a page between which the values of ``names`` go, in their order."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        """The page with the values put in, which are encoded HTML already."""
        out = [*self.pieces]
        out[1::2] = [values[name] for name in self.names]
        return b"".join(out)


Making = Callable[..., Hole]
"""What makes the hole of a name."""


def pressed(
    render: Callable[[Making], str], names: frozenset[str], encoded: Callable[[str], bytes]
) -> Pressed | None:
    """What a template says with holes among its values; None when it does not let itself be pressed.

    ``names`` are those a hole may have, ``encoded`` makes a page's bytes of its text, piece by piece.
    """
    try:
        text = render(Hole)
        again = render(lambda name, *, there=True: Hole(name, there=there, hard=True))
    except (Unpressable, ConfigError):
        return None
    pieces = _HOLE.split(text)
    found = tuple(pieces[1::2])
    expected = _HOLE.sub(lambda mark: f"{_HARD}{mark[0]}{_HARD}", text)
    if expected != again or not names.issuperset(found) or any("\ue000" in piece for piece in pieces):
        return None
    return Pressed(tuple([encoded(piece) for piece in pieces]), found)
