"""Apertium, the translator that works offline."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from l10n import inline
from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Outcome, TraceStep, protect, settings
from l10n.engines.apertium_pipe import REMEDY, Pipeline
from l10n.engines.apertium_stream import Encoded, assemble, decode, encode, plain
from l10n.errors import EngineFailed, EngineMissing

MAX_CHARACTERS = 20_000

# Names of languages in Apertium's modes, from https://wiki.apertium.org/wiki/List_of_language_pairs
_CODES = """
af=afr ar=ara an=arg be=bel bg=bul br=bre bs=hbs ca=cat cy=cym da=dan en=eng eo=epo es=spa eu=eus fo=fao
fr=fra gl=glg hi=hin hr=hbs id=ind is=isl it=ita kk=kaz mk=mkd ms=msa mt=mlt nb=nob nl=nld nn=nno no=nob
oc=oci pl=pol pt=por ro=ron ru=rus sc=srd se=sme sl=slv sr=hbs sv=swe tr=tur tt=tat uk=ukr ur=urd zh=zho
"""
_THREE = dict(pair.split("=") for pair in _CODES.split())


@dataclass(slots=True)
class Apertium:
    """Apertium's installed pairs, each as a pipeline that stays up."""

    data: Path
    timeout: float
    name: str = "apertium"
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities("word-bound", max_characters=MAX_CHARACTERS, metered=False)
    )
    _pipelines: dict[Path, Pipeline] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether a mode for the pair is installed."""
        return find_mode(self.data, source_locale, target_locale) is not None

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each text with its codes where they came through, else its words alone.

        Raises EngineMissing when the programs or the pair are not installed.
        """
        del contexts
        pipeline = self.pipeline(source_locale, target_locale)
        outcomes: list[Outcome] = [_without_asking(source) for source in batch]
        indexes = [index for index, source in enumerate(batch) if _has_to_be_asked(source)]
        encoded_sources = [encode(batch[index]) for index in indexes]
        answers = pipeline.ask([encoded.stream for encoded in encoded_sources])
        for index, encoded, answer in zip(indexes, encoded_sources, answers, strict=True):
            outcomes[index] = (
                _failed() if answer is None else _traced(decode(answer, encoded), encoded, answer)
            )
        _by_words(batch, outcomes, pipeline)
        return outcomes

    def close(self) -> None:
        """End every program; the next batch would start them again."""
        with self._lock:
            for pipeline in self._pipelines.values():
                pipeline.close()
            self._pipelines.clear()

    def pipeline(self, source_locale: str, target_locale: str) -> Pipeline:
        """The pair's programs.  Raises EngineMissing when the pair is not installed."""
        mode = find_mode(self.data, source_locale, target_locale)
        if mode is None:
            raise EngineMissing(
                f"Apertium has no installed pair from {source_locale} to {target_locale}", remedy=REMEDY
            )
        with self._lock:
            return self._pipelines.setdefault(mode, Pipeline(mode, self.timeout))


def make(options: Mapping[str, object]) -> Apertium:
    """The engine; ``data`` is Apertium's directory, ``timeout`` seconds without output.

    Raises ConfigError when a setting is wrong, EngineMissing when no pair at all is installed.
    """
    data = Path(settings.text(options, "data", os.environ.get("APERTIUM_DATADIR", "/usr/share/apertium")))
    if not any((data / "modes").glob("*.mode")):
        raise EngineMissing(f"Apertium has no installed pair in {data}", remedy=REMEDY)
    return Apertium(data, settings.seconds(options, "timeout", 20.0))


def find_mode(data: Path, source_locale: str, target_locale: str) -> Path | None:
    """The mode file for a pair, the one for the target's own region first."""
    for target in _names(target_locale, regional=True):
        for source in _names(source_locale):
            path = data / "modes" / f"{source}-{target}.mode"
            if path.is_file():
                return path
    return None


def _names(locale: str, *, regional: bool = False) -> list[str]:
    language, *rest = locale.split("-")
    if not language.isalpha():
        return []
    names = [language, *([_THREE[language]] if language in _THREE else [])]
    region = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
    return [*(f"{name}_{region}" for name in names if regional and region), *names]


def _has_to_be_asked(source: str) -> bool:
    return len(source) <= MAX_CHARACTERS and any(map(str.isalpha, source))


def _without_asking(source: str) -> Outcome:
    if len(source) <= MAX_CHARACTERS:
        return Draft(source)
    return EngineFailed(f"it is longer than {MAX_CHARACTERS} characters", remedy="Split the sentence.")


def _failed() -> EngineFailed:
    return EngineFailed("Apertium stopped at this text, twice", remedy="Translate it by hand.")


def _traced(draft: Draft, encoded: Encoded, answer: str) -> Draft:
    way = "bare" if draft.codes_missing else "word-bound" if inline.codes_of(encoded.source) else ""
    return replace(draft, way=way, trace=_trace(encoded.stream, answer))


def _trace(stream: str, answer: str) -> tuple[TraceStep, TraceStep]:
    return TraceStep("sent", stream), TraceStep("answered", answer)


def _by_words(batch: Sequence[str], outcomes: list[Outcome], pipeline: Pipeline) -> None:
    """Give drafts without codes another chance: find each pair's words, translated alone."""
    retries = [
        (index, encode(batch[index], tags=False), words)
        for index, outcome in enumerate(outcomes)
        if isinstance(outcome, Draft) and outcome.codes_missing
        if 0 < len(words := protect.inner_words(batch[index])) <= protect.MAX_PAIRS
    ]
    encoded_words = [
        [encode(inline.escape_literal(part)) for part in words.values()] for _, _, words in retries
    ]
    streams = [
        part.stream
        for (_, whole, _), parts in zip(retries, encoded_words, strict=True)
        for part in (whole, *parts)
    ]
    answers = iter(pipeline.ask(streams))
    for (index, whole, words), parts in zip(retries, encoded_words, strict=True):
        text = _plain(next(answers), whole)
        answered_words = [_plain(next(answers), part) for part in parts]
        target = _placed(whole, text, dict(zip(words, answered_words, strict=True)))
        draft = outcomes[index]
        if not isinstance(draft, Draft):
            continue
        trace = [
            step
            for part, answer in zip((whole, *parts), (text, *answered_words), strict=True)
            for step in _trace(part.stream, answer)
        ]
        draft = replace(draft, trace=(*draft.trace, *trace))
        outcomes[index] = replace(draft, text=target, codes_missing=False, way="words") if target else draft


def _plain(answer: str | None, encoded: Encoded) -> str:
    return "" if answer is None else plain(answer, encoded).strip()


def _placed(encoded: Encoded, text: str, words: Mapping[int, str]) -> str | None:
    spans = protect.find_words(encoded.source, text, words)
    return None if spans is None else assemble(text, spans, encoded)
