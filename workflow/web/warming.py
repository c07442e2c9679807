"""What the first pages would have to read is read before somebody asks for them."""

from __future__ import annotations

import logging
from threading import Thread

from l10n import checks
from l10n.errors import L10nError
from workflow.desk import Desk
from workflow.web.pages import environment

_LOG = logging.getLogger(__name__)


def warmed(desk: Desk) -> Thread:
    """Compile the templates and load the languages' tables; the thread returned reads the catalogues.

    Fifty people who come back after a restart would each do it, all at once.
    """
    made = environment()
    for name in made.list_templates():
        made.get_template(name)
    releases = tuple(desk.releases())
    for source, target in sorted({(one.locale, locale) for one in releases for locale in one.locales}):
        try:
            checks.check_pair("1 m.", "1 m.", source_locale=source, target_locale=target)
        except L10nError as error:
            _LOG.warning("nothing can be checked from %s to %s: %s", source, target, error)
    thread = Thread(target=_count, args=(desk,), name="warming", daemon=True)
    thread.start()
    return thread


def _count(desk: Desk) -> None:
    known = desk.ledger.store.standings()
    for release in desk.releases():
        for locale in release.locales:
            try:
                desk.shelf.tally(release, locale, known.get((release.id, locale)))
                desk.title(release)
            except (L10nError, OSError) as error:
                _LOG.warning("%s in %s is not counted: %s", release.id, locale, error)
