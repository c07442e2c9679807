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
        one, other = self.first.capabilities, self.second.capabilities
        return Capabilities(
            one.tags,
            _least(one.max_batch, other.max_batch),
            _least(one.max_characters, other.max_characters),
            one.leaves_machine or other.leaves_machine,
            metered=one.metered or other.metered,
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
        middle = _asked(self.first, batch, source_locale, self.through)
        sources = list(dict.fromkeys(one.text for one in middle if isinstance(one, Draft)))
        ends = dict(zip(sources, _asked(self.second, sources, self.through, target_locale), strict=True))
        return [_joined(one, ends[one.text]) if isinstance(one, Draft) else one for one in middle]

    def close(self) -> None:
        """Close both."""
        self.first.close()
        self.second.close()


def _asked(engine: Engine, batch: Sequence[str], source_locale: str, target_locale: str) -> list[Outcome]:
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


def _least(one: int, other: int) -> int:
    return min(one, other) if one and other else one or other
