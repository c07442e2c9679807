"""A release whose source is a page of its own comes out as that page, in each language."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import catalogue, project, site
from l10n.errors import ConfigError
from l10n.model import State
from l10n.site import lint
from l10n.site.whole_page import page_html

PRESS = Path(__file__).parents[1] / "golden" / "press"
NOVEMBER = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
URL = "https://rivages.example.org/presse"
OLD = '<link rel="canonical" href="https://b.org/x">'
OTHER = '<link rel="alternate" hreflang="de" href="/de">'
LINK = '<a href="https://b.org/x">z</a>'
LINKS = '<link rel="canonical" href="https://a.org/es/x/">\n'


@pytest.fixture
def press(tmp_path: Path) -> project.Project:
    shutil.copytree(PRESS, tmp_path / "press")
    plan = tmp_path / "press" / "releases" / "eau-propre" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'page = "own"\n', "utf-8")
    return project.load(tmp_path / "press")


def _files(press: project.Project) -> dict[str, str]:
    built = site.build(press, as_of=NOVEMBER)
    return {path: data.decode() for path, data in built.files.items()}


def test_the_source_page_comes_out_with_its_own_links_and_nothing_else_changed(
    press: project.Project,
) -> None:
    source = (press.root / "releases" / "eau-propre" / "source.html").read_text("utf-8")
    links = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{URL}/{locale}/eau-propre/">\n'
        for tag, locale in (("fr", "fr"), ("en", "en"), ("es", "es"), ("x-default", "fr"))
    )
    links = f'<link rel="canonical" href="{URL}/fr/eau-propre/">\n{links}'
    expected = source.replace("</head>", f"{links}</head>")
    expected = expected.replace('<html lang="fr">', '<html dir="ltr" lang="fr">')
    told = _files(press)["fr/eau-propre/index.html"]
    # The typography of the words is repaired, as on every page.
    plain = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})
    assert told.translate(plain) == expected.translate(plain)


def test_each_language_says_what_it_is_and_names_the_others(press: project.Project) -> None:
    files = _files(press)
    page = HTMLParser(files["en/eau-propre/index.html"])
    assert (page.root.attributes["lang"], page.root.attributes["dir"]) == ("en", "ltr")
    assert page.css_first("h1").text() == "The water is cleaner, but the coast is retreating"
    told = [node.attributes["hreflang"] for node in page.css("link[hreflang]")]
    assert told == ["fr", "en", "es", "x-default"]
    arabic = HTMLParser(files["ar/eau-propre/index.html"])
    assert (arabic.root.attributes["lang"], arabic.root.attributes["dir"]) == ("ar", "rtl")
    assert arabic.css("link[hreflang]") == []
    assert arabic.css_first("main > .notice").text() == "لم تُترجم بعض أجزاء هذه الصفحة بعد."
    assert arabic.css_first("main .untranslated").attributes["lang"] == "fr"
    found = lint.check({path: text.encode() for path, text in files.items()}, URL)
    # Nothing fits the source page to a phone, and a page that is published as it is stays so.
    assert {(one.check, one.message.rpartition(" ")[2]) for one in found} == {("head", "(viewport)")}


def test_a_correction_and_a_withdrawal_are_told_on_it(press: project.Project) -> None:
    plan = press.root / "releases" / "eau-propre" / "release.toml"
    before = plan.read_text("utf-8")
    for what in ("corrected", "retracted", "withdrawn"):
        plan.write_text(f'{before}[[history]]\nwhat = "{what}"\nat = 2026-10-10\n', "utf-8")
        text = _files(press)["en/eau-propre/index.html"]
        assert "10 October 2026" in text
        assert ("noindex" in text) is (what != "corrected")
        assert ("The water is cleaner" in text) is (what != "withdrawn")


LINKED = (
    "/vieux/fonds.html#chiffres",
    "fonds.html",
    "https://elsewhere.example.org/fr/",
    "/contact.html",
)


@pytest.fixture
def linked(press: project.Project) -> project.Project:
    """A page of its own with links to another, which had an address on the old site."""
    source = press.root / "releases" / "eau-propre" / "source.html"
    links = "".join(f'<a href="{link}">x</a>' for link in LINKED)
    canonical = '<link rel="canonical" href="https://rivages.example.org/vieux/eau.html">'
    text = source.read_text("utf-8").replace("</head>", f"{canonical}</head>")
    source.write_text(text.replace("</main>", f"{links}</main>"), "utf-8")
    other = press.root / "releases" / "fonds"
    other.mkdir()
    head = '<link rel="canonical" href="https://rivages.example.org/vieux/fonds.html">'
    (other / "source.html").write_text(
        f'<!doctype html><html lang="fr"><head><title>Fonds</title>{head}</head>'
        '<body><main><h1 id="chiffres">Fonds</h1></main></body></html>',
        "utf-8",
    )
    plan = 'date = 2026-02-01\nlocale = "fr"\nlocales = ["en"]\npage = "own"\npartial = "wait"\n'
    (other / "release.toml").write_text(plan, "utf-8")
    return press


def _links(locale: str, files: dict[str, str]) -> list[str | None]:
    page = HTMLParser(files[f"{locale}/eau-propre/index.html"])
    return [node.attributes["href"] for node in page.css("main a")][-4:]


def test_links_between_pages_lead_to_the_reader_s_language_where_it_has_the_page(
    linked: project.Project,
) -> None:
    french = [f"{URL}/fr/fonds/#chiffres", f"{URL}/fr/fonds/", *LINKED[2:]]
    site.publish(linked, site.build_incremental(linked, as_of=NOVEMBER))
    files = _files(linked)
    assert _links("fr", files) == french
    assert _links("en", files) == french
    release = project.release(linked, "fonds")
    blank = catalogue.template(project.document(linked, release), locale="en")
    entries = tuple(
        replace(entry, target="Fund", state=State.REVIEWED, origin="human") for entry in blank.entries
    )
    path = project.catalogue_path(linked, release, "en")
    catalogue.write(replace(blank, entries=entries), path)
    some = site.build_incremental(linked, as_of=NOVEMBER)
    assert dict(some.files) == dict(site.build_incremental(linked, as_of=NOVEMBER, full=True).files)
    files = {name: data.decode() for name, data in some.files.items()}
    assert _links("en", files) == [link.replace("/fr/fonds", "/en/fonds") for link in french]
    assert _links("es", files) == french


def test_only_a_web_page_has_a_page_of_its_own(press: project.Project) -> None:
    plan = press.root / "releases" / "harbour-fund" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'page = "own"\n', "utf-8")
    with pytest.raises(ConfigError, match="no web page"):
        project.releases(press)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<html><head><title>x</title></head><body><main>y</main>",
            f'<html lang="es" dir="ltr"><head><title>x</title>{LINKS}</head><body><main>N y</main>',
        ),
        (
            f'<html lang="fr"><head>\n {OLD}\n {OTHER}\n</head>y{LINK}',
            f'<html dir="ltr" lang="es"><head>\n{LINKS}</head>N y<a href="https://a.org/es/x/">z</a>',
        ),
        ("<html><body>y", f'<html lang="es" dir="ltr">{LINKS}<body>N y'),
        ("<p>y", f"{LINKS}N <p>y"),
        ('<p><a href="http://[x#y">z</a>', f'{LINKS}N <p><a href="http://[x#y">z</a>'),
    ],
)
def test_links_go_to_the_head_and_notices_to_the_main_part(text: str, expected: str) -> None:
    said = page_html(text, locale="es", address="https://a.org/es/x/", links=LINKS, notices="N ", main="")
    assert HTMLParser(said).html == HTMLParser(expected).html


def _network(said: str, locale: str) -> list[str | None]:
    head = f'<html><head><meta property="og:locale" content="{said}"></head><body>'
    others = '<meta property="og:locale:alternate" content="zh_TW">' if said == "zh_CN" else ""
    text = head.replace("</head>", f"{others}</head>")
    page = page_html(text, locale=locale, address="https://a.org/x/", links="", notices="", main="")
    return [node.attributes["content"] for node in HTMLParser(page).css("meta")]


@pytest.mark.parametrize(
    ("said", "locale", "told"),
    [
        ("fr_CA", "fr", ["fr_CA"]),
        ("fr_CA", "en", ["en_US"]),
        ("fr_FR", "zh-Hant", ["zh_TW"]),
        ("fr_FR", "zh-Hans", ["zh_CN"]),
        ("fr_FR", "pt-BR", ["pt_BR"]),
        ("pt_PT", "pt-BR", ["pt_BR"]),
        ("fr_FR", "sr-Latn", ["sr_RS"]),
        ("zh_CN", "zh-Hant", ["zh_TW", "zh_CN"]),
    ],
)
def test_networks_are_told_the_language_and_a_country(said: str, locale: str, told: list[str]) -> None:
    assert _network(said, locale) == told
