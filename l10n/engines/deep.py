"""Other people's translators through deep-translator: named in the settings or never used."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from io import BytesIO
from threading import local
from types import ModuleType
from typing import Any

from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Outcome, http, protect, settings
from l10n.errors import ConfigError, EngineBusy, EngineFailed, EngineMissing, EngineSpent


@dataclass(frozen=True, slots=True)
class Provider:
    """One translator of the library: where it is, what it takes.

    ``languages`` names its table in ``deep_translator.constants``, ``key`` the environment
    variable of its key ("" when it needs none), ``limit`` the characters it takes at a time.
    ``opening`` begins a translation in its answer and ``closing`` ends it; an answer with the
    one and not the other was cut short, which its parser would not notice.
    """

    module: str
    translator: str
    languages: str
    limit: int
    key: str = ""
    opening: str = ""
    closing: str = ""


PROVIDERS: Mapping[str, Provider] = {
    "google": Provider(
        "google",
        "GoogleTranslator",
        "GOOGLE_LANGUAGES_TO_CODES",
        4999,
        opening='class="result-container"',
        closing="</div>",
    ),
    "mymemory": Provider("mymemory", "MyMemoryTranslator", "MY_MEMORY_LANGUAGES_TO_CODES", 499),
    "libre": Provider("libre", "LibreTranslator", "LIBRE_LANGUAGES_TO_CODES", 1999, "LIBRE_API_KEY"),
    "deepl": Provider("deepl", "DeeplTranslator", "DEEPL_LANGUAGE_TO_CODE", 4999, "DEEPL_API_KEY"),
}

_ALIASES = {
    "he": "iw",
    "jv": "jw",
    "nb": "no",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
}
_SLOW = frozenset({"ConnectTimeout", "ReadTimeout", "ReadTimeoutError"})
_GONE = frozenset({"ConnectionError", "ChunkedEncodingError", "HTTPError"})
_REASONS = {
    "TooManyRequests": "it was asked too often",
    "RequestError": "it refused the request",
    "ServerException": "it refused the request",
    "AuthorizationException": "it did not accept the key",
    "TranslationNotFound": "its answer holds no translation",
    "JSONDecodeError": "its answer holds no translation",
}
_NOT_A_TRANSLATION = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID (?:LANGUAGE PAIR|EMAIL|TARGET|SOURCE)|NO QUERY SPECIFIED"
    r"|PLEASE SELECT TWO DISTINCT|TOO MANY REQUESTS|QUOTA EXCEEDED|Error \d{3} \(|<!doctype|<html",
    re.IGNORECASE,
)
_GIVES_UP = 3
_PIECE = 65536
_LARGEST = 2_000_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Deep:
    """One provider, asked one text at a time; each thread has its own instance for each pair.

    A shared instance gives one caller another's text, because it keeps the text in its fields.
    """

    provider: str
    module: ModuleType = field(repr=False)
    languages: Mapping[str, str] = field(repr=False)
    key: str = field(default="", repr=False)
    base_url: str = ""
    email: str = field(default="", repr=False)
    _mine: local = field(default_factory=local, repr=False)

    @property
    def name(self) -> str:
        """``deep-`` and the provider."""
        return f"deep-{self.provider}"

    @property
    def capabilities(self) -> Capabilities:
        """Marks, one text at a time, and every text leaves the machine."""
        limit = PROVIDERS[self.provider].limit
        return Capabilities("marks", max_characters=limit, leaves_machine=True, endpoint=self.base_url)

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """Whether the provider lists both languages."""
        codes = self.languages.values()
        return all(_code(locale, codes) for locale in (source_locale, target_locale))

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """Each text's translation; a busy or spent provider is not asked for the rest.

        Nor is one that failed three times in a row.  Raises EngineMissing when the key is missing
        or the provider does not know the pair.
        """
        del contexts
        translator = self._translator(source_locale, target_locale)
        outcomes: list[Outcome] = []
        failed: list[EngineFailed] = []
        for source in batch:
            if failed and (len(failed) == _GIVES_UP or isinstance(failed[-1], EngineBusy | EngineSpent)):
                outcomes.append(failed[-1])
                continue
            outcome = self._translate_one(translator, source)
            failed = [*failed, outcome] if isinstance(outcome, EngineFailed) else []
            outcomes.append(outcome)
        return outcomes

    def close(self) -> None:
        """Forget this thread's instances; nothing else is kept open."""
        self._mine.__dict__.clear()

    def _translator(self, source_locale: str, target_locale: str) -> Any:  # noqa: ANN401 - an untyped library
        translators: dict[tuple[str, str], Any] = self._mine.__dict__.setdefault("made", {})
        pair = (source_locale, target_locale)
        if pair not in translators:
            translators[pair] = self._make(source_locale, target_locale)
        return translators[pair]

    def _make(self, source_locale: str, target_locale: str) -> Any:  # noqa: ANN401 - an untyped library
        provider = PROVIDERS[self.provider]
        source, target = (_code(locale, self.languages.values()) for locale in (source_locale, target_locale))
        if not source or not target:
            raise EngineMissing(f"{self.name} does not translate from {source_locale} to {target_locale}")
        if provider.key and not self.key:
            raise EngineMissing(
                f"{self.name} needs a key", remedy=f"Set the environment variable {provider.key}."
            )
        extra = {"api_key": self.key} if provider.key else {"email": self.email} if self.email else {}
        translator = getattr(self.module, provider.translator)(source=source, target=target, **extra)
        if self.base_url:
            translator._base_url = self.base_url  # noqa: SLF001 - the library has no other way
        return translator

    def _translate_one(self, translator: Any, source: str) -> Outcome:  # noqa: ANN401 - an untyped library
        if not any(map(str.isalpha, source)):
            return Draft(source)
        marked = protect.mark(source)
        if len(marked.text) > self.capabilities.max_characters:
            return self._failed(f"it takes {self.capabilities.max_characters} characters at a time")
        try:
            answer = translator.translate(marked.text)
        except Exception as error:  # noqa: BLE001 - the library raises anything, and its words may hold the key
            return _failure(self.name, error)
        if reason := self._unusable(answer, source):
            return self._failed(reason)
        return _draft(answer, marked)

    def _unusable(self, answer: object, source: str) -> str:
        """Why an answer cannot be a translation, "" when it can."""
        if not isinstance(answer, str) or not any(map(str.isalnum, answer)):
            return "its answer is empty"
        if self.key and self.key in answer:
            return "its answer repeats the key"
        if _NOT_A_TRANSLATION.search(answer) and not _NOT_A_TRANSLATION.search(source):
            return "its answer is a message, not a translation"
        return ""

    def _failed(self, reason: str) -> EngineFailed:
        return EngineFailed(f"{self.name}: {reason}")


