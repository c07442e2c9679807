"""Finds stored sources that are a part of another: names of programmes, headings, quoted sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.memory import rows
from l10n.memory.database import Database
from l10n.memory.normalising import NormalisedSource, fold_numbers, has_unspaced, key, normalise, word_places

_LEAST, _LEAST_UNSPACED = 3, 4  # words, or characters where words are not set apart
_MOST = 20
_WORDS = 120  # of a source that are looked at
_END = re.compile(r"[.。．।؟?!！？…]+$")


def within(database: Database, normalised: NormalisedSource) -> list[tuple[int, str]]:
    """(row, text) of the sources that are said word by word within one, numbers and all: the longest first.

    A mark at their end does not count.  What lies within a longer one of them is left out.
    """
    phrases = set(_phrases(normalised))
    # They are read already; only their numbers, if there are any, are not folded yet.
    keys = {key(fold_numbers(phrase) if normalised.numbers else phrase) for phrase in phrases}
    if not keys:
        return []
    marks = rows.placeholders(keys)
    sources = database.fetch_all(
        f"SELECT id, text FROM source WHERE shape_key IN ({marks}) ORDER BY id DESC LIMIT 500",  # noqa: S608
        tuple(keys),
    )
    contained = [(row, text, plain) for row, text in sources if (plain := normalise(text).text) in phrases]
    chosen: list[tuple[int, str, str]] = []
    for row, text, plain in sorted(contained, key=lambda source: -len(source[2])):
        bare = _END.sub("", plain)
        if not any(bare in _END.sub("", longer) for _, _, longer in chosen):
            chosen.append((row, text, plain))
    return [(row, text) for row, text, _ in chosen]


def _phrases(normalised: NormalisedSource) -> Iterator[str]:
    places = word_places(normalised.text)[:_WORDS]
    whole = {normalised.text, _END.sub("", normalised.text)}
    least = _LEAST_UNSPACED if has_unspaced(normalised.text) else _LEAST
    for first in range(len(places) - least + 1):
        for last in range(first + least - 1, min(first + _MOST, len(places))):
            phrase = normalised.text[places[first][0] : places[last][1]]
            if phrase in whole:
                continue
            yield phrase
            yield f"{phrase}."
            if least == _LEAST_UNSPACED:
                yield f"{phrase}。"
