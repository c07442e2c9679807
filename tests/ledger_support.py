"""A project with one release, decisions on it, and what has to hold whatever happened below it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from l10n import catalogue as po
from l10n import project
from l10n.errors import L10nError
from l10n.model import Entry
from workflow import ledger as ledgers
from workflow.ledger import Ledger
from workflow.states import Action, Role

SOURCE = "# Un titre\n\n" + "".join(f"Voici la phrase numéro {n}.\n\n" for n in range(1, 13))


def made(folder: Path) -> Ledger:
    """A project with one release in a folder, and its ledger."""
    created = project.create(folder, name="Disk", source_locale="fr", locales=("es",))
    (folder / "source.md").write_text(SOURCE, "utf-8")
    release = project.add(
        created,
        folder / "source.md",
        release_id="bureau",
        locale="fr",
        locales=("es",),
        date=dt.date(2026, 9, 14),
    )
    opened = ledgers.open_ledger(created, ledgers.now)
    fresh = po.template(project.document(created, release), locale="es", name="Disk")
    opened.record(release, "es", fresh, Action.UPDATE)
    return opened


def decide(opened: Ledger, entry: Entry, target: str) -> bool:
    """Whether the decision was acknowledged; a refusal has to be one that a person can read."""
    head = opened.store.current("bureau", "es").get(entry.key)
    try:
        opened.decide(
            project.release(opened.project, "bureau"),
            "es",
            entry.key,
            Action.APPROVE,
            target=target,
            base=head.digest if head else "",
            actor="ana",
            role=Role.REVIEWER,
        )
    except L10nError as error:
        return not error.message
    return True


def entries(opened: Ledger) -> tuple[Entry, ...]:
    found = opened.catalogue(project.release(opened.project, "bureau"), "es")
    assert found is not None
    return found.live


def holds(root: Path, acknowledged: dict[tuple[str, str], list[str]]) -> None:
    """With the disk well again: everything acknowledged is there, and both sides say the same."""
    opened = ledgers.open_ledger(project.load(root), ledgers.now)
    opened.settle()
    assert opened.store.breaks() == ()
    for key, targets in acknowledged.items():
        known = [one.target for one in opened.store.history("bureau", "es", key)]
        assert [target for target in targets if known.count(target) != 1] == []
    heads = opened.store.current("bureau", "es")
    read = po.read(root / "locales" / "es" / "LC_MESSAGES" / "bureau.po")
    assert {entry.key: entry.target for entry in read.entries if entry.target} == {
        key: one.target for key, one in heads.items() if one.target
    }
    opened.store.close()
