"""Writes catalogues a moment after their decisions, once for all that were taken meanwhile.

A decision is durable before that.  What is not written when a process dies is written by the next reader
of the catalogue, or by the job that was enqueued with the decision.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Condition, Thread

from l10n.errors import L10nError
from l10n.project import Release

WAIT = 1.0
"""Seconds from the first decision that a catalogue lacks until it is written."""

_REST = 9  # times as long as the last writing took, so that decisions have most of the machine

_LOG = logging.getLogger(__name__)


class DeferredWriter:
    """Calls ``write`` for each catalogue it was told of, in a thread of its own, the oldest first."""

    def __init__(self, write: Callable[[Release, str], object], *, wait: float = WAIT) -> None:
        self._write = write
        self._wait = wait
        self._due: dict[tuple[str, str], tuple[float, Release]] = {}
        self._told = Condition()
        self._closing = False
        self._rested = 0.0
        self._thread = Thread(target=self._serve, name="projector", daemon=True)
        self._thread.start()

    def schedule(self, release: Release, locale: str) -> None:
        """Have a catalogue written soon."""
        with self._told:
            self._due.setdefault((release.id, locale), (time.monotonic() + self._wait, release))
            self._told.notify()

    def close(self) -> None:
        """Write what is still to be written, and stop."""
        with self._told:
            self._closing = True
            self._told.notify()
        self._thread.join()

    def _serve(self) -> None:
        while (due := self._next()) is not None:
            release, locale = due
            started = time.monotonic()
            try:
                self._write(release, locale)
            except (L10nError, OSError) as error:
                _LOG.warning(
                    "%s in %s: decisions are kept but not yet written: %s", release.id, locale, error
                )
            self._rested = time.monotonic() + _REST * (time.monotonic() - started)

    def _next(self) -> tuple[Release, str] | None:
        """The catalogue to write now, waited for; None when it is time to stop."""
        with self._told:
            while True:
                if not self._due:
                    if self._closing:
                        return None
                    self._told.wait()
                    continue
                key = next(iter(self._due))
                at, release = self._due[key]
                remaining = 0 if self._closing else max(at, self._rested) - time.monotonic()
                if remaining <= 0:
                    del self._due[key]
                    return release, key[1]
                self._told.wait(remaining)
