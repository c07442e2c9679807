"""Plans that somebody writes while a process runs: what they say is seen at once, not at the next round."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from l10n import disk
from l10n.errors import L10nError
from l10n.project import Project
from workflow.store import Unavailable

POLL = 5.0
"""Seconds between two looks; one asks the file system once for each release."""

_LOG = logging.getLogger(__name__)

Stamps = Mapping[str, tuple[int, ...]]


def plan_stamps(project: Project) -> Stamps:
    """The file stamp of the plan of each release that has one, by its path.  Raises InputError."""
    folder = f"{project.root}/releases"
    names = os.listdir(folder) if os.path.isdir(folder) else ()  # noqa: PTH112, PTH208 - names are enough
    paths = (f"{folder}/{name}/release.toml" for name in names)
    return {path: stamp for path in paths if (stamp := disk.file_stamp(path))}


def watch_plans(project: Project, changed: Callable[[], object], *, poll: float = POLL) -> Callable[[], None]:
    """Call ``changed`` after every change of a plan, in a thread; call what is returned to stop.

    What is written before this returns is no change.
    """
    stop, known = Event(), _readable(project) or {}

    def watch() -> None:
        nonlocal known
        while not stop.wait(poll):
            stamps = _readable(project)
            if stamps is None or stamps == known:
                continue
            try:
                changed()
            except (SQLAlchemyError, Unavailable):
                _LOG.exception("a changed plan has to wait for the database")
            else:
                known = stamps

    thread = Thread(target=watch, name="plans", daemon=True)
    thread.start()

    def finish() -> None:
        stop.set()
        thread.join()

    return finish


def _readable(project: Project) -> Stamps | None:
    """The stamps of the plans, None while the file system refuses."""
    try:
        return plan_stamps(project)
    except (L10nError, OSError) as error:
        _LOG.warning("the plans cannot be looked at: %s", type(error).__name__)
        return None
