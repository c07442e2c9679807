"""Writes notes for translators in the signs that the charset of an existing file has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from l10n.model import Catalogue, Entry

_INSTEAD = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        "\u0152": "OE",
        "\u0153": "oe",
    }
)
_UNKNOWN = "?"


def with_fitting_notes(catalogue: Catalogue, encoding: str) -> Catalogue:
    """A catalogue whose notes can be encoded: "..." for an ellipsis, letters without their marks, else "?".

    Notes are made from the source again at each update; whatever somebody has typed stays as it is.
    """
    return replace(catalogue, entries=tuple(_fitting(entry, encoding) for entry in catalogue.entries))


def _fitting(entry: Entry, encoding: str) -> Entry:
    if all(_fits(note, encoding) for note in entry.notes):
        return entry
    return replace(entry, notes=tuple("".join(_signs(note, encoding)) for note in entry.notes))


def _signs(note: str, encoding: str) -> Iterator[str]:
    for char in note:
        if _fits(char, encoding):
            yield char
            continue
        plain = unicodedata.normalize("NFKD", char.translate(_INSTEAD))
        yield (
            "".join(sign for sign in plain if not unicodedata.combining(sign) and _fits(sign, encoding))
            or _UNKNOWN
        )


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
