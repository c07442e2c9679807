"""What search engines, networks and readers of feeds are told of a page."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import catalogue, project, site
from l10n.model import State
from l10n.site import lint, picture
from l10n.site.picture import Picture

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
URL = "https://port.example.org"
SOURCE = "# Le quai\n\nLe quai est long.\n\n![Le quai vu du phare](quai.png)\n"
ARABIC = {
    "Le quai": "الرصيف",
    "Le quai est long.": "الرصيف طويل.",
    "Le quai vu du phare": "الرصيف من المنارة",
}


def _press(folder: Path, plan: str = "", missing: str = "") -> project.Project:
    """A release in French and Arabic, all of it approved but for one sentence."""
    made = project.create(folder / "press", name="Port", source_locale="fr", locales=("ar",))
    settings = made.root / "l10n.toml"
    topics = '\n[site.topics.sea]\nfr = "Mer"\nar = "البحر"\n'
    settings.write_text(settings.read_text("utf-8").replace("https://www.example.org", URL) + topics, "utf-8")
    made = project.load(made.root)
    there = made.root / "releases" / "quai"
    there.mkdir(parents=True)
    (there / "source.md").write_text(SOURCE, "utf-8")
    (there / "quai.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`\x82")
    (there / "release.toml").write_text(f'date = 2026-11-02\nlocale = "fr"\n{plan}', "utf-8")
    release = project.release(made, "quai")
    blank = catalogue.template(project.document(made, release, "ar"), locale="ar", name="Port")
    entries = tuple(
        replace(entry, target=ARABIC[entry.source], state=State.REVIEWED, origin="human")
        if entry.source != missing
        else entry
        for entry in blank.entries
    )
    catalogue.write(replace(blank, entries=entries), project.catalogue_path(made, release, "ar"))
    return made


def _files(press: project.Project) -> dict[str, bytes]:
    files = dict(site.build(press, as_of=NOW).files)
    assert lint.check(files, URL) == ()
    return files


def _data(files: dict[str, bytes], path: str) -> Any:  # noqa: ANN401 - JSON holds anything
    page = HTMLParser(files[path].decode())
    return json.loads(page.css_first('script[type="application/ld+json"]').text())


def test_a_page_says_who_published_what_about_what_and_shows_its_picture(tmp_path: Path) -> None:
    files = _files(_press(tmp_path, 'topics = ["sea"]\n'))
    (image,) = [path for path in files if path.endswith(".png")]
    for locale, words, topic in (("fr", "Le quai est long.", "Mer"), ("ar", "الرصيف طويل.", "البحر")):
        told = _data(files, f"{locale}/quai/index.html")
        assert (told["description"], told["keywords"], told["image"]) == (words, [topic], [f"{URL}/{image}"])
        assert (
            told["author"] == told["publisher"] == {"@type": "Organization", "name": "Port", "url": f"{URL}/"}
        )


def test_networks_are_told_the_picture_in_the_words_of_the_page(tmp_path: Path) -> None:
    files = _files(_press(tmp_path))
    page = HTMLParser(files["ar/quai/index.html"].decode())
    (image,) = [path for path in files if path.endswith(".png")]
    told = {node.attributes.get("property") or node.attributes.get("name"): node for node in page.css("meta")}
    assert told["og:image"].attributes["content"] == f"{URL}/{image}"
    assert told["og:image:alt"].attributes["content"] == "الرصيف من المنارة"
    assert told["twitter:card"].attributes["content"] == "summary_large_image"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<p><img src="../../assets/a/b.1.png" alt="B &amp; C"></p>', Picture("assets/a/b.1.png", "B & C")),
        ('<img alt="a > b" src=../../assets/a/b.1.JPG>', Picture("assets/a/b.1.JPG", "a > b")),
        (
            '<img src="../../assets/a/b.1.svg"><img src="../../assets/a/c.2.webp">',
            Picture("assets/a/c.2.webp", ""),
        ),
        ('<img src="https://c.example.org/assets/a.png">', None),
        ("<p>No picture, &lt;img src=x.png></p>", None),
        ("<img", None),
    ],
)
def test_the_picture_of_a_page_is_the_first_that_networks_can_show(body: str, shown: Picture | None) -> None:
    assert picture.first(body) == shown


@pytest.mark.parametrize(
    ("plan", "day", "published", "modified"),
    [
        ("", "2026-11-02", "2026-11-02", None),
        ("embargo = 2026-11-02T09:00:00+02:00", "2026-11-02", "2026-11-02T09:00:00+02:00", None),
        ("embargo = 2026-11-01T22:00:00Z", "2026-11-02", "2026-11-01T22:00:00+00:00", None),
        ("embargo = 2026-11-01T09:00:00Z", "2026-11-02", "2026-11-02", None),
        ("[schedule]\nar = 2026-03-29T02:30:00+01:00", "2026-11-02", "2026-11-02", None),
        ("[schedule]\nfr = 2026-11-04T07:30:00Z", "2026-11-04", "2026-11-04T07:30:00+00:00", None),
        ("[schedule]\nar = 2026-11-04T07:30:00Z", "2026-11-04", "2026-11-04T07:30:00+00:00", None),
        ('[[history]]\nwhat = "archived"\nat = 2026-11-10', "2026-11-02", "2026-11-02", "2026-11-10"),
        (
            '[schedule]\nar = 2026-11-12T07:30:00Z\n[[history]]\nwhat = "archived"\nat = 2026-11-10',
            "2026-11-12",
            "2026-11-12T07:30:00+00:00",
            None,
        ),
    ],
)
def test_a_page_says_the_moment_it_was_published_where_the_plan_names_one(
    tmp_path: Path, plan: str, day: str, published: str, modified: str | None
) -> None:
    files = _files(_press(tmp_path, plan))
    told = _data(files, "ar/quai/index.html")
    assert (told["datePublished"], told.get("dateModified")) == (published, modified)
    page = HTMLParser(files["ar/quai/index.html"].decode())
    assert page.css_first("time").attributes["datetime"] == day
    assert _of_network(page, "article:published_time") == published
    assert _of_network(page, "article:modified_time") == modified


def _of_network(page: HTMLParser, name: str) -> str | None:
    found = page.css_first(f'meta[property="{name}"]')
    return found and found.attributes["content"]


def test_a_title_that_nobody_has_translated_says_its_language(tmp_path: Path) -> None:
    files = _files(_press(tmp_path, missing="Le quai"))
    title = HTMLParser(files["ar/quai/index.html"].decode()).css_first("title")
    assert (title.attributes["lang"], title.attributes["dir"]) == ("fr", "ltr")
    assert HTMLParser(files["fr/quai/index.html"].decode()).css_first("title").attributes == {}
    rows = json.loads(
        files["search/ar-2026.js"].decode().removeprefix("passerelle.add(").removesuffix(");\n")
    )
    assert rows[0][7:] == ["fr", "", ""]


def test_a_feed_calls_a_page_the_same_when_its_address_changes(tmp_path: Path) -> None:
    before = _files(_press(tmp_path / "a"))
    after = _files(_press(tmp_path / "b", '[slugs]\nar = "رصيف"\n[former]\nar = ["quai"]\n'))
    for name, old, new in (("feed/ar.json", before, after), ("feed/fr.json", before, after)):
        ids = [[item["id"] for item in json.loads(files[name])["items"]] for files in (old, new)]
        assert ids[0] == ids[1]
    (item,) = json.loads(after["feed/ar.json"])["items"]
    assert item["url"] == f"{URL}/ar/%D8%B1%D8%B5%D9%8A%D9%81/"
    assert f"<id>{item['id']}</id>" in after["feed/ar.xml"].decode()
