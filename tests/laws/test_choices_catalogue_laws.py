"""What people choose about segments costs no approval, and taking it back brings everything back."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project, site
from l10n.model import Catalogue, Entry, State
from workflow import ledger as ledgers
from workflow.cli import main
from workflow.ledger import Ledger

SOURCE = (
    "<h1>News</h1><p>The port opens. It is new, says the mayor. Read more.</p>"
    "<h2>Later</h2><p>Read more. Goodbye.</p>"
)
NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)
TARGETS = {
    "News": "Noticias",
    "The port opens.": "Abre el puerto.",
    "It is new, says the mayor.": "Es nuevo, dice el alcalde.",
    "Read more.": "Leer más.",
    "Later": "Luego",
    "Goodbye.": "Adiós.",
}
WHOLE = "The port opens. It is new, says the mayor."
HALVES = ("It is new,", "says the mayor.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    folder.mkdir()
    source = tmp_path / "port.html"
    source.write_text(SOURCE, "utf-8")
    run(folder, "init", "--locale", "en", "--to", "es,fr", "--name", "Ports")
    run(folder, "add", str(source), "--locale", "en", "--id", "port", "--date", "2026-09-14")
    found = po.read(path_of(folder))
    entries = tuple(
        replace(one, target=TARGETS[one.source], state=State.REVIEWED, origin="human", actor="ana")
        for one in found.entries
    )
    po.write(replace(found, entries=entries), path_of(folder))
    run(folder, "update")
    return folder


def run(folder: Path, *arguments: str) -> None:
    assert main(["-C", str(folder), "-q", *arguments]) == 0


def choose(folder: Path, *arguments: str) -> None:
    run(folder, "segments", "port", "es", *arguments)


def path_of(folder: Path, locale: str = "es") -> Path:
    return folder / "locales" / locale / "LC_MESSAGES" / "port.po"


def ledger(folder: Path) -> Ledger:
    return ledgers.open_ledger(project.load(folder), lambda: NOON)


def read(folder: Path) -> Catalogue:
    opened = ledger(folder)
    found = opened.catalogue(project.release(opened.project, "port"), "es")
    assert found is not None
    return found


def live(folder: Path) -> dict[tuple[str, str], Entry]:
    return {entry.key: entry for entry in read(folder).live}


def told(folder: Path) -> list[tuple[object, ...]]:
    return sorted((*e.key, e.target, e.fuzzy, e.state, e.origin, e.actor) for e in read(folder).live)


def id_of(folder: Path, source: str, nth: int = 0) -> str:
    from l10n.segment import choosing  # noqa: PLC0415 - beside its only use

    made = project.load(folder)
    document = project.document(made, project.release(made, "port"), "es")
    return [one.id for one in choosing.spots(document) if one.segment.source == source][nth]


def join(folder: Path) -> str:
    choose(folder, "--join", id_of(folder, "The port opens."))
    return WHOLE


def split(folder: Path) -> str:
    choose(folder, "--split", id_of(folder, "It is new, says the mayor."), "--after", "It is new,")
    return HALVES[0]


def apart(folder: Path) -> str:
    choose(folder, "--apart", id_of(folder, "Read more.", 1))
    return "Read more."


def as_msgcat_leaves_it(folder: Path) -> None:
    done = subprocess.run(["msgcat", "--width=60", path_of(folder)], check=True, capture_output=True)
    path_of(folder).write_bytes(done.stdout)


def as_from_the_ledger_alone(folder: Path) -> None:
    path_of(folder).unlink()


def as_from_the_catalogue_alone(folder: Path) -> None:
    for path in (folder / ".l10n").glob("ledger.sqlite*"):
        path.unlink()


def as_updated(folder: Path) -> None:
    run(folder, "update")


ORDEALS = [
    as_updated,
    pytest.param(as_msgcat_leaves_it, marks=pytest.mark.gettext),
    as_from_the_ledger_alone,
    as_from_the_catalogue_alone,
]


def test_joined_sentences_keep_their_targets_and_approval(folder: Path) -> None:
    join(folder)
    entry = live(folder)["", WHOLE]
    assert (entry.target, entry.state, entry.fuzzy) == (
        "Abre el puerto. Es nuevo, dice el alcalde.",
        State.REVIEWED,
        False,
    )


def test_a_cut_sentence_gives_its_target_to_its_halves(folder: Path) -> None:
    split(folder)
    found = live(folder)
    assert found["", HALVES[0]].target == "Es nuevo, dice el alcalde."
    assert all(found["", half].previous or not found["", half].target for half in HALVES)
    assert not any(found["", half].approved for half in HALVES)


def test_an_occurrence_set_apart_starts_as_a_copy(folder: Path) -> None:
    apart(folder)
    own = next(entry for key, entry in live(folder).items() if key[0])
    shared = live(folder)["", "Read more."]
    assert (own.target, own.state, own.origin) == (shared.target, shared.state, shared.origin)
    assert own.target == "Leer más."
    assert own.approved


@pytest.mark.parametrize("ordeal", ORDEALS)
@pytest.mark.parametrize("choice", [join, split, apart])
def test_a_choice_taken_back_leaves_no_trace(folder: Path, choice: object, ordeal: object) -> None:
    before = told(folder)
    source = choice(folder)  # type: ignore[operator]
    chosen = told(folder)
    assert chosen != before
    ordeal(folder)  # type: ignore[operator]
    run(folder, "update")
    assert told(folder) == chosen
    choose(folder, "--undo", id_of(folder, source, -1))
    assert told(folder) == before
    assert not project.segmentation_path(project.release(project.load(folder), "port"), "es").exists()
    ordeal(folder)  # type: ignore[operator]
    run(folder, "update")
    assert told(folder) == before


@pytest.mark.parametrize("choice", [join, split, apart])
def test_what_was_made_of_a_choice_is_there_when_it_is_made_again(folder: Path, choice: object) -> None:
    source = choice(folder)  # type: ignore[operator]
    chosen = told(folder)
    choose(folder, "--undo", id_of(folder, source, -1))
    choice(folder)  # type: ignore[operator]
    assert [row[:3] for row in told(folder)] == [row[:3] for row in chosen]


def test_a_choice_is_for_one_language(folder: Path) -> None:
    join(folder)
    assert ("", WHOLE) not in {entry.key for entry in po.read(path_of(folder, "fr")).live}
    run(folder, "update", "--check")


def test_the_page_is_the_same_and_then_says_what_was_changed(folder: Path) -> None:
    def page() -> str:
        made = project.load(folder)
        files = site.build(made, as_of=NOON).files
        return next(
            data.decode() for path, data in files.items() if "es/" in path and "Adiós".encode() in data
        )

    before = page()
    join(folder)
    apart(folder)
    assert page() == before
    found = po.read(path_of(folder))
    entries = tuple(replace(one, target="Más cosas.") if one.context else one for one in found.entries)
    po.write(replace(found, entries=entries), path_of(folder))
    assert page().count("Más cosas.") == 1
    assert page().count("Leer más.") == before.count("Leer más.") - 1


def test_a_choice_survives_an_edit_elsewhere_and_says_when_it_does_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    join(folder)
    source = folder / "releases" / "port" / "source.html"
    source.write_text(SOURCE.replace("<p>The port", "<p>Look here. The  port"), "utf-8")
    run(folder, "update")
    assert live(folder)["", WHOLE].approved
    source.write_text(SOURCE.replace("It is new, says the mayor", "Ferries leave at noon"), "utf-8")
    run(folder, "update")
    choose(folder)
    assert "stale: " in capsys.readouterr().err
    choose(folder, "--tidy")
    choose(folder)
    assert "stale: " not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["port", "de"], "not translated into 'de'"),
        (["nothing", "es"], "no release 'nothing'"),
        (["port", "es", "--join", "zzzzzz"], "names no segment"),
        (["port", "es", "--split", "zzzzzz"], "--split and --after go together"),
        (["port", "es", "--after", "x"], "--split and --after go together"),
        (["port", "es", "--undo", "zzzzzz"], "names no segment"),
    ],
)
def test_wrong_wishes_are_refused_with_a_remedy(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    assert main(["-C", str(folder), "segments", *arguments]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert "\n  " in said


def test_the_list_shows_ids_and_what_was_chosen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    join(folder)
    apart(folder)
    choose(folder)
    lines = capsys.readouterr().out.splitlines()
    assert f"{id_of(folder, WHOLE)} * {WHOLE}" in lines
    assert any(line.startswith(f"{id_of(folder, 'Read more.', 1)} * Read more.  [later ") for line in lines)
    assert f"{id_of(folder, 'Goodbye.')}   Goodbye." in lines
