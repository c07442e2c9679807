"""What scripts tell of words: whether a name has a capital, or stands between others without a space."""

from __future__ import annotations

CASED = frozenset({"Latn", "Cyrl"})
HAN = frozenset({"Hans", "Hant"})
EVERY_NOUN = frozenset({"de"})
"""Languages in which not only names have a capital."""
CAPITAL = "A-ZÀ-ÞĀ-ſȘȚẠ-ỹЀ-Я"
"""Inside a class of characters: capitals of Latin and Cyrillic.

A quick look: the ranges beyond Latin-1 have small letters, too.
"""
