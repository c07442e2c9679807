"""What a search page looks through: words in one form, for every script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from l10n import project
from l10n.site.search import fold, words_of
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
        ("ما ی کجا", "ما ي كجا"),
        ("œuvre, Łódź, Ægir, Đà Nẵng, Tromsø", "oeuvre, lodz, aegir, da nang, tromso"),
        ("Donau\u00addampf\u200b\u2060schiff \u2067ab\u2069", "donaudampfschiff ab"),
        ("vingt\u2011cinq – ‘x’", "vingt-cinq - 'x'"),
        ("১২৩ ๔๕๖", "123 456"),
        (" a \u202f b\n", "a b"),
    ],
)
def test_a_text_is_brought_to_the_form_it_is_looked_for_in(text: str, form: str) -> None:
    assert fold(text) == form
    assert fold(form) == form


def test_a_language_has_a_file_for_each_year_with_what_stands_in_it(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    files = press_support.built(press_support.copied(tmp_path_factory, tmp_path / "press")).files
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


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>统计到<strong>1240只</strong>海豚</p>", "统计到1240只海豚"),
        ("<p>dol<b class='x'>phin</b>s</p><p>port</p>", "dolphins port"),
        ("<td>Mars</td><td>310</td><br>one<br>two", "mars 310 one two"),
        ("word<sup>1</sup>", "word 1"),
    ],
)
def test_words_are_divided_as_readers_see_them(body: str, words: str) -> None:
    assert fold(words_of(f"<article>{body}</article>")) == words


def test_a_site_may_do_without(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    found = press_support.copied(tmp_path_factory, tmp_path / "press")
    settings = found.root / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("[site]", "[site]\nsearch = false", 1), "utf-8")
    files = press_support.built(project.load(found.root)).files
    assert not [path for path, data in files.items() if "search" in path or b"/search/" in data]
