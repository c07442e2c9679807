"""A catalogue with an empty context beside none goes through the ledger and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from l10n.model import EMPTY_CONTEXT, State
from tests import ledger_support
from workflow import ledger as ledgers
from workflow.cli import main
from workflow.ledger import Ledger
from workflow.states import Action, Role

SENTENCE = "Voici la phrase numéro 3."
TWIN = f'\nmsgctxt ""\nmsgid "{SENTENCE}"\nmsgstr "La tercera."\n'


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return ledger_support.made(tmp_path)


def release_of(ledger: Ledger) -> project.Release:
    return project.release(ledger.project, "bureau")


def path_of(ledger: Ledger) -> Path:
    return project.catalogue_path(ledger.project, release_of(ledger), "es")


def decide(ledger: Ledger, key: tuple[str, str], target: str) -> None:
    found = ledger.store.current("bureau", "es").get(key)
    ledger.decide(
        release_of(ledger),
        "es",
        key,
        Action.APPROVE,
        target=target,
        base=found.digest if found else "",
        actor="ana",
        role=Role.REVIEWER,
    )


def states(path: Path) -> dict[tuple[str, str], tuple[str, State]]:
    return {entry.key: (entry.target, entry.state) for entry in po.read(path).entries if entry.target}


def test_each_of_the_two_is_decided_by_itself(ledger: Ledger) -> None:
    path = path_of(ledger)
    path.write_text(path.read_text("utf-8") + TWIN, "utf-8")
    ledger.catalogue(release_of(ledger), "es")
    decide(ledger, ("", SENTENCE), "La frase tres.")
    decide(ledger, (EMPTY_CONTEXT, SENTENCE), "La tercera frase.")
    ledger.settle()
    assert states(path) == {
        ("", SENTENCE): ("La frase tres.", State.REVIEWED),
        (EMPTY_CONTEXT, SENTENCE): ("La tercera frase.", State.REVIEWED),
    }
    assert f'msgctxt ""\nmsgid "{SENTENCE}"\nmsgstr "La tercera frase."\n' in path.read_text("utf-8")
    assert ledger.store.breaks() == ()


def test_both_are_rebuilt_from_either_side(ledger: Ledger) -> None:
    path = path_of(ledger)
    path.write_text(path.read_text("utf-8") + TWIN, "utf-8")
    ledger.catalogue(release_of(ledger), "es")
    decide(ledger, (EMPTY_CONTEXT, SENTENCE), "La tercera frase.")
    ledger.settle()
    before = path.read_bytes()
    path.unlink()
    root = ledger.project.root
    ledger.store.close()
    assert main(["-C", str(root), "export"]) == 0
    assert states(path) == {(EMPTY_CONTEXT, SENTENCE): ("La tercera frase.", State.REVIEWED)}
    # no sentence of the source is told apart by an empty context, so that it is obsolete
    assert before.endswith(path.read_bytes().rpartition(b"# l10n:")[2].replace(b"#~ ", b""))


def test_an_entry_known_before_under_no_context_keeps_its_key_and_history(ledger: Ledger) -> None:
    path = path_of(ledger)
    own = f'msgid "{SENTENCE}"'
    path.write_text(path.read_text("utf-8").replace(own, f'msgctxt ""\n{own}'), "utf-8")
    ledger.catalogue(release_of(ledger), "es")
    decide(ledger, ("", SENTENCE), "La frase tres.")
    ledger.settle()
    assert f'msgctxt ""\n{own}\nmsgstr "La frase tres."\n' in path.read_text("utf-8")
    opened = ledgers.open_ledger(project.load(ledger.project.root), ledgers.now)
    opened.catalogue(release_of(ledger), "es")
    assert list(opened.store.current("bureau", "es")) == list(ledger.store.current("bureau", "es"))
    assert opened.store.current("bureau", "es")["", SENTENCE].state is State.REVIEWED
    assert main(["-C", str(ledger.project.root), "update"]) == 0
    assert states(path) == {("", SENTENCE): ("La frase tres.", State.REVIEWED)}
