"""How a route names an engine, or two with a language between them."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.errors import UsageError
from l10n.patterns import lazy_pattern

MARK = "via-"
_SAID = lazy_pattern(r"(\S+)\s+via\s+([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\s+then\s+(\S+))?")


@dataclass(frozen=True, slots=True)
class Way:
    """Where a text goes: to ``first``, and from the language ``through`` on to ``second``.

    Without a language in between there is one engine, and both names are its own.
    """

    first: str
    through: str
    second: str

    @property
    def engines(self) -> tuple[str, ...]:
        """Every engine that sees the text, in order."""
        return tuple(dict.fromkeys((self.first, self.second)))


def way(said: str) -> Way:
    """What a route says: ``apertium``, ``apertium via es`` or ``apertium via es then deepl``.

    Raises UsageError when it says none of these.
    """
    if found := _SAID().fullmatch(said.strip()):
        return Way(found[1], found[2], found[3] or found[1])
    if not said.strip() or len(said.split()) > 1:
        raise UsageError(
            f"{said!r} is no engine and no way through a language",
            remedy='Write it as in "apertium", "apertium via es" or "apertium via es then deepl".',
        )
    return Way(said.strip(), "", said.strip())


def through(engine: str) -> str:
    """The language that an engine's name says it goes through, "" for none."""
    return engine.removeprefix(MARK).partition("+")[0] if engine.startswith(MARK) else ""