def make(options: Mapping[str, object]) -> Deep:
    """The engine for ``provider``; nothing is asked of the network here.

    Settings: ``provider``; ``key`` (or the provider's environment variable), ``base_url``,
    ``email`` (MyMemory), ``connect_timeout`` and ``read_timeout`` in seconds.  Raises
    ConfigError when one is wrong, EngineMissing when deep-translator is not installed.
    """
    name = settings.text(options, "provider")
    if name not in PROVIDERS:
        providers = ", ".join(PROVIDERS)
        raise ConfigError(
            f"deep-translator has no provider {name!r} here", remedy=f"Known providers: {providers}."
        )
    provider = PROVIDERS[name]
    logging.getLogger("urllib3.connectionpool").addFilter(_WithoutQueries())
    timeout = (
        settings.seconds(options, "connect_timeout", 5.0),
        settings.seconds(options, "read_timeout", 20.0),
    )
    module = _private_copy(provider, timeout)
    languages = getattr(import_module("deep_translator.constants"), provider.languages)
    key = settings.text(options, "key") or (os.environ.get(provider.key, "") if provider.key else "")
    base_url = settings.text(options, "base_url")
    if base_url and not base_url.startswith(("https://", "http://")):
        raise ConfigError(
            "the engine setting 'base_url' should be an address", remedy="Start it with https://."
        )
    return Deep(name, module, languages, key, base_url, settings.text(options, "email"))


