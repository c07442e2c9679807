"""What a language does: one TOML file each, read when first asked for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from l10n.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Word classes that decide whether a terminator ends a sentence."""


@dataclass(frozen=True, slots=True)
class Convention:
    """The conventions of one language.

    ``quotes`` are (opening, closing) pairs, the usual first.  ``decimal`` and ``group`` are
    the marks of numbers.  ``function_words`` are the commonest short words, which tell a
    language from another of its script.  ``phone_labels`` and ``cue_words`` recognise contact
    blocks.  ``plural_forms`` is gettext's header value.
    """

    language: str
    name: str
    english: str
    script: str
    direction: str
    plural_forms: str
    quotes: tuple[tuple[str, str], ...] = ()
    decimal: str = "."
    group: tuple[str, ...] = ()
    function_words: frozenset[str] = frozenset()
    phone_labels: tuple[str, ...] = ()
    cue_words: tuple[str, ...] = ()
    segmentation: Segmentation = field(default_factory=Segmentation)
