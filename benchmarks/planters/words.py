"""The words that are planted into the sentences of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli


@dataclass(frozen=True, slots=True)
class Words:
    """What may be planted into the sentences of a language.

    `changed` has (word, what it becomes) by kind; the first that stands in a target is put in.  `out_too` has
    what goes with a negation that is taken out, a few words away.
    """

    language: str
    changed: Mapping[str, tuple[tuple[str, str], ...]]
    families: tuple[str, ...]
    out_too: tuple[str, str] = ("", "")


Planter = Callable[[str, str, Words], str | None]


@cache
def general(language: str) -> Words:
    """The words of `planters.toml`."""
    path = Path(__file__).parents[1] / "planters.toml"
    tables: dict[str, dict[str, Any]] = tomli.loads(path.read_text("utf-8"))
    families = tuple(tables.pop("family").get(language, "").split())
    negation, companion = tables.pop("also_out").get(language, ("", ""))
    changed = {kind: _rows(table.get(language, "")) for kind, table in tables.items()}
    return Words(language, changed, families, (negation, companion))


def _rows(text: str) -> tuple[tuple[str, str], ...]:
    rows = (row.replace("_", " ").partition("=") for row in text.split())
    return tuple((word, replacement) for word, _, replacement in rows)


def by_table(kind: str) -> Planter:
    """What puts the words of a kind into a target."""

    def plant(_: str, target: str, words: Words) -> str | None:
        for word, replacement in words.changed.get(kind, ()):
            bound = "" if words.language in {"zh", "ja"} or not word.isalpha() else r"\b"
            out, count = re.subn(bound + re.escape(word) + bound, lambda _: replacement, target, count=1)  # noqa: B023
            if count and kind == "negation" and words.out_too[0]:
                out = out.replace(*words.out_too)
            if count:
                return out
        return None

    return plant
