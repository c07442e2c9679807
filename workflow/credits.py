"""Who translated and who reviewed a release, as the ledger knows it, for pages that disclose it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import select

from l10n.model import Key
from l10n.project import Credits, Release
from l10n.site import CreditSource
from workflow.store.database import DatabaseStore
from workflow.store.schema import decisions, heads


def credit_source(store: DatabaseStore) -> CreditSource:
    """The credits of a ledger: by the names of people who still have an account, who did most first.

    Nobody counts as the reviewer of what they wrote themselves.
    """
    names = {person.id: person.name for person in store.people()}
    listing = "\n".join(f"{person_id} {name}" for person_id, name in sorted(names.items()))

    def of(release: Release, locale: str, keys: Collection[Key]) -> Credits:
        return _credits(store, names, release, locale, keys)

    return CreditSource(hashlib.sha256(listing.encode("utf-8", "surrogatepass")).hexdigest(), of)


def _credits(
    store: DatabaseStore, names: Mapping[str, str], release: Release, locale: str, keys: Collection[Key]
) -> Credits:
    query = (
        select(decisions.c.context, decisions.c.source, decisions.c.author, decisions.c.passed)
        .join(heads, heads.c.decision == decisions.c.id)
        .where(heads.c.release == release.id, heads.c.locale == locale, decisions.c.target != "")
    )
    wrote: Counter[str] = Counter()
    reviewed: Counter[str] = Counter()
    with store.reading() as connection:
        for context, source, author, reviewers in connection.execute(query):
            if (context, source) in keys:
                wrote[author] += 1
                reviewed.update(reviewer for reviewer in reviewers.split() if reviewer != author)
    return Credits(_named(wrote, names), _named(reviewed, names))


def _named(counted: Counter[str], names: Mapping[str, str]) -> tuple[str, ...]:
    ranked = [(-number, names[person_id]) for person_id, number in counted.items() if names.get(person_id)]
    return tuple(dict.fromkeys(name for _, name in sorted(ranked)))
