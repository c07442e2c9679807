"""Copies of one project on several machines, with a remote between them: real repositories in a folder."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from l10n import catalogue as po
from l10n import project
from l10n.model import Catalogue, Entry
from workflow import git_sync, people
from workflow import ledger as ledgers
from workflow.git_sync import SyncOptions
from workflow.ledger import Ledger
from workflow.states import Action, Role
from workflow.store import Decision, Person

SOURCE = "# Un titre\n\nUne phrase ici. Une autre là.\n\nUn dernier mot.\n"
TITLE, HERE, THERE, LAST = "Un titre", "Une phrase ici.", "Une autre là.", "Un dernier mot."
NAMES = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "The server",
    "GIT_AUTHOR_EMAIL": "server@example.org",
    "GIT_COMMITTER_NAME": "The server",
    "GIT_COMMITTER_EMAIL": "server@example.org",
}


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **NAMES})
    return done.stdout.strip()


@dataclass
class Copy:
    """A clone of the project with a ledger of its own."""

    root: Path
    minute: int = 0

    def __post_init__(self) -> None:
        self.ledger = self.open()

    def open(self) -> Ledger:
        return ledgers.open_ledger(project.load(self.root), self.clock)

    def clock(self) -> dt.datetime:
        self.minute += 1
        return dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC) + dt.timedelta(minutes=self.minute)

    def person(self, login: str) -> Person:
        found = self.ledger.store.person_by_login(login)
        name = login.partition("@")[0].title()
        return found or people.create(self.ledger.store, login=login, name=name, roles={"*": Role.REVIEWER})

    def decide(
        self,
        source: str,
        target: str,
        action: Action = Action.APPROVE,
        *,
        by: str = "ana",
        release: str = "bureau",
    ) -> Decision:
        head = self.ledger.store.current(release, "es").get(("", source))
        return self.ledger.decide(
            project.release(self.ledger.project, release),
            "es",
            ("", source),
            action,
            target=target,
            base=head.digest if head else "",
            actor=self.person(by).id,
            role=Role.REVIEWER,
        )

    def sync(
        self, *, pull: bool = False, push: bool = False, message: str = "", accept: bool = False
    ) -> bool:
        self.said: list[str] = []
        asked = SyncOptions(pull=pull, push=push, message=message, accept=accept)
        return git_sync.sync(self.ledger, asked, self.said.append)

    def path(self, release: str = "bureau") -> Path:
        return self.root / "locales" / "es" / "LC_MESSAGES" / f"{release}.po"

    def catalogue(self, release: str = "bureau") -> Catalogue:
        found = self.ledger.catalogue(project.release(self.ledger.project, release), "es")
        assert found
        return found

    def entry(self, source: str, release: str = "bureau") -> Entry:
        return next(one for one in self.catalogue(release).live if one.source == source)

    def targets(self, release: str = "bureau") -> dict[str, str]:
        return {entry.source: entry.target for entry in self.catalogue(release).live if entry.target}

    def history(self, source: str) -> list[str]:
        return [one.target for one in self.ledger.store.history("bureau", "es", ("", source))]

    def git(self, *arguments: str) -> str:
        return git(self.root, *arguments)


Clone = Callable[[str], Copy]


def make_project(root: Path, releases: tuple[str, ...] = ("bureau",)) -> None:
    """A project with some releases in Spanish, none of it translated."""
    made = project.create(root, name="Laws", source_locale="fr", locales=("es",))
    file = root.parent / "source.md"
    file.write_text(SOURCE, "utf-8")
    for name in releases:
        release = project.add(
            made, file, release_id=name, locale="fr", locales=("es",), date=dt.date(2026, 9, 14)
        )
        fresh = po.template(project.document(made, release), locale="es", name="Laws")
        po.write(fresh, project.catalogue_path(made, release, "es"))
