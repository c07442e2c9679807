"""How far catalogues are is never told from a file that has changed since."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue, project
from l10n.catalogue import Counts
from l10n.errors import CatalogueError
from l10n.model import State
from l10n.project.counting import load_counts

MINUTE = 60_000_000_000


@pytest.fixture
def made(tmp_path: Path) -> project.Project:
    """A project with one release of two segments, the first of them approved in Spanish."""
    made = project.create(tmp_path / "p", name="Phare", source_locale="fr", locales=("es",))
    source = tmp_path / "phare.txt"
    source.write_text("Le phare rouvre.\n\nLe port attend.\n", "utf-8")
    release = project.add(
        made, source, release_id="phare", locale="fr", locales=("es",), date=dt.date(2026, 9, 14)
    )
    blank = catalogue.template(project.document(made, release), locale="es", name="Phare")
    first, *rest = blank.entries
    first = replace(first, target="El faro reabre.", state=State.REVIEWED)
    path(made).parent.mkdir(parents=True)
    catalogue.write(replace(blank, entries=(first, *rest)), path(made))
    made.state.mkdir()
    return made


def path(made: project.Project) -> Path:
    return made.root / "locales" / "es" / "LC_MESSAGES" / "phare.po"


def ask(made: project.Project, later: int = MINUTE) -> Counts:
    """The counts of the Spanish catalogue, some time after it was written; kept for the next time."""
    now = path(made).stat().st_ctime_ns + later
    counts = load_counts(made, lambda: now)
    told = counts.of(project.release(made, "phare"), "es")
    counts.keep()
    return told


def kept(made: project.Project) -> Path:
    return made.state / "cache" / "counts.json"


def unread(made: project.Project, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """As ``ask`` where reading a catalogue is a mistake."""
    with monkeypatch.context() as patch:
        patch.setattr("l10n.project.counting.read_catalogue", None)
        return ask(made)


def test_a_catalogue_that_is_the_same_is_not_read_again(
    made: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(made)
    assert (first.approved, first.total, first.words, first.words_left) == (1, 2, 6, 3)
    assert unread(made, monkeypatch) == first


def test_a_change_is_seen_that_leaves_size_and_time_as_they_were(made: project.Project) -> None:
    first, before = ask(made), path(made).stat()
    text = path(made).read_text("utf-8")
    path(made).write_text(text.replace('"El faro reabre."', '""' + " " * 15), "utf-8")
    os.utime(path(made), ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path(made).stat().st_size == before.st_size
    assert ask(made).approved == first.approved - 1


def test_a_file_written_this_moment_is_not_trusted_to_stay(made: project.Project) -> None:
    ask(made, later=1_000_000)
    assert not kept(made).exists()


def test_another_rule_of_review_counts_anew(made: project.Project) -> None:
    text = path(made).read_text("utf-8").splitlines(keepends=True)
    path(made).write_text("".join(line for line in text if not line.startswith("# l10n: ")), "utf-8")
    assert ask(made).approved == 0
    trusting = replace(made, settings=replace(made.settings, trust_gettext=True))
    assert ask(trusting).approved == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}', '{"format": 1, "program": "", "rows": []}'])
def test_what_is_kept_may_be_anything(made: project.Project, text: str) -> None:
    first = ask(made)
    kept(made).write_text(text, "utf-8")
    assert ask(made) == first


def test_a_row_that_is_none_is_counted_anew(made: project.Project) -> None:
    first = ask(made)
    rows = kept(made).read_text("utf-8")
    assert "[[" in rows
    kept(made).write_text(rows.replace("[[", '["x",['), "utf-8")
    assert ask(made) == first


def test_what_is_kept_may_be_deleted(made: project.Project) -> None:
    first = ask(made)
    kept(made).unlink()
    assert ask(made) == first


def test_a_catalogue_that_cannot_be_read_is_told_every_time(made: project.Project) -> None:
    ask(made)
    path(made).write_text("nonsense\n", "utf-8")
    for _ in range(2):
        with pytest.raises(CatalogueError, match="no line of a PO file"):
            ask(made)


def test_nothing_is_written_where_the_project_has_no_state(made: project.Project) -> None:
    made.state.rmdir()
    ask(made)
    assert not made.state.exists()
