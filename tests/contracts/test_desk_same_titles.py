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


@pytest.mark.parametrize("order", ["deadline", "waiting", "title"])
def test_the_languages_of_a_release_stand_together_beside_another_of_its_title(
    full: House, order: str
) -> None:
    if order == "title":
        assert len(shown(full, f"/?order={order}", ".tasks td.title")) == 4
    page = tree(full.at("ed").get(f"/?order={order}").text)
    rows = sum(int(one.attributes.get("rowspan") or 1) for one in page.css(".tasks td.title"))
    assert rows == len(page.css(".tasks td.into")) == 8


@pytest.mark.parametrize("path", ["/search?text=Merci", "/jobs"])
def test_choices_of_one_title_have_their_days_and_where_that_is_one_their_ids(full: House, path: str) -> None:
    assert sorted(shown(full, path, "select[name=release] option")) == [
        "Un bureau à Rabat",
        f"{TITLE} · 14 Sep 2026 · tanger",
        f"{TITLE} · 14 Sep 2026 · tanger-encore",
        f"{TITLE} · 20 Sep 2026",
    ]


@pytest.mark.parametrize("path", ["/publishing", "/jobs"])
def test_lists_of_many_releases_are_searched_by_title_or_id(full: House, tmp_path: Path, path: str) -> None:
    ed = full.at("ed")
    assert not tree(ed.get(path).text).css("main input[type=search]")
    for number in range(4):
        added(full, tmp_path, f"rapport-{number}", 1 + number, f"# Rapport n° {number} sur l’été\n\nMerci.\n")
    rows = {"/publishing": "main ul.done li a", "/jobs": "select[name=release] option"}[path]

    def found(sought: str) -> list[str]:
        page = tree(ed.get(path, params={"release": sought}).text)
        box = page.css_first("main input[type=search][name=release]")
        assert box is not None
        assert box.attributes["value"] == sought.strip()
        assert bool(page.css(f"main form[method=get] a[href='{path}']")) == bool(sought.strip())
        return [one.text() for one in page.css(rows)]

    assert len(found("")) == len(found("  ")) == 8
    assert found("sur l'ete") == [f"Rapport n° {number} sur l’été" for number in (3, 2, 1, 0)]
    assert found("RAPPORT-2") == ["Rapport n° 2 sur l’été"]
    assert found('<b>"') == []


def test_jobs_are_searched_by_release_and_what_was_looked_for_stays(full: House) -> None:
    ed = full.at("ed")
    for release in ("rabat", "tanger"):
        assert ed.post("/jobs", data={"release": release}).headers["location"] == "/jobs"
    page = tree(ed.get("/jobs", params={"release": "rabat"}).text)
    told = [one.text() for one in page.css("ul.staff li bdi:not(.muted)")]
    assert told == ["Un bureau à Rabat"] * 2
    form = page.css_first("ul.staff form")
    assert form is not None
    boxes = {str(box.attributes["name"]): str(box.attributes["value"]) for box in form.css("input, button")}
    assert ed.post("/jobs", data=boxes).headers["location"] == "/jobs?release=rabat"
    twins = [one.text() for one in tree(ed.get("/jobs").text).css("ul.staff li bdi:not(.muted)")]
    assert f"{TITLE} · 14 Sep 2026 · tanger" in twins
    assert "No job is about such a release." in ed.get("/jobs", params={"release": "encore"}).text


def test_what_a_search_finds_says_in_which_of_them(full: House) -> None:
    found = shown(full, "/search?text=Merci&into=es", "p.state a")
    assert len(set(found)) == 4
    assert "Un bureau à Rabat" in found
