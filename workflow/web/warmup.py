"""Fills the caches when the desk starts, so that the first pages are as fast as the others."""

from __future__ import annotations

import gc
import logging
from threading import Thread

from l10n import checks
from l10n.errors import L10nError
from workflow.desk import Desk
from workflow.web.templating import environment

_LOG = logging.getLogger(__name__)


def warm_up(desk: Desk) -> Thread:
    """Compile the templates and load the languages' tables; the thread returned reads catalogues and memory.

    Otherwise everybody who comes back after a restart would do it at the same time.  What was read is then
    frozen (``gc.freeze``): collecting it would stop all requests for a quarter of a second.
    """
    templates = environment()
    for name in templates.list_templates():
        templates.get_template(name)
    releases = tuple(desk.releases())
    for source, target in sorted(
        {(release.locale, locale) for release in releases for locale in release.locales}
    ):
        try:
            checks.check_pair("1 m.", "1 m.", source_locale=source, target_locale=target)
        except L10nError as error:
            _LOG.warning("nothing can be checked from %s to %s: %s", source, target, error)
    thread = Thread(target=_read, args=(desk,), name="warming", daemon=True)
    thread.start()
    return thread


def _read(desk: Desk) -> None:
    _count(desk)
    for source in sorted({release.locale for release in desk.releases()}):
        _open_memory(desk, source)
    gc.collect()
    gc.freeze()


def _open_memory(desk: Desk, source: str) -> None:
    try:
        memory = desk.cache.memory(source, desk.releases())
    except (L10nError, OSError) as error:
        _LOG.warning("the memory for %s is not opened: %s", source, error)
    else:
        if memory:
            memory.close()


def _count(desk: Desk) -> None:
    statuses = desk.ledger.store.catalogue_statuses()
    for release in desk.releases():
        for locale in release.locales:
            try:
                desk.cache.summary(release, locale, statuses.get((release.id, locale)))
                desk.title(release)
            except (L10nError, OSError) as error:
                _LOG.warning("%s in %s is not counted: %s", release.id, locale, error)
