"""TOML files read strictly: a mistyped key is an error that names the file and the key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from l10n import disk
from l10n.errors import ConfigError, UsageError
from l10n.project import moments
from l10n.project.toml_lines import line_of

_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_LONG_NUMBER = re.compile(rb"(?<![\d_])[\d_]{4301,}+")
_TYPES = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "a table"}
# What to do about what the parser of TOML says, by how it begins.
_NO_DATE = "There is no such day or time, or a text has no quotes."
_SET_TWICE = "It is set twice: keep one."
_DECLARED_TWICE = "This part stands twice: put its lines into one."
_UNQUOTED = "A text needs quotes; a date does not."
_SHALLOW = "Settings are texts, numbers and lists of them."
_REMEDIES = {
    "Invalid date": _NO_DATE,
    "Expected newline or end": _NO_DATE,
    "Cannot overwrite": _SET_TWICE,
    "Cannot declare": _DECLARED_TWICE,
}


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table with the file and the name it came from, for messages."""

    values: Mapping[str, Any]
    path: Path
    name: str = ""

    def only(self, keys: Iterable[str]) -> None:
        """Raise ConfigError for a key that is not among ``keys``."""
        known = set(keys)
        for key in self.values:
            if key not in known:
                raise self.wrong(
                    key,
                    "is not a setting here",
                    f"{meant(key, known)}Known settings: {', '.join(sorted(known))}.",
                )

    def of_languages(self, locales: Collection[str]) -> Table:
        """This table, whose keys are languages.  Raise ConfigError for one that is not among ``locales``."""
        for key in self.values:
            if key not in locales:
                raise self.wrong(key, *unknown_language(key, locales))
        return self

    def table(self, key: str) -> Table:
        """The table under ``key``, empty when there is none."""
        return Table(self._typed(key, dict, {}), self.path, f"{self.name}.{key}" if self.name else key)

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables of the list under ``key``."""
        items = self.values.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise self.wrong(key, "should be a list of tables", f"Each starts with [[{key}]].")
        return tuple(Table(item, self.path, f"{key}[{at}]") for at, item in enumerate(items, 1))

    def text(self, key: str, default: str = "") -> str:
        """The text under ``key``."""
        value: str = self._typed(key, str, default)
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """The truth value under ``key``."""
        value: bool = self._typed(key, bool, default)
        return value

    def number(self, key: str, default: int) -> int:
        """The whole number under ``key``."""
        value: int = self._typed(key, int, default)
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The list of texts under ``key``."""
        items = self.values.get(key, list(default))
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.wrong(key, "should be a list of texts", f'Write it as in {key} = ["…", "…"].')
        return tuple(items)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """The text under ``key``, one of ``choices``, of which the first is the default."""
        value = self.text(key, choices[0])
        if value not in choices:
            allowed = " or ".join(map(repr, dict.fromkeys(choices)))
            raise self.wrong(key, f"is {value!r}", f"It may be {allowed}.")
        return value

    def date(self, key: str) -> dt.date | None:
        """The date under ``key``, of a date or of a moment."""
        value = self.values.get(key)
        if isinstance(value, dt.datetime):
            return value.date()
        if value is not None and not isinstance(value, dt.date):
            raise self.wrong(key, "should be a date", "Write it without quotes, as in 2026-09-14.")
        return value

    def moment(self, key: str) -> dt.datetime | None:
        """The moment under ``key``, with its offset, or as a text that names a place: by its clocks."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                return moments.parsed(value)
            except UsageError as error:
                raise self.wrong(key, f"is {value!r}: {error.message}", error.remedy) from None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise self.wrong(
                key,
                "should be a moment with its offset",
                f'Write it as in {moments.EXAMPLE}, or with a place: "2026-09-14T09:00 Europe/Paris".',
            )
        return value

    def wrong(self, key: str, problem: str, remedy: str = "") -> ConfigError:
        """The error to raise about ``key``."""
        full_name = f"{self.name}.{key}" if self.name else key
        return ConfigError(
            f"{full_name} {problem}", path=self.path, line=line_of(self.path, self.name, key), remedy=remedy
        )

    def _typed(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - TOML holds anything
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, f"should be {_TYPES[kind]}")
        return value


def meant(name: str, names: Collection[str]) -> str:
    """The nearest of the names as a question, "" where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  slow, and only for a mistake

    near = get_close_matches(name, sorted(names), n=1)
    return f"Did you mean {near[0]}?  " if near else ""


def unknown_language(locale: str, locales: Collection[str]) -> tuple[str, str]:
    """The message and the remedy for a language that is not among those of a release and its project."""
    problem = f"is for {locale!r}, a language that neither the release nor the project has"
    return problem, f"The languages: {', '.join(locales)}."


def read(path: Path) -> Table:
    """A TOML file.  Raises ConfigError with line and column when it does not parse."""
    return parsed(disk.read(path), path)


def parsed(data: bytes, path: Path) -> Table:
    """The same, of bytes that stand in the file, or did."""
    try:
        # Editors of Windows put a byte order mark before UTF-8.
        return Table(tomli.loads(data.decode("utf-8-sig")), path)
    except RecursionError:
        raise ConfigError("is not TOML: it is nested too deep", path=path, remedy=_SHALLOW) from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            "is not UTF-8", path=path, line=data[: error.start].count(b"\n") + 1, remedy="Save it as UTF-8."
        ) from None
    except tomli.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        message = _POSITION.sub("", str(error)).strip()
        raise ConfigError(
            f"is not TOML: {message}",
            path=path,
            line=int(position[1] or data.count(b"\n") + 1) if position else 0,
            column=int(position[2] or 0) if position else 0,
            remedy=next(
                (remedy for start, remedy in _REMEDIES.items() if message.startswith(start)),
                _UNQUOTED,
            ),
        ) from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        number = _LONG_NUMBER.search(data)
        raise ConfigError(
            "is not TOML: the number is too long",
            path=path,
            line=data[: number.start()].count(b"\n") + 1 if number else 0,
            column=number.start() - data.rfind(b"\n", 0, number.start()) if number else 0,
            remedy=_UNQUOTED,
        ) from None
