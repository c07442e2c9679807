"""The origin of a target, as one word.

`human`, `copy`, `tb` (the glossary), `catalogue` (edited outside), `tm:PLACE:SCORE` (the memory), or
`mt:ENGINE`; `mt:ENGINE:2` when there were two words in the source that the engine did not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_MACHINE = "mt:"
_MEMORY = "tm:"
_NUMBER = re.compile(r":(\d{1,3})\Z")
# What a provenance line has room for; see ``l10n.catalogue.provenance``.
_LONGEST = 24


def machine(engine: str, unknown: int = 0) -> str:
    """The origin of an engine's draft; the number is left out where there is no room for it."""
    plain = f"{_MACHINE}{engine}"
    origin_with_count = f"{plain}:{min(unknown, 999)}" if unknown else plain
    return origin_with_count if len(origin_with_count) <= _LONGEST else plain


def engine(origin: str) -> str:
    """The engine that made a draft, "" for what no machine translated."""
    return plain(origin).removeprefix(_MACHINE) if origin.startswith(_MACHINE) else ""


def plain(origin: str) -> str:
    """The origin without what differs from draft to draft of one engine."""
    return _NUMBER.sub("", origin) if origin.startswith(_MACHINE) else origin


def unknown(origin: str) -> int:
    """How many words of the source the engine did not know, as far as it says so."""
    return _number(origin) if origin.startswith(_MACHINE) else 0


def score(origin: str) -> int:
    """The score of a memory match, 100 for what needs none, 0 for what has none."""
    if origin in {"tb", "copy", "human"}:
        return 100
    return 0 if origin.startswith(_MACHINE) else _number(origin)


def unscored(origin: str) -> str:
    """The origin of a memory match whose score no longer holds, since its segment has another source now."""
    return _NUMBER.sub("", origin) if origin.startswith(_MEMORY) else origin


def whole(origin: str, names: Callable[[], Iterable[str]]) -> str:
    """The origin of a memory match with its whole name, where there was room for the beginning only.

    It is the one of ``names`` that begins so; without it, or with several, an ellipsis says that it goes on.
    """
    plain = unscored(origin)
    place = plain.removeprefix(_MEMORY)
    if place == plain or len(place) < _LONGEST - len(f"{_MEMORY}:100"):
        return origin
    matching = [name for name in names() if name.startswith(place)]
    if place in matching or (len(matching) != 1 and len(origin) < _LONGEST):
        return origin
    return f"{_MEMORY}{matching[0] if len(matching) == 1 else f'{place}…'}{origin[len(plain) :]}"


def _number(origin: str) -> int:
    match = _NUMBER.search(origin)
    return int(match[1]) if match else 0
