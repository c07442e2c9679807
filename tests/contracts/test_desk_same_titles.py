"""Releases of one title are told apart wherever the desk lists them; others are called by it alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from tests.desk_support import MERCI, SOURCE, House, tree
from workflow.states import Action

TITLE = "Un bureau à Tanger"


def added(house: House, folder: Path, release_id: str, day: int, source: str = SOURCE) -> None:
    """One more release of the project of a desk."""
    file = folder / f"{release_id}.md"
    file.write_text(source, "utf-8")
    made, date = house.ledger.project, dt.date(2026, 9, day)
    release = project.add(made, file, release_id=release_id, locale="fr", locales=("es", "ar"), date=date)
    for locale in release.locales:
        fresh = po.template(project.document(made, release), locale=locale, name="Desk")
        house.ledger.record(release, locale, fresh, Action.UPDATE)


@pytest.fixture
def full(house: House, tmp_path: Path) -> House:
    """Three releases of one title, two of them of one day, and one of another."""
    added(house, tmp_path, "tanger-encore", 14)
    added(house, tmp_path, "tanger-plus-tard", 20)
    added(house, tmp_path, "rabat", 14, "# Un bureau à Rabat\n\nMerci.\n")
    house.decide("rita", MERCI, "approve", "Gracias.")
    return house


def shown(house: House, path: str, rows: str) -> list[str]:
    found = [
        " ".join(one.text(separator=" ").split()) for one in tree(house.at("ed").get(path).text).css(rows)
    ]
    return [one for one in found if "bureau" in one]


ROWS = [
    ("/", ".tasks td.title"),
    ("/progress", ".matrix tbody th"),
    ("/publishing", "main ul li"),
]


@pytest.mark.parametrize(("path", "rows"), ROWS)
def test_rows_of_one_title_and_day_have_their_ids(full: House, path: str, rows: str) -> None:
    told = set(shown(full, path, rows))
    assert len(told) == 4, told
    assert sum("tanger ·" in one for one in told) == 1
    assert sum("tanger-encore ·" in one for one in told) == 1
    assert not any("tanger-plus-tard" in one or "rabat ·" in one for one in told)


@pytest.mark.parametrize("path", ["/search?text=Merci", "/jobs"])
def test_choices_of_one_title_have_their_days_and_where_that_is_one_their_ids(full: House, path: str) -> None:
    assert sorted(shown(full, path, "select[name=release] option")) == [
        "Un bureau à Rabat",
        f"{TITLE} · 14 Sep 2026 · tanger",
        f"{TITLE} · 14 Sep 2026 · tanger-encore",
        f"{TITLE} · 20 Sep 2026",
    ]


def test_what_a_search_finds_says_in_which_of_them(full: House) -> None:
    found = shown(full, "/search?text=Merci&into=es", "p.state a")
    assert len(set(found)) == 4
    assert "Un bureau à Rabat" in found
