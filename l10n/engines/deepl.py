"""DeepL, by version 2 of its API: header authentication, batches, codes as XML.

https://developers.deepl.com/docs/api-reference/translate
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l10n.engines import NO_CONTEXTS, Capabilities, Context, Contexts, Outcome, code_transport, http, settings
from l10n.errors import EngineMissing

_BATCH = 50  # texts
_AROUND = 4000  # characters of context that are sent
KEY = "DEEPL_API_KEY"
_FREE, _PAID = "https://api-free.deepl.com", "https://api.deepl.com"
_SOURCES = frozenset(
    [
        "ar",
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fi",
        "fr",
        "he",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "lt",
        "lv",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sv",
        "th",
        "tr",
        "uk",
        "vi",
        "zh",
    ]
)
_TARGETS = {
    "en": "EN-GB",
    "pt": "PT-PT",
    "no": "NB",
    "zh-hant": "ZH-HANT",
    "zh-hans": "ZH-HANS",
    "en-us": "EN-US",
    "en-gb": "EN-GB",
    "pt-br": "PT-BR",
    "es-419": "ES-419",
}


@dataclass(frozen=True, slots=True)
class DeepL:
    """The service with a key."""

    service: http.Service
    name: str = "deepl"

    @property
    def capabilities(self) -> Capabilities:
        """XML, in batches; uses context, which is not charged for."""
        return Capabilities(
            "xml",
            max_batch=_BATCH,
            max_characters=100_000,
            leaves_machine=True,
            context=True,
            endpoint=self.service.url,
        )

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether both languages are among those of the service."""
        return _language(source_locale) in _SOURCES and _language(target_locale) in _SOURCES

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each text's draft.  Raises EngineMissing for an unknown pair."""
        if not self.supports(source_locale, target_locale):
            raise EngineMissing(f"deepl does not translate from {source_locale} to {target_locale}")
        pair = {"source_lang": _language(source_locale).upper(), "target_lang": _target(target_locale)}

        def ask(texts: Sequence[str], xml: bool, places: Sequence[int]) -> list[code_transport.Answer]:  # noqa: FBT001 - the signature of AskEngine
            answers: list[code_transport.Answer] = []
            for start in range(0, len(texts), _BATCH):
                part = slice(start, start + _BATCH)
                context = _context_parameter([contexts.get(batch[place]) for place in places[part]])
                answers += self._ask(texts[part], pair | context, xml=xml)
            return answers

        return code_transport.translate_with_codes(self.name, batch, ask)

    def close(self) -> None:
        """Let go of connections."""
        self.service.close()

    def _ask(
        self, texts: Sequence[str], pair: Mapping[str, str], *, xml: bool
    ) -> list[code_transport.Answer]:
        tags = {"tag_handling": "xml", "outline_detection": False} if xml else {}
        body = {"text": list(texts), "split_sentences": "nonewlines", **pair, **tags}
        answer = self.service.post("/v2/translate", body)
        translations = answer.get("translations") if isinstance(answer, dict) else None
        entries = translations if isinstance(translations, list) else ()
        answered = [entry.get("text") if isinstance(entry, dict) else None for entry in entries]
        return http.texts(answered, len(texts), self.name)


def _context_parameter(contexts: Sequence[Context | None]) -> dict[str, str]:
    """The text around a batch as its parameter ``context``, which is not translated and costs nothing."""
    present = [context for context in contexts if context is not None]
    sentences = dict.fromkeys(text for context in present for text in (context.before, context.after) if text)
    text = " ".join(sentences)[:_AROUND]
    return {"context": text} if text else {}


def make(options: Mapping[str, object]) -> DeepL:
    """The engine.

    Settings: ``key`` (or DEEPL_API_KEY), ``base_url`` (by the key's kind), ``connect_timeout``
    and ``read_timeout`` in seconds.  Raises ConfigError when one is wrong, EngineMissing without a key.
    """
    key = settings.text(options, "key") or os.environ.get(KEY, "")
    if not key:
        raise EngineMissing("deepl needs a key", remedy=f"Set the environment variable {KEY}.")
    url = settings.address(options, "base_url", _FREE if key.endswith(":fx") else _PAID)
    return DeepL(
        http.Service(
            "deepl",
            url,
            {"Authorization": f"DeepL-Auth-Key {key}"},
            key,
            settings.seconds(options, "connect_timeout", 5.0),
            settings.seconds(options, "read_timeout", 30.0),
        )
    )


def _language(locale: str) -> str:
    language = locale.partition("-")[0].lower()
    return "nb" if language == "no" else language


def _target(locale: str) -> str:
    parts = locale.lower().split("-")
    return _TARGETS.get("-".join(parts[:2])) or _TARGETS.get(parts[0]) or _language(locale).upper()
