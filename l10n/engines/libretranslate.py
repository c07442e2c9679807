"""LibreTranslate, often on a machine of one's own: the text in the body, codes as XML.

https://docs.libretranslate.com/api/operations/translate/
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Outcome, code_transport, http, settings
from l10n.errors import EngineMissing

KEY = "LIBRETRANSLATE_API_KEY"
_CODES = {"zh-hant": "zt", "zh-tw": "zt", "pt-br": "pb", "no": "nb"}


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """A server at an address; one on this machine keeps the text here."""

    service: http.Service
    capabilities: Capabilities
    name: str = "libretranslate"
    languages: frozenset[str] = field(default_factory=frozenset)

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether ``languages`` of the settings has both; every pair without that setting."""
        return not self.languages or {_code(source_locale), _code(target_locale)} <= self.languages

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each text's draft.  Raises EngineMissing for a pair that is not in ``languages``."""
        del contexts
        if not self.supports(source_locale, target_locale):
            raise EngineMissing(
                f"{self.name} does not translate from {source_locale} to {target_locale}",
                remedy="Add both to its setting languages, where the server knows them.",
            )
        pair = {"source": _code(source_locale), "target": _code(target_locale)}

        def ask(texts: Sequence[str], xml: bool, _places: Sequence[int]) -> list[code_transport.Answer]:  # noqa: FBT001 - the signature of AskEngine
            key = {"api_key": self.service.secret} if self.service.secret else {}
            body = {"q": list(texts), "format": "html" if xml else "text", **pair, **key}
            answer = self.service.post("/translate", body)
            translations = answer.get("translatedText") if isinstance(answer, dict) else None
            return http.texts(translations, len(texts), self.name)

        return code_transport.translate_with_codes(self.name, batch, ask)

    def close(self) -> None:
        """Let go of connections."""
        self.service.close()


def make(options: Mapping[str, object]) -> LibreTranslate:
    """The engine.

    Settings: ``base_url`` (http://127.0.0.1:5000), ``key`` (or LIBRETRANSLATE_API_KEY),
    ``languages`` (a list), ``connect_timeout`` and ``read_timeout`` in seconds.  Raises
    ConfigError when one is wrong.
    """
    url = settings.address(options, "base_url", "http://127.0.0.1:5000")
    key = settings.text(options, "key") or os.environ.get(KEY, "")
    timeouts = (
        settings.seconds(options, "connect_timeout", 5.0),
        settings.seconds(options, "read_timeout", 30.0),
    )
    listed = options.get("languages")
    languages = frozenset(map(str, listed)) if isinstance(listed, list) else frozenset[str]()
    capabilities = Capabilities(
        "xml", max_batch=25, max_characters=5000, leaves_machine=not http.is_local(url), endpoint=url
    )
    return LibreTranslate(
        http.Service("libretranslate", url, {}, key, *timeouts), capabilities, languages=languages
    )


def _code(locale: str) -> str:
    parts = locale.lower().split("-")
    return _CODES.get("-".join(parts[:2])) or _CODES.get(parts[0]) or parts[0]
