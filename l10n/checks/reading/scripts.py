"""What scripts tell of words: whether a name has a capital, or stands between others without a space."""

from __future__ import annotations

CASED = frozenset({"Latn", "Cyrl"})
HAN = frozenset({"Hans", "Hant"})
EVERY_NOUN = frozenset({"de"})
"""Languages in which not only names have a capital."""
