"""Lines that lead away from a page: to social networks, and to files to take along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tomli

from l10n.conventions.copied import everywhere
from l10n.formats.text.lines import ends_sentence, words
from l10n.formats.text.locked import NUMBER
from l10n.patterns import lazy_pattern, one_of

_MOST_WORDS = 16
_FEW = 6
_NUMBER = lazy_pattern(NUMBER)


@cache
def listed() -> Mapping[str, tuple[str, ...]]:
    """The words of ``networks.toml``, which belong to no language, by what they name."""
    table = tomli.loads(Path(__file__).with_name("networks.toml").read_text("utf-8"))
    return {kind: tuple(re.split(r"\s*[|\n]\s*", words.strip())) for kind, words in table.items()}


def shares(text: str) -> bool:
    """Whether a line leads to a social network."""
    return (
        not ends_sentence(text)
        and words(text) <= _FEW
        and _names_network(text)
        and _NUMBER().search(text) is None
    )


def is_network(text: str) -> bool:
    """Whether a label names social networks and nothing else."""
    return _label().fullmatch(text) is not None


def leads_elsewhere(text: str) -> bool:
    """Whether what stands behind a button names networks or files."""
    return words(text) <= _MOST_WORDS and (_name().search(text) is not None or names_file(text))


def names_file(text: str) -> bool:
    """Whether a line tells of a file to take along, by its kind or its size: "the release (PDF, 230 KB)"."""
    return _file().search(text) is not None


def _names_network(text: str) -> bool:
    return _name().search(text) is not None or (not text.isascii() and _attached().search(text) is not None)


@cache
def _name() -> re.Pattern[str]:
    known = listed()
    return re.compile(rf"(?i)\b(?:{one_of(known['names'])}\b|{one_of(known['written_on'])})")


@cache
def _attached() -> re.Pattern[str]:
    """A name that a preposition or a particle may be written on to: "בפייסבוק", "페이스북에"."""
    initials = ((name, name[0]) for name in listed()["names"])
    attached = (name for name, first in initials if "\u0590" <= first <= "\u06ff" or first >= "\u3041")
    return re.compile(one_of(attached))


@cache
def _label() -> re.Pattern[str]:
    names = one_of((*listed()["names"], *listed()["alone"]))
    return re.compile(rf"(?i)(?:{names}(?:\s*[,/&·]\s*|\s+|$))+")


@cache
def _file() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{one_of(listed()['files'])}\b|\d\s?{one_of(everywhere().bytes)}\b")
