"""Translation through a pivot language, where no engine knows the pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Engine, Outcome
from l10n.engines.protocol import count_mismatch
from l10n.engines.route_steps import VIA
from l10n.errors import EngineFailed, EngineMissing


@dataclass(frozen=True, slots=True)
class Pivot:
    """Two engines, or one twice, with a language between them.

    What it loses in the first it does not find again in the second, so that its name says what it
    is wherever a draft's origin is shown or trusted.
    """

    first: Engine
    through: str
    second: Engine

    @property
    def name(self) -> str:
        """``via-es+apertium``, with both engines where they are two."""
        return "+".join(dict.fromkeys((f"{VIA}{self.through}", self.first.name, self.second.name)))

    @property
    def capabilities(self) -> Capabilities:
        """As the more limited of the two; texts leave the machine if either sends them."""
        first, second = self.first.capabilities, self.second.capabilities
        return Capabilities(
            first.tags,
            _least(first.max_batch, second.max_batch),
            _least(first.max_characters, second.max_characters),
            first.leaves_machine or second.leaves_machine,
            metered=first.metered or second.metered,
        )

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether the first knows the way there and the second the way on."""
        languages = {locale.partition("-")[0] for locale in (source_locale, target_locale)}
        return (
            self.through.partition("-")[0] not in languages
            and self.first.supports(source_locale, self.through)
            and self.second.supports(self.through, target_locale)
        )

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each text's draft; one without codes after the first engine has none after the second.

        Raises EngineMissing when it does not support the pair, or as either engine does.
        """
        del contexts
        if not self.supports(source_locale, target_locale):
            raise EngineMissing(f"{self.name} does not translate from {source_locale} to {target_locale}")
        middle = _outcomes(self.first, batch, source_locale, self.through)
        sources = list(dict.fromkeys(outcome.text for outcome in middle if isinstance(outcome, Draft)))
        ends = dict(zip(sources, _outcomes(self.second, sources, self.through, target_locale), strict=True))
        return [
            _joined(outcome, ends[outcome.text]) if isinstance(outcome, Draft) else outcome
            for outcome in middle
        ]

    def close(self) -> None:
        """Close both."""
        self.first.close()
        self.second.close()


def _outcomes(engine: Engine, batch: Sequence[str], source_locale: str, target_locale: str) -> list[Outcome]:
    outcomes = engine.translate(batch, source_locale, target_locale) if batch else []
    if len(outcomes) == len(batch):
        return outcomes
    return [count_mismatch(engine.name, len(outcomes), len(batch))] * len(batch)


def _joined(middle: Draft, end: Outcome) -> Outcome:
    if isinstance(end, EngineFailed):
        return end
    missing = middle.codes_missing or end.codes_missing
    return Draft(
        end.text,
        missing,
        # A word that the first did not know reaches the second as it was: it is one, not two.
        max(middle.unknown, end.unknown),
        "bare" if missing else end.way or middle.way,
        (*middle.trace, *end.trace),
    )


def _least(first: int, second: int) -> int:
    return min(first, second) if first and second else first or second