@dataclass(frozen=True, slots=True)
class _WithoutQueries:
    """Keeps queries of addresses out of the log, since the library writes texts and keys into them.

    All its instances are the same, so that a logger takes it once.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without what follows a question mark."""
        if isinstance(record.args, tuple):
            record.args = tuple(arg.partition("?")[0] if isinstance(arg, str) else arg for arg in record.args)
        return True


class _Refused(Exception):
    """A provider's status other than 200, and the seconds that it asks to wait."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True)
class _Requests:
    """The requests module as a provider sees it: bounded in time and size, without redirects.

    A redirect would carry the text, and a key in the address, to a server nobody named.  What is
    no answer, or only part of one, never reaches the provider's parser.
    """

    real: ModuleType
    provider: Provider
    timeout: tuple[float, float]

    def get(self, url: str, **options: Any) -> Any:  # noqa: ANN401 - an untyped library
        return self._read_body(self.real.get(url, **self._bounded(options)))

    def post(self, url: str, **options: Any) -> Any:  # noqa: ANN401 - an untyped library
        return self._read_body(self.real.post(url, **self._bounded(options)))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - an untyped library
        return getattr(self.real, name)

    def _bounded(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"timeout": self.timeout, "allow_redirects": False, "stream": True, **options}

    def _read_body(self, response: Any) -> Any:  # noqa: ANN401 - an untyped library
        """The response with its body read: the time limit of a read holds for all of it."""
        deadline = time.monotonic() + self.timeout[1]
        body = bytearray()
        with response:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                body += piece
                if len(body) > _LARGEST or time.monotonic() > deadline:
                    raise self.real.exceptions.ReadTimeout
        if response.status_code != 200:
            raise _Refused(response.status_code, http.seconds_to_wait(response.headers.get("Retry-After")))
        if _cut_short(body, self.provider):
            raise self.real.exceptions.ChunkedEncodingError
        response.raw = BytesIO(body)
        return response


def _cut_short(body: bytes | bytearray, provider: Provider) -> bool:
    _, opening, rest = body.partition(provider.opening.encode()) if provider.opening else (b"", b"", b"")
    return bool(opening) and provider.closing.encode() not in rest


def _private_copy(provider: Provider, timeout: tuple[float, float]) -> ModuleType:
    """A provider's module, loaded for this engine alone, so that its time limits are its own."""
    name = f"deep_translator.{provider.module}"
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        spec = None
    if spec is None or spec.loader is None:
        raise EngineMissing("deep-translator is not installed", remedy="pip install deep-translator==1.11.4")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__["requests"] = _Requests(import_module("requests"), provider, timeout)
    return module


def _code(locale: str, codes: Iterable[str]) -> str:
    """The provider's own code for a locale, "" when it has none."""
    by_name = {code.casefold(): code for code in codes}
    parts = locale.split("-")
    language = parts[0].casefold()
    names = (
        locale,
        _ALIASES.get("-".join(parts[:2]).casefold(), ""),
        language,
        _ALIASES.get(language, ""),
        f"{language}-{language}",
    )
    for name in names:
        if name.casefold() in by_name:
            return by_name[name.casefold()]
    return next((code for name, code in by_name.items() if name.startswith(f"{language}-")), "")


def _failure(name: str, error: Exception) -> EngineFailed:
    """A failure in words of our own: the library's may hold the key or the text."""
    if isinstance(error, _Refused):
        return http.refusal(name, error.status, error.wait)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & _SLOW:
        return EngineBusy(f"{name}: it did not answer in time")
    if "SSLError" in kinds:
        return http.insecure(name, error)
    if kinds & _GONE:
        return EngineBusy(f"{name}: it could not be reached, or hung up")
    reason = next((_REASONS[kind] for kind in kinds if kind in _REASONS), "it failed")
    return EngineFailed(f"{name}: {reason}")


def _draft(answer: str, marked: protect.Marked) -> Draft:
    source = marked.source
    start = source[: len(source) - len(source.lstrip())]
    end = source[len(source.rstrip()) :]
    target = protect.unmark(answer.strip(), marked)
    if target is None:
        return Draft(protect.bare(answer, marked), codes_missing=True)
    return Draft(f"{start}{target}{end}")
