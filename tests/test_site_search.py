"""What a search page looks through: words in one form, for every script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from l10n import project
from l10n.site.search import fold
from tests import press_support


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Élève ÇA", "eleve ca"),
        ("Straße", "strasse"),
        ("مَدْرَسَة", "مدرسه"),
        ("إلى أحمد", "الي احمد"),
        ("ـــميناء", "ميناء"),
        ("١٢٣ ۴۵۶ ७", "123 456 7"),
        ("שָׁלוֹם", "שלום"),
        ("ＡＢＣ　港口", "abc 港口"),
        ("l’eau", "l'eau"),
        ("한국", "한국"),
        (" a \u202f b\n", "a b"),
    ],
)
def test_a_text_is_brought_to_the_form_it_is_looked_for_in(text: str, form: str) -> None:
    assert fold(text) == form
    assert fold(form) == form


def test_a_language_has_a_file_for_each_year_with_what_stands_in_it(tmp_path: Path) -> None:
    files = press_support.built(press_support.every_state(tmp_path / "press")).files
    assert [name for name in files if name.startswith("search/en-")] == [
        "search/en-2025.js",
        "search/en-2026.js",
    ]
    year = files["search/en-2026.js"].decode()
    rows = json.loads(year.removeprefix("passerelle.add(").removesuffix(");\n"))
    told = {row[0]: row for row in rows}
    assert "en/draft/" not in told
    assert "en/retracted/" not in told
    assert told["en/complete/"][1:5] == [
        "The port of Sfax counts its dolphins",
        "2026-09-01",
        "1 September 2026",
        "Volunteers counted 1,240 dolphins in the gulf within a year, says the report.",
    ]
    assert "the survey is done at dawn." in told["en/complete/"][6]
    assert "skip to the content" not in told["en/complete/"][6]


def test_a_site_may_do_without(tmp_path: Path) -> None:
    found = press_support.every_state(tmp_path / "press")
    settings = found.root / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("[site]", "[site]\nsearch = false", 1), "utf-8")
    files = press_support.built(project.load(found.root)).files
    assert not [path for path, data in files.items() if "search" in path or b"/search/" in data]
