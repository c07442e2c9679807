"""A link from one release to another leads to its page in the reader's language."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import catalogue, project, site
from l10n.model import State

CASES = Path(__file__).parents[1] / "cases" / "site" / "links.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
ROWS = [tuple(cell.strip() for cell in line.split(" | ")) for line in LINES]
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
SETTINGS = """\
[project]
name = "B"
source_locales = ["fr"]
locales = ["fr", "es", "en"]

[site]
url = "https://b.example.org/presse"
"""
PLANS = {
    "port": '[slugs]\nfr = "le-port"\nes = "puerto"\n[former]\nfr = ["quai"]\n',
    "phare": '[slugs]\nes = "señal"\n',
    "retire": '[[history]]\nwhat = "withdrawn"\nat = 2026-03-01\nlocales = ["es"]\n',
    "brouillon": "",
    "liens": "",
    "contacts": 'kind = "block"\n',
}
TRANSLATED = {"port": ("es",), "phare": ("es", "en"), "retire": ("es",), "liens": ("es", "en")}


def _approve(of: project.Project, name: str, locale: str) -> None:
    """Every segment of a release approved in a language, in the words of its source."""
    release = project.release(of, name)
    blank = catalogue.template(project.document(of, release), locale=locale)
    entries = tuple(
        replace(entry, target=entry.source, state=State.REVIEWED, origin="human") for entry in blank.entries
    )
    catalogue.write(replace(blank, entries=entries), project.catalogue_path(of, release, locale))


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> project.Project:
    root = tmp_path_factory.mktemp("links")
    (root / "l10n.toml").write_text(SETTINGS, "utf-8")
    for name, plan in PLANS.items():
        folder = root / "releases" / name
        folder.mkdir(parents=True)
        status = "draft" if name == "brouillon" else "published"
        head = f'date = 2026-02-01\nlocale = "fr"\nstatus = "{status}"\npartial = "wait"\n'
        (folder / "release.toml").write_text(head + plan, "utf-8")
        see = " Voir [le port](../port/source.md)." if name == "contacts" else ""
        (folder / "source.md").write_text(f"# {name}\n\nUn texte.{see}\n", "utf-8")
    links = "".join(
        f'<p><a target=_blank title="t" href="{escape(link)}" rel=external>x</a></p>\n' for link, _, _ in ROWS
    )
    (root / "releases" / "liens" / "source.md").unlink()
    (root / "releases" / "liens" / "source.html").write_text(f"<h1>Liens</h1>\n{links}", "utf-8")
    found = project.load(root)
    for name, locales in TRANSLATED.items():
        for locale in locales:
            _approve(found, name, locale)
    return found


@pytest.fixture(scope="module")
def pages(press: project.Project) -> dict[str, HTMLParser]:
    files = site.build(press, as_of=NOW).files
    return {locale: HTMLParser(files[f"{locale}/liens/index.html"]) for locale in ("fr", "es", "en")}


@pytest.mark.parametrize(("row", "case"), list(enumerate(ROWS)), ids=LINES)
def test_a_link_leads_where_the_table_says(
    row: int, case: tuple[str, str, str], pages: dict[str, HTMLParser]
) -> None:
    link, locale, expected = case
    node = pages[locale].css("article a")[row]
    href, hreflang = node.attributes.get("href"), node.attributes.get("hreflang")
    assert node.attributes["title"] == "t"
    assert {"target", "rel"}.issubset(node.attributes) is (expected != "none")
    if expected in {"stays", "none"}:
        assert (href, hreflang) == (link if expected == "stays" else None, None)
        return
    path, _, other = expected.partition(" ")
    assert (href, hreflang) == (f"../../{path}", other or None)


@pytest.mark.parametrize(
    ("locale", "leads"), [("fr", "fr/le-port/"), ("es", "es/puerto/"), ("en", "fr/le-port/")]
)
def test_a_link_at_the_foot_of_a_page_leads_to_the_readers_language(
    locale: str, leads: str, pages: dict[str, HTMLParser]
) -> None:
    (node,) = pages[locale].css(".block a")
    assert node.attributes["href"] == f"../../{leads}"


def _copied(press: project.Project, root: Path, *without: str) -> project.Project:
    """The project in another folder, without some of its releases."""
    shutil.copytree(press.root, root, ignore=shutil.ignore_patterns(".l10n", "public", *without))
    return project.load(root)


def _moved(copy: project.Project) -> None:
    """A release has another address in Spanish, and a page in English."""
    plan = copy.root / "releases" / "port" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace('"puerto"', '"muelle"'), "utf-8")
    _approve(copy, "port", "en")


def test_a_page_follows_when_what_it_leads_to_is_published(tmp_path: Path, press: project.Project) -> None:
    """It does when only the other's address changes, too; and nothing else is made anew."""
    copy = _copied(press, tmp_path / "press", "contacts")
    before = dict(site.publish(copy, site.build_incremental(copy, as_of=NOW)).record.groups)
    _moved(copy)
    some = site.build_incremental(copy, as_of=NOW)
    assert dict(some.files) == dict(site.build_incremental(copy, as_of=NOW, full=True).files)
    assert b'href="../../es/muelle/"' in some.files["es/liens/index.html"]
    assert b'href="../../en/le-port/" hreflang' not in some.files["en/liens/index.html"]
    assert some.record is not None
    assert some.record.groups["phare"] == before["phare"]


def test_so_does_the_foot_of_every_page(tmp_path: Path, press: project.Project) -> None:
    copy = _copied(press, tmp_path / "press")
    site.publish(copy, site.build_incremental(copy, as_of=NOW))
    _moved(copy)
    some = site.build_incremental(copy, as_of=NOW)
    assert dict(some.files) == dict(site.build_incremental(copy, as_of=NOW, full=True).files)
    assert b'<a href="../../es/muelle/">le port</a>' in some.files["es/se\u00f1al/index.html"]
    assert b'<a href="../../en/port/">le port</a>' in some.files["en/phare/index.html"]
