"""The words of the memory's pairs, for full-text search, in a file of their own beside the memory.

It is a copy of what the database holds and is made when words are first looked up, so that those who never do
have nothing of it.  A pair that left the memory stays in it until the memory is cleared, and is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from l10n import inline
from l10n.errors import InputError
from l10n.memory import rows
from l10n.memory.alone import alone
from l10n.memory.concordance import words_for_index
from l10n.memory.database import Database, Sqlite

_FORMAT = 1
_BATCH = 2_000  # pairs written at a time
_FEW = 500  # pairs for which whoever looks up waits
_ABOUT = "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
# Words are cut already: marks of vowels are letters here, and nothing more is folded.
_WORDS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5(source, target, language, content='', columnsize=0,"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
)


class WordIndex:
    """The words of a memory; without a path they are held in no file.

    ``again`` opens the memory's database once more, for another thread.
    """

    def __init__(self, database: Database, path: Path | None, again: Callable[[], Database]) -> None:
        self._database = database
        self._path = path
        self._again = again
        self._words: Sqlite | None = None

    def close(self) -> None:
        """Close the file."""
        if self._words is not None:
            self._words.close()
            self._words = None

    def targets(self, expression: str, most: int) -> list[int]:
        """The rows of the targets that a full-text expression finds, the newest first."""
        found = self._opened().fetch_all(
            "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid DESC LIMIT ?", (expression, most)
        )
        return [row for (row,) in found]

    def prepare(self, *, wait: bool) -> bool:
        """Read the pairs that are new; whether all are read.

        Where they are many and nobody is to ``wait``, another thread does.
        """
        missing = self._missing()
        if missing and self._path is None:
            self._read()
        elif missing and (wait or missing <= _FEW):
            self.extend(wait=wait)
        elif missing and self._path:
            Thread(target=_extend, args=(self._again, self._path), daemon=True).start()
        return not self._missing()

    def extend(self, *, wait: bool) -> None:
        """Read all pairs that are new; if another does, ``wait`` for it or return."""
        if self._path is None:
            self._read()
            return
        with alone(self._path.with_suffix(".words-lock"), wait=wait) as held:
            if held:
                self._read()

    def _missing(self) -> int:
        """How many rows of targets are not read, some of which may be gone."""
        return max(0, rows.last_target(self._database) - self._upto(self._generation()))

    def _generation(self) -> str:
        return rows.read_notes(self._database)["generation"]

    def _upto(self, generation: str) -> int:
        """The last target that was read; 0 where what was read is of another memory."""
        notes = rows.read_notes(self._opened())
        return int(notes["upto"]) if notes.get("generation") == generation else 0

    def _read(self) -> None:
        generation, words = self._generation(), self._opened()
        upto = self._upto(generation)
        if not upto:
            with words.transaction():
                words.fetch_all("INSERT INTO word (word) VALUES ('delete-all')")
                rows.set_note(words, "upto", "0")
                rows.set_note(words, "generation", generation)
        while pairs := rows.pairs_behind(self._database, upto, _BATCH):
            upto = pairs[-1][0]
            with words.transaction():
                words.execute_many(
                    "INSERT INTO word (rowid, source, target, language) VALUES (?, ?, ?, ?)",
                    [
                        (row, _indexed(source), _indexed(target), rows.language(locale))
                        for row, source, target, locale in pairs
                    ],
                )
                rows.set_note(words, "upto", str(upto))

    def _opened(self) -> Sqlite:
        if self._words is None:
            words = Sqlite.open(self._path or ":memory:")
            self._words = words
            if words.version() != _FORMAT:
                words.fetch_all("PRAGMA journal_mode = WAL")
                words.fetch_all(_ABOUT)
                words.fetch_all(_WORDS)
                words.fetch_all(f"PRAGMA user_version = {_FORMAT}")
        return self._words


def _indexed(text: str) -> str:
    return words_for_index(inline.plain(text))


def _extend(again: Callable[[], Database], path: Path) -> None:
    """Read what is new aside; after a failure the next look-up tries again."""
    with suppress(InputError, OSError):
        database = again()
        try:
            index = WordIndex(database, path, again)
            try:
                index.extend(wait=False)
            finally:
                index.close()
        finally:
            database.close()
