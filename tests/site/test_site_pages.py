"""What a page takes from its document: its typography, its summary."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from l10n import formats, project, site
from l10n.site import lint, render
from l10n.site.naming import shortened
from l10n.site.originals import original
from l10n.site.page import LocalisedText, Page
from l10n.site.pages import page
from l10n.site.typography import repair_block, repair_segments


@pytest.mark.parametrize(
    ("locale", "typed", "shown"),
    [
        ("en", ['"It is good.', 'Go on", she said.'], ["“It is good.", "Go on”, she said."]),
        ("fr", ['"Bien.', 'Continuons !"'], ["«\u00a0Bien.", "Continuons\u202f!\u00a0»"]),
        ("fr", ["« Bien.", "! non", "» fin"], ["«\u00a0Bien.", "! non", "» fin"]),
        ("en", ['"One.', "Two.", 'Three"'], ["“One.", "Two.", "Three”"]),
        ("en", ['"One.', '"Two.'], ['"One.', '"Two.']),
        ("ar", ["نعم,", "لا?"], ["نعم،", "لا؟"]),
        ("en", ["one\ufdd2", '"two"'], ["one\ufdd2", "“two”"]),
    ],
)
def test_a_quotation_may_run_over_several_sentences(locale: str, typed: list[str], shown: list[str]) -> None:
    assert repair_block(typed, locale) == tuple(shown)


def test_a_sentence_that_stands_in_two_blocks_is_repaired_by_itself() -> None:
    data = b'<p>"Go on. Now", she said.</p><p>"Go on. He went.</p>'
    document = formats.extract(data, path="a.html", locale="en")
    rows = [[segment.key for segment in unit.segments] for unit in document.units]
    own = repair_segments(rows, {item.key: item.source for _, item in document.segments()}, "en")
    assert own["", '"Go on.'] == '"Go on.'


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.html", b"<h1>Titre</h1>\n<p>L'eau n'est pas l'<b>air</b> !</p>"),
        ("a.md", b"# Titre\n\nL'eau n'est pas l'**air** !\n"),
        ("a.txt", b"Titre\n\nL'eau n'est pas l'air !\n"),
    ],
)
def test_what_stays_in_the_source_language_is_set_as_that_language_is(path: str, data: bytes) -> None:
    document = formats.extract(data, path=path, locale="fr")
    plan = project.Release("a", Path(path), "fr", ("es",), dt.date(2026, 1, 1))
    source = original(plan, document)
    shown = page(source, "es", {("", "Titre"): "Título"})
    assert 'dir="ltr" class="untranslated">L’eau n’est pas l' in shown.body
    assert "air" in shown.body
    assert "\u202f!" in shown.body
    assert (shown.headline.text, shown.headline.locale, shown.complete) == ("Título", "es", False)
    assert (shown.summary.text, shown.summary.locale) == ("L’eau n’est pas l’air\u202f!", "fr")


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 10, "short"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one, two three", 9, "one, two…"),
        ("onetwothree", 5, "onet…"),
        ("onze mots\u00a0: trois", 14, "onze mots…"),
    ],
)
def test_a_long_text_is_cut_between_words(text: str, limit: int, cut: str) -> None:
    found = shortened(text, limit)
    assert found == cut
    assert len(found) <= limit


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<h1>A</h1><h2>B</h2>", "<h2>A</h2><h3>B</h3>"),
        ("<h2>A</h2><h3 id='b'>B</h3>", "<h2>A</h2><h3 id='b'>B</h3>"),
        ("<h4>A</h4><p>B</p>", "<h2>A</h2><p>B</p>"),
        ("<h1>A</h1><h6>B</h6>", "<h2>A</h2><h6>B</h6>"),
        ("<p>B</p>", "<p>B</p>"),
    ],
)
def test_the_headings_of_a_block_stand_below_that_of_the_release(body: str, shown: str) -> None:
    release = project.Release("a", Path("a.md"), "fr", (), dt.date(2026, 1, 1), kind="block")
    told = Page(release, "fr", LocalisedText("A", "fr"), LocalisedText("", "fr"), body)
    block = render.block_of([told], "fr", "https://a.example", lambda _link, _locale: None)
    assert block is not None
    assert block.body == shown


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("# Avis\n\nUne réunion se tient.\n", "# Avis\n\nUne réunion se tient.\n", True),
        ("# Avis\n", "# Avis\n", True),
        ("# Avis\n\nUne réunion se tient.\n", "# Avis\n\nUne autre se tient.\n", False),
        ("# Avis\n", "# Autre avis\n", False),
    ],
)
def test_a_list_tells_two_releases_apart_that_it_would_show_alike(
    tmp_path: Path, first: str, second: str, *, told: bool
) -> None:
    root = tmp_path / "press"
    root.mkdir()
    (root / "l10n.toml").write_text(
        '[project]\nname = "P"\nsource_locales = ["fr"]\nlocales = ["fr"]\n[site]\nurl = "https://a.example"\n'
    )
    for name, text in (("un", first), ("deux", second)):
        (root / "releases" / name).mkdir(parents=True)
        (root / "releases" / name / "source.md").write_text(text, "utf-8")
        plan = 'date = 2026-09-14\nlocale = "fr"\nlocales = []\nstatus = "published"\n'
        (root / "releases" / name / "release.toml").write_text(plan)
    files = site.build(project.load(root), as_of=dt.datetime(2026, 10, 1, tzinfo=dt.UTC)).files
    for path in ("fr/index.html", "fr/2026/index.html"):
        shown = files[path].decode()
        for name in ("un", "deux"):
            assert (f'<small><bdi dir="auto">{name}</bdi></small>' in shown) is told
    rows = json.loads(files["search/fr-2026.js"].decode().removeprefix("passerelle.add(")[:-3])
    assert {row[9] for row in rows if row[9:]} == ({"un", "deux"} if told else set())
    items = json.loads(files["feed/fr.json"])["items"]
    for title in (item["title"] for item in items):
        assert title.endswith((" (un)", " (deux)")) is told
        assert f"<title>{title}</title>" in files["feed/fr.xml"].decode()
    assert {fault.check for fault in lint.check(files, "https://a.example")} <= {"empty"}


def test_the_blocks_at_the_foot_of_a_page_are_one_landmark(tmp_path: Path) -> None:
    root = tmp_path / "press"
    root.mkdir()
    (root / "l10n.toml").write_text(
        '[project]\nname = "P"\nsource_locales = ["fr"]\nlocales = ["fr"]\n[site]\nurl = "https://a.example"\n'
    )
    for name, kind in (("avis", "release"), ("nous", "block"), ("contact", "block")):
        (root / "releases" / name).mkdir(parents=True)
        (root / "releases" / name / "source.md").write_text(f"# {name}\n\nUne phrase de {name}.\n", "utf-8")
        plan = f'date = 2026-09-14\nlocale = "fr"\nlocales = []\nstatus = "published"\nkind = "{kind}"\n'
        (root / "releases" / name / "release.toml").write_text(plan)
    files = site.build(project.load(root), as_of=dt.datetime(2026, 10, 1, tzinfo=dt.UTC)).files
    shown = files["fr/avis/index.html"].decode()
    assert shown.count("<aside") == shown.count("</aside>") == 1
    aside = shown[shown.index("<aside") : shown.index("</aside>")]
    assert "Une phrase de nous." in aside
    assert "Une phrase de contact." in aside
