"""Precompile a template: render it once with placeholders, then fill in only what differs between pages.

Templates belong to the project and may do anything.  A placeholder can only be printed and tested for
truth; a template that does more with it is not precompiled, and each page is rendered by itself.  To notice
what a template does to text it has already printed (a block set aside, a macro), it is rendered twice, the
second time with awkward text around each placeholder, and both renderings have to agree.
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


class NotPrecompilable(Exception):
    """A template did more with a value than print it or test it for truth."""


class _Closed:
    """Base of placeholders: every operation raises NotPrecompilable."""

    __slots__ = ()

    def _refuse(self, *_: Any) -> Any:  # noqa: ANN401 - it stands for every operation
        raise NotPrecompilable

    __getattr__ = __call__ = __getitem__ = __iter__ = __len__ = __contains__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __str__ = __repr__ = __format__ = __bytes__ = __int__ = __float__ = __index__ = _refuse
    __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = __bool__ = _refuse
    __sub__ = __rsub__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = __pos__ = _refuse
    __floordiv__ = __rfloordiv__ = __iadd__ = _refuse
    # What a test like "is string" looks at.
    __class__ = property(_refuse)


class Hole(_Closed):
    """Placeholder for a value; ``there`` is its truth value.

    A ``hard`` one prints awkward text around its name.
    """

    __slots__ = ("_name", "_there", "_words")

    def __init__(self, name: str, *, there: bool = True, hard: bool = False) -> None:
        self._name = name
        self._there = there
        self._words = _HARD if hard else ""

    def __bool__(self) -> bool:
        return self._there


def written(value: Any) -> Any:  # noqa: ANN401 - templates write anything
    """What a template prints for a value: a marker for a placeholder, anything else itself."""
    if type(value) is not Hole:
        return value
    name, words = value._name, value._words  # noqa: SLF001 - only here
    return Markup(f"{words}\ue000{name}\ue001{words}") if value else ""  # noqa: S704 - names are ours


class Known(_Closed):
    """Placeholder for an object of which only some attributes are known."""

    __slots__ = ("_known",)

    def __init__(self, **known: object) -> None:
        self._known = known

    def __getattr__(self, name: str) -> object:
        if name in self._known:
            return self._known[name]
        raise NotPrecompilable

    def __bool__(self) -> bool:
        return True


class Day(Known):
    """Placeholder for a page's date; it can only be compared with itself, since that result is known."""

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
            raise NotPrecompilable
        return True


@dataclass(frozen=True, slots=True)
class PrecompiledTemplate:
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


def precompile(
    render: Callable[[Making], str], names: frozenset[str], encoded: Callable[[str], bytes]
) -> PrecompiledTemplate | None:
    """What a template says with holes among its values; None when it does not let itself be pressed.

    ``names`` are those a hole may have, ``encoded`` makes a page's bytes of its text, piece by piece.
    """
    try:
        text = render(Hole)
        hard_text = render(lambda name, *, there=True: Hole(name, there=there, hard=True))
    except (NotPrecompilable, ConfigError):
        return None
    pieces = _HOLE.split(text)
    hole_names = tuple(pieces[1::2])
    expected = _HOLE.sub(lambda mark: f"{_HARD}{mark[0]}{_HARD}", text)
    if (
        expected != hard_text
        or not names.issuperset(hole_names)
        or any("\ue000" in piece for piece in pieces)
    ):
        return None
    return PrecompiledTemplate(tuple([encoded(piece) for piece in pieces]), hole_names)
