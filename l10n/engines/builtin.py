"""The table of engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from l10n.registry import Registry

if TYPE_CHECKING:
    from l10n.engines.protocol import Engine

Make = Callable[[Mapping[str, object]], "Engine"]

ENGINES: Registry[Make] = Registry(
    "l10n.engines",
    {
        "pseudo": "l10n.engines.pseudo:make",
        "copy": "l10n.engines.copy:make",
        "apertium": "l10n.engines.apertium:make",
        "deep": "l10n.engines.deep:make",
        "deepl": "l10n.engines.deepl:make",
        "libretranslate": "l10n.engines.libretranslate:make",
        "openai": "l10n.engines.openai:make",
    },
)

_TIMEOUTS = ("connect_timeout", "read_timeout")
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "pseudo": (),
    "copy": (),
    "apertium": ("data", "timeout"),
    "deep": ("provider", "key", "email", "base_url", *_TIMEOUTS),
    "deepl": ("key", "base_url", *_TIMEOUTS),
    "libretranslate": ("base_url", "key", "languages", *_TIMEOUTS),
    "openai": ("model", "base_url", "key", "style", "temperature", *_TIMEOUTS),
}
"""What each kind of engine here wants to know; engines of other distributions are not in it."""


def make(name: str, settings: Mapping[str, object] | None = None) -> Engine:
    """The engine called ``name`` with its settings.

    Raises UsageError when there is no such engine, ConfigError when a setting is wrong.
    """
    return ENGINES.get(name)(settings or {})
