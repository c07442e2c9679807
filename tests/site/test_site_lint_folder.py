"""The folder of a site: its files are read when they are asked for, and links are not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.errors import InputError
from l10n.site import lint


def test_files_are_in_order_whatever_order_a_folder_gives_them(tmp_path: Path) -> None:
    for name in ("b/index.html", "a.txt", "b.txt", "a/z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    files = lint.files_of(tmp_path)
    assert list(files) == ["a.txt", "a/z.txt", "b.txt", "b/index.html"]
    assert files["a/z.txt"] == b"a/z.txt"
    assert "a/y.txt" not in files


def test_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "site"
    for folder in (outside, inside):
        folder.mkdir()
        (folder / "file.txt").write_text("text", "utf-8")
    (inside / "folder").symlink_to(outside)
    (inside / "copy.txt").symlink_to(outside / "file.txt")
    (inside / "gone.txt").symlink_to(outside / "gone.txt")
    files = lint.files_of(inside)
    assert (list(files), files.symlinks) == (["file.txt"], ("copy.txt", "folder", "gone.txt"))


def test_a_file_that_goes_away_meanwhile_is_an_error_with_its_name(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html>", "utf-8")
    files = lint.files_of(tmp_path)
    page.unlink()
    with pytest.raises(InputError) as error:
        lint.check(files, "https://a.example.org")
    assert "index.html" in str(error.value)


def _findings(tmp_path: Path, *, pages: dict[str, str]) -> list[str]:
    for name, html in pages.items():
        (tmp_path / name).write_text(html, "utf-8")
    found = lint.check(lint.files_of(tmp_path), "https://a.example.org")
    return [f"{one.path}: {one.check}: {one.text}" for one in found]


def test_a_place_on_a_page_that_is_no_index_is_found_and_the_page_for_lost_addresses_has_none(
    tmp_path: Path,
) -> None:
    page = '<!doctype html><html lang="en"><h1 id="top">A</h1><a href="#top">Top</a></html>'
    sitemap = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    pages = {"a.html": page, "index.html": page.replace("top", "b"), "404.html": page, "sitemap.xml": sitemap}
    found = _findings(tmp_path, pages=pages)
    assert not [one for one in found if "no place" in one]
    assert not [
        one for one in found if one.startswith("404.html: ") and ("canonical" in one or "sitemap" in one)
    ]
    assert "a.html: sitemap: the page is not in the sitemap" in found
    broken = _findings(tmp_path, pages={"a.html": page.replace('"#top"', '"#b"')})
    assert "a.html: link: #b leads to no place on its page" in broken


@pytest.mark.parametrize(
    ("tag", "lang", "told"),
    [
        ("zh", "zh-Hans", False),
        ("en", "en-GB", False),
        ("pt-BR", "pt", False),
        ("es-419", "es", False),
        ("zh-Hant", "zh", True),
        ("en-GB", "en-US", True),
        ("fr", "frp", True),
        ("fr", "en", True),
    ],
)
def test_an_alternate_may_be_named_by_a_wider_tag_or_for_a_country(
    tag: str, lang: str, *, told: bool, tmp_path: Path
) -> None:
    links = (
        f'<link rel="alternate" hreflang="{tag}" href="https://a.example.org/b.html">'
        '<link rel="alternate" hreflang="it" href="https://a.example.org/a.html">'
    )
    body = f'{links}<a hreflang="{tag}" href="b.html">B</a>'
    page = f'<!doctype html><html lang="it"><title>A</title>{body}</html>'
    found = _findings(
        tmp_path, pages={"a.html": page, "b.html": page.replace('lang="it"', f'lang="{lang}"', 1)}
    )
    message = f"https://a.example.org/b.html ({tag}) says it is in {lang}"
    assert (f"a.html: hreflang: {message}" in found) is told
    assert (f"a.html: link: b.html is said to be in {tag}, and is in {lang}" in found) is told


def _alternates(english: str, french: str) -> str:
    named = {"en": english, "fr": french, "x-default": english}
    return "".join(f'<link rel="alternate" hreflang="{lang}" href="{to}">' for lang, to in named.items())


def test_a_page_may_be_called_without_its_closing_slash_and_a_sitemap_as_its_maker_likes(
    tmp_path: Path,
) -> None:
    there = "https://a.example.org"
    pages = {}
    for lang, words in (("en", "The market"), ("fr", "Le marché")):
        (tmp_path / lang).mkdir()
        head = f'<link rel="canonical" href="{there}/{lang}">{_alternates(f"{there}/en", f"{there}/fr")}'
        pages[f"{lang}/index.html"] = f'<!doctype html><html lang="{lang}">{head}<h1>{words}</h1></html>'
    urls = "".join(f"<url><loc>{there}/{lang}</loc></url>" for lang in ("en", "fr"))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    found = _findings(tmp_path, pages={**pages, "sitemap-0.xml": sitemap})
    assert not [one for one in found if "hreflang" in one or "sitemap" in one]
    assert "en/index.html: canonical: its canonical address is https://a.example.org/en, not its own" in found


def test_an_alternate_that_is_no_whole_address_is_told_where_it_stands_and_nowhere_else(
    tmp_path: Path,
) -> None:
    there = "https://a.example.org"
    page = f'<!doctype html><html lang="en">{_alternates("a.html", "b.html")}<h1>The market</h1></html>'
    french = page.replace('lang="en"', 'lang="fr"', 1).replace("The market", "Le marché")
    links = _alternates(f"{there}/a.html", f"{there}/b.html").replace("<link", "<xhtml:link")
    urls = "".join(
        f"<url><loc>{there}/{name}.html</loc>{links.replace('>', '/>')}</url>" for name in ("a", "b")
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    sitemap = f"<urlset {spaces}>{urls}</urlset>"
    found = _findings(tmp_path, pages={"a.html": page, "b.html": french, "sitemap.xml": sitemap})
    assert "a.html: hreflang: b.html (fr) is no whole address" in found
    assert not [one for one in found if "sitemap" in one]
