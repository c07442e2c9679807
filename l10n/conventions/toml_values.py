"""The files of conventions: their text, and the values in it, checked against the nouns they are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from l10n.errors import ConfigError


def text_of(name: str) -> str:
    """The text of a file that lies beside this one."""
    return Path(__file__).with_name(name).read_text("utf-8")


def values_of(
    noun: type, table: object, prefix: str, path: str, *, given: frozenset[str] | set[str] = frozenset()
) -> dict[str, Any]:
    """The values of a table by the attributes of a dataclass that they are for, without the ``given`` ones.

    Raises ConfigError, naming ``path`` and the key behind its ``prefix``, for an unknown one and for a value
    of the wrong kind.
    """
    if not isinstance(table, Mapping):
        raise ConfigError(f"{prefix[:-1]!r} should be a table", path=path)
    kinds = {attribute.name: str(attribute.type) for attribute in fields(noun) if attribute.name not in given}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in kinds:
            keys = ", ".join(kinds)
            raise ConfigError(f"unknown key {prefix + key!r}", path=path, remedy=f"Known keys: {keys}.")
        expected, convert = _KINDS[kinds[key]]
        try:
            values[key] = convert(value)
        except (TypeError, ValueError):
            raise ConfigError(f"{prefix + key!r} should be {expected}", path=path) from None
    return values


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in _list(value))


def _pair(value: object) -> tuple[str, str]:
    opening, closing = _texts(value)
    return opening, closing


_KINDS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "str": ("a text", _text),
    "bool": ("true or false", _switch),
    "frozenset[str]": (
        "words in one text, with spaces between",
        lambda value: frozenset(_text(value).split()),
    ),
    "tuple[str, ...]": ("a list of texts", _texts),
    "tuple[tuple[str, str], ...]": (
        "a list of pairs of texts",
        lambda value: tuple(_pair(item) for item in _list(value)),
    ),
}
