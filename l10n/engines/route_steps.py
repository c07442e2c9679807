"""The steps of a route: an engine, or two engines with a pivot language between them."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.errors import UsageError
from l10n.patterns import lazy_pattern

VIA = "via-"
_SAID = lazy_pattern(r"(\S+)\s+via\s+([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\s+then\s+(\S+))?")


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A step of a route: engine ``first``, then from the pivot language ``through`` engine ``second``.

    Without a pivot language ``through`` is "" and both engines are the same.
    """

    first: str
    through: str
    second: str

    @property
    def engines(self) -> tuple[str, ...]:
        """Every engine that sees the text, in order."""
        return tuple(dict.fromkeys((self.first, self.second)))


def parse_step(text: str) -> RouteStep:
    """Parse ``apertium``, ``apertium via es`` or ``apertium via es then deepl``.

    Raises UsageError for anything else.
    """
    if match := _SAID().fullmatch(text.strip()):
        return RouteStep(match[1], match[2], match[3] or match[1])
    if not text.strip() or len(text.split()) > 1:
        raise UsageError(
            f"{text!r} is no engine and no way through a language",
            remedy='Write it as in "apertium", "apertium via es" or "apertium via es then deepl".',
        )
    return RouteStep(text.strip(), "", text.strip())


def pivot_language(engine: str) -> str:
    """The pivot language in an engine's name, "" without one."""
    return engine.removeprefix(VIA).partition("+")[0] if engine.startswith(VIA) else ""
