"""The exceptions: each has a message for people, a place and a remedy.

    L10nError                 message, where it happened, what to do about it
    ├── UsageError            the call makes no sense (unknown language, release, option)
    ├── ConfigError           l10n.toml, release.toml, a glossary or a conventions file is wrong
    ├── InputError            a file cannot be read as what it claims to be
    │   ├── CatalogueError    a PO file in particular
    │   └── EncodingError     its bytes are no text in the encoding it should be in
    ├── TargetError           a target cannot be written where it should land
    │   └── CodeError         its codes are not the codes of its source
    └── EngineError           an engine did not give a translation
        ├── EngineMissing     it is not installed, not configured or does not know the pair
        └── EngineFailed      it was asked and failed; asking again may help
            ├── EngineBusy    it cannot answer just now
            └── EngineSpent   its quota, or the budget for it, is used up

Errors are raised where they are noticed and caught at the edge (command line, web).
"""

from __future__ import annotations

from pathlib import Path


class L10nError(Exception):
    """Base class: a problem that a person can fix, with its place and the remedy.

    ``line`` and ``column`` count from 1; 0 means unknown.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int = 0,
        column: int = 0,
        remedy: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.column = column
        self.remedy = remedy

    def __str__(self) -> str:
        """In GNU form, ``file:line:column: message``, with the remedy on a line of its own."""
        where = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text}\n  {self.remedy}" if self.remedy else text


class UsageError(L10nError):
    """The call makes no sense: an unknown language, release or option."""


class ConfigError(L10nError):
    """A file of settings is wrong."""


class InputError(L10nError):
    """A file cannot be read as what it claims to be."""


class CatalogueError(InputError):
    """A PO file cannot be read."""


class EncodingError(InputError):
    """A file's bytes are no text in the encoding it should be in."""


class TargetError(L10nError):
    """A target cannot be written where it should land."""


class CodeError(TargetError):
    """The codes of a target are not the codes of its source."""


class EngineError(L10nError):
    """An engine did not give a translation."""


class EngineMissing(EngineError):
    """The engine is not installed, not configured, or does not know the pair."""


class EngineFailed(EngineError):
    """The engine was asked and failed; asking again may help."""


class EngineBusy(EngineFailed):
    """The engine cannot answer just now; ``wait`` is the number of seconds it asks for, 0 if it does not."""

    def __init__(self, message: str, *, wait: float = 0.0, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.wait = wait


class EngineSpent(EngineFailed):
    """The quota of the engine, or the project's budget for it, is used up."""
