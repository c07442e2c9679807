"""The inverted index in the database: of everything, or of what came since the index file was made.

What one process adds another finds here at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log2

from l10n.memory.database import Database
from l10n.memory.reading import Reading, read, tokens
from l10n.memory.rows import marks
from l10n.memory.window import LONGEST, window

_POSTINGS = 4_000  # rows read for one source
_CANDIDATES = 100  # sources compared for one source
_TOKENS = 900  # of a source that are looked up, as SQLite takes so many values
_SPARE = 2  # tokens looked up beyond those that a near source may lack


def add(database: Database, readings: Iterable[tuple[int, Reading]]) -> None:
    """Make sources findable, given by their rows."""
    rows = [
        (token, len(reading.shape), source)
        for source, reading in readings
        if len(reading.shape) <= LONGEST
        for token in tokens(reading.shape, reading.words)
    ]
    rows.sort()
    database.many("INSERT INTO posting VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)
    database.many(
        "INSERT INTO frequency VALUES (?, ?)"
        " ON CONFLICT (token) DO UPDATE SET sources = frequency.sources + excluded.sources",
        sorted(Counter(token for token, _, _ in rows).items()),
    )


def drop(database: Database, upto: int) -> None:
    """Forget the sources that have no target later than one."""
    database.all("DELETE FROM posting WHERE source NOT IN (SELECT source FROM target WHERE id > ?)", (upto,))
    database.all("DELETE FROM frequency")
    database.all("INSERT INTO frequency SELECT token, count(*) FROM posting GROUP BY token")


def fill(database: Database) -> None:
    """Make every source findable here."""
    for source, text in database.all("SELECT id, text FROM source"):
        add(database, [(source, read(text))])


def nearest(database: Database, reading: Reading, threshold: float) -> dict[int, str]:
    """The shapes that share the most telling tokens with a source, by their rows."""
    shortest, longest = window(len(reading.shape), threshold)
    weights: dict[int, float] = {}
    left = _POSTINGS
    ((total,),) = database.all("SELECT max(id) FROM source")
    for sources, token in _telling(database, reading, threshold):
        found = database.all(
            "SELECT source FROM posting WHERE token = ? AND length BETWEEN ? AND ? LIMIT ?",
            (token, shortest, longest, left),
        )
        weight = log2(2 * total / sources)
        for (source,) in found:
            weights[source] = weights.get(source, 0.0) + weight
        left -= len(found)
        if left <= 0:
            break
    near = sorted(weights, key=weights.__getitem__, reverse=True)[:_CANDIDATES]
    if not near:
        return {}
    rows = database.all(f"SELECT id, text FROM source WHERE id IN ({marks(near)})", near)  # noqa: S608
    return {source: read(text).shape for source, text in rows}


def _telling(database: Database, reading: Reading, threshold: float) -> list[tuple[int, int]]:
    """(number of sources, token) for the rarest tokens of a source, as many as are needed.

    A source as near as the threshold lacks few of the tokens, so that it holds one at
    least of any few more (prefix filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006).  A word that
    differs takes up to three tokens with it.
    """
    wanted = sorted(tokens(reading.shape, reading.words))[:_TOKENS]
    rows = database.all(
        f"SELECT sources, token FROM frequency WHERE token IN ({marks(wanted)})",  # noqa: S608
        wanted,
    )
    lost = 3 * int((1 - threshold) * len(reading.words) + 1)
    needed = lost + _SPARE - (len(wanted) - len(rows))
    return sorted(rows)[: max(needed, _SPARE)]
