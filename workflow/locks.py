"""Who may touch which catalogue: locks that hold between processes, as files in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from l10n import disk


@dataclass(frozen=True, slots=True)
class Locks:
    """The locks of a project's catalogues.

    Whoever wants all of them holds the gate meanwhile, so that those who share do not keep them waiting.
    """

    folder: Path

    @contextmanager
    def of(self, places: Iterable[tuple[str, str]]) -> Iterator[None]:
        """Hold catalogues alone, by release and locale; all take several in the same order."""
        with disk.locked(self.folder / "gate"):
            pass
        with ExitStack() as held:
            held.enter_context(disk.locked(self.folder / "everything", shared=True))
            for release_id, locale in sorted(places):
                held.enter_context(disk.locked(self.folder / f"{release_id}.{locale}"))
            yield

    @contextmanager
    def everything(self) -> Iterator[None]:
        """Hold every catalogue alone."""
        with disk.locked(self.folder / "gate"), disk.locked(self.folder / "everything"):
            yield
