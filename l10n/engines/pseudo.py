"""The `pseudo` engine: accented, lengthened, bracketed text for testing layouts (pseudolocalisation)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from l10n import inline
from l10n.conventions import load
from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Outcome

_PLAIN = "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ"
_ACCENTED = "àÀƀƁçÇðÐéÉƒƑĝĜĥĤîÎĵĴķĶļĻɱṀñÑöÖþÞǫǪŕŔšŠţŢûÛṽṼŵŴẋẊýÝžŽ"
_RIGHT_TO_LEFT = "ااببككددييففججههييجگككللممننووپپققررسستتووففووخخييزز"
_VOWELS = frozenset("aeiouyAEIOUY")
_GROWTH = 0.35
_FILL = "·"


@dataclass(frozen=True, slots=True)
class Pseudo:
    """Accents, brackets and about a third more length; codes, numbers and addresses stay."""

    name: str = "pseudo"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities("xml", metered=False))

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Every pair."""
        del source_locale, target_locale
        return True

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each text in its disguise."""
        del source_locale, contexts
        right_to_left = load(target_locale).direction == "rtl"
        return [Draft(disguise(source, right_to_left=right_to_left)) for source in batch]

    def close(self) -> None:
        """There is nothing to let go of."""


def make(settings: Mapping[str, object]) -> Pseudo:
    """The engine; it has no settings."""
    del settings
    return Pseudo()


def disguise(source: str, *, right_to_left: bool = False) -> str:
    """A source with its words accented, lengthened and bracketed.

    Vowels are doubled, and dots fill up to 35 % where that was not enough.  With
    ``right_to_left`` letters become Arabic ones in ornate brackets, so the text really runs so.
    """
    if not source.strip():
        return source
    table = str.maketrans(_PLAIN, _RIGHT_TO_LEFT if right_to_left else _ACCENTED)
    body = inline.words_only(source, lambda words: _outside_values(words, table))
    missing = ceil(len(inline.plain(source)) * (1 + _GROWTH)) - len(inline.plain(body)) - 2
    opening, closing = "﴿﴾" if right_to_left else "[]"
    return f"{opening}{body}{_FILL * missing}{closing}"


def _outside_values(words: str, table: Mapping[int, int]) -> str:
    return "".join(
        run.text if run.role is inline.Role.VALUE else _longer(run.text).translate(table)
        for run in inline.split_locked_values(words)
    )


def _longer(words: str) -> str:
    return "".join(letter * 2 if letter in _VOWELS else letter for letter in words)
