"""Finds similar sources through an inverted index in the database, where numpy is not installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from math import log2

from l10n.memory import rows
from l10n.memory.bounds import LONGEST, length_bounds
from l10n.memory.database import Database
from l10n.memory.finder import Findable
from l10n.memory.normalising import NormalisedSource, max_missing_tokens, normalise, shape_of, traits_of

WAY = "postings"
_POSTINGS = 4_000  # rows read for one source
_CANDIDATES = 100  # sources compared for one source
_TOKENS = 900  # of a source that are looked up, as SQLite takes so many values
_SPARE = 2  # tokens looked up beyond those that a near source may lack
_BATCH = 5_000


class PostingsFinder:
    """Every source in the inverted index of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, findable: Sequence[Findable]) -> None:
        """Make sources findable, within a transaction that writes."""
        self._take_over()
        self._post({source: reading for _, source, reading in findable}.items())

    def settle(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def nearest(self, normalised: NormalisedSource, *, threshold: float, language: str) -> dict[int, str]:
        """The shapes that share the most telling tokens with a source, by their rows."""
        del language
        if rows.read_notes(self._database).get("way") != WAY:
            with self._database.transaction():
                self._take_over()
        shortest, longest = length_bounds(len(normalised.shape), threshold)
        weights: dict[int, float] = {}
        budget = _POSTINGS
        ((total,),) = self._database.fetch_all("SELECT max(id) FROM source")
        for sources, token in self._rarest_tokens(normalised, threshold):
            postings = self._database.fetch_all(
                "SELECT source FROM posting WHERE token = ? AND length BETWEEN ? AND ? LIMIT ?",
                (token, shortest, longest, budget),
            )
            weight = log2(2 * total / sources)
            for (source,) in postings:
                weights[source] = weights.get(source, 0.0) + weight
            budget -= len(postings)
            if budget <= 0:
                break
        near = sorted(weights, key=weights.__getitem__, reverse=True)[:_CANDIDATES]
        return {source: shape_of(text) for source, text in rows.texts(self._database, near).items()}

    def _rarest_tokens(self, normalised: NormalisedSource, threshold: float) -> list[tuple[int, int]]:
        """(number of sources, token) for the rarest tokens of a source, as many as are needed.

        A source as near as the threshold lacks few of the tokens, so that it holds one at
        least of any few more (prefix filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006).
        """
        traits = traits_of(normalised.shape)
        tokens = sorted(traits.tokens)[:_TOKENS]
        frequencies = self._database.fetch_all(
            f"SELECT sources, token FROM frequency WHERE token IN ({rows.placeholders(tokens)})",  # noqa: S608
            tokens,
        )
        needed = (
            max_missing_tokens(normalised.shape, traits.words, threshold)
            + _SPARE
            - (len(tokens) - len(frequencies))
        )
        return sorted(frequencies)[: max(needed, _SPARE)]

    def _take_over(self) -> None:
        """Take over from another kind of index: index everything in the database."""
        if rows.read_notes(self._database).get("way") == WAY:
            return
        for table in ("posting", "frequency", "tail"):
            self._database.fetch_all(f"DELETE FROM {table}")  # noqa: S608  names from the line above
        sources = self._database.iterate("SELECT id, text FROM source")
        while batch := list(islice(sources, _BATCH)):
            self._post((source, normalise(text)) for source, text in batch)
        rows.set_note(self._database, "way", WAY)

    def _post(self, readings: Iterable[tuple[int, NormalisedSource]]) -> None:
        new = [
            (token, len(reading.shape), source)
            for source, reading in readings
            if len(reading.shape) <= LONGEST
            for token in traits_of(reading.shape, stored=True).tokens
        ]
        new.sort()
        self._database.execute_many("INSERT INTO posting VALUES (?, ?, ?) ON CONFLICT DO NOTHING", new)
        self._database.execute_many(
            "INSERT INTO frequency VALUES (?, ?)"
            " ON CONFLICT (token) DO UPDATE SET sources = frequency.sources + excluded.sources",
            sorted(Counter(token for token, _, _ in new).items()),
        )
