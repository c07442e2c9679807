"""Reading an engine's settings, with an error that names the one that is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from l10n.errors import ConfigError


def text(settings: Mapping[str, object], key: str, default: str = "") -> str:
    """A setting that is text.  Raises ConfigError when it is something else."""
    value = settings.get(key, default)
    if not isinstance(value, str):
        raise ConfigError(f"the engine setting {key!r} should be text", remedy=f'Write {key} = "…".')
    return value


def seconds(settings: Mapping[str, object], key: str, default: float) -> float:
    """A setting that is a positive number of seconds.  Raises ConfigError when it is not."""
    value = settings.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 86400:
        raise ConfigError(
            f"the engine setting {key!r} should be a number of seconds", remedy=f"Write {key} = {default:g}."
        )
    return float(value)


def number(settings: Mapping[str, object], key: str, default: float, most: float) -> float:
    """A setting that is a number from 0 on.  Raises ConfigError when it is not."""
    value = settings.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ConfigError(
            f"the engine setting {key!r} should be a number from 0 to {most:g}",
            remedy=f"Write {key} = {default:g}.",
        )
    return value


def address(settings: Mapping[str, object], key: str, default: str) -> str:
    """A setting that is an http(s) address, without a closing slash.  Raises ConfigError when it is not."""
    value = text(settings, key, default).rstrip("/")
    if not value.startswith(("https://", "http://")):
        raise ConfigError(
            f"the engine setting {key!r} should be an address", remedy="Start it with https://."
        )
    return value
