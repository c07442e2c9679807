"""A release's plan as JSON values, and back, so that the plan as it was published can be read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from pathlib import Path
from typing import Any

from l10n.project import Credits, Event, Override, Release

_NOUNS = {noun.__name__: noun for noun in (Release, Event, Override, Credits)}


def to_json(value: object, root: Path) -> Any:  # noqa: ANN401 - JSON holds anything
    """A release, or a part of one, as values that JSON can hold; paths are relative to ``root``.

    Raises KeyError for what no release holds.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [to_json(item, root) for item in value]
    if isinstance(value, dt.date):
        return {"at" if isinstance(value, dt.datetime) else "day": value.isoformat()}
    if isinstance(value, Path):
        return {"file": value.relative_to(root).as_posix() if value.is_relative_to(root) else str(value)}
    if isinstance(value, Mapping):
        return {"by": {key: to_json(item, root) for key, item in value.items()}}
    defaults = _defaults(_NOUNS[type(value).__name__])
    parts = ((name, getattr(value, name)) for name in defaults)
    return {
        type(value).__name__: {name: to_json(item, root) for name, item in parts if item != defaults[name]}
    }


def from_json(value: Any, root: Path) -> Any:  # noqa: ANN401 - as above
    """The value that ``to_json`` encoded.  Raises KeyError, TypeError or ValueError for anything else."""
    if isinstance(value, list):
        return tuple([from_json(item, root) for item in value])
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "at":
        return dt.datetime.fromisoformat(content)
    if kind == "day":
        return dt.date.fromisoformat(content)
    if kind == "file":
        return root / content
    values = {name: from_json(item, root) for name, item in content.items()}
    return values if kind == "by" else _NOUNS[kind](**values)


@cache
def _defaults(noun: type[Release | Event | Override | Credits]) -> Mapping[str, object]:
    """The fields of a noun with what they are where nothing is said."""
    return {field.name: _default(field) for field in fields(noun)}


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()
